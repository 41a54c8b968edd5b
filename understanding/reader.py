"""The front of the room: one message in, its reading out."""

from datetime import datetime

from understanding.reading import Nicknames, Reading


def read(
    text: str,  # noqa: ARG001  the readers are joined in the following commits
    sent_at: datetime,  # noqa: ARG001
    context: str | None = None,  # noqa: ARG001
    nicknames: Nicknames | None = None,  # noqa: ARG001
) -> Reading:
    return Reading()

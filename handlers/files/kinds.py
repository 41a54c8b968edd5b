"""What a file somebody sent is to people: a picture, a film, a voice message, or some other file."""

from __future__ import annotations

from enum import StrEnum

from storage.messages import FileKind, IncomingFile


class Seen(StrEnum):
    """As people call it."""

    PICTURE = "ảnh"
    FILM = "phim"
    VOICE = "tin thoại"
    FILE = "tệp"


SIGNS = {Seen.PICTURE: "📷", Seen.FILM: "🎬", Seen.VOICE: "🎤", Seen.FILE: "📎"}
BY_KIND: dict[FileKind | str, Seen] = {
    "photo": Seen.PICTURE,
    **dict.fromkeys(("video", "video_note", "animation"), Seen.FILM),
    **dict.fromkeys(("voice", "audio"), Seen.VOICE),
}
BY_MEDIA = {"image": Seen.PICTURE, "video": Seen.FILM, "audio": Seen.VOICE}
"""By the first half of the media type, where it was sent as a document."""


def seen_as(file: IncomingFile) -> Seen:
    """However it was sent: telephones also send films as documents."""
    return BY_KIND.get(file.kind) or BY_MEDIA.get(file.media_type.partition("/")[0], Seen.FILE)

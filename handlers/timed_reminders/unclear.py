"""What a wish for a reminder lacks: asked for in a sentence, and what people may answer to it."""

from __future__ import annotations

from enum import StrEnum


class Lack(StrEnum):
    WHOM = "whom"
    WHAT = "what"
    DAY = "day"
    HOUR = "hour"
    HALF = "half"  # three in the morning or in the afternoon


class NotToBeReadError(Exception):
    """`question`: what is missing or not clear; `how`: a whole sentence that says it; `choices`: usual answers."""

    def __init__(
        self, question: str, how: str = "", *, lacks: Lack | None = None, choices: tuple[str, ...] = ()
    ) -> None:
        super().__init__(f"{question} {how}".strip())
        self.question = question
        self.lacks = lacks
        self.choices = choices

"""Marked text as Zalo takes it: plain words with a list of styles, counted in UTF-16 units."""

from __future__ import annotations

from dataclasses import dataclass

from bot.marked_text import MARKS, units
from storage.messages import BOLD_OFF, BOLD_ON


@dataclass(frozen=True, slots=True)
class Styled:
    """Words without marks; `bold` as (start, length) in UTF-16 units."""

    text: str
    bold: tuple[tuple[int, int], ...]

    @property
    def styles(self) -> list[dict[str, object]]:
        """The wire's `text_styles`."""
        return [{"start": start, "len": length, "st": ["b"]} for start, length in self.bold]


def styled(marked: str) -> Styled:
    """Marks in any order become spans that do not overlap."""
    words: list[str] = []
    bold: list[tuple[int, int]] = []
    at, since = 0, -1
    for part in MARKS.split(marked):
        if part == BOLD_ON:
            since = at if since < 0 else since
        elif part == BOLD_OFF:
            bold += [(since, at - since)] if 0 <= since < at else []
            since = -1
        else:
            words.append(part)
            at += units(part)
    bold += [(since, at - since)] if 0 <= since < at else []
    return Styled("".join(words), tuple(bold))

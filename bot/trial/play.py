"""The language in which a day is written down: one line for each thing said, pressed, changed or expected.

    lúc 16:00                                       the clock goes there (also: sau 40 phút)
    chị Lan → Phòng KT: 12                          she says it in that room (→ Trực Ban: in private)
    chị Lan → Phòng KT ↩ “Số lượt khách”: 12        … in answer to the last message that holds these words
    chị Lan → Phòng KT ✎ “12”: 15                   … changes her message that holds these words
    chị Lan → Phòng KT [Đã nhận] ⇒ Đã ghi nhận      … presses the button, and reads this in the short note
    chị Hoa → Trực Ban 📎 ke-hoach.pdf: lời kèm     … sends a file
    Trực Ban → Phòng KT: CHỈ ĐẠO … mã [Đã nhận]     one message since the last deed holds all this, with this button
    Trực Ban → chị Lan: ✅ Đã ghi                    the same in her private chat
    Trực Ban → Phòng KT 👍                          a reaction to what was said last there
    Trực Ban → Phòng KT: (im lặng)                  nothing new is said there
    (Zalo) chị Lan → …                              the line is for that platform only; without it for each

Where there are no buttons a press is an answer by the number, letter or words that stand for it.

An indented line goes on with the one above; "#" begins a remark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

BOT = "Trực Ban"
QUIET = "(im lặng)"

DEED = re.compile(
    r"(?P<who>[^→:]+?) → (?P<where>[^:↩✎📎\[⇒👍]+?)"
    r"(?: ↩ “(?P<answers>[^”]+)”)?(?: ✎ “(?P<changes>[^”]+)”)?(?: 📎 (?P<file>[^:]+?))?"
    r"(?: (?P<reaction>👍))?(?P<buttons>(?: \[[^\]]+\])+)?(?: ⇒ (?P<note>.+))?(?:: ?(?P<text>.*))?",
    re.DOTALL,
)
BUTTONS_AT_THE_END = re.compile(r"(?:(?:^|[ ])\[[^\]\n]+\])+[ ]*$", re.MULTILINE)
ONLY_ON = re.compile(r"\((?P<platform>\w+)\) (?P<line>.+)", re.DOTALL)
BUTTON = re.compile(r"\[([^\]]+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The clock goes on: to a time of day, or by minutes."""

    to: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What somebody does in a room."""

    who: str
    where: str
    act: Literal["say", "edit", "press", "send"]
    text: str = ""
    answers: str = ""  # words of the message it answers, changes or belongs to
    button: str = ""
    note: str = ""  # what the short note under the pressed button must hold
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the bot must say (or must not) after the last deed."""

    where: str
    pieces: tuple[str, ...] = ()  # all in one message, in this order
    buttons: tuple[str, ...] = ()
    reaction: str = ""
    is_quiet: bool = False
    line: str = ""


Step = Move | Deed | Expected


class NotALineError(ValueError):
    """This line of the play cannot be read."""


def read_play(text: str, platform: str = "") -> list[Step]:
    """The steps; those that are for another platform than this one are left out (none: they all count)."""
    marked = ((ONLY_ON.fullmatch(line), line) for line in _lines(text))
    return [
        _step(line if found is None else found["line"])
        for found, line in marked
        if found is None or platform in ("", found["platform"].casefold())
    ]


def _lines(text: str) -> list[str]:
    """Lines joined with the more deeply indented ones that follow them, without remarks."""
    found: list[str] = []
    margin = 0
    for line in text.splitlines():
        words, indent = line.strip(), len(line) - len(line.lstrip())
        if not words or words.startswith("#"):
            continue
        if found and indent > margin:
            found[-1] += f"\n{words}"
        else:
            found.append(words)
            margin = indent
    return found


def _step(line: str) -> Step:
    if line.startswith("lúc "):
        return Move(to=line.removeprefix("lúc "))
    if waited := re.fullmatch(r"sau (\d+) phút", line):
        return Move(minutes=int(waited[1]))
    match = DEED.fullmatch(line)
    if match is None:
        raise NotALineError(line)
    return _expected(line, match) if match["who"] == BOT else _deed(match)


def _expected(line: str, match: re.Match[str]) -> Expected:
    said = (match["text"] or "").strip()
    if said == QUIET:
        return Expected(where=match["where"], is_quiet=True, line=line)
    pieces = (piece.strip() for piece in re.split(r"…|\n", BUTTONS_AT_THE_END.sub("", said)))
    buttons = " ".join([match["buttons"] or "", *BUTTONS_AT_THE_END.findall(said)])
    return Expected(
        where=match["where"],
        pieces=tuple(piece for piece in pieces if piece),
        buttons=tuple(BUTTON.findall(buttons)),
        reaction=match["reaction"] or "",
        line=line,
    )


def _deed(match: re.Match[str]) -> Deed:
    act: Literal["say", "edit", "press", "send"] = "say"
    if match["changes"]:
        act = "edit"
    elif match["buttons"]:
        act = "press"
    elif match["file"]:
        act = "send"
    buttons = BUTTON.findall(match["buttons"] or "")
    return Deed(
        who=match["who"],
        where=match["where"],
        act=act,
        text=(match["text"] or "").strip(),
        answers=match["changes"] or match["answers"] or "",
        button=buttons[0] if buttons else "",
        note=match["note"] or "",
        file=match["file"] or "",
    )

"""Questions in people's words: which command answers a whole line, and of which day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from handlers.answers.groups import read_groups
from handlers.local_time import full_day
from understanding.dates import read_dates
from understanding.phrases.normalize import fold

LIST = "questions.tsv"
LONGEST = 80  # characters; a longer line tells something
ON_PAPER = "pdf"  # what stands behind a command and leaves room for a day
FILLING, ENDING, DATED = "đệm", "đuôi", "dùng được ngày"
DAY = re.compile(
    r"\b(?:ngay )?(?:\d{1,2}/\d{1,2}(?:/\d{4})?|hom nay|hom qua|hom kia|ngay mai|ngay kia|(?:sang|trua|chieu|toi|dem) (?:nay|mai|qua)|mai|mot"
    r"|(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn)(?: nay| tuan nay| tuan sau| toi| sau)?)\b"
)


UNIT = (
    r"\W*(?P<unit>(?:phong|ban|khoa|to|trung tam|kcn|khu cong nghiep|khu|vp|don vi|chi cuc|truong|xa|phuong) "
    r"(?P<name>[\w&.-]+(?: [\w&.-]+){0,5}?))\s+(?:(?:hom nay|da|co|con|van)\s+)*"
)
END = r"(?:\s+(?:vay|the|a|nhi|roi|ha|khong|em|ban|chua))*\W*"
OF_A_UNIT = {
    "conthieu": re.compile(
        rf"{UNIT}(?:(?:bao|nop|gui)(?: cao| bao cao| so lieu| quan so)*(?: du| xong)?\s+chua|(?:thieu|no) (?:gi|bao cao gi)){END}"
    ),
    "vang": re.compile(
        rf"{UNIT}(?:ai|nhung ai)\s+(?:dang )?(?:nghi|vang|om|di cong tac|di vang)(?: phep| om| mat)?{END}"
    ),
}
"""What is asked of one unit, by the command that answers."""
NOBODYS_NAMES = frozenset(
    {"em", "minh", "toi", "ta", "chung", "anh", "chi", "nao", "nay", "do", "kia", "ai", "con", "da", "khac", "ban"}
)


@dataclass(frozen=True, slots=True)
class Question:
    """The command that answers, and what it is given."""

    command: str
    rest: str


def question_in(said: str, sent_at: datetime) -> Question | None:
    """The question that the whole line is, if it is one of questions.tsv; `sent_at`: local time."""
    folded = " ".join(re.findall(r"[\w/]+", fold(said)))
    if not folded or len(folded) > LONGEST:
        return None
    without_day, days = DAY.subn(" ", folded)
    asked = _asked(folded) or (_asked(without_day) if days else None)
    if asked is None:
        return _about_a_unit(said, sent_at)
    command, *words = asked.split(maxsplit=1)
    rest = "".join(words)
    if not days or command not in _groups()[DATED] or rest not in ("", ON_PAPER):
        return Question(command, rest)
    day = _day_in(said, sent_at)
    return (
        None
        if day is None
        else Question(command, " ".join([rest, "" if day == sent_at.date() else full_day(day)]).strip())
    )


def _about_a_unit(said: str, sent_at: datetime) -> Question | None:
    """ "Phòng TCHC báo chưa?": the unit as it was written goes to the command, which says where there is none such."""
    line = DAY.sub(lambda found: " " * len(found[0]), fold(said))
    for command, way in OF_A_UNIT.items():
        found = way.fullmatch(line)
        if found is None or found["name"].split()[0] in NOBODYS_NAMES or len(line) != len(said):
            continue
        unit = said[found.start("unit") : found.end("unit")].strip()
        day = _day_in(said, sent_at) if command in _groups()[DATED] else None
        is_today = day in (None, sent_at.date())
        return Question(command, unit if is_today or day is None else f"{unit} {full_day(day)}")
    return None


def _asked(folded: str) -> str | None:
    """The line of the list that these words are, without what only fills."""
    ways, endings = _ways(), _groups()[ENDING]
    core = _without_fillers(folded)
    while core:
        if (found := ways.get(" ".join(core))) is not None:
            return found
        if core[-1] not in endings:
            return None
        core.pop()
    return None


def _without_fillers(folded: str) -> list[str]:
    words = f" {folded} "
    for filler in _groups()[FILLING]:
        words = words.replace(f" {filler} ", " ").replace(f" {filler} ", " ")  # two in a row share their space
    return words.split()


def _day_in(said: str, sent_at: datetime) -> date | None:
    days = {found.value for found in read_dates(said, sent_at) if isinstance(found.value, date)}
    return days.pop() if len(days) == 1 else None


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    """The words that do not count, the longest first, and the commands that take a day."""
    return {
        name: tuple(sorted(set(read_groups(LIST)[name]), key=lambda words: (-len(words), words)))
        for name in (FILLING, ENDING, DATED)
    }


@cache
def _ways() -> dict[str, str]:
    """Every way to ask, itself without what only fills: command and rest."""
    ways: dict[str, str] = {}
    for asked, listed in read_groups(LIST).items():
        if asked in (FILLING, ENDING, DATED):
            continue
        for way in listed:
            ways.setdefault(" ".join(_without_fillers(way)), asked)
    return ways

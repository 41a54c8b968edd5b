"""Who is not at the office on a day, by name, as they told it themselves: for those whose duty it is to know."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from handlers.kinds import all_kinds
from handlers.local_time import short_day
from handlers.wording import and_more, bold, bullets, number
from storage.records.check_ins import told_for
from storage.records.people import Person, people_named, posts_of
from storage.records.units import find_unit

JOURNEY, PRESENCE, AT_WORK = "travel_notice", "presence", "office"
TITLES = {JOURNEY: "Đi khỏi tỉnh", "leave": "Nghỉ phép", "sick": "Nghỉ ốm", "field": "Đi cơ sở", "home": "Làm ở nhà"}
MOST = 30
"""More names than this are no answer in a chat."""

Told = tuple[str, str, dict[str, Any]]
"""Which of `TITLES`, the kind that tells it, and its answers."""


def absentees(tx: Connection, day: date) -> dict[int, Told]:
    """By person. The word of a day goes before a journey that covers it: who says he is here came back early."""
    away: dict[int, Told] = {}
    for person_id, answers in told_for(tx, JOURNEY, day):
        if person_id is not None:
            away[person_id] = (JOURNEY, JOURNEY, answers)
    for person_id, answers in told_for(tx, PRESENCE, day):
        status = str(answers.get("status", ""))
        if person_id is None:
            continue
        if status == AT_WORK:
            away.pop(person_id, None)
        elif status in TITLES and away.get(person_id, (PRESENCE,))[0] != JOURNEY:
            away[person_id] = (status, PRESENCE, answers)
    return away


def absentees_text(tx: Connection, days: Sequence[date], only: Collection[int] | None = None) -> str:
    """Group by group with names (of `only` these people, if named), each absence once; empty where nobody is away."""
    away = [(person, day, told) for day in days for person, told in absentees(tx, day).items()]
    named = {person.id: person for person in people_named(tx, [person for person, _, _ in away])}
    place = {person_id: number for number, person_id in enumerate(named)}
    kinds = all_kinds(tx)
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    for person_id, day, (group, kind, answers) in sorted(away, key=lambda one: place[one[0]]):
        if only is None or person_id in only:
            said = kinds[kind].say(answers)
            on = f" ngày {short_day(day)}" if len(days) > 1 and not re.search(r"\d/\d", said) else ""
            groups[group][f"{_who(tx, named[person_id], day)}: {said}{on}"] = None
    lines = {group: list(found)[:MOST] for group, found in groups.items()}
    blocks = [f"{bold(title)}\n{bullets(lines[group])}" for group, title in TITLES.items() if group in lines]
    left = sum(len(groups[group]) - len(shown) for group, shown in lines.items())
    return "\n".join([*blocks, *and_more(left, "người nữa.")])


def absentees_counted(tx: Connection, day: date) -> str:
    """ "3 đi khỏi tỉnh, 1 nghỉ phép"; empty where nobody is away."""
    groups = [group for group, _, _ in absentees(tx, day).values()]
    counts = [(title, groups.count(group)) for group, title in TITLES.items()]
    return ", ".join(f"{number(count)} {title.lower()}" for title, count in counts if count)


def _who(tx: Connection, person: Person, day: date) -> str:
    held = posts_of(tx, person.id, day)
    unit = find_unit(tx, held[0].unit_id) if held else None
    return person.in_full + (f" ({unit.short_name})" if unit is not None else "")

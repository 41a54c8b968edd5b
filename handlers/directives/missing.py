"""Who has not acknowledged a directive, by name: only for its author, the office, and a head about his own unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Connection, select

from handlers.access import Right
from handlers.directives.board import said_of, unit_names
from handlers.directives.sheet import title
from handlers.visit import Visit
from handlers.wording import bold
from storage.records.accounts import accounts
from storage.records.directives import Directive, count_receipts, who_has_not_acknowledged
from storage.records.people import Person, people_named

NAMED = 150  # people at most in one list
NOT_LINKED = " (chưa liên kết)"


def may_see_all(visit: Visit, directive: Directive) -> bool:
    return visit.person is not None and (visit.person.id == directive.author_id or visit.may(Right.SEE_ALL_UNITS))


def missing_by_unit(
    tx: Connection, directive: Directive, unit_ids: Collection[int] | None = None
) -> dict[int | None, list[Person]]:
    """Those who still owe (in these units), in the order of Vietnamese lists."""
    owing = [one for one in who_has_not_acknowledged(tx, directive.id) if unit_ids is None or one.unit_id in unit_ids]
    unit_of = {one.person_id: one.unit_id for one in owing}
    grouped: dict[int | None, list[Person]] = defaultdict(list)
    for person in people_named(tx, list(unit_of)):
        grouped[unit_of[person.id]].append(person)
    return grouped


def who_is_missing(tx: Connection, directive: Directive, unit_ids: Collection[int] | None = None) -> str:
    """The list in words."""
    missing = missing_by_unit(tx, directive, unit_ids)
    head = f"{bold('Chỉ đạo')} {title(directive)}\n{said_of(count_receipts(tx, directive.id))}"
    total = sum(len(some) for some in missing.values())
    if not total:
        return f"{head}\n\nKhông còn ai chưa nhận ạ."
    return f"{head}\n\n{bold(f'Chưa nhận ({total}):')}\n" + "\n".join(_lines(tx, missing))


def _lines(tx: Connection, missing: dict[int | None, list[Person]]) -> list[str]:
    names, linked, room = unit_names(tx), _linked(tx), NAMED
    lines: list[str] = []
    for unit_id, some in sorted(missing.items(), key=lambda item: names[item[0]]):
        shown = [one.full_name + ("" if one.id in linked else NOT_LINKED) for one in some[:room]]
        room -= len(shown)
        more = [f"… và {len(some) - len(shown)} người"] if len(shown) < len(some) else []
        lines.append(f"• {names[unit_id]}: {', '.join(shown + more)}")
    return lines


def _linked(tx: Connection) -> set[int]:
    return set(tx.execute(select(accounts.c.person_id).where(accounts.c.person_id.is_not(None))).scalars())

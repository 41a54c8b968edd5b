"""Writes a staff file into the tables: all of it in one transaction, or nothing where a row of it is wrong."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from handlers.local_time import ONE_DAY, local_day
from handlers.membership.codes import make_room_codes, new_join_code
from handlers.setting_up.comparing import Changes, compare_staff
from handlers.setting_up.name_order import sort_key
from handlers.setting_up.staff_file import BadStaffFile, PersonLine, StaffFile
from handlers.setting_up.tree_plan import PlannedUnit
from handlers.setting_up.vocabulary import NO_HONORIFIC
from storage.record import change
from storage.records import audit
from storage.records.people import people, posts
from storage.records.units import units


def apply_staff(tx: Connection, staff: StaffFile, now: datetime, actor: int | None) -> Changes | BadStaffFile:
    """1 units, 2 people, 3 posts, 4 codes for rooms, 5 a line in the audit. Nobody is deleted, codes and accounts stay."""
    changes = compare_staff(tx, staff, now)
    if isinstance(changes, BadStaffFile):
        return changes
    today = local_day(now)
    _write_units(tx, changes, today)
    _write_people(tx, changes)
    _write_posts(tx, changes, today)
    make_room_codes(tx, now)
    if not changes.is_empty:
        audit.note(tx, at=now, actor_id=actor, act="staff_imported", subject="staff", **_counts(changes))
    return changes


def _write_units(tx: Connection, changes: Changes, today: date) -> None:
    """Rows first, then who stands under whom: a file may name them in any order."""
    _insert_all(tx, units, [{"code": unit.code, "valid_from": today, **_names(unit)} for unit in changes.new_units])
    ids = {row.code: row.id for row in tx.execute(select(units.c.code, units.c.id))}
    for unit in (*changes.new_units, *changes.changed_units):
        change(tx, units, units.c.code == unit.code, parent_id=ids.get(unit.parent_code), **_names(unit))


def _names(unit: PlannedUnit) -> dict[str, str]:
    return {"name": unit.name, "short_name": unit.short_name, "kind": unit.kind}


def _write_people(tx: Connection, changes: Changes) -> None:
    _insert_all(tx, people, [_newcomer(line) for line in changes.new_people])
    for person, line in changes.changed_people:
        said = {"honorific": line.honorific, "phone": line.phone, "email": line.email}
        kept = {name: value for name, value in said.items() if value}  # an empty cell keeps what stands
        named = {"full_name": line.full_name, "sort_key": sort_key(line.full_name)}
        change(tx, people, people.c.id == person.id, is_active=True, **named, **kept)
    for person in changes.leavers:
        change(tx, people, people.c.id == person.id, is_active=False)


def _newcomer(line: PersonLine) -> dict[str, object]:
    return {
        "staff_code": line.code,
        "full_name": line.full_name,
        "sort_key": sort_key(line.full_name),
        "honorific": line.honorific or NO_HONORIFIC,
        "phone": line.phone or None,
        "email": line.email or None,
        "join_code": new_join_code(),
        "is_active": True,
    }


def _write_posts(tx: Connection, changes: Changes, today: date) -> None:
    for ended in changes.ended_posts:
        change(tx, posts, posts.c.id == ended.id, valid_to=today - ONE_DAY)
    for standing, post in changes.retitled_posts:
        change(tx, posts, posts.c.id == standing.id, title=post.title)
    begun_today = {
        (row.person_id, row.unit_id, row.role): row.id
        for row in tx.execute(select(posts).where(posts.c.valid_from == today))
    }
    rows = _post_rows(tx, changes, today)
    _insert_all(tx, posts, [row for row in rows if _key(row) not in begun_today])
    for row in rows:
        if _key(row) in begun_today:  # ended and given back on one day: one row
            change(tx, posts, posts.c.id == begun_today[_key(row)], valid_to=None, title=row["title"])


def _post_rows(tx: Connection, changes: Changes, today: date) -> list[dict[str, Any]]:
    people_ids = {row.staff_code: row.id for row in tx.execute(select(people.c.staff_code, people.c.id))}
    unit_ids = {row.code: row.id for row in tx.execute(select(units.c.code, units.c.id))}
    return [
        {
            "person_id": people_ids[post.person_code],
            "unit_id": unit_ids[post.unit_code],
            "role": str(post.role),
            "title": post.title,
            "valid_from": today,
        }
        for post in changes.new_posts
    ]


def _key(row: dict[str, Any]) -> tuple[int, int, str]:
    return row["person_id"], row["unit_id"], row["role"]


def _insert_all(tx: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        tx.execute(insert(table), rows)


def _counts(changes: Changes) -> dict[str, int]:
    return {
        "new_units": len(changes.new_units),
        "changed_units": len(changes.changed_units),
        "new_people": len(changes.new_people),
        "changed_people": len(changes.changed_people),
        "new_posts": len(changes.new_posts),
        "ended_posts": len(changes.ended_posts),
        "leavers": len(changes.leavers),
    }

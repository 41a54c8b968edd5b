"""Writes a staff file into the tables: all of it in one transaction, or nothing where a row of it is wrong."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from handlers.codes import make_room_codes, new_join_code
from handlers.local_time import local_day
from handlers.setting_up.comparing import Changes, compare_staff
from handlers.setting_up.name_order import sort_key
from handlers.setting_up.staff_file import BadStaffFile, PersonLine, StaffFile
from handlers.setting_up.vocabulary import NO_HONORIFIC
from storage.inserts import insert_or_update
from storage.record import add, change
from storage.records import audit
from storage.records.people import people, posts
from storage.records.units import units

ONE_DAY = timedelta(days=1)


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
    for planned in changes.new_units:
        add(
            tx,
            units,
            code=planned.code,
            name=planned.name,
            short_name=planned.short_name,
            kind=planned.kind,
            valid_from=today,
        )
    ids = {row.code: row.id for row in tx.execute(select(units.c.code, units.c.id))}
    for planned in (*changes.new_units, *changes.changed_units):
        change(
            tx,
            units,
            units.c.code == planned.code,
            name=planned.name,
            short_name=planned.short_name,
            kind=planned.kind,
            parent_id=ids.get(planned.parent_code),
        )


def _write_people(tx: Connection, changes: Changes) -> None:
    for line in changes.new_people:
        add(
            tx,
            people,
            staff_code=line.code,
            honorific=line.honorific or NO_HONORIFIC,
            join_code=new_join_code(),
            is_active=True,
            **_name(line),
            **_contacts(line),
        )
    for person, line in changes.changed_people:
        called = {"honorific": line.honorific} if line.honorific else {}
        change(tx, people, people.c.id == person.id, is_active=True, **called, **_name(line), **_contacts(line))
    for person in changes.leavers:
        change(tx, people, people.c.id == person.id, is_active=False)


def _name(line: PersonLine) -> dict[str, str]:
    return {"full_name": line.full_name, "sort_key": sort_key(line.full_name)}


def _contacts(line: PersonLine) -> dict[str, str]:
    """Only those that were said: an empty cell keeps what stands."""
    return {name: value for name, value in (("phone", line.phone), ("email", line.email)) if value}


def _write_posts(tx: Connection, changes: Changes, today: date) -> None:
    people_ids = {row.staff_code: row.id for row in tx.execute(select(people.c.staff_code, people.c.id))}
    unit_ids = {row.code: row.id for row in tx.execute(select(units.c.code, units.c.id))}
    for ended in changes.ended_posts:
        change(tx, posts, posts.c.id == ended.id, valid_to=today - ONE_DAY)
    for standing, post in changes.retitled_posts:
        change(tx, posts, posts.c.id == standing.id, title=post.title)
    for post in changes.new_posts:
        values = {
            "person_id": people_ids[post.person_code],
            "unit_id": unit_ids[post.unit_code],
            "role": post.role,
            "title": post.title,
            "valid_from": today,
            "valid_to": None,  # a post ended and given back on one day is one row
        }
        insert_or_update(tx, posts, values, key=("person_id", "unit_id", "role", "valid_from"))


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

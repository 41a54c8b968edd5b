"""A unit that is merged into another, dissolved, or opened again: its days, its people, what hung below it, its rooms."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from handlers.access import HEADS
from handlers.local_time import ONE_DAY, local_day
from handlers.telling import tell_room
from storage.messages import Lane
from storage.record import add, change, find_all
from storage.records import audit
from storage.records.chats import chats, rooms_of_unit
from storage.records.people import Post, Role, posts, posts_of
from storage.records.units import Unit, find_unit, units


def end_unit(tx: Connection, unit: Unit, into: Unit | None, now: datetime, actor: int) -> None:
    """Today is its last day: what it owes today is still asked of it. Old reports show it as it was."""
    today = local_day(now)
    merged = None if into is None else into.id
    change(tx, units, units.c.id == unit.id, valid_to=today, merged_into_id=merged)
    below = (units.c.parent_id == unit.id, units.c.valid_to.is_(None))
    change(tx, units, *below, parent_id=unit.parent_id if into is None else into.id)
    above = None if unit.parent_id is None else find_unit(tx, unit.parent_id)
    going = who_goes_along(tx, unit, today) if into else who_has_no_other_post(tx, unit)
    change(tx, posts, posts.c.unit_id == unit.id, posts.c.valid_to.is_(None), valid_to=today)
    heir = into or above
    if heir is not None:
        _take_over(tx, going, heir, today + ONE_DAY)
    if into is not None:
        _tell_rooms(tx, unit, into, now)
        change(tx, chats, chats.c.unit_id == unit.id, unit_id=into.id)
    audit.note(tx, at=now, actor_id=actor, act="unit_ended", subject=f"unit/{unit.id}", merged_into=merged)


def posts_now(tx: Connection, unit_id: int) -> list[Post]:
    where = (posts.c.unit_id == unit_id, posts.c.valid_to.is_(None))
    return find_all(tx, Post, posts, *where, order_by=(posts.c.id,))


def who_goes_along(tx: Connection, unit: Unit, day: date) -> list[Post]:
    """Everybody's posts but a leader's who is only in charge of it from elsewhere: the other unit has its own."""
    return [
        post
        for post in posts_now(tx, unit.id)
        if post.role != Role.LEADER or {one.unit_id for one in posts_of(tx, post.person_id, day)} == {unit.id}
    ]


def who_has_no_other_post(tx: Connection, unit: Unit) -> list[Post]:
    """They belong to what stands above it, until the office places them anew."""
    held = posts_now(tx, unit.id)
    people = [post.person_id for post in held]
    elsewhere = (posts.c.person_id.in_(people), posts.c.unit_id != unit.id, posts.c.valid_to.is_(None))
    placed = {post.person_id for post in find_all(tx, Post, posts, *elsewhere)}
    return [post for post in held if post.person_id not in placed]


def _take_over(tx: Connection, held: list[Post], into: Unit, day: date) -> None:
    """Everybody goes along as he is; who led the old unit does not thereby lead the new one."""
    there = {(post.person_id, post.role) for post in posts_now(tx, into.id)}
    for post in held:
        role = Role.STAFF if post.role in HEADS else Role(post.role)
        if (post.person_id, role) not in there:
            there.add((post.person_id, role))
            title = post.title
            add(tx, posts, person_id=post.person_id, unit_id=into.id, role=role, title=title, valid_from=day)


def _tell_rooms(tx: Connection, unit: Unit, into: Unit, now: datetime) -> None:
    words = (
        f"Từ ngày mai {unit.short_name} sáp nhập vào {into.short_name}. Nhóm này từ nay là nhóm của {into.short_name}."
    )
    for room in rooms_of_unit(tx, unit.id):
        tell_room(tx, room, words, key=f"merged/{unit.id}/{local_day(now)}", lane=Lane.DIRECTIVE, now=now)


def open_unit_again(tx: Connection, unit: Unit, now: datetime, actor: int) -> None:
    """It must report from now on; who belongs to it is told by the next staff file."""
    change(tx, units, units.c.id == unit.id, valid_to=None, merged_into_id=None)
    audit.note(tx, at=now, actor_id=actor, act="unit_opened_again", subject=f"unit/{unit.id}")

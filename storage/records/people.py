"""People, and the posts they hold: posts hold the rights."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import (
    BindParameter,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    ForeignKey,
    String,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    func,
    or_,
    select,
)

from storage.prepared import Prepared
from storage.record import Moment, find_all, find_one, identity, metadata, selection


class Role(StrEnum):
    """What a post may do is decided in `handlers/access.py`; here is only its name."""

    LEADER = "leader"  # giám đốc, phó giám đốc
    HEAD_OF_UNIT = "head_of_unit"  # trưởng phòng, chánh văn phòng
    DEPUTY_HEAD = "deputy_head"
    OFFICE = "office"  # runs rounds, chases, sums up
    MONITORING = "monitoring"  # tổ giám sát
    FOCAL_POINT = "focal_point"  # đầu mối: reports for the unit
    STAFF = "staff"
    ADMINISTRATOR = "administrator"


people = Table(
    "people",
    metadata,
    identity(),
    Column("staff_code", String(32), nullable=False, unique=True),
    Column("full_name", String(120), nullable=False),
    Column("sort_key", String(240), nullable=False),  # by given name, as Vietnamese lists are; no database collates so
    Column("honorific", String(10), nullable=False, default="anh/chị"),  # anh, chị, ông, bà
    Column("phone", String(20)),
    Column("email", String(120)),
    Column("join_code", String(16), nullable=False, unique=True),  # typed once to the bot, then used up
    Column("joined_at", Moment()),
    Column("is_active", Boolean, nullable=False, default=True),
)

posts = Table(
    "posts",
    metadata,
    identity(),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("unit_id", ForeignKey("units.id"), nullable=False, index=True),
    Column("role", String(20), nullable=False, index=True),
    Column("title", String(120), nullable=False),  # "Trưởng phòng", as people say it
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    UniqueConstraint("person_id", "unit_id", "role", "valid_from"),
)


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    staff_code: str
    full_name: str
    sort_key: str
    honorific: str
    join_code: str
    is_active: bool

    @property
    def called(self) -> str:
        """As colleagues say it: "chị Lan"."""
        return f"{self.honorific} {self.full_name.split()[-1]}"

    @property
    def in_full(self) -> str:
        """As it stands in lists: "chị Vũ Thị Lan"."""
        return f"{self.honorific} {self.full_name}"


@dataclass(frozen=True, slots=True)
class Post:
    id: int
    person_id: int
    unit_id: int
    role: str
    title: str


def held_on(day: date | BindParameter[date]) -> ColumnElement[bool]:
    return and_(posts.c.valid_from <= day, or_(posts.c.valid_to.is_(None), posts.c.valid_to >= day))


_POSTS_OF = Prepared(
    selection(Post, posts)
    .where(posts.c.person_id == bindparam("person_id"), held_on(bindparam("day", type_=Date())))
    .order_by(posts.c.id)
)
_BY_NAME = (people.c.sort_key, people.c.id)  # as a Vietnamese list is ordered


def find_person(tx: Connection, person_id: int) -> Person | None:
    return find_one(tx, Person, people, id=person_id)


def people_named(tx: Connection, person_ids: list[int]) -> list[Person]:
    """These people, in the order of a Vietnamese list."""
    return find_all(tx, Person, people, people.c.id.in_(person_ids), order_by=_BY_NAME)


def posts_of(tx: Connection, person_id: int, day: date) -> list[Post]:
    return [Post(*row) for row in _POSTS_OF.all(tx, {"person_id": person_id, "day": day})]


def people_with(tx: Connection, day: date, *roles: Role, unit_ids: list[int] | None = None) -> list[Person]:
    """Active people holding one of the roles on `day` (in these units, if named), each once, leaders' order by post."""
    where = [people.c.is_active, posts.c.role.in_(roles), held_on(day)]
    if unit_ids is not None:
        where.append(posts.c.unit_id.in_(unit_ids))
    statement = selection(Person, people).join(posts, posts.c.person_id == people.c.id).where(*where)
    rows = tx.execute(statement.order_by(posts.c.id))
    return list({row.id: Person(*row) for row in rows}.values())


def holders_by_unit(tx: Connection, day: date, *roles: Role) -> dict[int, list[Person]]:
    """The same for every unit at once."""
    where = (people.c.is_active, posts.c.role.in_(roles), held_on(day))
    chosen = selection(Person, people).add_columns(posts.c.unit_id)
    rows = tx.execute(chosen.join(posts, posts.c.person_id == people.c.id).where(*where).order_by(posts.c.id))
    found: dict[int, dict[int, Person]] = {}
    for *person, unit_id in rows:
        found.setdefault(unit_id, {}).setdefault(person[0], Person(*person))
    return {unit_id: list(holders.values()) for unit_id, holders in found.items()}


def count_by_unit(tx: Connection, day: date, *, person_ids: Collection[int] | None = None) -> dict[int, int]:
    """How many active people (of these, if named) hold a post in each unit."""
    where = [people.c.is_active, held_on(day)]
    if person_ids is not None:
        where.append(people.c.id.in_(person_ids))
    many = select(posts.c.unit_id, func.count(posts.c.person_id.distinct()))
    joined = many.join(people, people.c.id == posts.c.person_id).where(*where).group_by(posts.c.unit_id)
    return {row[0]: row[1] for row in tx.execute(joined)}


def posts_with(tx: Connection, day: date, *roles: Role) -> list[Post]:
    """The posts of these roles that are held on `day`, the oldest row first."""
    return find_all(tx, Post, posts, posts.c.role.in_(roles), held_on(day), order_by=(posts.c.id,))


def members_of(tx: Connection, unit_ids: list[int], day: date) -> list[Person]:
    """Active people holding any post in these units on `day`, in the order of a Vietnamese list."""
    holders = select(posts.c.person_id).where(posts.c.unit_id.in_(unit_ids), held_on(day))
    where = (people.c.is_active, people.c.id.in_(holders))
    return find_all(tx, Person, people, *where, order_by=_BY_NAME)


def everyone(tx: Connection, *where: ColumnElement[bool]) -> list[Person]:
    """All active people, or those who meet the conditions, in the order of their names."""
    return find_all(tx, Person, people, people.c.is_active, *where, order_by=_BY_NAME)


def names_of_everyone(tx: Connection) -> Iterator[tuple[int, str]]:
    """(id, full name) of all active people, one after the other: nobody holds 100,000 of them at once."""
    statement = select(people.c.id, people.c.full_name).where(people.c.is_active).order_by(*_BY_NAME)
    yield from ((person_id, full_name) for person_id, full_name in tx.execute(statement))

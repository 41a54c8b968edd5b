"""The accounts by which a platform knows people, and where each of them is written to in private."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import (
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
    select,
)

from storage.part_index import part_index
from storage.prepared import Prepared
from storage.record import Moment, find_all, find_one, identity, in_batches, metadata, selection
from storage.records.people import Person, Post, held_on, people, posts

accounts = Table(
    "accounts",
    metadata,
    identity(),
    Column("platform", String(20), nullable=False),
    Column("external_id", String(64), nullable=False),
    Column("person_id", ForeignKey("people.id"), index=True),
    Column("display_name", String(120), nullable=False, default=""),
    Column("private_chat_id", String(64)),  # set once the person has written to us: before, no one may write to him
    Column("is_reachable", Boolean, nullable=False, default=True),  # false: blocked us, until he writes again
    Column("is_preferred", Boolean, nullable=False, default=False, server_default="0"),  # chosen by the person
    Column("linked_at", Moment()),
    Column("last_heard_at", Moment()),  # in private, where the platform lets us write only for some days after that
    Column("reminded_at", Moment()),  # … and when he was last asked to keep that open
    UniqueConstraint("platform", "external_id"),
)
_was_heard = accounts.c.last_heard_at.is_not(None)
part_index(  # who is about to fall out of reach, and who has
    "ix_accounts_heard",
    accounts.c.platform,
    accounts.c.is_reachable,
    accounts.c.last_heard_at,
    where=_was_heard,
)


@dataclass(frozen=True, slots=True)
class Account:
    id: int
    platform: str
    external_id: str
    person_id: int | None
    private_chat_id: str | None
    is_reachable: bool


_PERSON_AT = len(fields(Account))
_POST_AT = _PERSON_AT + len(fields(Person))
"""Where a person and a post begin in a row of `_KNOWN`."""
_KNOWN = Prepared(
    select(
        *selection(Account, accounts).selected_columns,
        *selection(Person, people).selected_columns,
        *selection(Post, posts).selected_columns,
    )
    .select_from(
        accounts.outerjoin(people, and_(people.c.id == accounts.c.person_id, people.c.is_active)).outerjoin(
            posts, and_(posts.c.person_id == people.c.id, held_on(bindparam("day", type_=Date())))
        )
    )
    .where(accounts.c.platform == bindparam("platform"), accounts.c.external_id == bindparam("external_id"))
    .order_by(posts.c.id)
)
_REACHABLE = Prepared(
    selection(Account, accounts)
    .where(
        accounts.c.person_id == bindparam("person_id"),
        accounts.c.private_chat_id.is_not(None),
        accounts.c.is_reachable,
    )
    .order_by(accounts.c.is_preferred.desc(), accounts.c.linked_at.desc(), accounts.c.id)
)
_LEAST_WANTED_FIRST = (accounts.c.is_preferred, accounts.c.linked_at, accounts.c.id.desc())


@dataclass(frozen=True, slots=True)
class Known:
    """Who stands behind an account: an active person or none, and the posts held on that day."""

    account: Account
    person: Person | None
    posts: list[Post]


def who_is(tx: Connection, platform: str, external_id: str, day: date) -> Known | None:
    """Account, person and posts in one look: it is asked at every message."""
    rows = _KNOWN.all(tx, {"platform": platform, "external_id": external_id, "day": day})
    if not rows:
        return None
    row = rows[0]
    account, person_id = Account(*row[:_PERSON_AT]), row[_PERSON_AT]
    person = None if person_id is None else Person(*row[_PERSON_AT:_POST_AT])
    return Known(account, person, [Post(*row[_POST_AT:]) for row in rows if row[_POST_AT] is not None])


def foresee_who(tx: Connection, platform: str, external_id: str, day: date) -> None:
    _KNOWN.foresee(tx, {"platform": platform, "external_id": external_id, "day": day}, is_steady=True)


def account_of(tx: Connection, platform: str, external_id: str) -> Account | None:
    return find_one(tx, Account, accounts, platform=platform, external_id=external_id)


def reachable_accounts(tx: Connection, person_id: int) -> list[Account]:
    """Where this person can be written to in private: the one he chose first, then the one linked last."""
    return [Account(*row) for row in _REACHABLE.all(tx, {"person_id": person_id})]


def main_platforms(tx: Connection, person_ids: Collection[int]) -> dict[int, str]:
    """Where each of these people is at home: on the platform he chose, else the one linked last."""
    return {person_id: account.platform for person_id, account in _best_of(tx, person_ids).items()}


def private_chats_of(tx: Connection, person_ids: Collection[int]) -> dict[int, Account]:
    """Where each of these people reads what is written to him in private; without those who can be reached nowhere."""
    return _best_of(tx, person_ids, accounts.c.private_chat_id.is_not(None))


def _best_of(tx: Connection, person_ids: Collection[int], *where: ColumnElement[bool]) -> dict[int, Account]:
    found = (_reachable_of(tx, some, *where) for some in in_batches(person_ids))
    return {account.person_id: account for several in found for account in several if account.person_id is not None}


def _reachable_of(tx: Connection, person_ids: list[int], *where: ColumnElement[bool]) -> list[Account]:
    theirs = (accounts.c.person_id.in_(person_ids), accounts.c.is_reachable, *where)
    return find_all(tx, Account, accounts, *theirs, order_by=_LEAST_WANTED_FIRST)

"""Directives, who must have received them, and who has said so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    case,
    delete,
    func,
    insert,
    select,
)

from storage.prepared import Prepared
from storage.record import Json, Moment, change, find_all, find_one, identity, metadata, selection
from storage.records.units import units


class DirectiveState(StrEnum):
    DRAFT = "draft"  # waits for its author's confirmation
    PUBLISHED = "published"
    CANCELLED = "cancelled"  # published once, then withdrawn
    DISCARDED = "discarded"  # never published: an empty row that only keeps its number


directives = Table(
    "directives",
    metadata,
    identity(),
    Column("code", String(12), nullable=False, unique=True),  # what /kiemtra takes
    Column("state", String(12), nullable=False),
    Column("text", Text, nullable=False),
    Column("document_number", String(60)),
    Column("issued_on", Date),
    Column("file_id", ForeignKey("files.id")),
    Column("audience", Json, nullable=False),  # {"audiences": ["leaders", …], "unit_ids": [1, …]}
    Column("author_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("signatory", String(240), nullable=False),  # "Giám đốc Trần Thị Nga", as it was on the day
    Column("platform", String(20), nullable=False),  # with chat_id: where its author drafts it and follows the receipts
    Column("chat_id", String(64), nullable=False),
    Column("message_id", String(64)),  # the message its words came from: an edit of it corrects the draft
    Column("card", Integer, nullable=False, default=0),  # which message of the drafting has the live buttons
    Column("sent_to", Json, nullable=False),  # {"room_ids": […], "person_ids": [those written to in private]}
    Column("written_at", Moment(), nullable=False),
    Column("published_at", Moment()),
    Column("withdrawn_at", Moment()),
    Column("chase_at", Moment()),  # when those who have not acknowledged are reminded next; none: no more
    Column("chases", Integer, nullable=False, default=0),
    Column("chased_at", Moment()),
    Index("ix_directives_chase", "chase_at"),
)

acknowledgements = Table(
    "acknowledgements",
    metadata,
    identity(),
    Column("directive_id", ForeignKey("directives.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("unit_id", ForeignKey("units.id")),  # the unit the person is counted under; none: holds no post
    Column("acknowledged_at", Moment()),  # none: still owed
    Column("via", String(20)),  # button, word
    UniqueConstraint("directive_id", "person_id"),
)


@dataclass(frozen=True, slots=True)
class Directive:
    id: int
    code: str
    state: str
    text: str
    document_number: str | None
    issued_on: date | None
    file_id: int | None
    audience: dict[str, Any]
    author_id: int
    signatory: str
    platform: str
    chat_id: str
    message_id: str | None
    card: int
    sent_to: dict[str, Any]
    written_at: datetime
    published_at: datetime | None
    withdrawn_at: datetime | None
    chase_at: datetime | None
    chases: int
    chased_at: datetime | None

    @property
    def about(self) -> str:
        """What an answer to one of its messages concerns."""
        return f"directive/{self.id}"


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    directive_id: int
    person_id: int
    unit_id: int | None
    acknowledged_at: datetime | None


@dataclass(frozen=True, slots=True)
class Receipts:
    """How many have acknowledged, of how many who must."""

    received: int
    owed: int

    @property
    def is_complete(self) -> bool:
        return self.received == self.owed


def find_directive(tx: Connection, directive_id: int) -> Directive | None:
    return _unless_discarded(find_one(tx, Directive, directives, id=directive_id))


def hold_directive(tx: Connection, directive_id: int) -> Directive | None:
    """Read it and keep others from acting on it until the commit: what is counted now is what stands then."""
    where = directives.c.id == directive_id
    row = tx.execute(selection(Directive, directives).where(where).with_for_update()).first()
    return None if row is None else _unless_discarded(Directive(*row))


def _unless_discarded(found: Directive | None) -> Directive | None:
    return None if found is None or found.state == DirectiveState.DISCARDED else found


def directive_by_code(tx: Connection, code: str) -> Directive | None:
    return _unless_discarded(find_one(tx, Directive, directives, code=code))


def directive_from_message(tx: Connection, platform: str, chat_id: str, message_id: str) -> Directive | None:
    return find_one(tx, Directive, directives, platform=platform, chat_id=chat_id, message_id=message_id)


def drafts_before(tx: Connection, moment: datetime) -> list[Directive]:
    """Drafts that were never confirmed."""
    where = (directives.c.state == DirectiveState.DRAFT, directives.c.written_at < moment)
    return find_all(tx, Directive, directives, *where, order_by=(directives.c.id,))


def change_directive(tx: Connection, directive_id: int, still: DirectiveState, /, **values: Any) -> bool:
    """Change it if its state still is this; false if somebody was faster."""
    return change(tx, directives, directives.c.id == directive_id, directives.c.state == still, **values) == 1


def remove_draft(tx: Connection, directive_id: int) -> bool:
    """Forget what was never published.

    The newest row stays behind, empty: SQLite would give its number away again, and the buttons of its card, still
    standing in the chat, would publish the next one.
    """
    empty: dict[str, Any] = {"text": "", "signatory": "", "document_number": None, "issued_on": None, "file_id": None}
    empty |= {"audience": {}, "sent_to": {}, "message_id": None, "state": DirectiveState.DISCARDED}
    is_forgotten = change_directive(tx, directive_id, DirectiveState.DRAFT, **empty)
    newest = select(func.max(directives.c.id)).scalar_subquery()
    tx.execute(delete(directives).where(directives.c.state == DirectiveState.DISCARDED, directives.c.id < newest))
    return is_forgotten


def directives_by(tx: Connection, author_id: int, limit: int) -> list[Directive]:
    """What this person has published, the newest first."""
    where = (directives.c.author_id == author_id, directives.c.state == DirectiveState.PUBLISHED)
    rows = tx.execute(selection(Directive, directives).where(*where).order_by(directives.c.id.desc()).limit(limit))
    return [Directive(*row) for row in rows]


_TO_CHASE = Prepared(
    selection(Directive, directives)
    .where(directives.c.state == DirectiveState.PUBLISHED, directives.c.chase_at <= bindparam("now"))
    .order_by(directives.c.id)
)


def directives_to_chase(tx: Connection, now: datetime) -> list[Directive]:
    return [Directive(*row) for row in _TO_CHASE.all(tx, {"now": now})]


def directives_owed_by(tx: Connection, person_id: int) -> list[Directive]:
    """The published directives this person has not acknowledged, the oldest first."""
    owed = select(acknowledgements.c.directive_id).where(
        acknowledgements.c.person_id == person_id, acknowledgements.c.acknowledged_at.is_(None)
    )
    where = (directives.c.state == DirectiveState.PUBLISHED, directives.c.id.in_(owed))
    return find_all(tx, Directive, directives, *where, order_by=(directives.c.id,))


def expect_receipts(tx: Connection, directive_id: int, debtors: Iterable[tuple[int, int | None]]) -> None:
    """Everybody in `debtors`, (person, unit he is counted under), owes an acknowledgement from now on."""
    rows = [{"directive_id": directive_id, "person_id": person, "unit_id": unit} for person, unit in debtors]
    if rows:
        tx.execute(insert(acknowledgements), rows)


def receive(tx: Connection, directive_id: int, person_id: int, *, via: str, now: datetime) -> bool:
    """Somebody says that he has received it; false if he owes nothing (any more)."""
    where = (
        acknowledgements.c.directive_id == directive_id,
        acknowledgements.c.person_id == person_id,
        acknowledgements.c.acknowledged_at.is_(None),
    )
    return change(tx, acknowledgements, *where, acknowledged_at=now, via=via) == 1


def acknowledgement_of(tx: Connection, directive_id: int, person_id: int) -> Acknowledgement | None:
    """What this person owes or has given; none: it was not meant for him."""
    return find_one(tx, Acknowledgement, acknowledgements, directive_id=directive_id, person_id=person_id)


def who_has_not_acknowledged(tx: Connection, directive_id: int) -> list[Acknowledgement]:
    where = (acknowledgements.c.directive_id == directive_id, acknowledgements.c.acknowledged_at.is_(None))
    return find_all(tx, Acknowledgement, acknowledgements, *where, order_by=(acknowledgements.c.id,))


def count_receipts(tx: Connection, directive_id: int) -> Receipts:
    statement = select(func.count(acknowledgements.c.acknowledged_at), func.count()).where(
        acknowledgements.c.directive_id == directive_id
    )
    return Receipts(*tx.execute(statement).one())


@dataclass(frozen=True, slots=True)
class UnitReceipts:
    unit: str | None  # its short name; none: people without a post
    received: int
    owed: int


def count_receipts_by_unit(tx: Connection, directive_id: int, limit: int) -> list[UnitReceipts]:
    """Unit by unit (at most `limit`), those where somebody is missing first."""
    received, owed = func.count(acknowledgements.c.acknowledged_at), func.count()
    statement = (
        select(units.c.short_name, received, owed)
        .select_from(acknowledgements.outerjoin(units, units.c.id == acknowledgements.c.unit_id))
        .where(acknowledgements.c.directive_id == directive_id)
        .group_by(acknowledgements.c.unit_id, units.c.short_name)
        .order_by(case((received < owed, 0), else_=1), units.c.short_name)
        .limit(limit)
    )
    return [UnitReceipts(*row) for row in tx.execute(statement)]


def count_units(tx: Connection, directive_id: int) -> int:
    """How many units the receipts are counted under."""
    counted = func.count(func.distinct(func.coalesce(acknowledgements.c.unit_id, 0)))
    return tx.execute(select(counted).where(acknowledgements.c.directive_id == directive_id)).scalar_one()

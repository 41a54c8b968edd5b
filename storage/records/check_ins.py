"""Check-ins: one thing reported by one person about one unit or person, and the figures taken from it.

Nothing is overwritten: a correction is a new row that supersedes the old one, which stays to be opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    select,
)

from storage.part_index import part_index
from storage.prepared import Prepared
from storage.record import Json, Moment, change, find_all, find_one, identity, metadata, selection


class CheckInState(StrEnum):
    CURRENT = "current"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"


check_ins = Table(
    "check_ins",
    metadata,
    identity(),
    Column("kind", String(60), nullable=False),
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("person_id", ForeignKey("people.id")),  # whom it is about; none: the unit as a whole
    Column("reported_by", ForeignKey("people.id"), nullable=False),
    Column("day", Date, nullable=False),  # the day, or first day, it speaks of
    Column("until", Date),  # the last day, where it spans several
    Column("answers", Json, nullable=False),
    Column("said", Text, nullable=False),  # the words it was read from
    Column("state", String(12), nullable=False, default=CheckInState.CURRENT),
    Column("supersedes_id", ForeignKey("check_ins.id"), unique=True),
    Column("round_id", ForeignKey("rounds.id")),
    Column("is_late", Boolean, nullable=False, default=False),
    Column("reported_at", Moment(), nullable=False),
    Column("platform", String(20), nullable=False),
    Column("chat_id", String(64), nullable=False),
    Column("said_at", Moment()),  # the last time, by the platform's clock; none: a button said it
    Column("withdrawn_at", Moment()),  # by the same clock
    Column("message_id", String(64)),  # an edit of that message corrects this check-in
    Index("ix_check_ins_kind_day", "kind", "day"),
    Index("ix_check_ins_kind_reported", "kind", "reported_at"),  # what was told today, of whatever day
    # with the id at the end the latest is found at once, however often it was corrected
    Index("ix_check_ins_unit_day_kind", "unit_id", "day", "kind", "id"),
    Index("ix_check_ins_reporter", "reported_by", "reported_at", "id"),
    Index("ix_check_ins_message", "platform", "chat_id", "message_id"),
)
_lasts = check_ins.c.until.is_not(None)
part_index(  # who is away today, however long the books are
    "ix_check_ins_lasting",
    check_ins.c.kind,
    check_ins.c.until,
    where=_lasts,
)
_is_of_person = check_ins.c.person_id.is_not(None)
part_index(
    "ix_check_ins_person_day_kind",
    check_ins.c.person_id,
    check_ins.c.day,
    check_ins.c.kind,
    check_ins.c.id,
    where=_is_of_person,
)

figures = Table(
    "figures",
    metadata,
    identity(),
    Column("check_in_id", ForeignKey("check_ins.id"), nullable=False),
    Column("name", String(60), nullable=False),
    Column("value", BigInteger, nullable=False),
    UniqueConstraint("check_in_id", "name"),
)


@dataclass(frozen=True, slots=True)
class CheckIn:
    id: int
    kind: str
    unit_id: int
    person_id: int | None
    reported_by: int
    day: date
    until: date | None
    answers: dict[str, Any]
    said: str
    state: str
    supersedes_id: int | None
    round_id: int | None
    is_late: bool
    reported_at: datetime
    platform: str
    chat_id: str
    message_id: str | None
    said_at: datetime | None = None
    withdrawn_at: datetime | None = None


def find_check_in(tx: Connection, check_in_id: int) -> CheckIn | None:
    return find_one(tx, CheckIn, check_ins, id=check_in_id)


def check_ins_from_message(tx: Connection, platform: str, chat_id: str, message_id: str) -> list[CheckIn]:
    """The current check-ins that were read from this message."""
    return find_all(
        tx,
        CheckIn,
        check_ins,
        platform=platform,
        chat_id=chat_id,
        message_id=message_id,
        state=CheckInState.CURRENT,
        order_by=(check_ins.c.id,),
    )


def last_check_in_by(tx: Connection, person_id: int, since: datetime, kind: str | None = None) -> CheckIn | None:
    """What this person reported last (of this kind), if it still stands."""
    statement = _LAST_BY if kind is None else _LAST_OF_KIND_BY
    of = frozenset({("reporter", person_id)})
    row = statement.first(tx, {"person_id": person_id, "since": since, "kind": kind}, of=of)
    return None if row is None else CheckIn(*row)


def foresee_last_by(tx: Connection, person_id: int, since: datetime) -> None:
    of = frozenset({("reporter", person_id)})
    _LAST_BY.foresee(tx, {"person_id": person_id, "since": since, "kind": None}, of=of, is_steady=True)


_last_by = (
    selection(CheckIn, check_ins)
    .where(
        check_ins.c.reported_by == bindparam("person_id"),
        check_ins.c.state == CheckInState.CURRENT,
        check_ins.c.reported_at >= bindparam("since"),
    )
    .order_by(check_ins.c.reported_at.desc(), check_ins.c.id.desc())
    .limit(1)
)
_LAST_BY = Prepared(_last_by)
_LAST_OF_KIND_BY = Prepared(_last_by.where(check_ins.c.kind == bindparam("kind")))


def put_behind(tx: Connection, check_in_id: int, later: CheckIn, said_at: datetime) -> None:
    """Put a check-in that was heard late into the chain of `later`, at the place where it was said."""
    while (before := find_check_in(tx, later.supersedes_id) if later.supersedes_id else None) is not None:
        if before.reported_at <= said_at:
            break
        later = before
    change(tx, check_ins, check_ins.c.id == later.id, supersedes_id=check_in_id)
    change(tx, check_ins, check_ins.c.id == check_in_id, supersedes_id=later.supersedes_id)


def put_at_the_end(tx: Connection, check_in_id: int, withdrawn: CheckIn) -> None:
    """Put a check-in that was heard late behind the one that was withdrawn meanwhile: it is withdrawn as well."""
    change(tx, check_ins, check_ins.c.id == withdrawn.id, state=CheckInState.SUPERSEDED)
    is_withdrawn = {"state": CheckInState.CANCELLED, "withdrawn_at": withdrawn.withdrawn_at}
    change(tx, check_ins, check_ins.c.id == check_in_id, supersedes_id=withdrawn.id, **is_withdrawn)


def withdrawn_check_in(
    tx: Connection, kind: str, day: date, said_at: datetime, *, unit_id: int, person_id: int | None
) -> CheckIn | None:
    """What was withdrawn later than that, for this day and unit (or person)."""
    whose = check_ins.c.unit_id == unit_id if person_id is None else check_ins.c.person_id == person_id
    is_withdrawn = (check_ins.c.state == CheckInState.CANCELLED, check_ins.c.withdrawn_at > said_at)
    where = (whose, check_ins.c.day == day, check_ins.c.kind == kind, *is_withdrawn)
    row = tx.execute(selection(CheckIn, check_ins).where(*where).order_by(check_ins.c.id.desc()).limit(1)).first()
    return None if row is None else CheckIn(*row)


def check_ins_by(tx: Connection, person_id: int, since: datetime, *, limit: int) -> list[CheckIn]:
    """What this person reported since then and still stands, the latest first."""
    where = (
        check_ins.c.reported_by == person_id,
        check_ins.c.state == CheckInState.CURRENT,
        check_ins.c.reported_at >= since,
    )
    statement = selection(CheckIn, check_ins).where(*where).order_by(check_ins.c.id.desc()).limit(limit)
    return [CheckIn(*row) for row in tx.execute(statement)]


_BETWEEN = Prepared(
    selection(CheckIn, check_ins)
    .where(
        check_ins.c.kind == bindparam("kind"),
        check_ins.c.person_id == bindparam("person_id"),
        check_ins.c.state == CheckInState.CURRENT,
        check_ins.c.day <= bindparam("until"),
        check_ins.c.until >= bindparam("day"),
    )
    .order_by(check_ins.c.id.desc())
)


def check_ins_of_person_between(tx: Connection, kind: str, person_id: int, day: date, until: date) -> list[CheckIn]:
    """What stands of this person and lasts into these days, the latest first."""
    values = {"kind": kind, "person_id": person_id, "day": day, "until": until}
    return [CheckIn(*row) for row in _BETWEEN.all(tx, values)]


def check_in_of_unit(tx: Connection, kind: str, unit_id: int, day: date) -> CheckIn | None:
    """The check-in that stands for a unit and day."""
    values = {"kind": kind, "unit_id": unit_id, "day": day, "state": CheckInState.CURRENT}
    row = _STANDS["unit_id"].first(tx, values, of=frozenset({("unit", unit_id)}))
    return None if row is None else CheckIn(*row)


def foresee_standing(tx: Connection, kind: str, unit_id: int, day: date) -> None:
    """It will be asked soon what stands for this unit and day."""
    values = {"kind": kind, "unit_id": unit_id, "day": day, "state": CheckInState.CURRENT}
    _STANDS["unit_id"].foresee(tx, values, of=frozenset({("unit", unit_id)}))


def check_in_of_person(tx: Connection, kind: str, person_id: int, day: date) -> CheckIn | None:
    """The check-in that stands for a person and day."""
    values = {"kind": kind, "person_id": person_id, "day": day, "state": CheckInState.CURRENT}
    row = _STANDS["person_id"].first(tx, values, of=frozenset({("person", person_id)}))
    return None if row is None else CheckIn(*row)


def _stands(whose: str) -> Prepared:
    where = (check_ins.c[name] == bindparam(name) for name in (whose, "day", "kind", "state"))
    return Prepared(selection(CheckIn, check_ins).where(*where).order_by(check_ins.c.id.desc()).limit(1))


_STANDS = {whose: _stands(whose) for whose in ("unit_id", "person_id")}


def told_for(tx: Connection, kind: str, day: date) -> list[tuple[int | None, dict[str, Any]]]:
    """(person, answers) of all current check-ins that speak of the day, or of days around it, in the order they came."""
    told = select(check_ins.c.id, check_ins.c.day, check_ins.c.person_id, check_ins.c.answers)
    told = told.where(check_ins.c.kind == kind, check_ins.c.state == CheckInState.CURRENT)
    # two halves, each led by its own index; what only begins later is left out here, or that condition would lead
    halves = (told.where(check_ins.c.day == day), told.where(check_ins.c.until >= day))
    found = {row.id: row for half in halves for row in tx.execute(half) if row.day <= day}
    return [(found[key].person_id, found[key].answers) for key in sorted(found)]


def standing_of_people(tx: Connection, kind: str, day: date) -> dict[int, CheckIn]:
    """What stands on that day, by the person it is about."""
    found = find_all(tx, CheckIn, check_ins, kind=kind, day=day, state=CheckInState.CURRENT, order_by=(check_ins.c.id,))
    return {each.person_id: each for each in found if each.person_id is not None}


def standing_check_ins(tx: Connection, kind: str, day: date) -> dict[int, CheckIn]:
    """What stands on that day, by unit: the same as `check_in_of_unit` for all of them at once."""
    where = (check_ins.c.kind == kind, check_ins.c.day == day, check_ins.c.state == CheckInState.CURRENT)
    return {each.unit_id: each for each in find_all(tx, CheckIn, check_ins, *where, order_by=(check_ins.c.id,))}

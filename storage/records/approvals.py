"""Approvals: leave that was asked for a check-in, who is asked now, and every step it took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    func,
    select,
)

from storage.holding import hold
from storage.prepared import Prepared
from storage.record import Json, Moment, add, change, find_all, find_one, identity, metadata, selection


class ApprovalState(StrEnum):
    WAITING = "waiting"  # somebody is asked
    APPROVED = "approved"
    RETURNED = "returned"  # sent back with a comment: mended, it is asked anew
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"  # it was over before anybody decided


class Act(StrEnum):
    """What happened to it, as the record tells."""

    ASKED = "asked"  # this person was asked
    AGREED = "agreed"
    RETURNED = "returned"
    REMINDED = "reminded"
    PASSED_ON = "passed_on"  # he is away or silent: another one is asked
    BEGUN = "begun"  # the day came before the decision
    RENEWED = "renewed"  # what was asked for was corrected
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


approvals = Table(
    "approvals",
    metadata,
    identity(),
    Column("check_in_id", ForeignKey("check_ins.id"), nullable=False, unique=True),  # as it stands now
    Column("person_id", ForeignKey("people.id"), nullable=False),  # who asks leave
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("state", String(10), nullable=False),
    Column("round", Integer, nullable=False),  # grows whenever it is asked anew: a button of an earlier one is old
    Column("step", Integer, nullable=False),  # which of `steps` is asked, from 0
    Column("steps", Json, nullable=False),  # who decides, one after the other: ["head", "leader"]
    Column("asked_id", ForeignKey("people.id"), index=True),  # who is asked now; none: nobody could be found
    Column("reminders", Integer, nullable=False),  # since this person was asked
    Column("next_at", Moment()),  # when somebody is reminded; none: it rests
    Column("is_urgent", Boolean, nullable=False),  # there is hardly time to decide
    Column("begins_on", Date, nullable=False),
    Column("ends_on", Date),
    Column("has_begun", Boolean, nullable=False),  # those concerned know that it began undecided
    Column("opened_at", Moment(), nullable=False),
    Column("decided_at", Moment()),
    Column("comment", Text),  # why it was sent back
    Index("ix_approvals_next", "next_at"),
    Index("ix_approvals_person", "person_id"),
)

approval_steps = Table(
    "approval_steps",
    metadata,
    identity(),
    Column("approval_id", ForeignKey("approvals.id"), nullable=False, index=True),
    Column("round", Integer, nullable=False),
    Column("step", Integer, nullable=False),
    Column("act", String(12), nullable=False),
    Column("person_id", ForeignKey("people.id")),  # who did it, or was asked
    Column("at", Moment(), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Approval:
    id: int
    check_in_id: int
    person_id: int
    unit_id: int
    state: str
    round: int
    step: int
    steps: list[str]
    asked_id: int | None
    reminders: int
    next_at: datetime | None
    is_urgent: bool
    begins_on: date
    ends_on: date | None
    has_begun: bool
    opened_at: datetime
    decided_at: datetime | None
    comment: str | None

    @property
    def about(self) -> str:
        """What an answer to one of its messages concerns."""
        return f"approval/{self.id}"


@dataclass(frozen=True, slots=True)
class ApprovalStep:
    approval_id: int
    round: int
    step: int
    act: str
    person_id: int | None
    at: datetime


def find_approval(tx: Connection, approval_id: int) -> Approval | None:
    return find_one(tx, Approval, approvals, id=approval_id)


def hold_approval(tx: Connection, approval_id: int) -> Approval | None:
    """Read it and keep others from deciding it until the commit."""
    hold(tx, approvals, approval_id)
    return find_approval(tx, approval_id)


def approval_of(tx: Connection, check_in_id: int) -> Approval | None:
    return find_one(tx, Approval, approvals, check_in_id=check_in_id)


_is_due = approvals.c.next_at <= bindparam("now")
_DUE = Prepared(selection(Approval, approvals).where(_is_due).order_by(approvals.c.next_at, approvals.c.id))


def approvals_due(tx: Connection, now: datetime) -> list[Approval]:
    return [Approval(*row) for row in _DUE.all(tx, {"now": now})]


def approvals_waiting(tx: Connection) -> list[Approval]:
    """Everything undecided, the one that begins first at the top."""
    return find_all(
        tx, Approval, approvals, state=ApprovalState.WAITING, order_by=(approvals.c.begins_on, approvals.c.id)
    )


def approvals_asked_of(tx: Connection, person_id: int) -> list[Approval]:
    """What waits for this person's word."""
    where = (approvals.c.state == ApprovalState.WAITING, approvals.c.asked_id == person_id)
    return find_all(tx, Approval, approvals, *where, order_by=(approvals.c.begins_on, approvals.c.id))


def approvals_asked_by(tx: Connection, person_id: int, since: date) -> list[Approval]:
    """What this person asked leave for and is not long over."""
    where = (approvals.c.person_id == person_id, approvals.c.begins_on >= since)
    return find_all(tx, Approval, approvals, *where, order_by=(approvals.c.begins_on, approvals.c.id))


def count_waiting(tx: Connection) -> int:
    statement = select(func.count()).select_from(approvals).where(approvals.c.state == ApprovalState.WAITING)
    return tx.execute(statement).scalar_one()


def change_approval(tx: Connection, approval_id: int, **values: object) -> None:
    change(tx, approvals, approvals.c.id == approval_id, **values)


def note_step(tx: Connection, approval: Approval, act: Act, person_id: int | None, now: datetime) -> None:
    add(
        tx,
        approval_steps,
        approval_id=approval.id,
        round=approval.round,
        step=approval.step,
        act=act,
        person_id=person_id,
        at=now,
    )


def steps_of(tx: Connection, approval_id: int) -> list[ApprovalStep]:
    return find_all(tx, ApprovalStep, approval_steps, approval_id=approval_id, order_by=(approval_steps.c.id,))


def agreed_steps(tx: Connection, approval: Approval) -> list[ApprovalStep]:
    """Those of this round at which somebody agreed, in their order."""
    return [step for step in steps_of(tx, approval.id) if step.round == approval.round and step.act == Act.AGREED]

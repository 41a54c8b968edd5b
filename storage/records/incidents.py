"""Incidents: a case, an accident, a fire as it is followed up; whom outside it must be told to, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, bindparam

from storage.prepared import Prepared
from storage.record import Json, Moment, find_all, find_one, identity, metadata, selection


class IncidentState(StrEnum):
    OPEN = "open"
    JOINED = "joined"  # the same event as another one, which goes on
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"  # whoever reported it took it back


class DutyState(StrEnum):
    OWED = "owed"
    DONE = "done"  # somebody said that he has told them
    WAIVED = "waived"  # somebody said why it need not be told
    LAPSED = "lapsed"  # what was learnt later takes it away


incidents = Table(
    "incidents",
    metadata,
    identity(),
    Column("check_in_id", ForeignKey("check_ins.id"), nullable=False, unique=True),  # the report it began with
    Column("kind", String(40), nullable=False),
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("reported_by", ForeignKey("people.id"), nullable=False),
    Column("subject", Text, nullable=False),  # the report in one line, for those entitled
    Column("answers", Json, nullable=False),  # what was asked afterwards, by the question's name
    Column("state", String(10), nullable=False),
    Column("joined_into_id", ForeignKey("incidents.id")),
    Column("raised_at", Moment(), nullable=False),
    Column("closed_at", Moment()),
    Column("closed_by", ForeignKey("people.id")),
    Index("ix_incidents_state", "state", "raised_at"),
)

duties = Table(
    "duties",
    metadata,
    identity(),
    Column("incident_id", ForeignKey("incidents.id"), nullable=False),
    Column("name", String(60), nullable=False),  # handlers/incidents/duties.yaml
    Column("state", String(10), nullable=False),
    Column("due_at", Moment(), nullable=False),
    Column("next_at", Moment()),  # when it is spoken of next; none: no more
    Column("chases", Integer, nullable=False, default=0),
    Column("settled_at", Moment()),
    Column("settled_by", ForeignKey("people.id")),
    Column("note", Text),  # who took the message; or why nobody need be told
    UniqueConstraint("incident_id", "name"),
    Index("ix_duties_next", "next_at"),
)

likenesses = Table(
    "likenesses",
    metadata,
    identity(),
    Column("earlier_id", ForeignKey("incidents.id"), nullable=False),
    Column("later_id", ForeignKey("incidents.id"), nullable=False),
    Column("proposed_at", Moment(), nullable=False),
    Column("decision", String(10)),  # same, other
    Column("decided_by", ForeignKey("people.id")),
    Column("decided_at", Moment()),
    UniqueConstraint("later_id", "earlier_id"),
)

outside_contacts = Table(
    "outside_contacts",
    metadata,
    Column("key", String(120), primary_key=True),  # the name, folded: "tram y te"
    Column("name", String(120), nullable=False),
    Column("details", String(300), nullable=False),  # telephone, e-mail, who to ask for
    Column("kept_at", Moment(), nullable=False),
    Column("kept_by", ForeignKey("people.id"), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Incident:
    id: int
    check_in_id: int
    kind: str
    unit_id: int
    reported_by: int
    subject: str
    answers: dict[str, Any]
    state: str
    joined_into_id: int | None
    raised_at: datetime
    closed_at: datetime | None
    closed_by: int | None

    @property
    def about(self) -> str:
        """What an answer to one of its messages concerns; also the subject of its journal."""
        return f"incident/{self.id}"


@dataclass(frozen=True, slots=True)
class OwedDuty:
    id: int
    incident_id: int
    name: str
    state: str
    due_at: datetime
    next_at: datetime | None
    chases: int
    settled_at: datetime | None
    settled_by: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class OutsideContact:
    """How an authority is reached."""

    key: str
    name: str
    details: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two reports that may be of one event, and what somebody decided."""

    id: int
    earlier_id: int
    later_id: int
    decision: str | None
    decided_by: int | None


def find_incident(tx: Connection, incident_id: int) -> Incident | None:
    return find_one(tx, Incident, incidents, id=incident_id)


def incident_of(tx: Connection, check_in_id: int) -> Incident | None:
    """The incident that began with this report."""
    return find_one(tx, Incident, incidents, check_in_id=check_in_id)


def open_incidents(tx: Connection) -> list[Incident]:
    """Those still followed up, the latest first."""
    return find_all(tx, Incident, incidents, state=IncidentState.OPEN, order_by=(incidents.c.id.desc(),))


def incidents_joined_into(tx: Connection, incident_id: int) -> list[Incident]:
    return find_all(tx, Incident, incidents, joined_into_id=incident_id, order_by=(incidents.c.id,))


def duties_of(tx: Connection, incident_id: int) -> list[OwedDuty]:
    return find_all(tx, OwedDuty, duties, incident_id=incident_id, order_by=(duties.c.due_at, duties.c.id))


def find_duty(tx: Connection, duty_id: int) -> OwedDuty | None:
    return find_one(tx, OwedDuty, duties, id=duty_id)


_DUE = Prepared(
    selection(OwedDuty, duties)
    .where(duties.c.state == DutyState.OWED, duties.c.next_at <= bindparam("now"))
    .order_by(duties.c.incident_id, duties.c.id)
)


def duties_due(tx: Connection, now: datetime) -> list[OwedDuty]:
    """Those to be spoken of now, incident by incident."""
    return [OwedDuty(*row) for row in _DUE.all(tx, {"now": now})]


def all_contacts(tx: Connection) -> list[OutsideContact]:
    return find_all(tx, OutsideContact, outside_contacts, order_by=(outside_contacts.c.key,))


def find_likeness(tx: Connection, likeness_id: int) -> Likeness | None:
    return find_one(tx, Likeness, likenesses, id=likeness_id)

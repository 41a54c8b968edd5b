"""Playbooks the office wrote itself, and the runs of playbooks: their steps, and who must do each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    func,
    select,
)

from storage.prepared import Prepared
from storage.record import Json, Moment, find_all, find_one, identity, metadata, selection


class RunState(StrEnum):
    RUNNING = "running"
    CLOSED = "closed"


class StepState(StrEnum):
    WAITING = "waiting"  # its turn has not come: an earlier step goes first
    OPEN = "open"  # told to those who must do it
    DONE = "done"
    DROPPED = "dropped"  # somebody said why it is not done
    LEFT = "left"  # the run ended without it


SETTLED = (StepState.DONE, StepState.DROPPED, StepState.LEFT)

playbooks = Table(
    "playbooks",
    metadata,
    identity(),
    Column("name", String(60), nullable=False),
    Column("title", String(120), nullable=False),
    Column("source", Text, nullable=False),  # the file as it was written
    Column("is_active", Boolean, nullable=False),  # false: not offered from here on
    Column("kept_at", Moment(), nullable=False),
    Column("kept_by", ForeignKey("people.id"), nullable=False),
    Index("ix_playbooks_name", "name"),
)

runs = Table(
    "runs",
    metadata,
    identity(),
    Column("playbook", String(60), nullable=False),
    Column("title", String(120), nullable=False),
    Column("definition", Json, nullable=False),  # the playbook as it was when the run began
    Column("is_drill", Boolean, nullable=False),
    Column("incident_id", ForeignKey("incidents.id"), index=True),  # none: a drill, or begun by hand
    Column("unit_id", ForeignKey("units.id"), nullable=False),  # where it happened
    Column("place", String(10)),  # near, inside
    Column("level", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("started_at", Moment(), nullable=False),
    Column("started_by", ForeignKey("people.id"), nullable=False),
    Column("ends_by", Moment(), nullable=False),  # when it ends by itself, whatever was left
    Column("closed_at", Moment()),
    Column("closed_by", ForeignKey("people.id")),  # none: it ended by itself
    Index("ix_runs_state", "state", "ends_by"),
)

run_steps = Table(
    "run_steps",
    metadata,
    identity(),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Column("number", Integer, nullable=False),  # as people call it: 1, 2, 3 …
    Column("state", String(10), nullable=False),
    Column("told_at", Moment()),
    Column("due_at", Moment()),  # from the moment it was told
    Column("next_at", Moment()),  # when it is chased next; none: no more
    Column("chases", Integer, nullable=False, default=0),
    Column("settled_at", Moment()),
    Column("settled_by", ForeignKey("people.id")),
    Column("note", Text),
    Column("file_platform", String(20)),  # with file_reference: the photo that shows it
    Column("file_reference", String(300)),
    UniqueConstraint("run_id", "number"),
    Index("ix_run_steps_next", "next_at"),
)

step_holders = Table(
    "step_holders",
    metadata,
    identity(),
    Column("step_id", ForeignKey("run_steps.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("instead_of", ForeignKey("people.id")),  # who is away
    Column("told_at", Moment(), nullable=False),
    Column("is_reached", Boolean, nullable=False),
    Column("answer", String(10)),  # seen, done, declined
    Column("answered_at", Moment()),  # the first answer
    UniqueConstraint("step_id", "person_id"),
    Index("ix_step_holders_person", "person_id"),
)


@dataclass(frozen=True, slots=True)
class OwnPlaybook:
    id: int
    name: str
    title: str
    source: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Run:
    id: int
    playbook: str
    title: str
    definition: dict[str, Any]
    is_drill: bool
    incident_id: int | None
    unit_id: int
    place: str | None
    level: int
    state: str
    started_at: datetime
    started_by: int
    ends_by: datetime
    closed_at: datetime | None
    closed_by: int | None

    @property
    def about(self) -> str:
        """The subject of its journal."""
        return f"run/{self.id}"


@dataclass(frozen=True, slots=True)
class RunStep:
    id: int
    run_id: int
    number: int
    state: str
    told_at: datetime | None
    due_at: datetime | None
    next_at: datetime | None
    chases: int
    settled_at: datetime | None
    settled_by: int | None
    note: str | None
    file_platform: str | None
    file_reference: str | None

    @property
    def about(self) -> str:
        """What an answer to one of its messages concerns."""
        return f"run_step/{self.id}"


@dataclass(frozen=True, slots=True)
class StepHolder:
    id: int
    step_id: int
    person_id: int
    instead_of: int | None
    told_at: datetime
    is_reached: bool
    answer: str | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many hold a step, and what they have answered."""

    held: int = 0
    reached: int = 0
    seen: int = 0
    done: int = 0
    reached_done: int = 0


def latest_playbooks(tx: Connection) -> list[OwnPlaybook]:
    """What holds for each name the office wrote, stopped ones too."""
    last = select(func.max(playbooks.c.id)).group_by(playbooks.c.name)
    return find_all(tx, OwnPlaybook, playbooks, playbooks.c.id.in_(last), order_by=(playbooks.c.id,))


def find_run(tx: Connection, run_id: int) -> Run | None:
    return find_one(tx, Run, runs, id=run_id)


def running(tx: Connection) -> list[Run]:
    return find_all(tx, Run, runs, state=RunState.RUNNING, order_by=(runs.c.id,))


_TO_END = Prepared(
    selection(Run, runs).where(runs.c.state == RunState.RUNNING, runs.c.ends_by <= bindparam("now")).order_by(runs.c.id)
)
_STEPS_DUE = Prepared(
    selection(RunStep, run_steps)
    .where(run_steps.c.state == StepState.OPEN, run_steps.c.next_at <= bindparam("now"))
    .order_by(run_steps.c.run_id, run_steps.c.number)
)


def runs_to_end(tx: Connection, now: datetime) -> list[Run]:
    """Those whose time is over."""
    return [Run(*row) for row in _TO_END.all(tx, {"now": now})]


def steps_of(tx: Connection, run_id: int) -> list[RunStep]:
    return find_all(tx, RunStep, run_steps, run_id=run_id, order_by=(run_steps.c.number,))


def find_step(tx: Connection, step_id: int) -> RunStep | None:
    return find_one(tx, RunStep, run_steps, id=step_id)


def steps_due(tx: Connection, now: datetime) -> list[RunStep]:
    return [RunStep(*row) for row in _STEPS_DUE.all(tx, {"now": now})]


def holds(tx: Connection, step_id: int, person_id: int) -> bool:
    mine = (step_holders.c.step_id == step_id, step_holders.c.person_id == person_id)
    return tx.execute(select(step_holders.c.id).where(*mine)).first() is not None


def tallies(tx: Connection, run_id: int) -> dict[int, Tally]:
    """Of each step that was told, by its id: counted, for a step may be everybody's."""
    held, is_done = step_holders.c, step_holders.c.answer == "done"
    conditions = {
        "reached": held.is_reached,
        "seen": held.answer == "seen",
        "done": is_done,
        "reached_done": and_(held.is_reached, is_done),
    }
    counts = [func.sum(case((condition, 1), else_=0)).label(name) for name, condition in conditions.items()]
    mine = select(run_steps.c.id).where(run_steps.c.run_id == run_id)
    chosen = select(held.step_id, func.count().label("held"), *counts).where(held.step_id.in_(mine))
    rows = tx.execute(chosen.group_by(held.step_id))
    return {
        row.step_id: Tally(
            held=row.held, reached=row.reached, seen=row.seen, done=row.done, reached_done=row.reached_done
        )
        for row in rows
    }


def who_has_not_answered(tx: Connection, step_id: int) -> list[int]:
    """Whoever has begun it, else everybody who has not answered; never who said that he cannot. Ids of people."""
    mine = select(step_holders.c.person_id).where(step_holders.c.step_id == step_id).order_by(step_holders.c.id)
    begun = list(tx.execute(mine.where(step_holders.c.answer == "seen")).scalars())
    return begun or list(tx.execute(mine.where(step_holders.c.answer.is_(None))).scalars())


def holders_in_run(tx: Connection, run_id: int) -> list[StepHolder]:
    mine = select(run_steps.c.id).where(run_steps.c.run_id == run_id)
    return find_all(tx, StepHolder, step_holders, step_holders.c.step_id.in_(mine), order_by=(step_holders.c.id,))


def open_steps_held_by(tx: Connection, person_id: int) -> list[RunStep]:
    """What this person has still to do, the run begun last first."""
    held = select(step_holders.c.step_id).where(step_holders.c.person_id == person_id)
    where = and_(run_steps.c.state == StepState.OPEN, run_steps.c.id.in_(held))
    return find_all(tx, RunStep, run_steps, where, order_by=(run_steps.c.run_id.desc(), run_steps.c.number))

"""Steps that are overdue are chased, later whoever leads the run hears; runs whose time is over end."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.local_time import short_moment
from handlers.playbooks.cards import heading, step_buttons, step_of
from handlers.playbooks.ending import end_run
from handlers.playbooks.roles import BATCH
from handlers.playbooks.running import go_on
from handlers.playbooks.times import next_chase
from handlers.telling import tell_many, tell_person
from handlers.wording import bold
from storage.messages import Button, Lane
from storage.record import change, in_batches
from storage.records.playbooks import (
    Run,
    RunStep,
    StepState,
    find_run,
    run_steps,
    runs_to_end,
    steps_due,
    who_has_not_answered,
)

LEADER_FROM = 2
"""From this chase on whoever leads the run hears too."""


def chase_steps(tx: Connection, now: datetime) -> int:
    """Everything whose moment has come; returns how many steps were chased and runs ended."""
    touched: dict[int, Run] = {}
    chased = 0
    for row in steps_due(tx, now):
        run = find_run(tx, row.run_id)
        if run is not None and _claim(tx, run, row):
            _chase(tx, run, row, now)
            touched[run.id] = run
            chased += 1
    for run in touched.values():
        go_on(tx, run, now)
    return chased + sum(end_run(tx, run, by=None, now=now) for run in runs_to_end(tx, now))


def _claim(tx: Connection, run: Run, row: RunStep) -> bool:
    # the condition makes it once, whoever else looks at the same moment
    still = (run_steps.c.id == row.id, run_steps.c.state == StepState.OPEN, run_steps.c.next_at == row.next_at)
    next_at = None if row.due_at is None else next_chase(row.due_at, row.chases + 1, is_drill=run.is_drill)
    return change(tx, run_steps, *still, next_at=next_at, chases=row.chases + 1) == 1


def _chase(tx: Connection, run: Run, row: RunStep, now: datetime) -> None:
    step, number = step_of(run, row.number), row.chases + 1
    late = short_moment(row.due_at) if row.due_at else ""
    text = f"{bold(heading(run))}\n⏰ Bước {row.number} đã quá hạn {late}: {step.text}"
    lane = Lane.REMINDER if run.is_drill else Lane.ALERT
    key = f"{row.about}/chase/{number}"
    buttons = step_buttons(row, step)
    for some in in_batches(who_has_not_answered(tx, row.id), BATCH):
        tell_many(tx, some, text, key=key, lane=lane, now=now, about=row.about, buttons=buttons)
    if number >= LEADER_FROM:
        to_leader = ((Button("Ghi hộ một bước", f"run:steps:{run.id}"), Button("Kết thúc", f"run:end:{run.id}")),)
        said = f"{text}\nChưa ghi nhận là xong ({step.who}). Xin hỏi lại, hoặc ghi hộ."
        tell_person(
            tx, run.started_by, said, key=f"{key}/leader", lane=lane, now=now, about=run.about, buttons=to_leader
        )

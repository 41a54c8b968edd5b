"""A run is over: by a human, when everything is done, or when its time is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.playbooks.cards import heading, refresh_board, step_of
from handlers.playbooks.closing import send_closing_report
from handlers.playbooks.journaling import kept_run, note_run
from handlers.telling import tell_people
from handlers.wording import bold
from storage.messages import Lane
from storage.record import change
from storage.records import audit
from storage.records.people import people_named
from storage.records.playbooks import Run, RunState, StepState, holders_in_run, run_steps, runs, steps_of


def end_run(tx: Connection, run: Run, *, by: int | None, now: datetime) -> bool:
    """Over: what was not done is left. False where it had ended."""
    still = (runs.c.id == run.id, runs.c.state == RunState.RUNNING)
    if change(tx, runs, *still, state=RunState.CLOSED, closed_at=now, closed_by=by) != 1:
        return False
    undone = _who_still_works(tx, run)
    open_ones = run_steps.c.state.in_((StepState.OPEN, StepState.WAITING))
    left = change(tx, run_steps, run_steps.c.run_id == run.id, open_ones, state=StepState.LEFT, next_at=None)
    text = f"Kết thúc phương án, {f'{left} bước chưa làm' if left else 'mọi bước đã xong'}"
    note_run(tx, run, by=by, now=now, act="ended", text=text)
    audit.note(tx, at=now, actor_id=by, act="run.ended", subject=run.about, left=left)
    ended = kept_run(tx, run.id)
    refresh_board(tx, ended, now)
    send_closing_report(tx, ended, now)
    _send_home(tx, ended, undone - {by, run.started_by}, now)
    return True


def _who_still_works(tx: Connection, run: Run) -> set[int | None]:
    """Who holds a step of his own that was begun and not settled; what everybody was told to heed goes on."""
    begun = {
        row.id for row in steps_of(tx, run.id) if row.state == StepState.OPEN and not step_of(run, row.number).each
    }
    return {holder.person_id for holder in holders_in_run(tx, run.id) if holder.step_id in begun and holder.is_reached}


def _send_home(tx: Connection, run: Run, who: set[int | None], now: datetime) -> None:
    """Nobody must go on with what is over: where no message can be changed he would not know."""
    people = people_named(tx, [person_id for person_id in who if person_id is not None])
    text = f"☑️ {bold(heading(run))}: đã kết thúc. Việc còn lại giao cho anh/chị không phải làm nữa."
    tell_people(tx, people, text, key=f"{run.about}/ended", lane=Lane.REMINDER, now=now, about=run.about)

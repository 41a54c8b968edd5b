"""A run is over: by a human, when everything is done, or when its time is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.playbooks.cards import refresh_board
from handlers.playbooks.closing import send_closing_report
from handlers.playbooks.journaling import kept_run, note_run
from storage.record import change
from storage.records import audit
from storage.records.playbooks import Run, RunState, StepState, run_steps, runs


def end_run(tx: Connection, run: Run, *, by: int | None, now: datetime) -> bool:
    """Over: what was not done is left. False where it had ended."""
    still = (runs.c.id == run.id, runs.c.state == RunState.RUNNING)
    if change(tx, runs, *still, state=RunState.CLOSED, closed_at=now, closed_by=by) != 1:
        return False
    open_ones = run_steps.c.state.in_((StepState.OPEN, StepState.WAITING))
    left = change(tx, run_steps, run_steps.c.run_id == run.id, open_ones, state=StepState.LEFT, next_at=None)
    text = f"Kết thúc phương án, {f'{left} bước chưa làm' if left else 'mọi bước đã xong'}"
    note_run(tx, run, by=by, now=now, act="ended", text=text)
    audit.note(tx, at=now, actor_id=by, act="run.ended", subject=run.about, left=left)
    ended = kept_run(tx, run.id)
    refresh_board(tx, ended, now)
    send_closing_report(tx, ended, now)
    return True

"""What happened in a run goes into its journal, and into that of its incident."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from storage.record import require
from storage.records.journals import write_journal
from storage.records.playbooks import Run, find_run


def note_run(tx: Connection, run: Run, *, by: int | None, now: datetime, act: str, text: str) -> None:
    write_journal(tx, run.about, at=now, actor_id=by, act=act, text=text)
    if run.incident_id is not None:
        write_journal(tx, f"incident/{run.incident_id}", at=now, actor_id=by, act=f"run_{act}", text=text)


def kept_run(tx: Connection, run_id: int) -> Run:
    """The run with this id; LookupError where there is none."""
    return require(find_run(tx, run_id))

"""Runs of playbooks: an ended run has nothing open, a settled step is settled by somebody, a drill belongs to no incident."""

from __future__ import annotations

from sqlalchemy import exists, or_, select

from storage.invariant import Invariant
from storage.records.playbooks import RunState, StepState, run_steps, runs, step_holders

_open = (StepState.OPEN, StepState.WAITING)
_steps = select(run_steps.c.id).join(runs, runs.c.id == run_steps.c.run_id)

INVARIANTS = (
    Invariant("Lần chạy phương án có trạng thái lạ (số)", select(runs.c.id).where(runs.c.state.not_in(list(RunState)))),
    Invariant(
        "Lần chạy phương án đã kết thúc mà không ghi lúc nào (số)",
        select(runs.c.id).where(runs.c.state == RunState.CLOSED, runs.c.closed_at.is_(None)),
    ),
    Invariant(
        "Diễn tập lại gắn với một sự việc thật (số)",
        select(runs.c.id).where(runs.c.is_drill, runs.c.incident_id.is_not(None)),
    ),
    Invariant("Bước có trạng thái lạ (số)", select(run_steps.c.id).where(run_steps.c.state.not_in(list(StepState)))),
    Invariant(
        "Phương án đã kết thúc mà còn bước đang mở (số bước)",
        _steps.where(runs.c.state == RunState.CLOSED, run_steps.c.state.in_(_open)),
    ),
    Invariant(
        "Bước đã ghi xong hoặc bỏ mà không ghi ai, lúc nào (số)",
        select(run_steps.c.id).where(
            run_steps.c.state.in_((StepState.DONE, StepState.DROPPED)),
            or_(run_steps.c.settled_at.is_(None), run_steps.c.settled_by.is_(None)),
        ),
    ),
    Invariant(
        "Bước không còn mở mà còn bị nhắc (số)",
        select(run_steps.c.id).where(run_steps.c.state != StepState.OPEN, run_steps.c.next_at.is_not(None)),
    ),
    Invariant(
        "Bước chưa tới lượt mà đã giao cho người (số)",
        select(run_steps.c.id).where(
            run_steps.c.state == StepState.WAITING,
            exists().where(step_holders.c.step_id == run_steps.c.id).correlate(run_steps),
        ),
    ),
)

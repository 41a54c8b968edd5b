"""A run from its first step to its end: steps told once, settled once, and it ends whatever anybody does."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from handlers.local_time import local_day
from handlers.playbooks.cards import heading, refresh_board, step_buttons, step_of, step_text
from handlers.playbooks.definition import Place, Playbook
from handlers.playbooks.ending import end_run
from handlers.playbooks.journaling import kept_run, note_run
from handlers.playbooks.roles import Holder, holders_in_batches
from handlers.playbooks.times import due_after, ends_by, next_chase
from handlers.telling import tell_office
from handlers.wording import among
from storage import outbox
from storage.bells import ring
from storage.inserts import insert_all_or_ignore
from storage.messages import Lane, OutgoingMessage
from storage.record import add, change, keep
from storage.records import audit
from storage.records.accounts import Account, private_chats_of
from storage.records.playbooks import (
    SETTLED,
    Run,
    RunState,
    RunStep,
    StepState,
    find_step,
    run_steps,
    runs,
    step_holders,
    steps_of,
    tallies,
)

BELL = "ticks"
MOST_NAMES = 8


@dataclass(slots=True)
class Named:
    """People met some at a time: how many, and the first of them by name."""

    count: int = 0
    names: list[str] = field(default_factory=list)

    def add(self, holders: list[Holder]) -> None:
        self.count += len(holders)
        self.names += [holder.person.called for holder in holders[: MOST_NAMES - len(self.names)]]

    @property
    def said(self) -> str:
        return among(self.names, self.count, "người khác")


def start_run(
    tx: Connection,
    playbook: Playbook,
    *,
    unit_id: int,
    by: int,
    now: datetime,
    place: Place | None = None,
    level: int = 1,
    incident_id: int | None = None,
    is_drill: bool = False,
) -> Run:
    """Begin, and tell every step whose turn it is. A drill touches no report, no figure, no alert."""
    steps = playbook.steps_at(place or playbook.place, level)
    run_id = add(
        tx,
        runs,
        playbook=playbook.name,
        title=playbook.title,
        definition=msgspec.to_builtins(playbook),
        is_drill=is_drill,
        incident_id=incident_id,
        unit_id=unit_id,
        place=place or playbook.place,
        level=level,
        state=RunState.RUNNING,
        started_at=now,
        started_by=by,
        ends_by=ends_by(steps, now, is_drill=is_drill),
    )
    for number, _ in steps:
        keep(tx, run_steps, run_id=run_id, number=number, state=StepState.WAITING, chases=0)
    run = kept_run(tx, run_id)
    text = f"Bắt đầu {'diễn tập ' if is_drill else ''}phương án {playbook.title}, cấp {level}"
    note_run(tx, run, by=by, now=now, act="started", text=text)
    audit.note(tx, at=now, actor_id=by, act="run.started", subject=run.about, is_drill=is_drill, level=level)
    go_on(tx, run, now)
    ring(tx, BELL)
    return run


def go_on(tx: Connection, run: Run, now: datetime) -> None:
    """Tell what may be told now; end the run when nothing is left to do; bring the board to what stands."""
    rows = steps_of(tx, run.id)
    for row in rows:
        if row.state == StepState.WAITING and _may_begin(run, row, rows, now):
            tell_step(tx, run, row, now)
    rows = steps_of(tx, run.id)
    if all(row.state in SETTLED for row in rows):
        end_run(tx, run, by=None, now=now)
    else:
        refresh_board(tx, run, now)


def _may_begin(run: Run, row: RunStep, rows: list[RunStep], now: datetime) -> bool:
    """After the step before it, or when that one is overdue: nobody waits for ever for somebody else's tick."""
    before = next((one for one in rows if one.number == step_of(run, row.number).after), None)
    if before is None or before.state in SETTLED:
        return True
    return before.state == StepState.OPEN and before.due_at is not None and before.due_at <= now


def tell_step(tx: Connection, run: Run, row: RunStep, now: datetime) -> bool:
    """Tell those who must do it, once; false where somebody was faster."""
    step = step_of(run, row.number)
    due_at = now + due_after(step, is_drill=run.is_drill)
    still = (run_steps.c.id == row.id, run_steps.c.state == StepState.WAITING)
    next_at = next_chase(due_at, 0, is_drill=run.is_drill)
    if change(tx, run_steps, *still, state=StepState.OPEN, told_at=now, due_at=due_at, next_at=next_at) != 1:
        return False
    row = replace(row, state=StepState.OPEN, told_at=now, due_at=due_at)
    told, unreached = Named(), Named()
    for holders in holders_in_batches(tx, step.who, unit_id=run.unit_id, day=local_day(now)):
        told.add(holders)
        unreached.add(_write_to(tx, run, row, holders, now))
    names = told.said
    note_run(
        tx, run, by=None, now=now, act="told", text=f"Giao bước {row.number} cho {names or 'chưa có ai'}: {step.text}"
    )
    if unreached.count or not told.count:
        _tell_office_of_unreached(tx, run, row, unreached, now)
    return True


def _write_to(tx: Connection, run: Run, row: RunStep, holders: list[Holder], now: datetime) -> list[Holder]:
    """A message to each in private; returns those who cannot be reached."""
    chats = private_chats_of(tx, [holder.person.id for holder in holders])
    rows = [
        {
            "step_id": row.id,
            "person_id": holder.person.id,
            "instead_of": holder.instead_of.id if holder.instead_of else None,
            "told_at": now,
            "is_reached": holder.person.id in chats,
        }
        for holder in holders
    ]
    letters = [
        (f"{row.about}/told/person/{holder.person.id}", _letter(run, row, holder, account), row.about)
        for holder in holders
        if (account := chats.get(holder.person.id)) is not None
    ]
    insert_all_or_ignore(tx, step_holders, rows)
    outbox.put_all(tx, letters, lane=Lane.REMINDER if run.is_drill else Lane.ALERT, now=now)
    return [holder for holder in holders if holder.person.id not in chats]


def _letter(run: Run, row: RunStep, holder: Holder, account: Account) -> OutgoingMessage:
    step = step_of(run, row.number)
    return OutgoingMessage(
        platform=account.platform,
        chat_id=account.private_chat_id or "",
        text=step_text(run, row, step, holder.instead_of),
        buttons=step_buttons(row, step),
    )


def _tell_office_of_unreached(tx: Connection, run: Run, row: RunStep, unreached: Named, now: datetime) -> None:
    names = unreached.said or "ai (chưa có người giữ vai trò này)"
    text = f"{heading(run)}: bước {row.number} chưa nhắn được cho {names}. Xin gọi điện giúp."
    lane = Lane.REMINDER if run.is_drill else Lane.ALERT
    tell_office(tx, text, key=f"{row.about}/unreached", lane=lane, now=now)


def settle_step(
    tx: Connection,
    run: Run,
    row: RunStep,
    state: StepState,
    *,
    by: int,
    now: datetime,
    note: str | None = None,
    file: tuple[str, str] | None = None,
) -> bool:
    """Done, or dropped with the reason; false where it was settled already. Then whatever waited for it is told."""
    values: dict[str, object] = {"state": state, "settled_at": now, "settled_by": by, "note": note, "next_at": None}
    if file is not None:
        values |= {"file_platform": file[0], "file_reference": file[1]}
    still = (run_steps.c.id == row.id, run_steps.c.state.in_((StepState.OPEN, StepState.WAITING)))
    if run.state != RunState.RUNNING or change(tx, run_steps, *still, **values) != 1:
        return False
    said = "Xong" if state == StepState.DONE else "Bỏ"
    rest = f": {note}" if note else ""
    photo = " (có ảnh)" if file else ""
    note_run(tx, run, by=by, now=now, act=str(state), text=f"{said} bước {row.number}{photo}{rest}")
    go_on(tx, run, now)
    return True


def answer_step(tx: Connection, row: RunStep, person_id: int, answer: str, now: datetime) -> bool:
    """Note what somebody answered; the first moment stays. False for somebody who was not told."""
    mine = (step_holders.c.step_id == row.id, step_holders.c.person_id == person_id)
    change(tx, step_holders, *mine, step_holders.c.answered_at.is_(None), answered_at=now)
    return change(tx, step_holders, *mine, answer=answer) == 1


def confirm_for_oneself(tx: Connection, run: Run, row: RunStep, person_id: int, now: datetime) -> bool:
    """A step that each must answer: it is done when everybody who could be reached has; false for a stranger to it."""
    if not answer_step(tx, row, person_id, "done", now):
        return False
    fresh = find_step(tx, row.id)
    if fresh is not None and fresh.state == StepState.OPEN:
        tally = tallies(tx, run.id)[row.id]
        if tally.reached_done == tally.reached:
            settle_step(tx, run, row, StepState.DONE, by=person_id, now=now, note=f"{tally.reached} người đã xác nhận")
        else:
            refresh_board(tx, run, now)
    return True

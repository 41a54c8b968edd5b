"""How a run reads: the message of a step, its buttons, and the board of whoever leads the run."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Connection

from handlers.local_time import short_moment
from handlers.playbooks.definition import Evidence, Playbook, Step
from handlers.playbooks.values import said_minutes
from handlers.telling import Buttons, to_room
from handlers.wording import bold
from storage import outbox
from storage.messages import Button, Lane, OutgoingMessage
from storage.records.accounts import private_chats_of
from storage.records.chats import Audience, rooms_for
from storage.records.people import Person
from storage.records.playbooks import Run, RunState, RunStep, StepState, Tally, steps_of, tallies

DRILL = "🟠 DIỄN TẬP"
MARKS = {
    StepState.WAITING: "▫️",
    StepState.OPEN: "⏳",
    StepState.DONE: "✅",
    StepState.DROPPED: "➖",
    StepState.LEFT: "❌",
}
EVIDENCES = {Evidence.PHOTO: "kèm một ảnh", Evidence.NOTE: "kèm một câu ghi kết quả"}


def playbook_of(run: Run) -> Playbook:
    return msgspec.convert(run.definition, Playbook)


def step_of(run: Run, number: int) -> Step:
    return playbook_of(run).steps[number - 1]


def heading(run: Run) -> str:
    """Every message of a drill begins so that nobody takes it for the real thing."""
    return f"{DRILL} · {run.title}" if run.is_drill else f"📋 {run.title}"


def marked(run: Run, text: str) -> str:
    """A short answer within a run: of a drill it says so too."""
    return f"{DRILL} · {text}" if run.is_drill else text


def step_text(run: Run, row: RunStep, step: Step, instead_of: Person | None) -> str:
    lines = [bold(heading(run)), f"{bold(f'Bước {row.number}')}: {step.text}"]
    lines += [step.details] if step.details else []
    due = f"Hạn {short_moment(row.due_at)}" if row.due_at else f"Hạn {said_minutes(step.minutes)}"
    lines.append(f"{due} · {step.who}" + (f" (thay {instead_of.called} đang vắng)" if instead_of else ""))
    if step.each:
        lines.append("Xin từng người xác nhận: chọn bên dưới, hoặc trả lời tin này “đã nhận”.")
    else:
        shown = f" {EVIDENCES[step.evidence]}" if step.evidence in EVIDENCES else ""
        lines.append(f"Làm xong, xin chọn “Xong”, hoặc trả lời tin này “xong”{shown}.")
    return "\n".join(lines)


def step_buttons(row: RunStep, step: Step) -> Buttons:
    if step.each:
        return ((Button("✅ Đã nhận, thực hiện", f"step:done:{row.id}"),),)
    return (
        (Button("✅ Xong", f"step:done:{row.id}"), Button("Đang làm", f"step:seen:{row.id}")),
        (Button("Tôi không làm được", f"step:decline:{row.id}"),),
    )


def board_text(tx: Connection, run: Run) -> str:
    """Who does what by their roles; names stand in the closing report."""
    steps, found = steps_of(tx, run.id), tallies(tx, run.id)
    settled = sum(row.state in (StepState.DONE, StepState.DROPPED) for row in steps)
    lines = [_board_line(run, row, found.get(row.id, Tally())) for row in steps]
    head = f"{bold(heading(run))}\nBắt đầu {short_moment(run.started_at)} · cấp {run.level} · xong {settled}/{len(steps)} bước"
    ending = ""
    if run.state == RunState.CLOSED and run.closed_at is not None:
        how = "" if run.closed_by else " (tự kết thúc)"
        ending = f"\n\n☑️ Kết thúc lúc {short_moment(run.closed_at)}{how}."
    return f"{head}\n\n" + "\n".join(lines) + ending


def _board_line(run: Run, row: RunStep, tally: Tally) -> str:
    step = step_of(run, row.number)
    text = step.text if len(step.text) <= 90 else step.text[:90].rsplit(" ", 1)[0] + "…"
    line = f"{MARKS[StepState(row.state)]} {row.number}. {text} ({step.who})"
    if step.each and tally.held:
        return f"{line} · {tally.done}/{tally.held} người"
    if row.state == StepState.OPEN and row.due_at is not None:
        seen = " · đang làm" if tally.seen else ""
        return f"{line} · hạn {short_moment(row.due_at)}{seen}"
    return line


def board_buttons(run: Run) -> Buttons:
    if run.state != RunState.RUNNING:
        return ((Button("Báo cáo (Word)", f"run:report:{run.id}"),),)
    return (
        (Button("Ghi hộ một bước", f"run:steps:{run.id}"), Button("Báo cáo (Word)", f"run:report:{run.id}")),
        (Button("Kết thúc", f"run:end:{run.id}"),),
    )


def refresh_board(tx: Connection, run: Run, now: datetime) -> None:
    """For whoever leads the run, with its buttons; the office's room sees the same without them."""
    text = board_text(tx, run)
    for account in private_chats_of(tx, [run.started_by]).values():
        message = OutgoingMessage(
            platform=account.platform,
            chat_id=account.private_chat_id or "",
            text=text,
            buttons=board_buttons(run),
        )
        outbox.put_board(tx, message, key=f"{run.about}/board", lane=Lane.ANSWER, now=now, about=run.about)
    for room in rooms_for(tx, Audience.OFFICE):
        key = f"{run.about}/board/room/{room.id}"
        outbox.put_board(tx, to_room(room, text), key=key, lane=Lane.REMINDER, now=now, about=run.about)

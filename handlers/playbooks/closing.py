"""The closing report of a run: what was done by whom and when, and how fast people answered; as a message and as a document."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.files.documents import keep_report
from handlers.journals import journal_table, who_acted
from handlers.local_time import full_moment, short_moment
from handlers.playbooks.answers import how_fast, said_wait
from handlers.playbooks.cards import DRILL, heading, playbook_of, step_of
from handlers.playbooks.definition import Place
from handlers.telling import tell_person
from handlers.wording import bold
from reports.report import Report, Section, Table
from storage.messages import Lane, OutgoingFile
from storage.records.journals import journal_of
from storage.records.playbooks import Run, RunStep, StepState, holders_in_run, steps_of
from storage.records.units import find_unit

STATES = {
    StepState.WAITING: "Chưa tới lượt",
    StepState.OPEN: "Đang làm",
    StepState.DONE: "Xong",
    StepState.DROPPED: "Bỏ",
    StepState.LEFT: "Chưa làm",
}


def send_closing_report(tx: Connection, run: Run, now: datetime) -> None:
    """To whoever led it, with the document."""
    text = f"{bold(heading(run))}: đã kết thúc\n{closing_text(tx, run)}"
    file = write_report(tx, run, now)
    tell_person(tx, run.started_by, text, key=f"{run.about}/closing", lane=Lane.ANSWER, now=now, file=file)


def closing_text(tx: Connection, run: Run) -> str:
    steps = steps_of(tx, run.id)
    done = sum(row.state == StepState.DONE for row in steps)
    late = sum(_is_late(run, row) for row in steps)
    lines = [f"Xong {done}/{len(steps)} bước, {late} bước quá hạn."]
    left = [str(row.number) for row in steps if row.state in (StepState.LEFT, StepState.DROPPED)]
    lines += [f"Không làm: bước {', '.join(left)}."] if left else []
    return "\n".join([*lines, *_answers(tx, run)])


def _answers(tx: Connection, run: Run) -> list[str]:
    found = how_fast(holders_in_run(tx, run.id))
    shares = ", ".join(
        f"{share}% sau {said_wait(wait)}" if wait is not None else f"{share}% chưa đạt"
        for share, wait in found.after.items()
    )
    unreached = f", {found.unreached} người không nhắn được" if found.unreached else ""
    return [f"Trả lời: {found.answered}/{found.asked} người{unreached}.", f"Thời gian trả lời: {shares}."]


def _is_late(run: Run, row: RunStep) -> bool:
    """Settled after it was due, or still open then."""
    until = row.settled_at or run.closed_at
    return row.due_at is not None and until is not None and until > row.due_at


def write_report(tx: Connection, run: Run, now: datetime) -> OutgoingFile:
    name = f"{'dien-tap' if run.is_drill else 'phuong-an'}-{run.id}.docx"
    return keep_report(tx, run_report(tx, run, now), name=name, now=now)


def run_report(tx: Connection, run: Run, now: datetime) -> Report:
    unit = find_unit(tx, run.unit_id)
    place = f" · {Place(run.place).called}" if run.place else ""
    begun = f"Bắt đầu {full_moment(run.started_at)}, {who_acted(tx, run.started_by)} điều hành. Cấp {run.level}{place}."
    ended = f"Kết thúc {full_moment(run.closed_at)}." if run.closed_at else "Đang thực hiện."
    source = playbook_of(run).source
    sentences = (
        *([f"{DRILL.removeprefix('🟠 ')}: không phải sự việc thật."] if run.is_drill else []),
        *([f"Căn cứ: {source}."] if source else []),
        *([f"Đơn vị có sự việc: {unit.name}."] if unit else []),
        begun,
        ended,
        *closing_text(tx, run).splitlines(),
    )
    return Report(
        title="BÁO CÁO DIỄN TẬP" if run.is_drill else "BÁO CÁO THỰC HIỆN PHƯƠNG ÁN",
        subtitle=f"{run.title} · lập lúc {full_moment(now)}",
        sections=(
            Section(title="Tóm tắt", sentences=sentences),
            Section(title="Các bước", table=_steps_table(tx, run)),
            Section(title="Diễn biến", table=_journal_table(tx, run)),
        ),
    )


def _steps_table(tx: Connection, run: Run) -> Table:
    rows = []
    for row in steps_of(tx, run.id):
        step = step_of(run, row.number)
        due = short_moment(row.due_at) if row.due_at else ""
        settled = f"{short_moment(row.settled_at)}, {who_acted(tx, row.settled_by)}" if row.settled_at else ""
        state = STATES[StepState(row.state)] + (" (quá hạn)" if _is_late(run, row) else "")
        note = "; ".join(part for part in (row.note or "", "có ảnh" if row.file_reference else "") if part)
        rows.append((str(row.number), step.text, step.who, due, state, settled, note))
    headings = ("Bước", "Việc", "Ai", "Hạn", "Kết quả", "Lúc, người ghi", "Ghi chú")
    return Table(headings=headings, rows=tuple(rows))


def _journal_table(tx: Connection, run: Run) -> Table:
    lines = ((entry.at, who_acted(tx, entry.actor_id), entry.text) for entry in journal_of(tx, run.about))
    return journal_table(lines)

"""Asking whoever must decide now: finds the person, puts the request with its buttons, and sets the time of the reminder."""

from __future__ import annotations

from datetime import datetime, timedelta
from textwrap import shorten

from sqlalchemy import Connection

from handlers.approvals.deciders import deciders
from handlers.check_in import CheckInKind
from handlers.concerning import whom_it_concerns
from handlers.directives.working_hours import after_working_time
from handlers.kinds import kind_named
from handlers.local_time import clock_time, local_day
from handlers.risk_areas import note_for
from handlers.telling import Buttons, tell_office, tell_person
from handlers.wording import bold
from storage.messages import Button, Lane
from storage.record import require
from storage.records.approvals import (
    Act,
    Approval,
    ApprovalState,
    agreed_steps,
    change_approval,
    find_approval,
    note_step,
)
from storage.records.check_ins import CheckIn, find_check_in
from storage.records.people import Person, find_person
from storage.records.schedules import exceptional_days

WAIT = timedelta(hours=2)  # of working time
URGENT_WAIT = timedelta(minutes=30)
LONGEST_REASON = 200  # in a list; whoever asked leave has read the whole
HOW = "Xin chọn bên dưới, hoặc trả lời “đồng ý”, “trả lại: lý do”."


def ask_next(tx: Connection, approval: Approval, now: datetime, *, passed: frozenset[int] = frozenset()) -> Approval:
    """Ask whoever comes first for the step it stands at; the office hears where nobody can be asked."""
    found = candidates(tx, approval, now, passed=passed)
    person = found[0] if found else None
    change_approval(
        tx,
        approval.id,
        asked_id=None if person is None else person.id,
        reminders=0,
        next_at=next_look(tx, approval, now),
    )
    approval = reread(tx, approval.id)
    note_step(tx, approval, Act.ASKED, approval.asked_id, now)
    if person is None or not _request(tx, approval, person, now):
        whom = "ai" if person is None else person.called
        text = f"Có một đơn xin phép đang chờ duyệt mà tôi chưa chuyển được tới {whom}. Xin Văn phòng xem lệnh /duyet."
        tell_office(tx, text, key=f"{_key(approval)}/unreached", lane=Lane.ANSWER, now=now)
    return approval


def candidates(
    tx: Connection, approval: Approval, now: datetime, *, passed: frozenset[int] = frozenset()
) -> list[Person]:
    """Who may decide the step it stands at, the first to be asked first."""
    return deciders(
        tx,
        approval.steps[approval.step],
        unit_id=approval.unit_id,
        day=local_day(now),
        without=(approval.person_id,),
        passed=passed,
    )


def next_look(tx: Connection, approval: Approval, now: datetime) -> datetime:
    """When whoever is asked is reminded."""
    return now + URGENT_WAIT if approval.is_urgent else after_working_time(now, WAIT, exceptional_days(tx))


def reread(tx: Connection, approval_id: int) -> Approval:
    return require(find_approval(tx, approval_id))


def what_is_asked(tx: Connection, approval: Approval) -> tuple[CheckInKind, CheckIn]:
    check_in = require(find_check_in(tx, approval.check_in_id))
    return kind_named(tx, check_in.kind), check_in


def in_a_line(tx: Connection, approval: Approval) -> str:
    """ "chị Vũ Thị Lan (Phòng KT): đi Đà Nẵng từ 24/11 đến 27/11/2026, công tác"."""
    kind, check_in = what_is_asked(tx, approval)
    return f"{whom_it_concerns(tx, check_in)}: {kind.say(check_in.answers)}"


def decision_buttons(approval: Approval, number: str = "") -> tuple[Button, Button]:
    asked = f"{approval.id}:{approval.round}:{approval.step}"
    label = f" {number}" if number else ""
    return Button(f"Đồng ý{label}", f"leave:yes:{asked}"), Button(f"Trả lại{label}", f"leave:no:{asked}")


def state_line(tx: Connection, approval: Approval) -> str:
    """Where it stands, in one sentence."""
    match ApprovalState(approval.state):
        case ApprovalState.WAITING:
            asked = find_person(tx, approval.asked_id) if approval.asked_id else None
            where = f" (bước {approval.step + 1}/{len(approval.steps)})" if len(approval.steps) > 1 else ""
            return f"Trạng thái: chờ {asked.called if asked else 'Văn phòng tìm người'} duyệt{where}."
        case ApprovalState.APPROVED:
            return f"Trạng thái: đã duyệt lúc {_moment(approval)}."
        case ApprovalState.RETURNED:
            why = shorten(approval.comment or "", LONGEST_REASON, placeholder="…")
            return f"Trạng thái: bị trả lại lúc {_moment(approval)}, lý do: {why}."
        case ApprovalState.LAPSED:
            return "Trạng thái: hết hạn, chưa ai quyết định."
        case ApprovalState.WITHDRAWN:
            return "Trạng thái: đơn xin phép đã rút."


def line_for_traveller(tx: Connection, approval: Approval) -> str:
    """The same for who asks leave; nobody in a hurry is held back."""
    line = state_line(tx, approval)
    if approval.state != ApprovalState.WAITING or not approval.is_urgent:
        return line
    return f"{line} Việc gấp: tôi đã báo ngay; chưa kịp có ý kiến thì anh/chị vẫn đi được."


def _moment(approval: Approval) -> str:
    return clock_time(approval.decided_at) if approval.decided_at else ""


def _request(tx: Connection, approval: Approval, person: Person, now: datetime) -> bool:
    buttons: Buttons = (decision_buttons(approval),)
    return tell_person(
        tx,
        person.id,
        request_text(tx, approval),
        key=_key(approval),
        lane=Lane.ANSWER,
        now=now,
        about=approval.about,
        buttons=buttons,
    )


def request_text(tx: Connection, approval: Approval) -> str:
    kind, _ = what_is_asked(tx, approval)
    again = " (đính chính)" if approval.round > 1 else ""
    heading = f"📝 {bold(f'{kind.title}, xin duyệt{again}')}{' · GẤP' if approval.is_urgent else ''}"
    risk = note_for(tx, approval.check_in_id)
    lines = [heading, in_a_line(tx, approval), risk, *_said_before(tx, approval), HOW]
    return "\n".join(line for line in lines if line)


def _said_before(tx: Connection, approval: Approval) -> list[str]:
    """Who has agreed in this round already."""
    agreed = agreed_steps(tx, approval)
    people = [(find_person(tx, step.person_id), step.at) for step in agreed if step.person_id is not None]
    return [f"{person.called} đã đồng ý lúc {clock_time(at)}." for person, at in people if person is not None]


def _key(approval: Approval) -> str:
    return f"{approval.about}/{approval.round}/{approval.step}/asked"

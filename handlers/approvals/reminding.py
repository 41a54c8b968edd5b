"""Approvals that wait: the approver is reminded in one message, a stand-in follows, and a day that comes undecided is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from handlers.approvals.asking import (
    HOW,
    ask_next,
    candidates,
    decision_buttons,
    in_a_line,
    next_look,
    reread,
)
from handlers.approvals.following import standing_of
from handlers.approvals.machine import Over, next_standing
from handlers.directives.working_hours import coming_morning, is_daytime
from handlers.local_time import at, local_day
from handlers.rounds import away_on
from handlers.telling import tell_office, tell_person
from handlers.wording import bold
from storage.messages import Lane
from storage.record import change
from storage.records.approvals import (
    Act,
    Approval,
    approvals,
    approvals_due,
    change_approval,
    note_step,
    steps_of,
)
from storage.records.people import find_person
from storage.records.schedules import exceptional_days

REMINDERS = 2  # then somebody else is asked, if there is anybody
WAKING = ("06:00", "22:00")  # a hurried request reminds nobody at night


def remind_due(tx: Connection, now: datetime) -> int:
    """Look after every approval whose time has come; says how many. Call it every second.

    1. Claim each, so that two clocks do not do it twice. 2. End what is over, tell what has begun undecided.
    3. Pass on where the asked one is away or silent. 4. Remind the others, each approver once for all that wait for him.
    """
    due = approvals_due(tx, now)
    if not due:
        return 0
    exceptions = exceptional_days(tx)
    mine = [approval for approval in due if _claim(tx, approval, now)]
    to_remind: dict[int, list[Approval]] = defaultdict(list)
    for approval in mine:
        if _look_after(tx, approval, now, exceptions) and approval.asked_id is not None:
            to_remind[approval.asked_id].append(reread(tx, approval.id))
    for person_id, waiting in to_remind.items():
        _remind(tx, person_id, waiting, now)
    return len(mine)


def _look_after(tx: Connection, approval: Approval, now: datetime, exceptions: Mapping[date, str]) -> bool:
    """True if whoever is asked has to be reminded now."""
    if _is_over(approval, now):
        _lapse(tx, approval, now)
        return False
    if not approval.has_begun and approval.begins_on <= local_day(now):
        _tell_it_has_begun(tx, approval, now)
    if (wait_until := _resting(approval, now, exceptions)) is not None:
        change_approval(tx, approval.id, next_at=wait_until)
        return False
    return not _pass_on(tx, approval, now)


def _claim(tx: Connection, approval: Approval, now: datetime) -> bool:
    is_mine = (approvals.c.id == approval.id, approvals.c.next_at == approval.next_at)
    return change(tx, approvals, *is_mine, next_at=next_look(tx, approval, now)) == 1


def _is_over(approval: Approval, now: datetime) -> bool:
    return (approval.ends_on or approval.begins_on) < local_day(now)


def _resting(approval: Approval, now: datetime, exceptions: Mapping[date, str]) -> datetime | None:
    """At night and on free days nobody is reminded: when it goes on; none if it may go on now."""
    if not approval.is_urgent:
        return None if is_daytime(now, exceptions) else coming_morning(now, exceptions)
    today = local_day(now)
    begins, ends = (at(today, each) for each in WAKING)
    if begins <= now < ends:
        return None
    return begins if now < begins else begins + timedelta(days=1)


def _lapse(tx: Connection, approval: Approval, now: datetime) -> None:
    move = next_standing(standing_of(approval), Over())
    change_approval(tx, approval.id, state=move.standing.state, asked_id=None, next_at=None, decided_at=now)
    note_step(tx, approval, Act.LAPSED, None, now)
    text = f"Đơn đã qua ngày mà chưa ai quyết định, tôi khép lại: {in_a_line(tx, approval)}."
    for person_id in (approval.person_id, approval.asked_id):
        if person_id is not None:
            key = f"{approval.about}/{approval.round}/lapsed"
            tell_person(tx, person_id, text, key=key, lane=Lane.REMINDER, now=now)


def _tell_it_has_begun(tx: Connection, approval: Approval, now: datetime) -> None:
    """The day is here and nobody has decided: nobody is held back, but all concerned know."""
    change_approval(tx, approval.id, has_begun=True)
    note_step(tx, approval, Act.BEGUN, None, now)
    key = f"{approval.about}/{approval.round}/begun"
    if approval.is_urgent:  # it was told as such from the beginning
        return
    line = in_a_line(tx, approval)
    asked = find_person(tx, approval.asked_id) if approval.asked_id else None
    whom = asked.called if asked else "người duyệt"
    text = f"Hôm nay là ngày đi mà đơn chưa có quyết định (đang chờ {whom}). Tôi đã báo người duyệt và Văn phòng."
    tell_person(tx, approval.person_id, text, key=key, lane=Lane.ANSWER, now=now)
    if asked is not None:
        text = f"❗ Đến ngày đi mà đơn vẫn chờ anh/chị: {line}.\n{HOW}"
        buttons = (decision_buttons(approval),)
        about = approval.about
        tell_person(tx, asked.id, text, key=key, lane=Lane.ANSWER, now=now, about=about, buttons=buttons)
    tell_office(
        tx, "Có người đến ngày đi mà đơn chưa được duyệt. Xem bằng lệnh /duyet.", key=key, lane=Lane.ANSWER, now=now
    )


def _pass_on(tx: Connection, approval: Approval, now: datetime) -> bool:
    """Ask somebody else where the asked one is on leave, ill, or has not answered to his reminders."""
    is_away = approval.asked_id in away_on(tx, local_day(now))
    if approval.asked_id is not None and not is_away and approval.reminders < REMINDERS:
        return False
    tried = [*_asked_before(tx, approval), approval.asked_id]
    silent = frozenset(each for each in tried if each is not None)
    others = candidates(tx, approval, now, passed=silent)
    if not others or others[0].id == approval.asked_id or others[0].id in silent:
        return approval.asked_id is None
    note_step(tx, approval, Act.PASSED_ON, approval.asked_id, now)
    previous = find_person(tx, approval.asked_id) if approval.asked_id else None
    approval = ask_next(tx, approval, now, passed=silent)
    asked = find_person(tx, approval.asked_id) if approval.asked_id else None
    if previous is not None and asked is not None:
        why = "đang nghỉ" if is_away else "chưa trả lời"
        text = f"{previous.called} {why}, tôi đã chuyển đơn của anh/chị tới {asked.called}."
        key = f"{approval.about}/{approval.round}/{approval.step}/passed/{asked.id}"
        tell_person(tx, approval.person_id, text, key=key, lane=Lane.ANSWER, now=now)
    return True


def _asked_before(tx: Connection, approval: Approval) -> list[int]:
    here = [s for s in steps_of(tx, approval.id) if (s.round, s.step) == (approval.round, approval.step)]
    return [each.person_id for each in here if each.act == Act.PASSED_ON and each.person_id is not None]


def _remind(tx: Connection, person_id: int, waiting: list[Approval], now: datetime) -> None:
    for approval in waiting:
        change_approval(tx, approval.id, reminders=approval.reminders + 1)
        note_step(tx, approval, Act.REMINDED, person_id, now)
    is_one = len(waiting) == 1
    lines = [
        in_a_line(tx, each) if is_one else f"{n}. {in_a_line(tx, each)}" for n, each in enumerate(waiting, start=1)
    ]
    heading = f"⏰ {bold('Nhắc duyệt')}: {'một đơn' if is_one else f'{len(waiting)} đơn'} đang chờ anh/chị"
    text = "\n".join([heading, *lines, HOW if is_one else "Xin chọn cho từng đơn, theo số thứ tự."])
    rows = tuple(decision_buttons(each, "" if is_one else str(n)) for n, each in enumerate(waiting, start=1))
    key = f"approvals/remind/{waiting[0].id}/{waiting[0].round}/{now.isoformat()}"
    about = waiting[0].about if is_one else ""
    tell_person(tx, person_id, text, key=key, lane=Lane.REMINDER, now=now, about=about, buttons=rows)

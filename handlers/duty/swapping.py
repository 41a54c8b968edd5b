"""Two persons swap their turns of duty: one asks, the other agrees, the office reads of it."""

from __future__ import annotations

from datetime import date

from handlers.command import Press
from handlers.days.named_days import find_day
from handlers.duty.roster import POSTS, called
from handlers.duty.shift_hours import say_hours
from handlers.local_time import local_day
from handlers.naming import people_named
from handlers.telling import tell_office, tell_person
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED
from storage.messages import Button, Lane
from storage.record import add, change
from storage.records import audit
from storage.records.duty import (
    DutyPost,
    Shift,
    Swap,
    SwapState,
    find_shift,
    find_swap,
    shift_swaps,
    shifts,
    shifts_of,
)
from storage.records.people import Person, find_person

HOW = "Xin ghi ngày trực của mình, người đổi và ngày trực của người ấy, ví dụ: /lichtruc đổi 25/11 với anh Tú 27/11"


def ask_to_swap(visit: Visit, words: str) -> None:
    """ "25/11 với anh Tú 27/11": the other one is asked; nothing changes before he agrees."""
    mine, _, theirs = words.partition(" với ")
    own_day, other = (
        find_day(mine, today=visit.today, is_ahead=True),
        find_day(theirs, today=visit.today, is_ahead=True),
    )
    if own_day is None or other is None or not other[1].strip():
        visit.reply(HOW)
        return
    found = people_named(visit.tx, other[1], visit.today, visit.unit_ids)
    if len(found) != 1 or found[0].id == visit.known.id:
        visit.reply(f"Tôi chưa rõ “{other[1].strip()[:60]}” là ai. Xin ghi đủ họ tên.")
        return
    own, his = _turn(visit, visit.known, own_day[0]), _turn(visit, found[0], other[0])
    if own is None or his is None:
        whose, day = ("Anh/chị", own_day[0]) if own is None else (found[0].called, other[0])
        visit.reply(f"{whose} không có ca trực nào bắt đầu {called(visit.tx, day)}.")
    elif own.post != his.post:
        visit.reply("Hai ca khác vai trò (lãnh đạo, trực ban) nên không đổi cho nhau được.")
    else:
        _ask(visit, found[0], own, his)


def _turn(visit: Visit, person: Person, day: date) -> Shift | None:
    """His turn that begins on that day and is not over."""
    turns = shifts_of(visit.tx, person.id, visit.now)
    return next((turn for turn in turns if local_day(turn.starts_at) == day), None)


def _ask(visit: Visit, other: Person, own: Shift, his: Shift) -> None:
    swap_id = add(
        visit.tx,
        shift_swaps,
        shift_id=own.id,
        other_id=his.id,
        asked_by=visit.known.id,
        asked_of=other.id,
        state=SwapState.ASKED,
        asked_at=visit.now,
    )
    text = (
        f"🔁 {visit.known.called} xin đổi ca trực với anh/chị:\n"
        f"• {visit.known.called} trực thay anh/chị: {_say(visit, his)}\n"
        f"• Anh/chị trực thay {visit.known.called}: {_say(visit, own)}"
    )
    buttons = ((Button("Đồng ý đổi", f"swap:yes:{swap_id}"), Button("Không đổi", f"swap:no:{swap_id}")),)
    key = f"swap/{swap_id}"
    if tell_person(visit.tx, other.id, text, key=key, lane=Lane.ANSWER, now=visit.now, about=key, buttons=buttons):
        visit.reply(f"Đã hỏi {other.called}. Khi nào {other.called} đồng ý thì lịch mới đổi.")
    else:
        visit.reply(f"Tôi chưa nhắn được cho {other.called} (chưa liên kết tài khoản). Xin nhờ Văn phòng đổi giúp.")


def _say(visit: Visit, turn: Shift) -> str:
    day = called(visit.tx, local_day(turn.starts_at))
    return f"{POSTS[DutyPost(turn.post)]} {day}, {say_hours(turn.starts_at, turn.ends_at)}"


def press(visit: Visit, parts: list[str]) -> None:
    swap = find_swap(visit.tx, int(parts[1]))
    if swap is None or swap.asked_of != visit.known.id:
        visit.close_press(NOT_ALLOWED)
        return
    visit.close_press()
    decide(visit, swap, agrees=parts[0] == "yes")


def decide(visit: Visit, swap: Swap, *, agrees: bool) -> None:
    """The answer of who was asked, once; it is void where the roster has changed meanwhile."""
    state = SwapState.AGREED if agrees else SwapState.REFUSED
    undecided = (shift_swaps.c.id == swap.id, shift_swaps.c.state == SwapState.ASKED)
    if change(visit.tx, shift_swaps, *undecided, state=state, decided_at=visit.now) != 1:
        visit.reply("Việc đổi ca này đã được trả lời rồi.")
    elif not agrees:
        visit.reply("Đã ghi: không đổi ca.")
        _tell_asker(visit, swap, f"{visit.known.called} không đổi ca trực. Lịch giữ nguyên.")
    elif not _swap(visit, swap):
        visit.reply("Lịch trực đã thay đổi hoặc ca đã qua nên không đổi được nữa.")
        _tell_asker(visit, swap, "Lịch trực đã thay đổi hoặc ca đã qua nên không đổi được nữa.")
    else:
        _tell_of_swap(visit, swap)


def _swap(visit: Visit, swap: Swap) -> bool:
    own, his = find_shift(visit.tx, swap.shift_id), find_shift(visit.tx, swap.other_id)
    if own is None or his is None or (own.person_id, his.person_id) != (swap.asked_by, swap.asked_of):
        return False
    if min(own.ends_at, his.ends_at) <= visit.now:
        return False
    change(visit.tx, shifts, shifts.c.id == own.id, person_id=swap.asked_of)
    change(visit.tx, shifts, shifts.c.id == his.id, person_id=swap.asked_by)
    audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act="shifts_swapped", subject=f"swap/{swap.id}")
    return True


def _tell_of_swap(visit: Visit, swap: Swap) -> None:
    asker = find_person(visit.tx, swap.asked_by)
    turns = [find_shift(visit.tx, swap.shift_id), find_shift(visit.tx, swap.other_id)]
    names = {swap.asked_of: visit.known.called, swap.asked_by: asker.called if asker else ""}
    lines = "\n".join(f"• {_say(visit, turn)}: {names[turn.person_id]}" for turn in turns if turn is not None)
    text = f"🔁 Đã đổi ca trực:\n{lines}"
    visit.reply(text)
    _tell_asker(visit, swap, text)
    tell_office(visit.tx, text, key=f"swap/{swap.id}/done", lane=Lane.ANSWER, now=visit.now)


def _tell_asker(visit: Visit, swap: Swap, text: str) -> None:
    tell_person(visit.tx, swap.asked_by, text, key=f"swap/{swap.id}/answer", lane=Lane.ANSWER, now=visit.now)


PRESSES: dict[str, Press] = {"swap": press}

"""Setting reminders in chat: said back with their hour or rhythm and their room."""

from __future__ import annotations

import re
from datetime import datetime

from handlers.timed_reminders.asking import ask
from handlers.timed_reminders.cards import buttons_of, hour_buttons, line_of, when_next
from handlers.timed_reminders.changing import drop, list_waiting, say_at, stops
from handlers.timed_reminders.reading import Wish, is_wish, read_wish, what_of
from handlers.timed_reminders.rhythm import Every, Rhythm
from handlers.timed_reminders.rooms import rooms_meant, units_without_room
from handlers.timed_reminders.unclear import Lack, NotToBeReadError
from handlers.timed_reminders.whom import Target, target_in
from handlers.visit import Visit
from storage.messages import Act
from storage.records.audit import note
from storage.records.schedules import exceptional_days
from storage.records.timed_reminders import (
    ReminderState,
    find_reminder,
    reminders_from,
    set_reminder,
    settle_reminder,
    waiting_reminders,
)
from storage.records.units import find_unit
from understanding.phrases.normalize import fold, nfc

ASK_WHAT = "Nhắc việc gì ạ?"
HOW_WHAT = "Xin nhắn lại cả câu, ví dụ: nhắc cả phòng 16:00 nộp báo cáo."
NO_ROOM = "Tôi chưa hẹn: chưa có nhóm nào của {called} được nối. Nối nhóm: /maphong."
NO_DAY = "Tôi chưa hẹn: trong khoảng ấy không có ngày nào như thế ạ. Xin xem lại ngày kết thúc."
OUR_HOUR = "\nChưa ghi giờ nên tôi lấy {hour:%H:%M}; giờ khác xin chọn bên dưới, hoặc gõ như /nhac đổi {number} 9:30."
CHANGE = re.compile(r"(?:doi|sua|chuyen)\s+(?:so\s+)?(?P<number>\d{1,6})\s+(?:sang\s+|luc\s+|thanh\s+)*(?P<hour>.+)")
DROP = re.compile(r"(?:bo|xoa|huy|thoi|dung)\s(?:.*\s)?(?P<number>\d+)")
NOBODYS = 999_999_999
MOST_WAITING = 30
LONGEST = 500


def takes(visit: Visit) -> bool:
    """Is it a wish said to us? It is set then, or what is missing is asked for."""
    message = visit.message
    if message.forwarded or not message.addressed:
        return False
    if stops(visit):
        return True
    if not is_wish(message.text, visit.said_at):
        return False
    set_from(visit, message.text)
    return True


def run(visit: Visit, rest: str) -> None:
    """/nhac, /nhac bỏ 3, /nhac đổi 3 9:30, /nhac cả phòng 16:00 nộp báo cáo."""
    rest = nfc(rest)
    folded = fold(rest)
    if not rest:
        list_waiting(visit)
    elif dropped := DROP.fullmatch(folded):
        visit.reply(drop(visit, min(int(dropped["number"]), NOBODYS)))
    elif changed := CHANGE.fullmatch(folded):
        say_at(visit, int(changed["number"]), rest[slice(*changed.span("hour"))])
    else:
        set_from(visit, f"nhắc {rest}")


def set_from(visit: Visit, text: str) -> None:
    """Sets what these words wish, or asks for what they lack."""
    try:
        wish, target, said = read_whole(visit, text)
    except NotToBeReadError as error:
        ask(visit, text, error)
        return
    rhythm = _rhythm(visit, wish, target)
    due_at = wish.at if rhythm is None else rhythm.next_after(visit.now, exceptional_days(visit.tx))
    if due_at is None:
        visit.reply(NO_DAY)
    elif not target.people and not rooms_meant(visit.tx, target.audience, visit.today):
        visit.reply(NO_ROOM.format(called=target.called))
    elif len(said) > LONGEST or len(waiting_reminders(visit.tx, visit.known.id)) >= MOST_WAITING:
        visit.reply(
            f"Tôi chưa hẹn: lời nhắc dài quá {LONGEST} chữ, hoặc đang có {MOST_WAITING} lời nhắc chờ (xem /nhac)."
        )
    else:
        _keep(visit, target, said, due_at, rhythm, names_hour=wish.names_hour)


def read_whole(visit: Visit, text: str) -> tuple[Wish, Target, str]:
    """When, whom and what; NotToBeReadError says what is missing."""
    wish = read_wish(text, visit.said_at)
    target = target_in(visit, wish.words)
    said = what_of(target.rest)
    if not said:
        raise NotToBeReadError(ASK_WHAT, HOW_WHAT, lacks=Lack.WHAT)
    return wish, target, said


def _rhythm(visit: Visit, wish: Wish, target: Target) -> Rhythm | None:
    """Days off are left out, but not of what somebody wants to be told himself every day."""
    if wish.rhythm is None:
        return None
    is_own_day = wish.rhythm.every is Every.DAY and target.people == (visit.known.id,)
    return wish.rhythm.at(wish.hour, rests=not is_own_day)


def _keep(
    visit: Visit, target: Target, said: str, due_at: datetime, rhythm: Rhythm | None, *, names_hour: bool
) -> None:
    source = f"{visit.message.platform}/{visit.message.chat_id}/{visit.message.message_id}"
    author = visit.known.id
    if visit.message.act == Act.EDIT:
        for old in reminders_from(visit.tx, source, author):
            settle_reminder(visit.tx, old.id, ReminderState.DROPPED, visit.now)
    new = set_reminder(
        visit.tx,
        author_id=author,
        text=said,
        audience=target.audience,
        due_at=due_at,
        source=source,
        now=visit.now,
        rhythm=rhythm.as_json() if rhythm else None,
    )
    note(visit.tx, at=visit.now, actor_id=author, act="reminder.set", subject=f"reminder/{new}")
    kept = find_reminder(visit.tx, new)
    if kept is None:
        return
    ours = "" if names_hour or rhythm is None else OUR_HOUR.format(hour=rhythm.at, number=kept.id)
    words = f"⏰ Đã hẹn {line_of(kept)}{when_next(kept)}{ours}{_without_room(visit, target)}"
    visit.reply(words, buttons=hour_buttons(kept) if ours else buttons_of(kept, visit.now))


def _without_room(visit: Visit, target: Target) -> str:
    units = [find_unit(visit.tx, one) for one in units_without_room(visit.tx, target.audience, visit.today)]
    names = ", ".join(unit.short_name for unit in units if unit is not None)
    return f"\nChưa nối nhóm nên không nhắc được: {names}." if names else ""

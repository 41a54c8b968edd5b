"""Setting reminders in chat: said back with their hour and room, listed, taken back, moved half an hour ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.access import Right
from handlers.command import Press
from handlers.local_time import clock_time, short_moment
from handlers.telling import Buttons
from handlers.timed_reminders.reading import NotToBeReadError, is_wish, read_wish, what_of
from handlers.timed_reminders.rooms import rooms_meant, units_without_room
from handlers.timed_reminders.whom import Target, target_in
from handlers.visit import Visit
from handlers.wording import OLD_BUTTON, bold, bullets
from storage.messages import Act, Button
from storage.records.audit import note
from storage.records.timed_reminders import (
    ReminderState,
    TimedReminder,
    change_reminder,
    find_reminder,
    reminders_from,
    set_reminder,
    settle_reminder,
    waiting_reminders,
)
from storage.records.units import find_unit
from understanding.phrases.normalize import fold

HOW = (
    "Hẹn: nhắc cả phòng 16:00 nộp báo cáo · nhắc Phòng KT 9:00 mai gửi số liệu · nhắc tôi 14:00 họp\n"
    "Bỏ: /nhac bỏ 3\n"
    "Báo cáo phải nộp đều đặn, có theo dõi ai chưa nộp: /loaibao"
)
ASK_WHAT = "Nhắc việc gì ạ? Xin nhắn lại cả câu, ví dụ: nhắc cả phòng 16:00 nộp báo cáo."
REPEATED = (
    "moi ngay",
    "hang ngay",
    "hang tuan",
    "moi tuan",
    "hang thang",
    "moi thang",
    "dinh ky",
    "moi sang",
    "moi chieu",
    "moi thu",
)
NOT_REPEATED = "Tôi chỉ hẹn nhắc từng lần. Việc phải báo cáo đều đặn: /loaibao (tự hỏi, tự nhắc ai chưa nộp). Nhắc một lần thì xin nhắn lại, bỏ chữ “{word}”."
NO_ROOM = "Tôi chưa hẹn: chưa có nhóm nào của {called} được nối. Nối nhóm: /maphong."
MOST_WAITING = 30
LONGEST = 500
EARLIER = timedelta(minutes=30)
TOPIC = "remind"


def takes(visit: Visit) -> bool:
    """Is it a wish said to us? It is set then, or what is missing is asked for."""
    message = visit.message
    if message.forwarded or not message.addressed or not is_wish(message.text, visit.said_at):
        return False
    _set(visit, message.text)
    return True


def run(visit: Visit, rest: str) -> None:
    """/nhac, /nhac bỏ 3, /nhac cả phòng 16:00 nộp báo cáo."""
    deed, _, what = rest.partition(" ")
    if not rest:
        _list(visit)
    elif fold(deed) in ("bo", "xoa", "huy") and what.strip().isdecimal():
        visit.reply(_drop(visit, int(what)))
    else:
        _set(visit, f"nhắc {rest}")


def _set(visit: Visit, text: str) -> None:
    word = next((one for one in REPEATED if one in fold(text)), None)
    try:
        wish = read_wish(text, visit.said_at)
        target = target_in(visit, wish.words)
    except NotToBeReadError as error:
        visit.reply(str(error))
        return
    said = what_of(target.rest)
    audience = target.audience
    if word is not None:
        visit.reply(NOT_REPEATED.format(word=text[fold(text).index(word) :][: len(word)]))
    elif not said:
        visit.reply(ASK_WHAT)
    elif not target.people and not rooms_meant(visit.tx, audience):
        visit.reply(NO_ROOM.format(called=target.called))
    elif len(said) > LONGEST or len(waiting_reminders(visit.tx, visit.known.id)) >= MOST_WAITING:
        visit.reply(
            f"Tôi chưa hẹn: lời nhắc dài quá {LONGEST} chữ, hoặc đang có {MOST_WAITING} lời nhắc chờ (xem /nhac)."
        )
    else:
        _keep(visit, target, said, wish.at)


def _keep(visit: Visit, target: Target, said: str, at: datetime) -> None:
    source = f"{visit.message.platform}/{visit.message.chat_id}/{visit.message.message_id}"
    author = visit.known.id
    if visit.message.act == Act.EDIT:
        for old in reminders_from(visit.tx, source, author):
            settle_reminder(visit.tx, old.id, ReminderState.DROPPED, visit.now)
    new = set_reminder(
        visit.tx, author_id=author, text=said, audience=target.audience, due_at=at, source=source, now=visit.now
    )
    note(visit.tx, at=visit.now, actor_id=author, act="reminder.set", subject=f"reminder/{new}")
    kept = find_reminder(visit.tx, new)
    if kept is not None:
        visit.reply(f"⏰ Đã hẹn {_line(kept)}{_without_room(visit, target)}", buttons=_buttons(visit, kept))


def _line(kept: TimedReminder) -> str:
    return f"{short_moment(kept.due_at)}, nhắc {kept.called}: “{kept.text}”"


def _without_room(visit: Visit, target: Target) -> str:
    units = [find_unit(visit.tx, one) for one in units_without_room(visit.tx, target.audience)]
    names = ", ".join(unit.short_name for unit in units if unit is not None)
    return f"\nChưa nối nhóm nên không nhắc được: {names}." if names else ""


def _buttons(visit: Visit, kept: TimedReminder) -> Buttons:
    early = (Button("Sớm hơn 30 phút", f"{TOPIC}:early:{kept.id}"),) if kept.due_at - EARLIER > visit.now else ()
    return ((*early, Button("Bỏ", f"{TOPIC}:drop:{kept.id}")),)


def _list(visit: Visit) -> None:
    """One's own; the office reads everybody's but what people set for themselves alone."""
    sees_all = visit.may(Right.SET_UP)
    known = visit.known.id
    waiting = waiting_reminders(visit.tx, None if sees_all else known)
    shown = [one for one in waiting if one.author_id == known or not one.audience["people"]]
    lines = bullets([f"Số {one.id}: {_line(one)}" for one in shown]) or "Không có lời nhắc nào đang chờ."
    visit.reply_privately(f"{bold('Lời nhắc đã hẹn')}\n{lines}\n\n{HOW}")


def _drop(visit: Visit, reminder_id: int) -> str:
    found = _own(visit, reminder_id)
    if found is None:
        return "Không có lời nhắc ấy, hoặc không phải của anh/chị. Xem /nhac."
    if not settle_reminder(visit.tx, found.id, ReminderState.DROPPED, visit.now):
        return "Lời nhắc ấy không còn chờ nữa."
    note(visit.tx, at=visit.now, actor_id=visit.known.id, act="reminder.dropped", subject=f"reminder/{found.id}")
    return f"Đã bỏ lời nhắc {_line(found)}."


def _own(visit: Visit, reminder_id: int) -> TimedReminder | None:
    found = find_reminder(visit.tx, reminder_id)
    if found is None or (
        found.author_id != visit.known.id and (found.audience["people"] or not visit.may(Right.SET_UP))
    ):
        return None
    return found


def _press(visit: Visit, parts: list[str]) -> None:
    found = _own(visit, int(parts[1]))
    if found is None:
        visit.close_press(OLD_BUTTON)
    elif parts[0] == "drop":
        visit.close_press()
        visit.reply(_drop(visit, found.id))
    else:
        _move_ahead(visit, found)


def _move_ahead(visit: Visit, found: TimedReminder) -> None:
    """The words keep the hour that was named: that is what people are to be ready for."""
    at = found.due_at - EARLIER
    text = found.text if found.text.endswith(")") else f"{found.text} (lúc {clock_time(found.due_at)})"
    if at <= visit.now or not change_reminder(visit.tx, found.id, due_at=at, text=text):
        visit.close_press(OLD_BUTTON)
        return
    visit.close_press()
    changed = find_reminder(visit.tx, found.id)
    if changed is not None:
        visit.reply(f"⏰ Đã đổi: {_line(changed)}", buttons=_buttons(visit, changed))


PRESSES: dict[str, Press] = {TOPIC: _press}

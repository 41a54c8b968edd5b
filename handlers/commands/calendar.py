"""/lich: the exceptional days of the working calendar; the office adds and removes them."""

from __future__ import annotations

from datetime import date, timedelta

from handlers import timed_reminders
from handlers.access import Right
from handlers.command import Command
from handlers.days.named_days import find_day
from handlers.local_time import WEEKDAYS, full_day, local
from handlers.visit import Visit
from handlers.wording import and_more, bold, bullets
from storage.records import audit
from storage.records.schedules import CalendarDay, DayKind, calendar_between, name_day, unname_day
from understanding.dates import read_dates
from understanding.phrases.normalize import fold, nfc

HOW = (
    "Thêm ngày nghỉ: /lich nghỉ 31/12 lý do\n"
    "Thêm ngày làm bù: /lich làm bù 10/1 lý do\n"
    "Trở lại như thường: /lich bỏ 31/12"
)
CALLED = {DayKind.HOLIDAY: "nghỉ", DayKind.WORKING: "làm việc"}
DEEDS = {"nghi": DayKind.HOLIDAY, "lam bu": DayKind.WORKING, "lam": DayKind.WORKING, "bo": None, "xoa": None}
A_YEAR = timedelta(days=366)
MOST = 40
LONGEST_QUOTE = 60


def run(visit: Visit, rest: str) -> None:
    if not rest.strip():
        _list(visit)
        return
    deed = next((word for word in DEEDS if fold(rest).startswith(f"{word} ")), None)
    found = None if deed is None else _day_in(rest.strip()[len(deed) :].strip(), visit)
    if deed is None:
        visit.reply(f"Tôi chưa hiểu.\n{HOW}")
    elif found is None:
        visit.reply(f"Tôi chưa đọc được ngày trong “{rest.strip()[:LONGEST_QUOTE]}”.\n{HOW}")
    elif (kind := DEEDS[deed]) is None:
        _remove(visit, found[0])
    else:
        _add(visit, found[0], kind, found[1])


def _day_in(text: str, visit: Visit) -> tuple[date, str] | None:
    """ "31/12 lý do", else a day as people say it: "thứ Sáu", "mai mất điện"; it is told back in full."""
    written = find_day(text, today=visit.today, is_ahead=True)
    if written is not None:
        return written
    said = nfc(text)
    days = [slot for slot in read_dates(said, local(visit.said_at)) if slot.span and isinstance(slot.value, date)]
    if len(days) != 1 or days[0].span is None or days[0].value < visit.today:
        return None
    start, end = days[0].span
    return days[0].value, " ".join(f"{said[:start]} {said[end:]}".split())


def _list(visit: Visit) -> None:
    days = calendar_between(visit.tx, visit.today, visit.today + A_YEAR)
    lines = bullets([_line(day) for day in days[:MOST]]) or "Không có ngày đặc biệt nào sắp tới."
    rest = and_more(len(days) - MOST, "ngày nữa.")
    visit.reply("\n".join([bold("Lịch làm việc: các ngày đặc biệt sắp tới"), lines, *rest, "", HOW]))


def _line(day: CalendarDay) -> str:
    note = f" ({day.note})" if day.note else ""
    return f"{called(day.day)}: {CALLED[DayKind(day.kind)]}{note}"


def called(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {full_day(day)}"


def _add(visit: Visit, day: date, kind: DayKind, note: str) -> None:
    name_day(visit.tx, day, kind, note)
    _note(visit, day, kind)
    effect = "không đơn vị nào phải báo cáo" if kind is DayKind.HOLIDAY else "các đơn vị báo cáo như ngày thường"
    visit.reply(f"Đã ghi: {called(day)} {CALLED[kind]}, {effect}.")


def _remove(visit: Visit, day: date) -> None:
    if unname_day(visit.tx, day):
        _note(visit, day, "ordinary")
        visit.reply(f"Đã bỏ: {called(day)} trở lại như lịch thường.")
    else:
        visit.reply(f"{called(day).capitalize()} vốn không phải ngày đặc biệt.")


def _note(visit: Visit, day: date, kind: str) -> None:
    act, subject = "calendar_changed", f"calendar/{day.isoformat()}"
    audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act=act, subject=subject, kind=str(kind))
    timed_reminders.follow_calendar(visit.tx, visit.now)


COMMAND = Command(
    name="lich", menu="Lịch nghỉ lễ, làm bù: xem và sửa", run=run, right=Right.SET_UP, words=("lịch nghỉ",), order=70
)

"""/lichtruc: who is on duty, a turn swapped, the roster planned by rotation, taken from a sheet and given out as one."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from handlers.access import Right
from handlers.command import Command
from handlers.days.named_days import find_day
from handlers.duty.asked_days import days_asked
from handlers.duty.roster import Turn, called, clear, plan, rotate, say_day, write_roster
from handlers.duty.shift_hours import WHOLE_DAY
from handlers.duty.swapping import ask_to_swap
from handlers.files.documents import keep_report
from handlers.local_time import ONE_DAY, full_day, local
from handlers.naming import people_named
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, bold, bullets, number
from reports.report import Report, Section, Table
from storage.records import audit
from storage.records.duty import DutyPost, on_duty_at
from storage.records.people import people_named as people_numbered
from understanding.phrases.normalize import fold

WORDS = ("ai trực hôm nay", "hôm nay ai trực", "ai trực", "lịch trực", "ai đang trực", "hôm nay ai trực ban")
HOW = (
    "Ngày khác: /lichtruc mai, /lichtruc 28/11, /lichtruc tuần sau, /lichtruc Tết\n"
    "Đổi ca: /lichtruc đổi 25/11 với anh Tú 27/11\n"
    "Tệp để gửi đi: /lichtruc xuất, /lichtruc xuất 12/2026"
)
HOW_TO_PLAN = (
    "Xoay vòng mỗi người một ngày: /lichtruc xoay 23/11-20/12: anh Minh, chị Lan, anh Tú\n"
    "Trực lãnh đạo: /lichtruc xoay lãnh đạo 23/11-20/12: bà Nga, ông Sơn\n"
    "Bỏ một ngày: /lichtruc bỏ 25/11 · Tệp mẫu để điền và gửi lại: /lichtruc mẫu"
)
SPAN = re.compile(r"(.+?)\s*(?:-|–|đến)\s*(\d{1,2}/\d{1,2}(?:/\d{4})?)")
MONTH = re.compile(r"(\d{1,2})[/-](\d{4})")
SHOWN_DAYS = 7
MOST_DAYS = 400


def run(visit: Visit, rest: str) -> None:
    words = " ".join(rest.split())
    deed = next((name for name in DEEDS if fold(words) == name or fold(words).startswith(f"{name} ")), None)
    if deed is not None:
        DEEDS[deed](visit, words[len(deed) :].strip())
    elif words:
        _show_one(visit, words)
    else:
        _show_week(visit)


def _show_week(visit: Visit) -> None:
    """Who is on call now, today, and in the days to come."""
    now = people_numbered(visit.tx, [shift.person_id for shift in on_duty_at(visit.tx, visit.now)])
    on_call = ", ".join(person.in_full for person in now)
    head = f"📟 Đang trực: {on_call}" if on_call else "Lúc này lịch không ghi ai trực."
    days = [visit.today + count * ONE_DAY for count in range(SHOWN_DAYS)]
    shown = [f"{bold(called(visit.tx, day))}\n{bullets(lines)}" for day in days if (lines := say_day(visit.tx, day))]
    body = "\n".join(shown) or f"{number(SHOWN_DAYS)} ngày tới chưa có lịch trực."
    how = f"{HOW}\n{HOW_TO_PLAN}" if visit.may(Right.SET_UP) and visit.message.is_private else HOW
    visit.reply(f"{head}\n\n{body}\n\n{how}")


def _show_one(visit: Visit, words: str) -> None:
    days = days_asked(words, local(visit.said_at))
    if not days:
        visit.reply(f"Tôi chưa hiểu “{words[:60]}”.\n{HOW}")
        return
    visit.reply("\n".join(_say_one(visit, day) for day in days))


def _say_one(visit: Visit, day: date) -> str:
    lines = say_day(visit.tx, day)
    return f"{bold(called(visit.tx, day))}\n{bullets(lines) or 'Chưa có lịch trực.'}"


def _rotate(visit: Visit, words: str) -> None:
    if not visit.may(Right.SET_UP):
        visit.reply(NOT_ALLOWED)
        return
    span, _, names = words.partition(":")
    is_leading = fold(span).startswith("lanh dao")
    days = _days(visit, span[len("lãnh đạo") :] if is_leading else span)
    people: list[int] = []
    for name in (part.strip() for part in names.split(",") if part.strip()):
        found = people_named(visit.tx, name, visit.today, [])
        if len(found) != 1:
            trouble = "có nhiều người trùng tên, xin ghi đủ họ tên" if found else "không có trong danh sách cán bộ"
            visit.reply(f"Chưa xếp lịch: “{name[:60]}” {trouble}.")
            return
        people.append(found[0].id)
    if not days or not people:
        visit.reply(f"Tôi chưa hiểu.\n{HOW_TO_PLAN}")
        return
    post = DutyPost.LEADER if is_leading else DutyPost.OFFICER
    _plan(visit, rotate(days, people, post, WHOLE_DAY))
    free = "ngày thường, cuối tuần và ngày lễ đều tính"
    visit.reply(f"✅ Đã xếp {number(len(days))} ngày trực, từ {full_day(days[0])} đến {full_day(days[-1])} ({free}).")


def _days(visit: Visit, span: str) -> list[date]:
    """ "23/11-20/12" from today on; no days where it cannot be read or is endless."""
    found = SPAN.fullmatch(span.strip())
    first = None if found is None else find_day(found[1], today=visit.today, is_ahead=True)
    last = None if found is None or first is None else find_day(found[2], today=first[0], is_ahead=True)
    if first is None or last is None or not 0 <= (last[0] - first[0]).days < MOST_DAYS:
        return []
    return [first[0] + count * ONE_DAY for count in range((last[0] - first[0]).days + 1)]


def _plan(visit: Visit, turns: list[Turn]) -> None:
    count = plan(visit.tx, turns)
    audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act="roster_planned", subject="roster", turns=count)


def _clear(visit: Visit, words: str) -> None:
    found = find_day(words, today=visit.today, is_ahead=True)
    if not visit.may(Right.SET_UP):
        visit.reply(NOT_ALLOWED)
    elif found is None:
        visit.reply(f"Tôi chưa hiểu.\n{HOW_TO_PLAN}")
    elif count := clear(visit.tx, found[0]):
        act, subject = "roster_cleared", f"roster/{found[0].isoformat()}"
        audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act=act, subject=subject)
        visit.reply(f"Đã bỏ {number(count)} ca trực {called(visit.tx, found[0])}.")
    else:
        visit.reply(f"{called(visit.tx, found[0])} vốn chưa có lịch trực.")


def _export(visit: Visit, words: str) -> None:
    """This month, or the one that is named."""
    found = MONTH.fullmatch(words) if words else None
    month, year = (int(found[1]), int(found[2])) if found else (visit.today.month, visit.today.year)
    if (words and found is None) or not 1 <= month <= 12:
        visit.reply(f"Tôi chưa hiểu tháng “{words[:40]}”.\n{HOW}")
        return
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    file = write_roster(visit.tx, first, last, visit.now)
    visit.reply(f"Danh sách trực tháng {month}/{year}", file=file)


def _template(visit: Visit, _words: str) -> None:
    rows = (
        ("28/11/2026", "", "Trần Thị Nga", "", "lãnh đạo", ""),
        ("28/11/2026", "07:30-19:30", "Vũ Thị Lan", "", "trực ban", "trực tại cơ quan"),
        ("28/11/2026", "19:30-07:30", "Đỗ Anh Tú", "CB06", "trực ban", ""),
    )
    table = Table(("Ngày", "Ca trực", "Họ và tên", "Mã cán bộ", "Vai trò", "Ghi chú"), rows)
    sentences = (
        "Mỗi dòng một ca. Ca bỏ trống: 07:30 đến 07:30 hôm sau. Vai trò: lãnh đạo hoặc trực ban.",
        "Xin xóa các dòng ví dụ, điền rồi gửi riêng cho Trực Ban; tên tệp giữ chữ lich-truc.",
    )
    section = Section(title="Lịch trực", sentences=sentences, table=table)
    name = "mau-lich-truc.xlsx"
    kept = keep_report(visit.tx, Report(title="LỊCH TRỰC", sections=(section,)), name=name, now=visit.now)
    visit.reply("Tệp mẫu lịch trực", file=kept)


DEEDS = {
    "doi": ask_to_swap,
    "xoay": _rotate,
    "bo": _clear,
    "xuat": _export,
    "mau": _template,
}
"""By their words without diacritics; each has as many letters as with them."""

COMMAND = Command(
    name="lichtruc", menu="Ai trực hôm nay; đổi ca, xếp lịch, xuất danh sách trực", run=run, words=WORDS, order=42
)

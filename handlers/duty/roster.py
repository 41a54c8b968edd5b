"""The roster read and written: who is on duty on a day, a span planned anew, the sheet for the local authority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, or_

from handlers.days.working_days import is_working_day
from handlers.duty.shift_hours import say_hours, span_of
from handlers.files.documents import keep_report
from handlers.local_time import ONE_DAY, at, full_day, local_day
from handlers.telling.phones import phones_of
from reports.report import Report, Section, Table
from storage.messages import OutgoingFile
from storage.record import keep
from storage.records.duty import DutyPost, Shift, shift_swaps, shifts, shifts_between
from storage.records.people import people_named, posts_of
from storage.records.schedules import exceptional_days
from storage.records.units import UnitKind, find_unit, units_on

POSTS = {DutyPost.LEADER: "Trực lãnh đạo", DutyPost.OFFICER: "Trực ban"}
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One line of a roster that is to be written."""

    day: date
    hours: tuple[str, str]
    person_id: int
    post: DutyPost
    note: str = ""


def on_duty_during(tx: Connection, day: date) -> list[Shift]:
    """The turns that begin on this day."""
    found = shifts_between(tx, at(day, "00:00"), at(day + ONE_DAY, "00:00"))
    return [shift for shift in found if local_day(shift.starts_at) == day]


def say_day(tx: Connection, day: date) -> list[str]:
    """ "Trực lãnh đạo: bà Trần Thị Nga, 07:30 đến 07:30 hôm sau, 0912345678" for each turn of the day."""
    turns = on_duty_during(tx, day)
    names = {person.id: person.in_full for person in people_named(tx, _who(turns))}
    phones = phones_of(tx, _who(turns))
    return [
        ", ".join(
            part
            for part in (
                f"{POSTS[DutyPost(turn.post)]}: {names[turn.person_id]}",
                say_hours(turn.starts_at, turn.ends_at),
                phones.get(turn.person_id),
                turn.note,
            )
            if part
        )
        for turn in turns
    ]


def called(tx: Connection, day: date) -> str:
    """ "Thứ Bảy 28/11/2026 (ngày nghỉ)"."""
    free = "" if is_working_day(day, exceptional_days(tx)) else " (ngày nghỉ)"
    return f"{WEEKDAYS[day.weekday()]} {full_day(day)}{free}"


def plan(tx: Connection, turns: Sequence[Turn]) -> int:
    """Write these turns; whatever stood for the same post on the same days goes. Returns how many stand now."""
    for day, post in sorted({(turn.day, turn.post) for turn in turns}):
        clear(tx, day, post)
    for turn in turns:
        starts_at, ends_at = span_of(turn.day, turn.hours)
        values = {"starts_at": starts_at, "ends_at": ends_at, "person_id": turn.person_id}
        keep(tx, shifts, **values, post=turn.post, note=turn.note)
    return len(turns)


def clear(tx: Connection, day: date, post: DutyPost | None = None) -> int:
    """Take the turns of a day from the roster, and what was asked about them."""
    gone = [turn.id for turn in on_duty_during(tx, day) if post is None or turn.post == post]
    about = or_(shift_swaps.c.shift_id.in_(gone), shift_swaps.c.other_id.in_(gone))
    tx.execute(delete(shift_swaps).where(about))
    return tx.execute(delete(shifts).where(shifts.c.id.in_(gone))).rowcount


def rotate(days: Sequence[date], person_ids: Sequence[int], post: DutyPost, hours: tuple[str, str]) -> list[Turn]:
    """One after the other, a day each."""
    return [
        Turn(day=day, hours=hours, person_id=person_ids[number % len(person_ids)], post=post)
        for number, day in enumerate(days)
    ]


def write_roster(tx: Connection, first: date, last: date, now: datetime) -> OutgoingFile:
    """The duty list of these days as a sheet: what is sent to the local authority."""
    touched = shifts_between(tx, at(first, "00:00"), at(last + ONE_DAY, "00:00"))
    turns = [turn for turn in touched if first <= local_day(turn.starts_at) <= last]
    rows = tuple(_row(tx, number, turn) for number, turn in enumerate(turns, start=1))
    table = Table(("STT", "Ngày", "Thứ", "Ca trực", "Họ và tên", "Chức vụ", "Đơn vị", "Điện thoại", "Vai trò"), rows)
    body = next((unit.name for unit in units_on(tx, first, UnitKind.ORGANIZATION)), "")
    section = Section(title=f"Từ {full_day(first)} đến {full_day(last)}", table=table)
    report = Report(title="DANH SÁCH TRỰC", subtitle=body, sections=(section,))
    name = f"danh-sach-truc-{first:%Y-%m-%d}.xlsx"
    return keep_report(tx, report, name=name, now=now)


def _row(tx: Connection, number: int, turn: Shift) -> tuple[str | int | date, ...]:
    day = local_day(turn.starts_at)
    [person] = people_named(tx, [turn.person_id])
    post = next(iter(posts_of(tx, turn.person_id, day)), None)
    unit = None if post is None else find_unit(tx, post.unit_id)
    return (
        number,
        day,
        WEEKDAYS[day.weekday()],
        say_hours(turn.starts_at, turn.ends_at),
        person.full_name,
        "" if post is None else post.title,
        "" if unit is None else unit.name,
        phones_of(tx, [turn.person_id]).get(turn.person_id, ""),
        POSTS[DutyPost(turn.post)],
    )


def _who(turns: Sequence[Shift]) -> list[int]:
    return sorted({turn.person_id for turn in turns})

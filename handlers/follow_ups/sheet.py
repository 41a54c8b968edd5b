"""The people under watch as a sheet: who, why, from when to when, and each day's answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from handlers.answers import wellbeing
from handlers.files.documents import keep_report
from handlers.follow_ups.asking import KIND
from handlers.follow_ups.wording import why
from handlers.local_time import clock_time, full_day, local_day
from reports.report import Cell, Report, Section, Table
from storage.messages import OutgoingFile
from storage.records.check_ins import check_in_of_person
from storage.records.follow_ups import FollowUp, open_follow_ups
from storage.records.people import find_person
from storage.records.units import find_unit

MOST_DAYS = 14


def write_sheet(tx: Connection, now: datetime) -> OutgoingFile:
    today = local_day(now)
    days = [today - timedelta(days=each) for each in range(MOST_DAYS - 1, -1, -1)]
    headings = ("STT", "Họ và tên", "Đơn vị", "Lý do", "Từ ngày", "Đến ngày", *(f"{day:%d/%m}" for day in days))
    rows = tuple(_row(tx, number, each, days) for number, each in enumerate(open_follow_ups(tx), start=1))
    report = Report(
        title="Danh sách người đang theo dõi sức khỏe",
        subtitle=f"Lập lúc {clock_time(now)} ngày {full_day(today)}. Dữ liệu sức khỏe cá nhân, chỉ dùng cho người có trách nhiệm.",
        sections=(Section(title="Theo dõi", sentences=(f"{len(rows)} người",), table=Table(headings, rows)),),
    )
    name = f"theo-doi-{today.isoformat()}.xlsx"
    return keep_report(tx, report, name=name, now=now)


def _row(tx: Connection, number: int, follow_up: FollowUp, days: list[date]) -> tuple[Cell, ...]:
    person, unit = find_person(tx, follow_up.person_id), find_unit(tx, follow_up.unit_id)
    answers = tuple(_answer(tx, follow_up, day) for day in days)
    return (
        number,
        person.full_name if person else None,
        unit.name if unit else None,
        why(follow_up),
        follow_up.first_day,
        follow_up.last_day,
        *answers,
    )


def _answer(tx: Connection, follow_up: FollowUp, day: date) -> str | None:
    if not follow_up.first_day <= day <= follow_up.last_day:
        return None
    found = check_in_of_person(tx, KIND, follow_up.person_id, day)
    return "–" if found is None else wellbeing.say(found.answers)

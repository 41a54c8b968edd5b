"""Reads a duty roster from a sheet: a line for each turn, or every problem with the number of its row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from handlers.days.named_days import find_day
from handlers.duty.roster import Turn
from handlers.duty.shift_hours import read_hours
from handlers.naming import people_named
from handlers.setting_up.spreadsheet import Rows, UnreadableSpreadsheetError, read_rows
from handlers.setting_up.staff_file import Problem
from storage.records.duty import DutyPost
from storage.records.people import people
from understanding.phrases.normalize import fold

COLUMNS = {
    "ngay": "day",
    "ngay truc": "day",
    "ca": "hours",
    "ca truc": "hours",
    "gio": "hours",
    "gio truc": "hours",
    "ho va ten": "name",
    "ho ten": "name",
    "nguoi truc": "name",
    "ma can bo": "code",
    "vai tro": "post",
    "ghi chu": "note",
}
SEARCHED_ROWS = 15
POSTS = {
    **dict.fromkeys(("", "truc ban", "chuyen vien", "chuyen mon", "nhan vien", "van phong"), DutyPost.OFFICER),
    **dict.fromkeys(("lanh dao", "truc lanh dao"), DutyPost.LEADER),
}
NO_HEADING = "Không tìm thấy dòng tiêu đề. Lịch trực cần ít nhất các cột “Ngày” và “Họ và tên” (hoặc “Mã cán bộ”). Gõ /lichtruc mẫu để lấy tệp mẫu."
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it was read, before anybody is looked up."""

    row: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class RosterFile:
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_roster(content: bytes) -> RosterFile:
    """The rows under the heading; pure."""
    try:
        sheets = read_rows(content)
    except UnreadableSpreadsheetError as error:
        return RosterFile(problems=(Problem(str(error)),))
    for rows in sheets:
        for number, cells in enumerate(rows[:SEARCHED_ROWS]):
            places = {COLUMNS[fold(cell)]: place for place, cell in enumerate(cells) if fold(cell) in COLUMNS}
            if "day" in places and ("name" in places or "code" in places):
                return RosterFile(lines=_lines(rows, number, places))
    return RosterFile(problems=(Problem(NO_HEADING),))


def _lines(rows: Rows, heading: int, places: dict[str, int]) -> tuple[Line, ...]:
    found = []
    for number, cells in enumerate(rows[heading + 1 :], start=heading + 2):
        values = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
        if any(values.values()):
            found.append(Line(number, values))
    return tuple(found)


def turns_of(tx: Connection, file: RosterFile, today: date) -> tuple[list[Turn], list[Problem]]:
    """The turns, and whatever is wrong, row by row; nobody is guessed."""
    turns: list[Turn] = []
    problems = list(file.problems)
    seen: dict[tuple[object, ...], int] = {}
    for line in file.lines:
        turn = _turn(tx, line, today)
        if isinstance(turn, Problem):
            problems.append(turn)
            continue
        before = seen.setdefault((turn.day, turn.hours, turn.person_id, turn.post), line.row)
        if before != line.row:
            problems.append(Problem(f"Trùng với dòng {before}.", line.row))
        turns.append(turn)
    if not file.lines and not problems:
        problems.append(Problem("Tệp không có dòng nào dưới tiêu đề."))
    return turns, problems


def _turn(tx: Connection, line: Line, today: date) -> Turn | Problem:
    said = line.values.get("day", "")
    day = _day(said, today)
    if day is None:
        return Problem(f"Ngày “{said[:40]}” không đọc được. Xin ghi như 25/11/2026.", line.row)
    if day < today:
        return Problem(f"Ngày {said[:40]} đã qua.", line.row)
    hours = read_hours(line.values.get("hours", ""))
    if hours is None:
        return Problem(
            f"Ca “{line.values['hours'][:40]}” không đọc được. Xin ghi như 17:00-07:00, hoặc bỏ trống.", line.row
        )
    post = POSTS.get(fold(line.values.get("post", "")))
    if post is None:
        return Problem(f"Vai trò “{line.values['post'][:40]}” không rõ. Xin ghi: lãnh đạo, hoặc trực ban.", line.row)
    found = _people(tx, line, today)
    if len(found) != 1:
        who = line.values.get("code") or line.values.get("name") or ""
        trouble = "có nhiều người trùng tên, xin ghi thêm mã cán bộ" if found else "không có trong danh sách cán bộ"
        return Problem(f"“{who[:60]}”: {trouble}." if who else "Thiếu tên người trực.", line.row)
    return Turn(day=day, hours=hours, person_id=found[0], post=post, note=line.values.get("note", "")[:120])


def _day(said: str, today: date) -> date | None:
    if ISO.fullmatch(said):
        try:
            return date.fromisoformat(said)
        except ValueError:
            return None
    found = find_day(said, today=today, is_ahead=True)
    return None if found is None else found[0]


def _people(tx: Connection, line: Line, today: date) -> list[int]:
    code = line.values.get("code", "").upper()
    if code:
        return list(tx.execute(select(people.c.id).where(people.c.staff_code == code, people.c.is_active)).scalars())
    return [person.id for person in people_named(tx, line.values.get("name", ""), today, [])]

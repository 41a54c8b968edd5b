"""The live board of a round in the office's room: how many have answered, and who is missing."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from handlers.check_in import CheckInKind
from handlers.local_time import clock_time, full_day
from handlers.telling import to_room
from handlers.wording import bold
from storage import outbox
from storage.messages import Lane
from storage.records.chats import Audience, rooms_for
from storage.records.rounds import ANSWERED, OPEN, Expectation, Expected, Round, expectations_of
from storage.records.units import units_on

LONGEST_LIST = 40


def show_board(tx: Connection, kind: CheckInKind, asked: Round, now: datetime) -> None:
    """Bring the board to what the expectations say now."""
    text = board_text(tx, kind, asked)
    about = f"round/{asked.id}"
    for room in rooms_for(tx, Audience.OFFICE):
        key = f"board/{about}/room/{room.id}"
        outbox.put_board(tx, to_room(room, text), key=key, lane=Lane.REMINDER, now=now, about=about)


def board_text(tx: Connection, kind: CheckInKind, asked: Round) -> str:
    owed = [each for each in expectations_of(tx, asked.id) if each.state != Expected.EXCUSED]
    answered = sum(each.state in ANSWERED for each in owed)
    late = sum(each.state == Expected.LATE for each in owed)
    debtors = "đơn vị đã báo cáo" if kind.about == "unit" else "người đã khai báo"
    lines = [
        f"📊 {bold(f'{kind.title} · {full_day(asked.day)}')}",
        f"{answered}/{len(owed)} {debtors} (hạn {clock_time(asked.due_at)}{f', {late} muộn' if late else ''})",
    ]
    if answered == len(owed):
        lines.append("✅ Đã đủ.")
    elif kind.about == "unit":
        lines.append(f"Còn thiếu: {_names(tx, owed, asked.day)}")
    return "\n".join(lines)


def _names(tx: Connection, owed: list[Expectation], day: date) -> str:
    names = {unit.id: unit.short_name for unit in units_on(tx, day)}
    missing = [names.get(each.unit_id or 0, "?") for each in owed if each.state in OPEN]
    rest = f" và {len(missing) - LONGEST_LIST} đơn vị khác" if len(missing) > LONGEST_LIST else ""
    return ", ".join(missing[:LONGEST_LIST]) + rest

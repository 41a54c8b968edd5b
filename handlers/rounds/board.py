"""The live board of a round in the office's room: how many have answered, and who is missing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.check_in import CheckInKind
from handlers.local_time import clock_time, full_day
from handlers.summaries.progress import progress_of
from handlers.telling import to_room
from handlers.wording import among, bold
from storage import outbox
from storage.messages import Lane
from storage.records.chats import Audience, rooms_for
from storage.records.rounds import Round, names_still_open

LONGEST_LIST = 40


def show_board(tx: Connection, kind: CheckInKind, asked: Round, now: datetime) -> None:
    """Bring the board to what the expectations say now."""
    text = board_text(tx, kind, asked)
    about = f"round/{asked.id}"
    for room in rooms_for(tx, Audience.OFFICE):
        key = f"board/{about}/room/{room.id}"
        # where nothing can be edited the summary says it all at once
        outbox.put_board(tx, to_room(room, text), key=key, lane=Lane.REMINDER, now=now, about=about, is_news=False)


def board_text(tx: Connection, kind: CheckInKind, asked: Round) -> str:
    come = progress_of(tx, asked.id)
    debtors = "đơn vị đã báo cáo" if kind.about == "unit" else "người đã khai báo"
    lines = [
        f"📊 {bold(f'{kind.title} · {full_day(asked.day)}')}",
        f"{come.answered}/{come.owed} {debtors} (hạn {clock_time(asked.due_at)}{f', {come.late} muộn' if come.late else ''})",
    ]
    if come.answered == come.owed:
        lines.append("✅ Đã đủ.")
    elif kind.about == "unit":
        lines.append(f"Còn thiếu: {_missing(tx, asked, come.owed - come.answered)}")
    return "\n".join(lines)


def _missing(tx: Connection, asked: Round, count: int) -> str:
    return among(names_still_open(tx, asked.id, LONGEST_LIST), count, "đơn vị khác")

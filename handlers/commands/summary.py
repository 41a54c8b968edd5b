"""/tonghop [ngày]: the day's summary in words and as a sheet."""

from __future__ import annotations

from handlers.access import Right
from handlers.command import Command
from handlers.days.named_days import find_day
from handlers.local_time import full_day
from handlers.summaries import as_text, daily_summary, write_sheet
from handlers.visit import Visit
from storage.records.chats import Audience

HOW = "Xin ghi ngày như: /tonghop 20/11 hoặc /tonghop hôm qua."
ROOMS = (Audience.OFFICE, Audience.LEADERS)


def run(visit: Visit, rest: str) -> None:
    """Answered where the office or the leaders sit; asked elsewhere, it goes to the asker alone."""
    found = find_day(rest, today=visit.today, is_ahead=False) if rest.strip() else (visit.today, "")
    if found is None:
        visit.reply(HOW)
        return
    summary = daily_summary(visit.tx, found[0], visit.now)
    if not summary.kinds:
        visit.reply(f"Ngày {full_day(summary.day)} không có đợt báo cáo nào.")
        return
    text, file = as_text(summary), write_sheet(visit.tx, summary.day, visit.now)
    caption = f"Bảng tổng hợp {full_day(summary.day)}"
    if visit.room is None or visit.room.audience in ROOMS:
        visit.reply(text)
        visit.reply(caption, file=file)
    elif visit.reply_privately(text):
        visit.reply_privately(caption, file=file)
        visit.receive_quietly()


COMMAND = Command(
    name="tonghop",
    menu="Tổng hợp số liệu trong ngày, kèm bảng Excel",
    run=run,
    words=("tổng hợp", "xem tổng hợp"),
    right=Right.SEE_ALL_UNITS,
    order=40,
)

"""/tonghop [ngày | tuần | tháng | quý | năm]: the day's summary in words and as a sheet, a week at one look, a period's report."""

from __future__ import annotations

import re
from datetime import timedelta

from handlers.access import Right
from handlers.command import Command
from handlers.days.named_days import find_day
from handlers.days.named_periods import Period, find_period
from handlers.local_time import full_day
from handlers.summaries import as_text, daily_summary, period_text, week_text, write_period, write_sheet
from handlers.visit import Visit
from handlers.wording import plain
from storage.messages import OutgoingFile

HOW = "Xin ghi ngày như: /tonghop 20/11, /tonghop hôm qua; /tonghop tuần, /tonghop tuần trước; /tonghop tháng 11, /tonghop quý 4, /tonghop năm; một đơn vị: /xem và tên đơn vị."
LONGEST_QUOTE = 60
PAPER = re.compile(r"(?<!\w)(?:bản in|pdf)(?!\w)", re.IGNORECASE)
TO_PAPER = (
    "Cần PDF: mở tệp này, chọn In rồi “Lưu thành PDF” (điện thoại: Chia sẻ, rồi In). Trực Ban chỉ làm Excel và Word."
)
FOR_PDF = "Cần PDF: mở tệp, chọn In rồi “Lưu thành PDF”."
WEEKS = {"tuan": 0, "tuan nay": 0, "tuan truoc": 1, "tuan qua": 1}
A_WEEK = timedelta(weeks=1)


def run(visit: Visit, rest: str) -> None:
    """Answered where the office or the leaders sit; asked elsewhere, it goes to the asker alone."""
    weeks_ago = WEEKS.get(plain(rest))
    if weeks_ago is not None:
        _tell(visit, week_text(visit.tx, visit.today - weeks_ago * A_WEEK, visit.now))
        return
    rest, wants_paper = _without_paper(rest)
    period = find_period(rest, visit.today)
    if period is not None:
        _tell_period(visit, period)
        return
    found = find_day(rest, today=visit.today, is_ahead=False) if rest else (visit.today, "")
    if found is None:
        visit.reply(f"“{rest[:LONGEST_QUOTE]}” không phải là ngày. {HOW}")
        return
    summary = daily_summary(visit.tx, found[0], visit.now)
    if not summary.kinds:
        when = "không có" if summary.day < visit.today else "chưa mở"
        visit.reply(f"Ngày {full_day(summary.day)} {when} đợt báo cáo nào.")
        return
    file = write_sheet(visit.tx, summary.day, visit.now)
    caption = f"Bảng tổng hợp {full_day(summary.day)}" + (f"\n{TO_PAPER}" if wants_paper else "")
    _tell(visit, as_text(summary), (caption, file))


def _tell_period(visit: Visit, period: Period) -> None:
    """In words, as a sheet to go on counting with, and as a document to sign."""
    if period.first > visit.today:
        visit.reply(f"{period.title} chưa tới ạ.")
        return
    files = [write_period(visit.tx, period, visit.now, ending) for ending in ("xlsx", "docx")]
    captions = (f"Bảng số liệu {period.title}", f"Bản Word {period.title}, để thêm nhận xét và ký. {FOR_PDF}")
    _tell(visit, period_text(visit.tx, period, visit.now), *zip(captions, files, strict=True))


def _without_paper(rest: str) -> tuple[str, bool]:
    """ "pdf 20/11" → "20/11", and that somebody wants it on paper."""
    left = PAPER.sub(" ", rest).strip()
    return left, left != rest.strip()


def _tell(visit: Visit, text: str, *files: tuple[str, OutgoingFile]) -> None:
    """The words, then the files with their captions."""
    if visit.is_in_closed_circle:
        visit.reply(text)
        for caption, file in files:
            visit.reply(caption, file=file)
    elif visit.reply_privately(text):
        for caption, file in files:
            visit.reply_privately(caption, file=file)
        visit.receive_quietly()


COMMAND = Command(
    name="tonghop",
    menu="Tổng hợp ngày, tuần, tháng, quý; kèm Excel, Word",
    run=run,
    words=("tổng hợp", "xem tổng hợp"),
    right=Right.SEE_ALL_UNITS,
    order=40,
)

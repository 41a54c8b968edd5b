"""Sending the summary to the office at the due time, and what changes after it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from handlers.check_in import CheckInKind
from handlers.files.documents import keep_report
from handlers.local_time import clock_time, local_day, short_day
from handlers.summaries.as_report import as_report
from handlers.summaries.day_summary import KindSummary
from handlers.summaries.gathering import daily_summary
from handlers.summaries.wording import as_text, line_text, totals_text
from handlers.telling import Buttons, tell_office
from handlers.telling.allowance import line_for_summary
from handlers.wording import bold
from storage.messages import Button, Lane, OutgoingFile
from storage.records.check_ins import CheckIn, find_check_in
from storage.records.rounds import Round, is_owed, mark_completed, mark_summed_up, rounds_on
from storage.records.units import find_unit


def send_summary(tx: Connection, day: date, now: datetime) -> bool:
    """Tell the office how the day stands; false where no round has newly fallen due."""
    due = [each for each in rounds_on(tx, day) if each.due_at <= now]
    fresh = [each for each in due if mark_summed_up(tx, each.id, now)]
    if not fresh:
        return False
    for each in fresh:
        if not is_owed(tx, each.id):
            mark_completed(tx, each.id, now)  # nothing is to come: this summary is the whole
    key = "summary/" + "-".join(str(each.id) for each in fresh)
    text = "\n\n".join([as_text(daily_summary(tx, day, now)), *line_for_summary(tx, now)])
    _say(tx, text, key=key, day=day, now=now, has_sheet=True)
    return True


def send_supplement(tx: Connection, kind: CheckInKind, asked: Round, now: datetime) -> None:
    """The last one has answered after the summary: what came since, and the whole sum. Once for a round."""
    each = _of_round(tx, asked, now)
    since = asked.summed_up_at or asked.due_at
    late = [line for line in each.late if line.check_in and line.check_in.reported_at > since]
    lines = [
        f"📌 {bold(f'Bổ sung {kind.title} · {short_day(asked.day)}')}",
        *(f"• {line_text(kind, line)}, lúc {clock_time(line.check_in.reported_at)}" for line in late if line.check_in),
        f"Nay đã đủ {each.answered}/{each.owed}. Tổng cộng: {totals_text(each)}",
    ]
    _say(tx, "\n".join(lines), key=f"supplement/{asked.id}", day=asked.day, now=now, has_sheet=True)


def send_correction(tx: Connection, kind: CheckInKind, asked: Round, check_in: CheckIn, now: datetime) -> None:
    """A figure changed after the summary: from what to what, and the sum as it is now."""
    old = find_check_in(tx, check_in.supersedes_id) if check_in.supersedes_id else None
    unit = find_unit(tx, check_in.unit_id)
    if old is None or unit is None or kind.is_private:
        return
    text = (
        f"✏️ {bold(f'Đính chính {kind.title} · {short_day(asked.day)}')}\n"
        f"{unit.short_name}: {kind.say(old.answers)} → {kind.say(check_in.answers)}\n"
        f"Tổng cộng nay là: {totals_text(_of_round(tx, asked, now), has_changes=False)}"
    )
    _say(tx, text, key=f"correction/{check_in.id}", day=asked.day, now=now)


def write_sheet(tx: Connection, day: date, now: datetime) -> OutgoingFile:
    """The day's tables as a file ready to be sent."""
    name = f"tong-hop-{day.isoformat()}.xlsx"
    return keep_report(tx, as_report(daily_summary(tx, day, now)), name=name, now=now)


def sheet_button(day: date) -> Buttons:
    return ((Button("Bảng Excel", f"sheet:{day.isoformat()}"),),)


def _of_round(tx: Connection, asked: Round, now: datetime) -> KindSummary:
    return next(each for each in daily_summary(tx, asked.day, now).kinds if each.round.id == asked.id)


def _say(tx: Connection, text: str, *, key: str, day: date, now: datetime, has_sheet: bool = False) -> None:
    heading = "" if day == local_day(now) else f"(về ngày {short_day(day)})\n"
    buttons, about = sheet_button(day) if has_sheet else (), f"summary/{day.isoformat()}"
    tell_office(tx, heading + text, key=key, lane=Lane.ANSWER, now=now, about=about, buttons=buttons)

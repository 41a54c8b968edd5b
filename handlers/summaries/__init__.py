"""Summaries: the day as data, as words for the office's room, and as a sheet for its files."""

from handlers.summaries.absentees import absentees_text
from handlers.summaries.as_report import as_report
from handlers.summaries.day_summary import DaySummary, KindSummary, UnitLine
from handlers.summaries.gathering import daily_summary
from handlers.summaries.period import period_text
from handlers.summaries.period_report import write_period
from handlers.summaries.sending import send_correction, send_summary, send_supplement, sheet_button, write_sheet
from handlers.summaries.situation import situation_text
from handlers.summaries.week import week_text
from handlers.summaries.wording import as_text

__all__ = [
    "DaySummary",
    "KindSummary",
    "UnitLine",
    "absentees_text",
    "as_report",
    "as_text",
    "daily_summary",
    "period_text",
    "send_correction",
    "send_summary",
    "send_supplement",
    "sheet_button",
    "situation_text",
    "week_text",
    "write_period",
    "write_sheet",
]

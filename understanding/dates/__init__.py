"""Dates and lengths of time as people say them; `read_dates` is the front, `whens` and `durations` serve the room."""

from datetime import date, datetime

from understanding.dates.durations import Duration, durations
from understanding.dates.join import whens
from understanding.dates.when import When
from understanding.phrases.line import Line
from understanding.reading import Slot

__all__ = ["Duration", "When", "durations", "read_dates", "whens"]


def read_dates(text: str, sent_at: datetime) -> list[Slot]:
    """Every day named in a text; the value is a date, or a pair (first, last) for several days."""
    line = Line(text)
    return [_slot(line, when) for when in whens(line, sent_at.date())]


def _slot(line: Line, when: When) -> Slot:
    value: date | tuple[date, date] = when.first if when.first == when.last else (when.first, when.last)
    return Slot(value, line.span(when.first_word, when.after), when.certainty)

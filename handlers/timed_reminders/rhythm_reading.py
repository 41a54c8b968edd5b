"""Reads how often: "thứ 6 hằng tuần", "mùng 5 hằng tháng", "ngày 20 tháng cuối mỗi quý", "mỗi sáng", "đến hết 31/12"; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time

from handlers.days.named_days import find_day
from handlers.timed_reminders import rhythm_words as words
from handlers.timed_reminders.rhythm import LAST, QUARTER, Every, Rhythm
from handlers.timed_reminders.unclear import Lack, NotToBeReadError
from understanding.phrases.normalize import fold, nfc

Span = tuple[int, int]

WORDS = ("", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")
NUMBERS = {**{word: value for value, word in enumerate(WORDS)}, "tu": 4}
MONDAY, FRIDAY, SUNDAY, DECEMBER = 0, 4, 6, 12
MONTHS = {"dau": 1, "giua": 2, "cuoi": QUARTER}

AGAIN = "Xin nhắn lại cả câu, ví dụ: nhắc cả phòng"
ONCE = "Chỉ nhắc một lần thì ghi ngày, ví dụ “16:00 hôm nay”."
ASK_DAY = {
    Every.WEEK: ("Hằng tuần vào thứ mấy ạ?", f"{AGAIN} 16:00 thứ Sáu hằng tuần nộp báo cáo. {ONCE}"),
    Every.MONTH: ("Hằng tháng vào ngày mấy ạ?", f"{AGAIN} 8:00 ngày 5 hằng tháng nộp báo cáo. {ONCE}"),
    Every.QUARTER: ("Hằng quý vào ngày nào ạ?", f"{AGAIN} 8:00 ngày 20 tháng cuối mỗi quý nộp báo cáo. {ONCE}"),
    Every.YEAR: ("Hằng năm vào ngày nào ạ?", f"{AGAIN} 8:00 ngày 15/6 hằng năm nộp báo cáo. {ONCE}"),
}
CHOICES = {
    Every.WEEK: ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu"),
    Every.MONTH: ("ngày 5", "ngày 15", "ngày 20", "ngày 25", "ngày cuối tháng"),
    Every.QUARTER: ("ngày 5 tháng đầu quý", "ngày 20 tháng cuối quý", "ngày cuối quý"),
    Every.YEAR: (),
}
NOT_THIS_OFTEN = "Tôi hẹn lặp được hằng ngày, hằng tuần, hằng tháng, hằng quý, hằng năm; cách quãng như thế thì chưa được ạ. Ví dụ: nhắc cả phòng 16:00 thứ Sáu hằng tuần nộp báo cáo."
NOT_BY_THE_MOON = "Tôi chỉ hẹn lặp theo dương lịch ạ. Theo âm lịch thì xin hẹn từng lần, ghi ngày dương."


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRhythm:
    """What was read before its hour is known; `part`: "sang" of "sáng thứ Hai"; `spans`: where its words stand."""

    every: Every
    on: tuple[int, ...] = ()
    month: int = 0
    part: str = ""
    rests: bool | None = None
    since: date | None = None
    until: date | None = None
    spans: tuple[Span, ...] = ()

    def at(self, hour: time, *, rests: bool) -> Rhythm:
        """`rests`: whether days off are left out where nobody said so."""
        return Rhythm(
            every=self.every,
            at=hour,
            on=self.on,
            month=self.month,
            rests=rests if self.rests is None else self.rests,
            since=self.since,
            until=self.until,
        )


def is_repeated(text: str) -> bool:
    folded = _folded(text)
    return any(mark.search(folded) for mark in (*words.MARKS.values(), words.NOT_SO_OFTEN))


def read_rhythm(text: str, today: date) -> ToldRhythm | None:
    """None where nothing comes again; NotToBeReadError where its day is missing or it cannot be kept."""
    folded = _folded(text)
    if words.NOT_SO_OFTEN.search(folded):
        raise NotToBeReadError(NOT_THIS_OFTEN)
    every = next((each for each, mark in words.MARKS.items() if mark.search(folded)), None)
    if every is None:
        return None
    if words.LUNAR.search(folded):
        raise NotToBeReadError(NOT_BY_THE_MOON)
    bounds = _bounds(folded, today)
    told = READERS[every](_blanked(folded, bounds.spans))
    if told is None:
        raise NotToBeReadError(*ASK_DAY[every], lacks=Lack.DAY, choices=CHOICES[every])
    rests = False if words.DAYS_OFF_TOO.search(folded) else told.rests
    marks = (found.span() for mark in words.MARKS.values() for found in mark.finditer(folded))
    return replace(
        told, rests=rests, since=bounds.since, until=bounds.until, spans=(*told.spans, *bounds.spans, *marks)
    )


def _folded(text: str) -> str:
    return fold(words.LOOKALIKES.sub(lambda found: "#" * len(found[0]), nfc(text)))


def _blanked(text: str, spans: tuple[Span, ...]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _bounds(folded: str, today: date) -> ToldRhythm:
    """From when until when, and whether days off count, as far as it is told."""
    since, until = words.SINCE.search(folded), words.UNTIL.search(folded)
    year_ends = None if until else words.UNTIL_YEAR_ENDS.search(folded)
    found = (since, until, year_ends, words.DAYS_OFF_TOO.search(folded))
    return ToldRhythm(
        every=Every.DAY,
        since=_day_of(since, today),
        until=date(today.year, DECEMBER, 31) if year_ends else _day_of(until, today),
        spans=tuple(each.span() for each in found if each),
    )


def _day_of(found: re.Match[str] | None, today: date) -> date | None:
    named = find_day(found["day"], today=today, is_ahead=True) if found else None
    return named[0] if named else None


def _daily(folded: str) -> ToldRhythm | None:
    found = words.MARKS[Every.DAY].search(folded)
    part = (found["part"] or "") if found else ""
    is_working = found is not None and ("lam viec" in found[0] or "trong tuan" in found[0])
    return ToldRhythm(every=Every.DAY, part=part, rests=True if is_working else None)


def _weekly(folded: str) -> ToldRhythm | None:
    found = _nearest(words.WEEKDAYS_TOLD, folded, Every.WEEK)
    if found is None:
        return None
    days = (MONDAY if found["end"] == "dau" else FRIDAY,) if found["end"] else _listed(found["days"], _weekday)
    return ToldRhythm(every=Every.WEEK, on=days, part=found["part"] or "", spans=(found.span(),))


def _monthly(folded: str) -> ToldRhythm | None:
    found = _nearest(words.MONTH_DAYS_TOLD, folded, Every.MONTH)
    days = _month_days(found)
    if found is None or days is None:
        return None
    return ToldRhythm(every=Every.MONTH, on=days, part=found["part"] or "", spans=(found.span(),))


def _quarterly(folded: str) -> ToldRhythm | None:
    month = words.MONTH_OF_QUARTER.search(folded)
    left = _blanked(folded, (month.span(),)) if month else folded
    found = _nearest(words.MONTH_DAYS_TOLD, left, Every.QUARTER)
    days = _month_days(found)
    which = month["which"] if month else found["end"] if found else None
    if found is None or days is None or which is None:
        return None
    spans = (found.span(), month.span()) if month else (found.span(),)
    return ToldRhythm(every=Every.QUARTER, on=days, month=MONTHS[which], part=found["part"] or "", spans=spans)


def _yearly(folded: str) -> ToldRhythm | None:
    found = _nearest(words.DAY_OF_YEAR, folded, Every.YEAR)
    if found is None or not _is_day(int(found["day"]), int(found["month"])):
        return None
    return ToldRhythm(every=Every.YEAR, on=(int(found["day"]),), month=int(found["month"]), spans=(found.span(),))


READERS: dict[Every, Callable[[str], ToldRhythm | None]] = {
    Every.DAY: _daily,
    Every.WEEK: _weekly,
    Every.MONTH: _monthly,
    Every.QUARTER: _quarterly,
    Every.YEAR: _yearly,
}


def _nearest(pattern: re.Pattern[str], folded: str, every: Every) -> re.Match[str] | None:
    """Days that are counted come before "đầu", "cuối"; among these the nearest to the mark."""
    marks = [found.span() for found in words.MARKS[every].finditer(folded)]

    def distance(found: re.Match[str]) -> tuple[bool, int]:
        apart = min(max(start - found.end(), found.start() - end, 0) for start, end in marks)
        return bool(found.groupdict().get("end")), apart

    return min(pattern.finditer(folded), key=distance, default=None)


def _month_days(found: re.Match[str] | None) -> tuple[int, ...] | None:
    if found is None:
        return None
    days = (1 if found["end"] == "dau" else LAST,) if found["end"] else _listed(found["days"], _number)
    return days if days and all(1 <= each <= LAST for each in days) else None


def _listed(told: str, value: Callable[[str], int]) -> tuple[int, ...]:
    """ "thu 2, 4 va 6" → the values in order; "thu 2 den thu 6": all between."""
    days: list[int] = []
    for joint, one in _parts(told):
        is_range = days and re.search(r"den|toi|-", joint) is not None
        days += range(days[-1] + 1, value(one) + 1) if is_range else (value(one),)
    return tuple(sorted(set(days)))


def _parts(told: str) -> Iterator[tuple[str, str]]:
    pieces = re.split(rf"({words.JOINT}|(?<=\d)\s+(?=\d))", told)
    yield "", pieces[0]
    yield from zip(pieces[1::2], pieces[2::2], strict=True)


def _weekday(told: str) -> int:
    if told.strip() in ("cn", "chu nhat"):
        return SUNDAY
    return _number(re.sub(r"^(?:thu|t)(?!u)\s*|^thu\s*", "", told.strip())) - 2


def _number(told: str) -> int:
    word = told.rsplit(maxsplit=1)[-1]
    return int(word) if word.isdecimal() else NUMBERS[word]


def _is_day(day: int, month: int) -> bool:
    try:
        date(2024, month, day)  # a leap year: 29 February is a day
    except ValueError:
        return False
    return True

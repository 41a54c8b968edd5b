"""Weekdays in the week that a message names: "tuần sau … T5-T6", "thứ Ba tuần sau …, rồi thứ Bảy"."""

from datetime import date, timedelta

from understanding.dates.when import When
from understanding.phrases.line import Line


def later_weekday(earlier: When, when: When, today: date) -> When:
    """ "t3 tới … t4": after a day of next week the weekday of that week."""
    week = timedelta(days=7)
    if (
        today < earlier.first
        and when.first < earlier.first <= when.first + week
        and earlier.first - today <= 2 * week
        and earlier.back is None
    ):
        return when._replace(first=when.first + week, last=when.last + week)
    return when


def in_week_of_going(earlier: When, when: When) -> When:
    """ "thứ Năm tuần sau … đến hết tuần": a bare week is that of the day named before it."""
    if earlier.first <= when.last:
        return when
    weeks = timedelta(days=(earlier.first - when.last).days // 7 * 7 + 7)
    return when._replace(first=when.first + weeks, last=when.last + weeks)


def in_week_of(line: Line, dated: list[When], when: When, today: date) -> When | None:
    """The Sunday of "từ thứ Ba đến thứ Năm tuần sau …, rồi thứ Bảy …, Chủ nhật về": weekdays go on from the week named first."""
    if len(dated) < 2 or when.sort != "day" or when.back is None or not is_weekday(line, when):
        return None
    anchored = any(each.back is None and each.first > today for each in dated[:-1])
    week = timedelta(days=7)
    if not anchored or not is_weekday(line, dated[-1]) or not when.first < dated[-1].first <= when.first + week:
        return None
    return when._replace(first=when.first + week, last=when.last + week, back=None)


def in_named_week(line: Line, found: list[When]) -> list[When]:
    """ "tuần sau … T5-T6", "đầu tuần, thứ 2": weekdays of a sentence stand in the one week it names."""
    weeks = [
        when
        for when in found
        if when.sort == "period" and (when.last - when.first).days <= 6 and _names_week(line, when)
    ]
    if len(weeks) != 1:
        return found
    week = weeks[0]
    moved = [
        moved_to_week(when, week)
        if is_weekday(line, when)
        and when.back is not None
        and _same_sentence(line, when, week)
        and not (_is_edge(line, week) and when.first > week.last)
        else when
        for when in found
    ]
    return [when for when in moved if when is not week] if moved != found or _touches(found, week) else found


def _is_edge(line: Line, week: When) -> bool:
    """ "cuối tuần này đi, thứ 2 làm lại": the Monday after the end of the week, not its own."""
    return line.words[week.first_word] == "cuoi"


def _names_week(line: Line, when: When) -> bool:
    return "tuan" in line.words[when.first_word : when.after]


def is_weekday(line: Line, when: When) -> bool:
    return any(first == when.first_word for first, _, _ in line.of("weekdays"))


def _same_sentence(line: Line, when: When, week: When) -> bool:
    return line.sentences[when.first_word] == line.sentences[week.first_word]


def _touches(found: list[When], week: When) -> bool:
    return any(when.after == week.first_word or week.after == when.first_word for when in found)


def moved_to_week(when: When, week: When) -> When:
    """The same weekday in the named week."""
    monday = week.first - timedelta(days=week.first.weekday())
    first = monday + timedelta(days=when.first.weekday())
    return when._replace(first=first, last=first + (when.last - when.first), back=None)

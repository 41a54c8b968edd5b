"""Days found by the single readers, put in order, freed of overlap, and seen in the light of one another."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from understanding.dates.by_number import (
    AMONG_LEADS,
    BESIDE_FIGURES,
    BOTH_WAYS,
    led_days,
    lone_days,
    there_and_back,
)
from understanding.dates.dotted import dotted_days
from understanding.dates.durations import Duration, durations
from understanding.dates.figures import days_in_figures
from understanding.dates.going import BARE_GOERS, days_of_going, days_when_done
from understanding.dates.lunar import TET_SEASON, is_season_of_tet, lunar_days, next_lunar
from understanding.dates.numbered import (
    SPANNED,
    UNSURE,
    days_beside_place,
    in_named_month,
    until_bare_days,
)
from understanding.dates.ranges import joined, names_month
from understanding.dates.side_by_side import ABSENT, days_side_by_side
from understanding.dates.spoken import days_from_today, days_named_before, periods, weekdays
from understanding.dates.weeks import (
    in_named_week,
    in_week_of,
    in_week_of_going,
    is_weekday,
    later_weekday,
)
from understanding.dates.when import When, day_of_month
from understanding.dates.worded import days_in_number_words
from understanding.phrases.gates import FIGURES, gate
from understanding.phrases.lexicon import PLACES
from understanding.phrases.line import Line

GONE = frozenset({("vua", "roi"), ("vua", "qua"), ("moi", "roi"), ("moi", "qua")})
SHORTLY = timedelta(days=3)
SUN = frozenset({"tay", "duong"})
OTHER_DAY = ["bua", "kia"]
"""The day before yesterday; behind a day to come the one after that."""
COUNTED = frozenset({"/", ".", ","})
"""Before a figure these tell that it is part of something longer."""
Finder = Callable[[Line, date], Iterable[When]]
FINDERS: tuple[tuple[Finder, int], ...] = (
    (lunar_days, gate({"mung", "mong", "tet", "ram", "chap", "gieng", "am", "al", "to"})),
    (days_in_figures, FIGURES | gate({"/", "-", ".", "thang"})),
    (dotted_days, FIGURES | gate({"."})),
    (days_named_before, gate({"cung", "trong", "do", "sau"}) | gate({"ngay", "hom", "bua"})),
    (days_from_today, gate(lists={"day_words"})),
    (weekdays, gate(lists={"weekdays"})),
    (periods, gate({"tuan", "thang", "nam"}, lists={"week_words", "month_words"})),
    (led_days, FIGURES | AMONG_LEADS),
    (lone_days, FIGURES | BESIDE_FIGURES),
    (days_beside_place, FIGURES | SPANNED),
    (days_side_by_side, FIGURES | gate(ABSENT)),
    (there_and_back, FIGURES | BOTH_WAYS),
    (days_of_going, FIGURES | gate(BARE_GOERS)),
    (days_when_done, FIGURES | gate({"xong"})),
    (days_in_number_words, gate({"mung", "mong", "ngay", "hom", "tet", "muoi"})),
)
"""Each with the gates it needs open to find a day: one of these words or a phrase of these lists, and perhaps figures or one of others."""
OF_THE_MOON, OF_A_MONTH, OF_A_WEEK = gate({"mung", "mong"}), gate({"/", "thang"}), gate({"tuan"})
OF_LATE = gate({"vua", "moi"})
"""Without these a day stands as it was found."""


def whens(line: Line, today: date, lengths: Sequence[Duration] | None = None) -> list[When]:
    """All days of a message from left to right."""
    found = [when for find, needs in FINDERS if line.gates & needs == needs for when in find(line, today)]
    found += _counted_from_today(line, durations(line) if lengths is None else lengths, today)
    if not found:
        return []
    if line.has_digits:
        found += until_bare_days(line, found, today)
    if line.gates & OF_THE_MOON:
        found = [_of_the_moon(line, when, today) for when in found]
    ordered = _without_overlap(found)
    if line.gates & OF_A_MONTH:
        ordered = [_with_days_before(line, when) for when in ordered]
    if line.gates & OF_A_WEEK:
        ordered = in_named_week(line, ordered)
    if len(ordered) > 1 or ordered[0].sort == "later":
        ordered = joined(line, _dated(line, ordered, today))
    return [_just_gone(line, when, today) for when in ordered] if line.gates & OF_LATE else ordered


def _dated(line: Line, ordered: list[When], today: date) -> list[When]:
    """Each seen in the light of those named before it."""
    dated: list[When] = []
    for at, when in enumerate(ordered):
        later = in_week_of(line, dated, when, today) or _after_earlier(line, ordered, at, today)
        dated.append(in_named_month(line, dated, when) if later is when else later)
    return dated


def _with_days_before(line: Line, when: When) -> When:
    """ "16,17,18/11": the days listed before the one that has the month, each the day before the next."""
    first, day = when.first_word, when.first
    if not names_month(line, when) or when.sort not in ("day", "range"):
        return when
    while first > 1 and line.words[first - 1] == "," and line.words[first - 2] == str(day.day - 1):
        first, day = first - 2, day - timedelta(days=1)
    if first == when.first_word or line.words[max(first - 1, 0)] in COUNTED:
        return when
    return when._replace(first_word=first, first=day, sort="range", back=None)


def _just_gone(line: Line, when: When, today: date) -> When:
    """ "hôm 14, 15 vừa rồi": the last such days, not the next."""
    gone = tuple(line.words[when.after : when.after + 2]) in GONE
    if gone and any(first == when.after + 2 for kind in PLACES for first, _, _ in line.of(kind)):
        return when  # "mốt mới qua Bạc Liêu"
    if not gone or when.first <= today or names_month(line, when) or is_weekday(line, when):
        return when
    first = day_of_month(when.first.day, today)[1]
    return when if first is None else when._replace(first=first, last=first + (when.last - when.first), back=None)


def _of_the_moon(line: Line, when: When, today: date) -> When:
    """Around the new year of the moon "mùng 7" is counted by the moon."""
    if when.back is None or not line.means(when.first_word, "mùng", "mồng") or when.first.day > 10:
        return when
    if names_month(line, when):
        return when
    if "tet" in line.words and (passed := next_lunar(1, 1, today - 2 * timedelta(days=TET_SEASON))) and passed <= today:
        day = next_lunar(when.first.day, 1, passed)  # "tết này … mùng 5", told when it is over
        return when._replace(first=day, last=day, back=None, certainty=0.85) if day else when
    if not is_season_of_tet(today):
        return when
    day = next_lunar(when.first.day, 1, today)
    return when._replace(first=day, last=day, back=None, certainty=0.85) if day else when


def _after_earlier(line: Line, found: list[When], at: int, today: date) -> When:
    """ "26 Tết … mùng 8", "2/9 … mùng 4": a day without a month follows the day named before it."""
    when = found[at]
    if when.sort == "later":
        start = found[at - 1].first if at else today
        then = start + (when.first - today)
        return when._replace(first=then, last=then, sort="day", certainty=UNSURE if when.first > today else 1.0)
    words = line.words[when.first_word : when.after]
    if at and words == OTHER_DAY and found[at - 1].first > today:
        when = _day_after(found[at - 1], when)
    if at and (words == ["tuan"] or (when.sort == "day" and is_weekday(line, when) and when.back is not None)):
        week = words == ["tuan"]
        return in_week_of_going(found[at - 1], when) if week else later_weekday(found[at - 1], when, today)
    if not at or when.sort != "day" or when.back is None or {"/", "thang"} & set(words) or is_weekday(line, when):
        return when
    earlier = found[at - 1]
    feast = line.words[earlier.first_word : earlier.after]
    if "tet" in feast and SUN.isdisjoint(feast) and words[0] in ("mung", "mong"):
        day = next_lunar(when.first.day, 1, earlier.first)
    else:
        if today <= when.first < earlier.first <= when.first + SHORTLY:
            return when  # "nghỉ 31/12, tối 30 em đi"
        day = day_of_month(when.first.day, earlier.first)[0]
    if day is None or (earlier.first < today < day):
        return when
    return when._replace(first=day, last=day, back=None)


def _day_after(earlier: When, when: When) -> When:
    """ "mốt đi bữa kia lên"."""
    then = earlier.first + timedelta(days=1)
    return when._replace(first=then, last=then, certainty=UNSURE)


def _counted_from_today(line: Line, lengths: Sequence[Duration], today: date) -> list[When]:
    found = []
    for length in lengths:
        if length.sort == "length":
            found += _coming_days(line, length, today)
            continue
        day = today + timedelta(days=length.days if length.sort in ("ahead", "later") else -length.days)
        sort = length.sort if length.sort in ("since", "later") else "day"
        found.append(When(length.first, length.after, day, day, sort))
    return found


def _coming_days(line: Line, length: Duration, today: date) -> list[When]:
    """ "nghỉ 2 hôm tới": from tomorrow on; "2 ngày tới Huế" goes somewhere."""
    at = length.after
    if (
        at >= len(line)
        or not line.means(at, "tới")
        or length.days > 30
        or line.words[at - 1] not in ("ngay", "hom", "bua")
    ):
        return []
    if at + 1 < len(line) and line.raw[at + 1][:1].isupper():
        return []
    return [When(length.first, at + 1, today + timedelta(days=1), today + timedelta(days=length.days), "range")]


def _without_overlap(found: list[When]) -> list[When]:
    if len(found) == 1:
        return found
    kept: list[When] = []
    for when in sorted(found, key=lambda each: (each.first_word - each.after, each.sort == "period")):
        if all(when.after <= other.first_word or when.first_word >= other.after for other in kept):
            kept.append(when)
    return sorted(kept)

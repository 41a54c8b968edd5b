"""Days found by the single readers, put in order, freed of overlap, and joined to ranges."""

from datetime import date, timedelta

from understanding.dates.durations import durations
from understanding.dates.figures import days_in_figures
from understanding.dates.lunar import lunar_days
from understanding.dates.spoken import days_in_words
from understanding.dates.when import When
from understanding.line import Line

THROUGH = frozenset({"den", "toi", "-", "–", "—", "het", "cho", "sang", ">", "→", "~", "ngay", "to", "hom", "chieu"})
TOGETHER = frozenset({"va", ",", "&", "+", "voi", "ngay"})


def whens(line: Line, today: date) -> list[When]:
    """All days of a message from left to right."""
    found = [*lunar_days(line, today), *days_in_figures(line, today), *days_in_words(line, today)]
    found += _counted_from_today(line, today)
    return _joined(line, _without_overlap(found))


def _counted_from_today(line: Line, today: date) -> list[When]:
    found = []
    for length in durations(line):
        if length.sort == "length":
            continue
        day = today + timedelta(days=length.days if length.sort == "ahead" else -length.days)
        sort = "since" if length.sort == "since" else "day"
        found.append(When(length.first, length.after, day, day, sort))
    return found


def _without_overlap(found: list[When]) -> list[When]:
    kept: list[When] = []
    for when in sorted(found, key=lambda each: (each.first_word - each.after, each.sort == "period")):
        if all(when.after <= other.first_word or when.first_word >= other.after for other in kept):
            kept.append(when)
    return sorted(kept)


def _joined(line: Line, found: list[When]) -> list[When]:
    joined: list[When] = []
    for when in found:
        last = joined[-1] if joined else None
        merged = _merge(line, last, when) if last else None
        if merged:
            joined[-1] = merged
        else:
            joined.append(when)
    return joined


def _merge(line: Line, left: When, right: When) -> When | None:
    """One day said twice ("thứ ba 7/7"), a range ("từ mai đến thứ Sáu"), or neighbours ("thứ Bảy và Chủ nhật")."""
    between = [word for word in line.words[left.after : right.first_word] if word not in ("(", "luc")]
    if left.sort == "range" or (right.sort == "range" and left.sort != "period"):
        return None
    if len(between) <= 1 and all(word in ("ngay", ",", "la") for word in between) and _same(left, right):
        return right._replace(first_word=left.first_word)
    if between and all(word in THROUGH for word in between):
        return _range(left, right)
    if between and all(word in TOGETHER for word in between) and right.first - left.last == timedelta(days=1):
        return When(left.first_word, right.after, left.first, right.last, "range")
    return None


def _same(left: When, right: When) -> bool:
    return left.first <= right.first <= left.last or left.back == right.first


def _range(left: When, right: When) -> When | None:
    first, last = left.first, right.last
    if last < first and right.back and left.back and left.back <= right.first:
        first = left.back if left.back > last - timedelta(days=30) else first
    if last < first and right.back:
        last += timedelta(days=7)
    if last < first:
        return None
    week = timedelta(days=7)
    if (
        left.back
        and not right.back
        and left.sort == "day"
        and last - first > week
        and first + week <= last
        and (last - first).days < 14
    ):
        first += week
    return When(left.first_word, right.after, first, last, "range", None, min(left.certainty, right.certainty))

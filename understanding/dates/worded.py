"""Days whose number is written out: "mùng bảy", "ngày mười lăm", "hai mươi sáu Tết"."""

from collections.abc import Iterator
from datetime import date

from understanding.dates.lunar import next_lunar
from understanding.dates.when import When, day_of_month, day_of_year
from understanding.numbers import Number, number_at
from understanding.phrases.lexicon import function_words, lexicon
from understanding.phrases.line import Line

BACK = frozenset({"ve", "len", "ra", "vo", "vao", "xuong"})
NAMED_BY_NUMBER = function_words("dates.spoken.named_by_number")
LEAST, LAST = 10, 31
LEADS = ("mùng", "mồng", "ngày", "hôm")
BARE_LEADS = frozenset({"mung", "mong", "ngay", "hom"})


def days_in_number_words(line: Line, today: date) -> Iterator[When]:
    words = line.words
    if "muoi" in line.bag and not BACK.isdisjoint(line.bag):
        yield from _gone_and_back(line, today)
    if BARE_LEADS.isdisjoint(words) and "tet" not in words:
        return
    for at in range(len(words) - 1):
        if words[at] in BARE_LEADS and line.means(at, *LEADS) and (number := _worded(line, at + 1)) is not None:
            yield from _day(line, at, number, today)
        elif words[at + 1] == "tet":
            yield from _before_tet(line, at, today)


def _gone_and_back(line: Line, today: date) -> Iterator[When]:
    """ "hai mươi sáu đi hai mươi bảy về": two numbers in words, each before its way."""
    gone: Number | None = None
    at = 0
    while at < len(line) - 1:
        number = None if line.words[at].isdecimal() else number_at(line, at)
        if number is None or not LEAST <= number.value <= LAST or number.after >= len(line):
            at += 1
            continue
        follower = line.words[number.after]
        led = at > 0 and (line.words[at - 1] in BARE_LEADS or line.words[at - 1] in NAMED_BY_NUMBER)
        if follower == "di" and not led:
            gone = number
        elif gone is not None and follower in BACK and number.value > gone.value:
            for each in (gone, number):
                ahead, back = day_of_month(int(each.value), today)
                if ahead is not None:
                    yield When(each.first, each.after, ahead, ahead, back=back, certainty=0.9)
            return
        at = number.after


def _worded(line: Line, at: int) -> Number | None:
    """A number in words that may be a day: "ngày hai" but not "ngày hai lượt"."""
    if at >= len(line) or line.words[at].isdecimal():
        return None
    lead = line.words[at - 1]
    number = _two_figures(line, at) if lead in ("ngay", "hom") else None
    number = number or number_at(line, at)
    if number is None and line.words[at] == "nam" and line.means(at - 1, "mùng", "mồng"):
        number = Number(at, at + 1, 5.0)  # "mồng năm", though "năm" by itself is mostly a year
    if number is None or not 1 <= number.value <= 31:
        return None
    counted = any(
        first == number.after and value != "title"
        for kind in ("count_fields", "people_nouns", "not_counts", "duration_units")
        for first, _, value in line.of(kind)
    )
    if _month_behind(line, number.after) is not None:
        return number
    return None if counted else number


def _two_figures(line: Line, at: int) -> Number | None:
    """ "ngày hai ba", "ngày hai lăm": twenty-three, twenty-five, as people say them."""
    tens, ones = number_at(line, at), _worth(line, at + 1)
    if tens is None or tens.after != at + 1 or tens.value not in (2, 3) or not 1 <= ones <= 9:
        return None
    return Number(at, at + 2, tens.value * 10 + ones)


def _worth(line: Line, at: int) -> int:
    """What a word is worth as a figure, 0 if it is none."""
    if at >= len(line) or line.words[at].isdecimal():
        return 0
    worth = lexicon("number_words")
    bare = lexicon("bare_number_words").get(line.typed[at], line.typed[at]) if not line.has_marks else line.typed[at]
    return int(worth.get(bare, 0))


def _day(line: Line, at: int, number: Number, today: date) -> Iterator[When]:
    of_tet = line.words[number.after : number.after + 1] == ["tet"]
    if of_tet and (day := next_lunar(int(number.value), 1, today)):
        yield When(at, number.after + 1, day, day)
        return
    ahead, back = day_of_month(int(number.value), today)
    month = _month_behind(line, number.after)
    if month is not None and (day := day_of_year(int(number.value), int(month.value), today)):
        yield When(at, month.after, day, day)
        return
    if ahead is not None and line.words[number.after : number.after + 1] != ["thang"]:
        yield When(at, number.after, ahead, ahead, back=back, certainty=0.9)


def _month_behind(line: Line, at: int) -> Number | None:
    """ "mồng hai tháng chín": the month by its number."""
    month = number_at(line, at + 1) if line.words[at : at + 1] == ["thang"] and at + 1 < len(line) else None
    return month if month is not None and 1 <= month.value <= 12 else None


def _before_tet(line: Line, at: int, today: date) -> Iterator[When]:
    """ "hai mươi sáu tết": the last days of the old year of the moon."""
    for first in range(max(at - 2, 0), at + 1):
        number = number_at(line, first) if not line.words[first].isdecimal() else None
        if number is not None and number.after == at + 1 and 11 <= number.value <= 30:
            day = next_lunar(int(number.value), 12, today)
            if day is not None:
                yield When(first, at + 2, day, day)
            return

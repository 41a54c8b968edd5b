"""Days told by a bare figure before somebody and a verb of motion, and "hôm" with a figure: which of the two days is meant."""

from collections.abc import Iterator
from datetime import date

from understanding.dates.numbered import day_or_days
from understanding.dates.when import When
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.phrases.normalize import fold

LAST_DAY = 31
REACH = 4
GUESSED = frozenset({"kien", "chung", "khoang", "tam", "chac", "den", "toi"})
GOERS = function_words("dates.goers")
BARE_GOERS = frozenset(map(fold, GOERS))
COUNTED = frozenset({"em", "anh", "chi", "bac", "chu", "co"})
OF_GOERS = function_words("dates.of_goers")
GOING = function_words("dates.going")
NAMED_BY_NUMBER = function_words("dates.spoken.named_by_number")


def classes(line: Line, found: list[When]) -> list[tuple[int, int]]:
    """The 7/2 of "em Hân lớp 7/2": a year of school and a class in it, no day."""
    if "lop" not in line.bag:
        return []
    return [
        (when.first_word, when.after)
        for when in found
        if line.words[max(when.first_word - 1, 0)] == "lop" and line.words[when.first_word].isdecimal()
    ]


def nearest_day(line: Line, when: When, today: date) -> When:
    """ "hôm 14": said of the one that passed, if that is the nearer one; "hôm 14 này" is to come."""
    ahead = line.words[when.after : when.after + 1] in (["nay"], ["toi"], ["sap"], ["ni"])
    if ahead or when.sort != "day" or when.back is None or today - when.back > when.first - today:
        return when
    return when._replace(first=when.back, last=when.back, back=None, certainty=0.75)


def days_of_going(line: Line, today: date) -> Iterator[When]:
    """ "24 e zô Sài Gòn", "28 tụi em về": a bare day, somebody who is not counted by it, and a verb of motion."""
    for at in _figures_before_two(line):
        if line.words[at + 1] not in BARE_GOERS or not line.means(at + 1, *GOERS):
            continue
        if line.words[at + 1] in COUNTED and line.raw[at + 1] not in ("e", "E") and not (at == 0 and _goes_on(line)):
            continue  # "12 em bay Hà Nội" may be twelve of them
        end = at + 2 + (line.words[at + 2] in OF_GOERS)
        goes = line.words[end : end + 1] != [] and line.words[end] in GOING
        if (
            goes
            and line.words[max(at - 1, 0)] not in NAMED_BY_NUMBER
            and not line.is_glued(at)
            and line.words[max(at - 1, 0)] != "thu"
        ):
            yield from day_or_days(at, at + 1, int(line.words[at]), None, today)


def _figures_before_two(line: Line) -> list[int]:
    """The figures that may be days, with two words or more behind them."""
    words, last = line.words, len(line.words) - 2
    return [at for at in line.figures if at < last and len(words[at]) < 3 and 1 <= int(words[at]) <= LAST_DAY]


def _goes_on(line: Line) -> bool:
    """The "31 bay Bali", "mùng 2 về" behind "30 em xuống Vũng Tàu": other days as bare as the first."""
    signs = enumerate(zip(line.words[1:], line.words[2:], strict=False), 1)
    days = [at for at, (word, follower) in signs if word.isdecimal() and int(word) <= LAST_DAY and follower in GOING]
    return any(line.words[at - 1] in (",", ";", "mung", "roi") for at in days)


def days_when_done(line: Line, today: date) -> Iterator[When]:
    """ "dự kiến 18 xong thì về", "chừng 20 xong việc là về": a bare day behind a guess, and the way home."""
    for at in _figures_before_two(line):
        if not at or line.words[at - 1] not in GUESSED:
            continue
        if line.words[at + 1] == "xong" and "ve" in line.words[at + 2 : at + 2 + REACH]:
            yield from day_or_days(at, at + 1, int(line.words[at]), None, today)

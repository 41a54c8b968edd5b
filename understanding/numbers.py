"""Numbers in digits and in words: "3.412", "01", "mười hai", "ba chục", and parts of a whole like "27/31"."""

from itertools import pairwise
from typing import NamedTuple

from understanding.phrases.gates import gate
from understanding.phrases.lexicon import folded_words, function_words, lexicon
from understanding.phrases.line import Line
from understanding.reading import Slot

THOUSANDS = frozenset(".,")
HALF = function_words("numbers.half")
HEADS = folded_words("number_words")
WORDED = gate(HEADS)
ONLY_ONES = frozenset({"mốt", "lăm", "nhăm", "tư"})
"""Said only behind tens."""
BARE_FIGURES = {"nam": "năm", "sau": "sáu", "bay": "bảy", "tam": "tám", "tu": "tư", "lam": "lăm"}
TENS, TENS_BEFORE = frozenset({"muoi", "tram", "chuc"}), frozenset({"hai", "ba", "bon"})
SPANS = frozenset({"phut", "ngay", "gio", "nam", "hom", "bua", "tuan", "thang", "giay"})
PEOPLE = frozenset({"nguoi", "khach", "luot", "dua", "ban", "chau", "hoc", "cong", "lao"})
COUNTS_BEFORE = function_words("numbers.counts_before")
TURNS = frozenset({"luot", "khach", "nguoi", "cong", "hoc", "present", "absent"})
NEXT_COUNT = frozenset({",", ".", ";", "va", "tren", "nghi", "vang", "thieu", "co"})
LARGEST = 12
"""More digits than this are a telephone or an account, not a number of anything."""
NAMED_BY_NUMBER = function_words("units.unit_words") | function_words("counts.numbered")
OF_ALL = function_words("numbers.of_all")
AFTER_FATHER = function_words("numbers.after_father")


class Number(NamedTuple):
    first: int
    after: int
    value: float


class Ratio(NamedTuple):
    """ "27/31": so many of so many."""

    first: int
    after: int
    part: int
    whole: int


def read_number(text: str) -> Slot | None:
    """The first number of a text; "không có" is not one."""
    line = Line(text)
    for number in numbers(line):
        return Slot(_tidy(number.value), line.span(number.first, number.after))
    return None


def _tidy(value: float) -> int | float:
    return int(value) if value == int(value) else value


def numbers(line: Line) -> list[Number]:
    starts = line.figures
    if line.gates & WORDED:
        starts = [at for at, word in enumerate(line.words) if word in HEADS or word.isdecimal()]
    found: list[Number] = []
    told = 0
    for at in starts:
        if at >= told and (number := number_at(line, at)) is not None:
            found.append(number)
            told = number.after
    return found


def number_at(line: Line, at: int) -> Number | None:
    word = line.words[at]
    if word.isdecimal():
        return _digits_at(line, at)
    return _words_at(line, at) if word in HEADS else None


def _digits_at(line: Line, at: int) -> Number | None:
    if len(line.words[at]) > LARGEST:
        return None
    whole, after = line.words[at], at + 1
    group = _group_after(line, after)
    if group and len(group) <= 2:
        return Number(at, after + 2, float(f"{int(whole)}.{int(group):0{len(group)}}"))
    while group and len(group) == 3 and len(whole) < LARGEST:
        whole, after = whole + group, after + 2
        group = _group_after(line, after)
    return Number(at, after, float(int(whole)))


def _group_after(line: Line, at: int) -> str | None:
    """The digits after a dot or comma written without spaces."""
    words = line.words
    if at + 1 < len(words) and words[at] in THOUSANDS and words[at + 1].isdecimal():
        return words[at + 1] if line.is_glued(at) and line.is_glued(at + 1) else None
    return None


def _words_at(line: Line, at: int) -> Number | None:
    """ "hai mươi mốt", "một trăm lẻ năm", "hai trăm mười lăm", "ngàn hai": what each word is worth, added up."""
    total, small, last, after = 0, 0, 0, at
    while (weight := _worth(line, after)) is not None:
        if weight >= 1000:
            total, small = total + max(small, 1) * weight, 0
        elif weight == 100:
            small = max(small, 1) * weight
        elif weight == 10 and small % 10:
            small += small % 10 * 9
        elif 0 < weight < 10 and last >= 100 and not _worth(line, after + 1, least=10):
            small, after, last = _short_tens(line, after, small, last), after + 1, 0
            continue
        elif weight < 10 and small % 10 and after > at:
            if total or not _says_two_figures(line, at, (small, weight)):
                break
            small, after = small * 10 + weight, after + 1
            break
        else:
            small += weight
        after, last = after + 1, weight
    if last >= 100 and after < len(line.words) and line.means(after, *HALF):
        small, after = small + last // 2, after + 1
    if after == at or (after == at + 1 and not _may_stand_alone(line, at)):
        return None
    return Number(at, after, float(total + small))


def _worth(line: Line, at: int, least: int = 0) -> int | None:
    """What a number word is worth; none for other words, and for what is worth less than asked for."""
    value = lexicon("number_words").get(_spelled(line, at)) if at < len(line.words) else None
    return int(value) if value is not None and int(value) >= least else None


def _short_tens(line: Line, at: int, small: int, hundred: int) -> int:
    """The two of "trăm hai" are twenty, of "ngàn hai" two hundred; of "trăm hai tám" tens, of "ngàn hai" without more hundreds."""
    return small + int(_worth(line, at) or 0) * hundred // 10


def _says_two_figures(line: Line, at: int, figures: tuple[int, int]) -> bool:
    """ "hai tám người", "có mặt ba lăm, vắng hai": tens and ones; "hai ba người" are two or three, "tổ hai năm người" five of team two."""
    tens, ones = figures
    if not 1 < tens < 10 or (at and line.words[at - 1] in NAMED_BY_NUMBER):
        return False
    if line.typed[at + 1] in ONLY_ONES:
        return True
    if ones == tens + 1 or line.words[at + 1] == "mot" or line.words[at : at + 2] in (["nam", "nam"], ["ba", "ba"]):
        return False
    follower = line.words[at + 2] if at + 2 < len(line.words) else ""
    led = at > 0 and line.words[at - 1] in COUNTS_BEFORE
    counted = any(first == at + 2 and value == "person" for first, _, value in line.of("people_nouns"))
    return counted or follower in TURNS or (led and (not follower or follower in NEXT_COUNT))


def _spelled(line: Line, at: int) -> str:
    """The word with its marks; without any marks in the message the bare spelling will do."""
    typed = line.typed[at]
    if line.has_marks or typed != line.words[at]:
        return typed
    bare = BARE_FIGURES.get(typed)
    return bare if bare and _is_of_tens(line, at) else lexicon("bare_number_words").get(typed, typed)


def _is_of_tens(line: Line, at: int) -> bool:
    """ "hai muoi tam khach", "nam muoi nguoi", "hai tam nguoi": a figure beside tens; "hai muoi nam", "sau muoi phut" are times."""
    word, before = line.words[at], line.words[at - 1] if at else ""
    follower, next_one = (*line.words[at + 1 : at + 3], "", "")[:2]
    if follower in TENS and next_one not in SPANS:
        return True
    if word == "nam":
        return False
    if before in TENS:
        return word != "tu" or follower in PEOPLE
    return before in TENS_BEFORE and follower in PEOPLE


def _may_stand_alone(line: Line, at: int) -> bool:
    """ "năm" is mostly a year and "trăm", "lẻ", "mươi" need a companion."""
    word = line.words[at]
    follower = line.words[at + 1] if at + 1 < len(line.words) else ""
    if (word == "ba" and follower in AFTER_FATHER) or (word == "mot" and follower == "cua"):
        return False
    if word == "nam":
        leader = line.words[at - 1] if at else ""
        return not (follower.isdecimal() or leader.isdecimal() or follower in folded_words("year_companions"))
    return _spelled(line, at) not in lexicon("number_companions")


def ratios(line: Line) -> list[Ratio]:
    """Every a/b with a at most b that cannot be, or is told not to be, a day of a month."""
    words = line.words
    if "/" not in line.bag and "tren" not in line.bag:
        return []
    found = _spoken_ratios(line)
    for at in range(1, len(words) - 1):
        if (words[at] == "/" or _is_over(line, at)) and _digits_at_or_none(line, at + 1):
            ratio = _ratio_around(line, at)
            if ratio is not None:
                found.append(ratio)
    return found


def _spoken_ratios(line: Line) -> list[Ratio]:
    """ "hai mươi ba trên hai mươi lăm", "19 người trên 45", "598 trên tổng 620": said aloud."""
    if "tren" not in line.words:
        return []
    nouns = {at for a, b, _ in line.of("people_nouns") for at in range(a, b)}
    found = []
    for part, whole in pairwise(numbers(line)):
        between = [line.words[at] for at in range(part.after, whole.first) if at not in nouns]
        plain = part.after + 1 == whole.first and line.words[part.first].isdecimal()  # "42 trên 45" is found as "42/45"
        fits = between[:1] == ["tren"] and set(between[1:]) <= OF_ALL and part.value <= whole.value
        if fits and not plain and line.means(whole.first - len(between), "trên"):
            found.append(Ratio(part.first, whole.after, int(part.value), int(whole.value)))
    return found


def _is_over(line: Line, at: int) -> bool:
    """ "42 trên 45", said or typed out."""
    return line.words[at] == "tren" and line.words[at - 1].isdecimal() and line.means(at, "trên")


def _digits_at_or_none(line: Line, at: int) -> Number | None:
    return _digits_at(line, at) if line.words[at].isdecimal() else None


def _ratio_around(line: Line, slash: int) -> Ratio | None:
    right = _digits_at_or_none(line, slash + 1)
    first = slash - 1
    while (
        first >= 2 and line.words[first - 1] in THOUSANDS and line.is_glued(first) and line.words[first - 2].isdecimal()
    ):
        first -= 2
    left = _digits_at_or_none(line, first)
    if left is None or right is None or left.after != slash or not left.value <= right.value:
        return None
    if (right.after < len(line.words) and line.words[right.after] == "/") or (first and line.words[first - 1] in "/-–"):
        return None
    return Ratio(first, right.after, int(left.value), int(right.value))

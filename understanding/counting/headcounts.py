"""Does "27/31" count heads? "8/9" may be a day, "45/50 giấy mời" are papers, "đã tiêm 58/70 người" is work done."""

from datetime import date

from understanding.counting.lists import has_heading, names_in_turn
from understanding.numbers import Ratio
from understanding.phrases.lexicon import PLACES, function_words
from understanding.phrases.line import Line

UNITS_WITH_HEADS = function_words("numbers.units_with_heads")
NOT_ATTENDED = function_words("numbers.not_attended")
AFTER_RATIO = function_words("numbers.after_ratio")
HEADS = ("people_nouns", "count_fields", "day_words", "presence_words", "negation", "pronouns", "day_parts", "units")
"""What may stand behind a number of heads."""

ROUND_THE_CLOCK = {(24, 24), (7, 7)}
MONTHS, LAST_DAY = 12, 31
OWN = function_words("units.own")
AWAY = frozenset({"absent", "leave", "sick"})
ATTENDANCE = frozenset({"present", "total", "absent"})


def is_headcount(line: Line, ratio: Ratio, today: date, *, counted: bool = False) -> bool:
    """Heads of a whole, "24/25", or another a/b? Not a day, hours, things or work; `counted`: heads were asked for or are listed."""
    before = line.words[ratio.first - 1] if ratio.first else ""
    if (not counted and _is_dated(line, ratio)) or _is_round_the_clock(line, ratio, before, counted=counted):
        return False
    if (
        (before in NOT_ATTENDED and not any(after == ratio.first for _, after, _ in line.of("count_fields")))
        or _is_of_a_year(ratio)
        or _counts_things(line, ratio, counted=counted)
        or is_of_work(line, ratio.first)
        or (line.words[ratio.after : ratio.after + 1] == [":"] and _is_a_day(ratio, today))
    ):
        return False
    if counted or ratio.whole > 12 or ratio.part > 31:
        return True
    if any(first == ratio.after and value == "person" for first, _, value in line.of("people_nouns")):
        return True
    if before in ("ngay", "hom", "tu", "den", "toi"):
        return False
    told = _follows_a_unit(line, ratio) and (_are_present(line, ratio) or _tells_who_is_missing(line, ratio))
    return told or _is_of_a_unit(line, ratio, before) or _is_of_today(line, ratio, today)


def _is_dated(line: Line, ratio: Ratio) -> bool:
    """ "05/9", and what stands among days."""
    led_by_nought = line.words[ratio.first][:1] == "0" != line.words[ratio.first]
    return ratio.whole <= MONTHS and (led_by_nought or _stands_among_days(line, ratio))


def _is_round_the_clock(line: Line, ratio: Ratio, before: str, *, counted: bool) -> bool:
    """ "24/24", "7/7": hours and days, unless a row of a list counts so or heads are told of by other words."""
    if (ratio.part, ratio.whole) not in ROUND_THE_CLOCK or (counted and before == ":" and "\n" in line.bag):
        return False
    return not (_is_attended(line, ratio) or (before.isdecimal() and _is_of_a_unit(line, ratio, before)))


def _stands_among_days(line: Line, ratio: Ratio) -> bool:
    """The "1/9" of "tổ 1 trực 31/8, tổ 2 trực 1/9": another a/b of the line can only be a day."""
    words = line.words
    if "lich" not in line.bag and words[max(ratio.first - 1, 0)] != "truc":
        return False
    return any(
        words[at] == "/"
        and words[at - 1].isdecimal()
        and words[at + 1].isdecimal()
        and int(words[at + 1]) <= MONTHS < int(words[at - 1]) <= LAST_DAY
        and int(words[at + 1]) in (ratio.whole - 1, ratio.whole, ratio.whole + 1)
        for at in range(1, len(words) - 1)
        if at - 1 != ratio.first
    )


def _is_attended(line: Line, ratio: Ratio) -> bool:
    """ "24/24 có mặt", "đủ 7/7": heads after all, not the hours of a day or the days of a week."""
    before = line.words[max(ratio.first - 2, 0) : ratio.first]
    if len(before) == 2 and before[0] in UNITS_WITH_HEADS and before[1].isalnum() and len(before[1]) < 3:
        return True  # "ca 3 7/7"
    named = any(0 <= first - ratio.after <= 1 for first, _, value in line.of("count_fields") if value in ATTENDANCE)
    return named or "du" in line.words[max(ratio.first - 2, 0) : ratio.after + 2]


def _follows_a_unit(line: Line, ratio: Ratio) -> bool:
    clause = line.clauses[ratio.first]
    return any(first < ratio.first and line.clauses[first] == clause for first, _, _ in line.of("units"))


def _are_present(line: Line, ratio: Ratio) -> bool:
    """ "trạm y tế 5/6 có mặt, …": they are here, and nowhere on that day."""
    ends = [after for first, after, value in line.of("count_fields") if (first, value) == (ratio.after, "present")]
    return bool(ends) and (
        ends[0] >= len(line) or line.clauses[ends[0] - 1] != line.clauses[min(ends[0] + 1, len(line) - 1)]
    )


def _tells_who_is_missing(line: Line, ratio: Ratio) -> bool:
    """ "hạt 8/10, 2 đứa đi áp tải gỗ": the heads told behind are those that are not among them."""
    rest = str(ratio.whole - ratio.part)
    heads = {first for first, _, _ in line.of("people_nouns")}
    return any(line.words[at] == rest and at + 1 in heads for at in range(ratio.after, len(line) - 1))


def _is_a_day(ratio: Ratio, today: date) -> bool:
    """The "4/8:" of "Trực đêm 4/8: 0 F0": within a fortnight of the message."""
    if ratio.whole > 12 or not 1 <= ratio.part <= 28:
        return False
    return -14 <= (date(today.year, ratio.whole, ratio.part) - today).days <= 7


def _is_of_a_year(ratio: Ratio) -> bool:
    """ "vụ án 112/2025"."""
    return ratio.whole in range(2000, 2100) and 2 * ratio.part < ratio.whole


def listed_ratios(line: Line, ratios: list[Ratio]) -> list[Ratio]:
    """ "Marketing 6/7, Design 4/4": a name before each; not places, and not several days of one month."""
    if names_in_turn(line, ratios) or _are_rows(line, ratios):
        return ratios
    named = [ratio for ratio in ratios if _follows_name(line, ratio)] if len(ratios) > 1 else []
    wholes = {ratio.whole for ratio in named}
    if max(wholes, default=0) < 13 and any(line.words[ratio.first - 1] == ":" for ratio in named):
        return []  # "Khai giảng: 5/9, thi: 12/10" are days
    return [] if len(named) < 2 or (len(wholes) == 1 and wholes <= set(range(13))) else named


def _are_rows(line: Line, ratios: list[Ratio]) -> bool:
    """ "- Đốc công: 4/4", "- Thợ hàn: 12/15": each opens the figures of a line of its own, and one of them is no day."""
    if len(ratios) < 2 or "\n" not in line.bag or any(line.words[max(each.first - 1, 0)] != ":" for each in ratios):
        return False
    rows = {line.words[: each.first].count("\n") for each in ratios}
    told = max(each.whole for each in ratios) > MONTHS or has_heading(line, 0, ratios[0].first)
    return told and len(rows) == len(ratios)


def _follows_name(line: Line, ratio: Ratio) -> bool:
    at = ratio.first - 1 - (ratio.first > 1 and line.words[ratio.first - 1] == ":")
    if at < 0 or not line.raw[at][:1].isupper() or has_heading(line, at, at + 1) or line.words[ratio.first][0] == "0":
        return False
    return not any(after == ratio.first for kind in PLACES for _, after, _ in line.of(kind))


def is_of_work(line: Line, at: int) -> bool:
    """Papers given out, people vaccinated, votes cast: progress, not presence."""
    return any(
        value == "progress" and line.clauses[first] == line.clauses[at] and not _is_a_figures_name(line, first)
        for first, _, value in line.of("count_traps")
    )


def _is_a_figures_name(line: Line, at: int) -> bool:
    return any(first <= at < after for first, after, _ in line.of("count_fields"))


def _counts_things(line: Line, ratio: Ratio, *, counted: bool) -> bool:
    """Another noun behind the ratio says what is counted; an unknown one does so when nothing else speaks of heads."""
    if ratio.after >= len(line) or not line.words[ratio.after].isalpha():
        return False
    if any(first == ratio.after for kind in HEADS for first, _, _ in line.of(kind)):
        return False
    if any(first == ratio.after for first, _, _ in line.of("not_counts")):
        return True
    if counted or line.clauses[ratio.after] != line.clauses[ratio.first] or line.words[ratio.after] in AFTER_RATIO:
        return False
    return not (
        line.raw[ratio.after][:1].isupper()
        or line.of("units")
        or any(value in ATTENDANCE for _, _, value in line.of("count_fields"))
    )


def _is_of_a_unit(line: Line, ratio: Ratio, before: str) -> bool:
    follower = line.words[ratio.after] if ratio.after < len(line) else ""
    if before == "con" and any(value in ATTENDANCE for _, _, value in line.of("count_fields")):
        return True  # "quầy 3 nghỉ 1 bạn, còn 4/5"
    if before == "du" or (ratio.part == ratio.whole and follower == "du"):
        return True
    numbered = before.isdecimal() and not any(word.isdecimal() for word in line.words[ratio.after :])
    heads = (ratio.first, ratio.first - 1) if numbered else (ratio.first,)  # "ca 3 7/7"
    named = [first for first, after, _ in line.of("units") if after in heads]
    if any(line.words[first] in UNITS_WITH_HEADS or line.typed[first] == "tổ" for first in named):
        return True
    if before in ("dem", "sang", "chieu") and ratio.first > 1 and line.words[ratio.first - 2] in ("ca", "kip"):
        return True
    fields = line.of("count_fields")
    if _ends_own_unit(line, ratio, before) or any(
        value in ATTENDANCE and 0 <= ratio.first - after <= 3 for _, after, value in fields
    ):
        return True
    return before == ":" and any(first < ratio.first for first, _, _ in line.of("units"))


def _ends_own_unit(line: Line, ratio: Ratio, before: str) -> bool:
    """ "team e 7/8, thg Đạt off": the writer's own unit, and in the next clause somebody who is away."""
    ends = line.words[ratio.after : ratio.after + 1] in ([","], ["("], [";"])
    if before not in OWN or not ends or ratio.part > ratio.whole:
        return False
    away = any(first > ratio.after and value in AWAY for first, _, value in line.of("count_fields"))
    return away and any(after == ratio.first - 1 for _, after, _ in line.of("units"))


def _is_of_today(line: Line, ratio: Ratio, today: date) -> bool:
    """ "Phòng em hôm nay 8/9": the day is named already, and it is another one."""
    named = any(after == ratio.first for _, after, _ in line.of("day_words"))
    return (
        named
        and (ratio.part, ratio.whole) != (today.day, today.month)
        and any(first < ratio.first for first, _, _ in line.of("units"))
    )

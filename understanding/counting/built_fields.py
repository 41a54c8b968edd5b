"""Names of figures that no list can hold, put together from words: "không có ai nào tới", "hai đứa đau", "đủ 4 người", "đi lưới 15"."""

from collections.abc import Callable

from understanding.counting.guests import COMES, RECEIVED_BY, came_as_guests, received
from understanding.counting.tests_done import tested
from understanding.numbers import number_at
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.phrases.settle import Match

STILL = function_words("counts.still")
GONE_ELSEWHERE = function_words("counts.gone_elsewhere")
BREAKS = frozenset([",", ";", "\n", ".", "(", ")", "+", "va"])
DENIED = frozenset({"khong", "chua", "chang"})
TESTS = frozenset({"mau", "test", "xn", "nghiem", "pcr", "am"})
GONE = frozenset({"absent", "leave", "sick"})
HEADS = frozenset({"total", "present", "absent", "leave", "sick"})
LONGEST = 4
Builders = tuple[tuple[frozenset[str], Callable[[Line, set[int]], list[Match]]], ...]


def built_fields(line: Line, taken: set[int]) -> list[Match]:
    """First word, word after, and the figure that is meant."""
    found = _built(BUILDERS, line, taken)
    told = any(value in HEADS for _, _, value in [*line.of("count_fields"), *found]) or "/" in line.bag
    return found + _built(LISTERS, line, taken) if told else found


def _built(builders: Builders, line: Line, taken: set[int]) -> list[Match]:
    return [match for signs, build in builders if not signs.isdisjoint(line.bag) for match in build(line, taken)]


def _there(line: Line, taken: set[int]) -> list[Match]:
    """ "- có 26" at the head of a line beside "- vắng 2"."""
    if "\n" not in line.bag or not any(value in GONE for _, _, value in line.of("count_fields")):
        return []
    return [
        (at, at + 1, "present")
        for at in range(1, len(line) - 1)
        if line.words[at] == "co"
        and at not in taken
        and line.words[at - 1] in "\n-•+*"
        and (line.words[at + 1].isdecimal() or line.words[at + 1] == ":")
    ]


def _most_came(line: Line, taken: set[int]) -> list[Match]:
    """ "lớp em 31 cháu, đi 28, hai cháu ốm": most of all those counted before came; "chuyền 12 hôm nay đi 52, nghỉ 3"."""
    wholes = [int(line.words[at - 1]) for at, _, _ in line.of("people_nouns") if at and line.words[at - 1].isdecimal()]
    days = {after for _, after, _ in line.of("day_words")}
    if not wholes and not days:
        return []
    return [
        (at, at + 1, "present")
        for at in range(1, len(line) - 1)
        if line.words[at] == "di"
        and at not in taken
        and line.words[at + 1].isdecimal()
        and (
            (line.words[at - 1] in BREAKS and wholes and wholes[0] // 2 < int(line.words[at + 1]) <= wholes[0])
            or (at in days and not wholes)
        )
        and (at + 2 == len(line) or line.words[at + 2] in BREAKS)
    ]


def _came_of_a_unit(line: Line, taken: set[int]) -> list[Match]:
    """ "ca hai đi hai mươi mốt người nghỉ một", "lớp lá một đi được 28 cháu": who came, right behind the unit or with "được"."""
    if not any(value in GONE for _, _, value in line.of("count_fields")):
        return []
    nouns = {first for first, _, _ in line.of("people_nouns")}
    gone = {first for first, _, value in line.of("count_fields") if value in GONE}
    named = {after + more for _, after, _ in line.of("units") for more in (0, 1)}
    found = []
    for at, word in enumerate(line.words[:-1]):
        end = at + 1 + (line.words[at + 1] == "duoc")
        if word != "di" or at in taken or not (end > at + 1 or at in named):
            continue
        number = number_at(line, end) if end < len(line) else None
        if number and (number.after == len(line) or number.after in nouns | gone or line.words[number.after] in BREAKS):
            found.append((at, end, "present"))
    return found


def _positive(line: Line, taken: set[int]) -> list[Match]:
    """ "lấy mẫu 214 người, dương 3": how many were ill, beside samples and tests; not "anh Dương 3 lượt"."""
    if TESTS.isdisjoint(line.bag):
        return []
    return [
        (at, at + 1, "f0")
        for at in range(1, len(line) - 1)
        if line.raw[at] in ("dương", "duong")
        and at not in taken
        and (line.words[at + 1].isdecimal() or (line.words[at + 1] in ":=" and line.words[at + 2 : at + 3] != []))
        and (line.words[at - 1] in BREAKS or line.words[at - 1] in (":", "co", "ra") or line.words[at - 1].isdecimal())
    ]


def _gone_out(line: Line, taken: set[int]) -> list[Match]:
    """ "đi lưới 15", "2 bạn đi lấy mẫu", in a line that counts heads: whatever they do, they are out."""
    nouns = {after: first for first, after, _ in line.of("people_nouns")}
    named = {first for first, _, _ in line.of("count_fields")}
    found = []
    for at, word in enumerate(line.words[:-1]):
        if word != "di" or at in taken or at in named or line.words[at + 1] in GONE_ELSEWHERE:
            continue
        end = at + 1
        while end < len(line) and line.words[end].isalpha() and end - at < LONGEST and end not in taken:
            end += 1
        counted = _is_counted(line, nouns.get(at, at))
        if end > at + 1 and (counted or _leads_to_figure(line, end)):
            found.append((at, end, "field"))
    return found


def _left(line: Line, taken: set[int]) -> list[Match]:
    """ "vắng 2 bạn, còn 5", "nghỉ 4, còn lại 28": those who are there."""
    gone = [after for _, after, value in line.of("count_fields") if value in GONE]
    days = {after for _, after, _ in line.of("day_words")}  # "trạm 3 bữa ni còn 4, 2 đi tuần, 1 phép"
    return [
        (at, end, "present")
        for at, word in enumerate(line.words[:-1])
        if word == "con" and at not in taken and (gone and (gone[0] <= at or at in days)) and line.means(at, "còn")
        for end in (at + 1 + (line.words[at + 1] == "lai"),)
        if _leads_to_figure(line, end)
    ]


def _is_counted(line: Line, at: int) -> bool:
    """ "2 bạn đi lấy mẫu", "một anh đi tuần"; not "vắng hai đứa đi ăn cưới": those are counted already."""
    if not at or not (line.words[at - 1].isdecimal() or line.means(at - 1, "một", "hai", "ba", "bốn", "năm")):
        return False
    return not any(after == at - 1 for _, after, _ in line.of("count_fields"))


def _leads_to_figure(line: Line, at: int) -> bool:
    """A figure that ends its clause, or is followed by who is counted."""
    if at < len(line) and line.words[at] == ":":
        at += 1
    if at >= len(line) or not line.words[at].isdecimal():
        return False
    behind = line.words[at + 1] if at + 1 < len(line) else ","
    return behind in BREAKS or any(first == at + 1 for first, _, _ in line.of("people_nouns"))


def _nobody_came(line: Line, taken: set[int]) -> list[Match]:
    """ "không có sinh viên nào tới": nobody of those who might have come."""
    return [
        (at, at + 1, "visitors")
        for at in range(2, len(line) - 1)
        if line.words[at] == "nao"
        and line.words[at + 1] in COMES
        and line.words[at + 2 : at + 3] != ["muon"]
        and DENIED & set(line.words[max(at - 5, 0) : at])
        and at not in taken
    ]


def _in_pain(line: Line, taken: set[int]) -> list[Match]:
    """ "một đứa đau, hai đứa xin phép": in the south and the middle who is ill is in pain."""
    nouns = {after for _, after, _ in line.of("people_nouns")}
    last = len(line) - 1
    return [
        (at, at + 1, "sick")
        for at, word in enumerate(line.words)
        if word == "dau"
        and at not in taken
        and (at == last or line.words[at + 1] in BREAKS or line.words[at + 1].isdecimal())
        and (at in nouns or (at > 1 and line.words[at - 1].isdecimal() and line.of("presence_words")))
    ]


def _enough_heads(line: Line, taken: set[int]) -> list[Match]:
    """ "đủ 4 người", "4 người đủ": all are here."""
    nouns = {first: after for first, after, _ in line.of("people_nouns")}
    return [
        (at, at + 1, "present")
        for at, word in enumerate(line.words)
        if word == "du"
        and at not in taken
        and line.means(at, "đủ")
        and (
            (
                line.words[at + 1 : at + 2]
                and line.words[at + 1].isdecimal()
                and (at + 2 in nouns or at + 2 == len(line) or line.words[at + 2] in BREAKS)
            )
            or any(
                after <= at and first and STILL.issuperset(line.words[after:at]) and line.words[first - 1].isdecimal()
                for first, after in nouns.items()
            )
        )
    ]


BUILDERS: Builders = (
    (frozenset({"nao"}), _nobody_came),
    (frozenset({"du"}), _enough_heads),
    (frozenset({"dau"}), _in_pain),
    (frozenset({"duong"}), _positive),
    (frozenset({"test"}), tested),
    (RECEIVED_BY, received),
    (COMES | {"vang"}, came_as_guests),
    (frozenset({"co"}), _there),
)
"""Each with the words one of which stands in all it finds."""
LISTERS: Builders = (
    (frozenset({"di"}), _gone_out),
    (frozenset({"di"}), _most_came),
    (frozenset({"di"}), _came_of_a_unit),
    (frozenset({"con"}), _left),
)
"""Only in a line that counts heads."""
BUILT_OF = frozenset().union(*(signs for signs, _ in (*BUILDERS, *LISTERS)))

"""Guests told of without the name of a figure: "tiếp 18 bác", "tiếp 17 hộ dân", "quầy em có 3 người tới lấy số"."""

from collections.abc import Set as AbstractSet

from understanding.numbers import number_at
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.phrases.settle import Match

COMES = function_words("counts.comes")
RECEIVED_BY = function_words("counts.received_by")
COUNTERS = function_words("counts.counters")
ERRANDS = function_words("counts.errands")
REACH = 4
GUESTS_BY = RECEIVED_BY | COUNTERS
"""Words by which guests are told of without the name of a figure."""
GUESTS = frozenset(
    {
        ("phu", "huynh"),
        ("ho", "dan"),
        ("benh", "nhan"),
        ("ho", "kinh"),
        ("nguoi", "nha"),
        ("doan", "vien"),
        ("ho", "ngheo"),
    }
)
BEFORE_GUESTS = frozenset({"duoc", "them", "khoang", "tong"})


def received(line: Line, taken: set[int]) -> list[Match]:
    """ "tiếp 18 bác", "đón 7 cô chú", "phục vụ 24 cụ": guests by the way they are addressed, or by what brings them."""
    return _received_by_name(line, taken) or [
        (first, after, "visitors")
        for first, after, _ in line.of("people_nouns")
        if first > 1
        and first not in taken
        and line.words[first - 1].isdecimal()
        and RECEIVED_BY & set(line.words[max(first - REACH, 0) : first - 1])
        and line.means(first - 2, "tiếp", "đón", "vụ", "được", "thêm", "khoảng")
    ]


def tells_guests(line: Line) -> bool:
    """ "tiếp 12 phụ huynh" says it all, however seldom its words are."""
    return "tiep" in line.bag and bool(_received_by_name(line, set()))


def _received_by_name(line: Line, taken: set[int]) -> list[Match]:
    """ "tiếp hai mươi hai phụ huynh", "tiếp được 17 hộ dân làm sổ": behind the verb a figure and who comes to an office."""
    found = []
    for at, word in enumerate(line.words[:-2]):
        if word != "tiep" or not line.means(at, "tiếp"):
            continue
        number = number_at(line, at + 1 + (line.words[at + 1] in BEFORE_GUESTS))
        if number is None or number.first in taken or line.words[number.after : number.after + 1] == []:
            continue
        if (end := _guests_end(line, number.after)) is not None:
            found.append((number.after, end, "visitors"))
    return found


def _guests_end(line: Line, at: int) -> int | None:
    """The word behind "phụ huynh", "lượt hộ dân"."""
    end = at + (line.words[at] == "luot")
    return end + 2 if tuple(line.words[end : end + 2]) in GUESTS else None


def came_as_guests(line: Line, taken: AbstractSet[int]) -> list[Match]:
    """ "quầy em có 3 người tới lấy số", "bưu cục có 19 người đến nhận lương hưu": who comes to a counter is a guest."""
    at_counter = not COUNTERS.isdisjoint(line.bag)
    found = _few_guests(line) if at_counter and "traps" in line.found else []
    for first, after, _ in line.of("people_nouns"):
        end = after + 1
        if (
            not first
            or first in taken
            or end > len(line)
            or line.words[after] not in COMES
            or not line.words[first - 1].isdecimal()
        ):
            continue
        errand = line.words[end : end + 1]
        ends = not errand or not errand[0].isalpha() or len(errand[0]) < 3 or end in taken
        if (at_counter and ends) or (errand and errand[0] in ERRANDS):
            found.append((first, end, "visitors"))
    return found


def _few_guests(line: Line) -> list[Match]:
    """ "quầy thuế vắng hoe, được mỗi 3 người": where a counter stands empty the few are guests."""
    empty = [after for first, after, _ in line.of("traps") if line.words[first] == "vang"]
    return [
        (first, after, "visitors")
        for first, after, _ in line.of("people_nouns")
        if any(end <= first for end in empty)
        and line.words[first - 1].isdecimal()
        and (after == len(line) or not line.words[after].isalpha())
    ]

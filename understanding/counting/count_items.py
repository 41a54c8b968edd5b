"""The pieces a count is made of: names of figures, figures, parts of a whole, denials, and the signs between."""

from itertools import pairwise
from typing import Any, NamedTuple

from understanding.counting.built_fields import BUILT_OF, built_fields
from understanding.counting.codes import codes
from understanding.counting.measures import is_measure
from understanding.counting.tests_done import is_result
from understanding.phrases.gates import gate
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.scene import Scene

BREAKS = frozenset([",", ";", "\n", ".", "(", ")", "+", "va"])
LISTING = frozenset([",", "va"])
FIELD, NUMBER, RATIO, ZERO, FULL, BREAK = "field", "number", "ratio", "zero", "full", "break"
SCHOOL = function_words("counts.school")
NOT_VISIT = function_words("counts.not_visit")
STILL = function_words("counts.still")
HEADCOUNT = function_words("counts.headcount")
KIN = function_words("counts.kin")
VEHICLES = frozenset({"xe", "tau", "ghe", "phuong"})
DENIED = frozenset({"khong", "chua", "chang"})
HEADCOUNTS, BUILT, BROKEN = gate(HEADCOUNT), gate(BUILT_OF), gate(BREAKS)


class Item(NamedTuple):
    first: int
    after: int
    sort: str
    value: Any = None


def items(scene: Scene, skipped: frozenset[int]) -> list[Item]:
    """Put together once: blocks and units in turn ask for the same."""
    if skipped not in scene.pieces_of_counts:
        scene.pieces_of_counts[skipped] = _items(scene, skipped)
    return scene.pieces_of_counts[skipped]


def _items(scene: Scene, skipped: frozenset[int]) -> list[Item]:
    line = scene.line
    taken = _taken(scene) | skipped | scene.muted
    found = _fields(line, taken)
    busy = taken.union(*(range(item.first, item.after) for item in found))
    if scene.ratios:
        ratios = [ratio for ratio in scene.ratios if ratio.first not in skipped | scene.muted]
        found += [Item(ratio.first, ratio.after, RATIO, (ratio.part, ratio.whole)) for ratio in ratios]
    if scene.numbers:
        guests = {item.first for item in found if item.value == "visitors"}
        found += _figures(scene, busy, guests)
    if "negation" in line.found:
        found += _zeros(line, busy)
    if "du" in line.bag:
        found += _at_full_strength(scene)
    if {item.sort for item in found} <= {FIELD}:
        return []  # without a figure no name of one tells anything
    found += _breaks(scene, taken)
    return sorted(found, key=lambda item: (item.first, -item.after))


def _fields(line: Line, taken: set[int]) -> list[Item]:
    """The names of figures: those of the list, and those put together."""
    found = [
        Item(first, after, FIELD, meant)
        for first, after, value in line.of("count_fields")
        if first not in taken and (meant := _meant_field(line, first, after, value))
    ]
    found += [Item(first, after, FIELD, value) for first, after, value in codes(line)]
    if line.gates & HEADCOUNTS:
        found += [
            Item(at - 1, at, FIELD, "total")
            for at in range(1, len(line.words))
            if line.words[at - 1] in HEADCOUNT and line.words[at].isdecimal() and at - 1 not in taken
        ]
    if line.gates & BUILT:
        built = [Item(first, after, FIELD, value) for first, after, value in built_fields(line, taken)]
        inside = {at for item in built for at in range(item.first, item.after)}
        found = [*(item for item in found if item.first not in inside), *built]
    if "symptoms" in line.found:
        found = [item for item in found if not _is_of_illness(line, item)]
    if "hai" in line.bag:
        found = [item for item in found if not _ends_in_a_number(line, item)]
    epidemic = [item.first for item in found if item.value == "from_epidemic_area"]
    return [item for item in found if not _come_from_epidemic(line, epidemic, item)] if epidemic else found


def _figures(scene: Scene, taken: set[int], guests: set[int]) -> list[Item]:
    """The numbers that may count heads."""
    taken = taken.union(*(range(ratio.first, ratio.after) for ratio in scene.fractions)) if scene.fractions else taken
    return [
        Item(number.first, number.after, NUMBER, int(number.value))
        for number in scene.numbers
        if number.first not in taken
        and number.value == int(number.value)
        and (number.after in guests or not is_measure(scene, number.first, number.after))
    ]


def _zeros(line: Line, taken: set[int]) -> list[Item]:
    """Denials: "không có", "chưa ai"."""
    told = [
        (first, after)
        for first, after, value in line.of("negation")
        if value == "not"
        and line.words[first] in ("khong", "chua")
        and first not in taken
        and (line.words[first] == "khong" or after - first > 1 or _is_nobody(line, after))
    ]
    if not told:
        return []
    covered = [(a, b) for kind in ("presence_words", "wellness") for a, b, _ in line.of(kind) if b - a > 2]
    return [Item(first, after, ZERO) for first, after in told if not any(a <= first < b for a, b in covered)]


def _breaks(scene: Scene, taken: set[int]) -> list[Item]:
    """Where one figure and its name end: signs, "và", a colon behind a figure, "trong đó"."""
    line = scene.line
    found = []
    if line.gates & BROKEN:
        found += [
            Item(at, at + 1, BREAK)
            for at, word in enumerate(line.words)
            if word in BREAKS and not _is_inner_sign(scene, at) and not _lists_people(line, at)
        ]
    if ":" in line.bag:
        found += _colons(scene, taken)
    if "trong" in line.bag:
        pairs = enumerate(pairwise(line.words))
        found += [Item(at, at + 2, BREAK) for at, pair in pairs if at and pair in (("trong", "do"), ("trong", "so"))]
    return found


def _is_of_illness(line: Line, item: Item) -> bool:
    """The "mau" of "ho ra mau" is no sample, though typed without its marks."""
    return any(
        first <= item.first and item.after <= after and after - first > item.after - item.first
        for first, after, _ in line.of("symptoms")
    )


def _ends_in_a_number(line: Line, item: Item) -> bool:
    """The "đi hai" of "đi hai mươi mốt" is no "đi hái"."""
    last = item.after - 1
    return last > item.first and line.words[last] == "hai" and line.typed[last] == "hai" and _tens(line, item.after)


def _tens(line: Line, at: int) -> bool:
    return line.words[at : at + 1] in (["muoi"], ["chuc"], ["tram"])


def _at_full_strength(scene: Scene) -> list[Item]:
    """ "6A vắng 1, 6B đủ": full strength said right behind a unit."""
    line = scene.line
    ends = {_past_still(line, after) for _, after, name in scene.units if name}
    return [
        Item(at, at + 1, FULL)
        for at in ends
        if at < len(line.words) and line.words[at] == "du" and at not in scene.muted
    ]


def _past_still(line: Line, at: int) -> int:
    """ "đội xe nâng đi làm đủ"."""
    while at < len(line.words) and line.words[at] in STILL:
        at += 1
    return at


def _come_from_epidemic(line: Line, epidemic: list[int], item: Item) -> bool:
    """ "02 công dân từ vùng dịch về": who comes from there is no visitor."""
    return item.value == "visitors" and any(
        0 <= first - item.after <= 1 and line.words[item.after].isalpha() for first in epidemic
    )


def _meant_field(line: Line, first: int, after: int, value: str) -> str | None:
    """ "test nhanh dương tính" is no number of tests, "khách mới" no guest, "đi học" is present only in a school."""
    if value == "tested" and is_result(line, first, after):
        return None
    if value == "nobody":
        comes = line.words[after : after + 1] and line.words[after] in NOT_VISIT
        return "visitors" if DENIED & set(line.words[max(first - 2, 0) : first]) and not comes else None
    if value == "on_duty":
        return "present" if "off" in line.words else None
    if value == "school":
        return "present" if SCHOOL & line.bag else None
    if (value == "visitors" and is_a_customer(line, first)) or (value == "sick" and _is_of_kin(line, first)):
        return None
    return value


def _is_of_kin(line: Line, at: int) -> bool:
    """ "một đồng chí con ốm nghỉ phép": the child is ill, the colleague is on leave."""
    return at > 0 and line.words[at - 1] in KIN and not (at > 1 and line.words[at - 2].isdecimal())


def is_a_customer(line: Line, at: int) -> bool:
    """ "48 khách hàng chưa đóng tiền", "chốt được 6 khách", "15 khách thuê": guests of a trade, not of the house."""
    return any(
        value == "customer" and (a <= at < b or (a < at and _is_led_by(line, a, at)))
        for a, b, value in line.of("count_traps")
    )


def _is_led_by(line: Line, label: int, at: int) -> bool:
    """In one clause, or the label before its colon: "Xe qua cổng 2: 418 lượt"."""
    if line.clauses[label] == line.clauses[at]:
        return True
    return line.words[label] in VEHICLES and line.clauses[label] + 1 == line.clauses[at] and ":" in line.words[label:at]


def _is_nobody(line: Line, at: int) -> bool:
    """ "chưa có ai ghé"."""
    return any(first == at and value == "nobody" for first, _, value in line.of("count_fields"))


def _colons(scene: Scene, taken: set[int]) -> list[Item]:
    """ "vắng 2 đồng chí: 1 ốm, 1 phép": a colon behind a figure ends it."""
    named = {at for first, after, _ in scene.line.of("count_fields") for at in range(first, after)}
    figures = [number.after for number in scene.numbers if not (number.first in taken or number.first in named)]
    return [
        Item(at, at + 1, BREAK)
        for at, word in enumerate(scene.line.words)
        if word == ":" and any(0 <= at - after <= 2 and _only_nouns(scene, after, at) for after in figures)
    ]


def _only_nouns(scene: Scene, first: int, after: int) -> bool:
    """Between a figure and its colon stands at most what is counted: not "…: 1; ốm: 1"."""
    fields = {at for a, b, _ in scene.line.of("count_fields") for at in range(a, b)}
    return all(scene.line.words[at].isalpha() and at not in fields for at in range(first, after))


def _lists_people(line: Line, at: int) -> bool:
    """The comma of "tổng số cán bộ, công chức 86"."""
    nouns = line.of("people_nouns")
    before = next((first for first, after, _ in nouns if after == at), None)
    if line.words[at] not in LISTING or before is None or not any(first == at + 1 for first, _, _ in nouns):
        return False
    return not (before and line.words[before - 1].isdecimal())


def _is_inner_sign(scene: Scene, at: int) -> bool:
    line = scene.line
    if line.words[at] not in ".," or not line.is_glued(at) or at + 1 == len(line.words) or not line.is_glued(at + 1):
        return False
    return line.words[at] == "." or (line.words[at - 1].isdecimal() and line.words[at + 1].isdecimal())


def _taken(scene: Scene) -> set[int]:
    """Words of days, times, units and temperatures hold no figures."""
    line = scene.line
    taken = {*scene.busy_days, *scene.words_of_units, *scene.time_words}
    people = [match for kind in ("pronouns", "family") for match in line.of(kind) if match[1] - match[0] > 2]
    taken |= {at for a, b, _ in people if line.words[a] not in DENIED for at in range(a, b)}
    for kind in ("weekdays", "traps"):
        named = {field[:2] for field in line.of("count_fields")} if kind == "traps" else set()
        taken |= {at for first, after, _ in line.of(kind) if (first, after) not in named for at in range(first, after)}
    heat = [(each.start, each.end) for each in scene.temperatures] if line.of("temperature_words") else []
    if heat and (line.of("symptoms") or "do" in line.words):
        taken |= {at for at, start in enumerate(line.starts) for a, b in heat if a <= start < b}
    return taken

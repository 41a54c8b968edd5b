"""Figures beside their names: "vắng 2, 1 phép 1 ốm", "9 onsite", "418/430", "Tổng LĐ | 1.846", "không có khách"."""

from itertools import pairwise
from typing import NamedTuple

from understanding.counting.arrivals import arrived, came
from understanding.counting.count_items import BREAK, FIELD, FULL, NUMBER, RATIO, ZERO, Item, items
from understanding.counting.count_reasons import with_reasons
from understanding.counting.denied_figures import zeros
from understanding.counting.tables import table_rows
from understanding.counting.wholes import PARTS, whole_first, with_whole, without_small_whole
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.scene import Scene

REACH = 6
"""So many words may stand between a name and its figure."""
TURN_REACH = 2
PAIR = 2
"""A figure and its name."""
UNITS_OF = function_words("units.of")
OWN_UNITS = function_words("units.own")
CASES = frozenset({"f0", "f1"})
GUESTS_BEHIND = frozenset({"total", "present"})
"""Behind these names "7 người dân đến" are guests all the same: "tổng 54 lượt khách", "trực có 7 người dân đến"."""
OF_THEIR_OWN = CASES | {"visitors"}


class Block(NamedTuple):
    """One unit with its figures."""

    unit: str | None
    has_unit: bool
    first: int
    values: dict[str, int]
    after: int = 0
    is_split: bool = False
    """Put together from a sentence: to be asked about."""


def blocks(scene: Scene, skipped: frozenset[int] = frozenset(), asked: str | None = None) -> list[Block]:
    """The figures of a message, cut where a new unit begins."""
    found = _table(scene)
    if found:
        return found
    all_items = items(scene, skipped)
    if not all_items:
        return []
    heads = _heads(scene, all_items) if scene.units else [(0, None, False)]
    for at, (first, name, has_unit) in enumerate(heads):
        end = heads[at + 1][0] if at + 1 < len(heads) else len(scene.line)
        inside = [item for item in all_items if first <= item.first < end]
        values = with_reasons(scene.line, with_whole(scene, _paired(inside, scene.line), inside), inside)
        values = {**arrived(scene, inside), **values} or _inherited(found, inside, asked)
        values = without_small_whole(values, inside) or (came(scene, inside) if name else {})
        found.append(Block(name, has_unit, first, values, end))
        if len(values) == 1:
            found = _filled_back(found, all_items)
    return [block for block in found if block.values]


def _filled_back(found: list[Block], all_items: list[Item]) -> list[Block]:
    """ "Lá 1: 30, Lá 2: 27, Lá 3: 29 bé có mặt": the name that comes last is meant for all."""
    name = next(iter(found[-1].values))
    filled = []
    for block in found[:-1]:
        inside = [item for item in all_items if block.first <= item.first < block.after and item.sort != BREAK]
        bare = block.unit and not block.values and [item.sort for item in inside] == [NUMBER]
        filled.append(block._replace(values={name: inside[0].value}) if bare else block)
    return [*filled, found[-1]]


def _table(scene: Scene) -> list[Block]:
    """ "Đơn vị | Có mặt | Vắng", then "Cty A Long | 120 | 3": one block a row, if every row fits the head."""
    if "\n" not in scene.line.words:
        return []
    return [Block(row.unit, True, row.first, row.values, row.after) for row in table_rows(scene) if row.values]


def _inherited(found: list[Block], inside: list[Item], asked: str | None) -> dict[str, int]:
    """ "P.KT: 12 khách, P.QLTM: 4": a figure without a name means what the one before meant."""
    numbers = [item for item in inside if item.sort == NUMBER]
    if len(numbers) == 1 and asked and not any(item.sort == FIELD for item in inside):
        return {asked: numbers[0].value}
    if len(numbers) != 1 or not found or len(found[-1].values) != 1 or any(item.sort == FIELD for item in inside):
        return {}
    return {next(iter(found[-1].values)): numbers[0].value}


def _heads(scene: Scene, all_items: list[Item]) -> list[tuple[int, str | None, bool]]:
    """A unit begins a block when figures stand between it and the one before, or at the start of a line."""
    heads: list[tuple[int, str | None, bool]] = []
    starts = {item.first for item in all_items if item.sort in (NUMBER, RATIO)}
    full = {item.first for item in all_items if item.sort == FULL}
    listed = {after for _, after, name in scene.units if name and after in starts}
    figures = [item for item in all_items if item.sort in (NUMBER, RATIO, ZERO, FULL)]
    for first, after, name in scene.units:
        before = [item for item in figures if (heads[-1][0] if heads else 0) <= item.first < first]
        if before and (_is_aside(scene, first) or _is_only_object(scene, first, after, name)):
            continue
        if heads and not before and name and after in full and heads[-1][1]:
            heads.append((first, name, True))  # "tổ 2 thiếu Hùng, tổ 3 đủ"
            continue
        if heads and not before:
            if name and (heads[-1][1] is None or (after in listed and len(listed) > 1)):
                heads[-1] = (heads[-1][0], name, True)
            continue
        told = {item.value for item in all_items if item.sort == FIELD and item.first < first}
        if before and name and not heads and scene.line.words[first - 1] in UNITS_OF and not told <= CASES:
            heads.append((0, name, True))
            continue
        if before and not any(item.first >= after for item in figures):
            if not heads:
                heads.append((0, name, True))
            continue
        heads.append((first if heads or before else 0, name, True))
    return heads if heads and heads[0][0] == 0 else [(0, None, False), *heads]


def _is_only_object(scene: Scene, first: int, after: int, name: str | None) -> bool:
    """The "DN" of "2 đi kiểm tra DN", the "cty" of "11 lên cty": no name, not the writer's own, at the end of a clause."""
    line = scene.line
    if name is not None or not OWN_UNITS.isdisjoint(line.words[after : after + 1]):
        return False
    ends = after == len(line.words) or line.clauses[after] != line.clauses[first] or not line.words[after].isalnum()
    return ends and first > 0 and line.clauses[first - 1] == line.clauses[first] and line.words[first - 1].isalpha()


def _is_aside(scene: Scene, at: int) -> bool:
    """ "… dương tính 2 (phòng Vật tư 1, …)", "…, trong đó ca đêm 2.100": where some of those counted already are."""
    words = scene.line.words
    if words[max(at - 2, 0) : at] == ["trong", "do"]:
        return True
    opened = next((each for each in range(at - 1, -1, -1) if words[each] in "()\n"), None)
    return opened is not None and words[opened] == "(" and ")" in words[at:]


def _paired(all_items: list[Item], line: Line) -> dict[str, int]:
    values: dict[str, int] = {}
    part: list[Item] = []
    denied = False
    for item in [*_turned(all_items), Item(-1, -1, BREAK)]:
        if item.sort == BREAK and not part:
            denied = False
        elif item.sort == BREAK:
            if denied and all(each.sort == FIELD and each.value in CASES for each in part):
                values |= {str(each.value): 0 for each in part}
            denied = any(each.sort == ZERO for each in part)
            for name, value in (_in_turn(part, line) or _pairs(part, line)).items():
                if name == "visitors" and any(each.value == "total" for each in part):
                    values[name] = value
                values.setdefault(name, value)
            part = []
        else:
            part.append(item)
    return values


def _turned(all_items: list[Item]) -> list[Item]:
    """ "42 anh em đi làm nghỉ ba": where the figure before its name gives way to the figure behind it."""
    if len(all_items) < PAIR + PAIR or (FIELD, FIELD) not in pairwise([item.sort for item in all_items]):
        return all_items
    turned: list[Item] = []
    for at, item in enumerate(all_items):
        last = turned[-1] if turned else item
        around = [each.sort for each in (*turned[-2:], *all_items[at : at + 2])]
        if around == [NUMBER, FIELD, FIELD, NUMBER] and last.after == item.first and last.value in PARTS:
            turned.append(Item(item.first, item.first, BREAK))
        turned.append(item)
    return turned


def _pairs(part: list[Item], line: Line) -> dict[str, int]:
    """Names and figures of one clause: "vắng 2 phép 1" or "9 onsite 3 remote"; a figure right before a name may also mean it."""
    values: dict[str, int] = {}
    shown = [item for item in part if item.sort != ZERO]
    sorts = {item.sort for item in shown}
    if sorts.isdisjoint((NUMBER, RATIO)):
        return {"absent": 0} if FULL in sorts else zeros(part, line)
    shown = [item for item in shown if item.sort != FULL]
    if whole_first(shown, line):
        values["total"], shown = shown[0].value, shown[1:]
    name_first = _names_first(shown)
    name: Item | None = None
    figure: Item | None = None
    for item in shown:
        if item.sort == RATIO:
            _take_ratio(values, name, item)
            name = figure = None
        elif item.sort == NUMBER:
            if name is not None and name_first and _near(name, item, line):
                _put(values, name, item, shown)
                name = figure = None
            else:
                figure = item
        elif figure is not None and item.first - figure.after <= (1 if name_first else REACH):
            if name is not None and name.value == "total" and item.value == "visitors":
                values["visitors"] = figure.value
            values.setdefault(str(item.value), figure.value)
            figure = name = None
        elif name is None or not _stays(name, item):
            name = item
    return {**_left(name, figure), **values}


def _in_turn(part: list[Item], line: Line) -> dict[str, int]:
    """ "F0 không có F1 hai người", "không vắng 3 khách": names and figures two by two, one of them a denial."""
    zeros = [item for item in part if item.sort == ZERO]
    if (
        len(part) < 4
        or len(part) % 2
        or not zeros
        or any("phai" in line.words[item.first : item.after] for item in zeros)
    ):
        return {}
    values: dict[str, int] = {}
    for pair in zip(part[::2], part[1::2], strict=True):
        named = [item for item in pair if item.sort == FIELD]
        told = [item for item in pair if item.sort in (NUMBER, ZERO)]
        if len(named) != 1 or len(told) != 1 or pair[1].first - pair[0].after > TURN_REACH:
            return {}
        values[str(named[0].value)] = told[0].value or 0
    return values if len(values) == len(part) // 2 else {}


def _left(name: Item | None, figure: Item | None) -> dict[str, int]:
    """The last of "42 anh em đi làm nghỉ 3": a name and a figure that nothing else has taken."""
    return {str(name.value): figure.value} if name and figure and name.after == figure.first else {}


def _names_first(shown: list[Item]) -> bool:
    told = {before.first for before, item in pairwise(shown) if before.sort == FIELD and item.sort == RATIO}
    sorts = [item.sort for item in shown if item.sort != RATIO and item.first not in told]
    if not sorts:
        return False
    return sorts[0] == FIELD and not (sorts[1:3] == [FIELD, NUMBER] and sorts[-1] == FIELD)


def _put(values: dict[str, int], name: Item, figure: Item, shown: list[Item]) -> None:
    """ "tổng 54 lượt khách" is the number of visitors, not of staff."""
    follower = next((item for item in shown if item.first == figure.after), None)
    if name.value in GUESTS_BEHIND and follower is not None and follower.value in OF_THEIR_OWN:
        values[follower.value] = figure.value
    else:
        values.setdefault(str(name.value), figure.value)


def _stays(current: Item, item: Item) -> bool:
    """ "tổng lao động": the first of two names in a row is the meaning."""
    return current.after == item.first and (current.value, item.value) in (
        ("total", "total"),
        ("total", "present"),
        ("visitors", "visitors"),
    )


def _near(name: Item, figure: Item, line: Line) -> bool:
    nouns = {at for first, after, _ in line.of("people_nouns") for at in range(first, after)}
    between = [at for at in range(name.after, figure.first) if at not in nouns and line.words[at] != ","]
    return len(between) <= REACH or line.words[figure.first - 1] == "la"


def _take_ratio(values: dict[str, int], field: Item | None, item: Item) -> None:
    so_many, of_all = item.value
    few = field is not None and field.value in ("absent", "leave", "sick", "wfh")
    values.setdefault(str(field.value) if field and few else "present", so_many)
    values.setdefault("total", of_all)

"""Figures beside their names: "vắng 2, 1 phép 1 ốm", "9 onsite", "418/430", "Tổng LĐ | 1.846", "không có khách"."""

from typing import Any, NamedTuple

from understanding.lexicon import function_words
from understanding.line import Line
from understanding.scene import Scene
from understanding.tables import table_rows
from understanding.temperature import temperatures

BREAKS = frozenset([",", ";", "\n", ".", "(", ")", "+", "va"])
REACH = 6
"""So many words may stand between a name and its figure."""
FIELD, NUMBER, RATIO, ZERO, BREAK = "field", "number", "ratio", "zero", "break"
NEVER_ZERO = frozenset({"present", "total", "tested"})
NUMBERED = function_words("counts.numbered")


class Item(NamedTuple):
    first: int
    after: int
    sort: str
    value: Any = None


class Block(NamedTuple):
    """One unit with its figures."""

    unit: str | None
    has_unit: bool
    first: int
    values: dict[str, int]
    after: int = 0


def items(scene: Scene, skipped: frozenset[int]) -> list[Item]:
    line = scene.line
    taken = _taken(scene) | skipped | scene.muted
    found = [
        Item(first, after, FIELD, value)
        for first, after, value in line.of("count_fields")
        if first not in taken and not (value == "tested" and _is_result(line.words[after : after + 3]))
    ]
    fields = {at for item in found for at in range(item.first, item.after)}
    ratios = [ratio for ratio in scene.ratios if ratio.first not in skipped | scene.muted]
    found += [Item(ratio.first, ratio.after, RATIO, (ratio.part, ratio.whole)) for ratio in ratios]
    inside = {at for ratio in ratios for at in range(ratio.first, ratio.after)}
    for number in scene.numbers:
        if (
            number.first not in taken | fields | inside
            and number.value == int(number.value)
            and not _is_measure(scene, number.first, number.after)
        ):
            found.append(Item(number.first, number.after, NUMBER, int(number.value)))
    covered = {
        at for kind in ("presence_words", "wellness") for a, b, _ in line.of(kind) if b - a > 2 for at in range(a, b)
    }
    for first, after, value in line.of("negation"):
        if (
            value == "not"
            and (line.words[first] == "khong" or after - first > 1)
            and first not in taken | fields | covered
            and line.words[first] in ("khong", "chua")
        ):
            found.append(Item(first, after, ZERO))
    found += [
        Item(at, at + 1, BREAK)
        for at, word in enumerate(line.words)
        if word in BREAKS and not _is_inner_sign(scene, at)
    ]
    found += _colons(line, found)
    return sorted(found, key=lambda item: (item.first, -item.after))


def _is_result(words: list[str]) -> bool:
    """ "test nhanh dương tính", "test lên 2 vạch": a result, not a number of tests."""
    return bool({"duong", "am", "len", "ra", "vach", "cua"} & set(words))


def _colons(line: Line, found: list[Item]) -> list[Item]:
    """ "vắng 2 đồng chí: 1 ốm, 1 phép": a colon behind a figure ends it."""
    figures = [item.after for item in found if item.sort in (NUMBER, RATIO)]
    return [
        Item(at, at + 1, BREAK)
        for at, word in enumerate(line.words)
        if word == ":" and any(0 <= at - after <= 2 for after in figures)
    ]


def _is_inner_sign(scene: Scene, at: int) -> bool:
    line = scene.line
    return line.words[at] in ".," and line.is_glued(at) and at + 1 < len(line) and line.is_glued(at + 1)


def _taken(scene: Scene) -> set[int]:
    """Words of days, times, units and temperatures hold no figures."""
    line = scene.line
    taken = {at for when in scene.whens for at in range(when.first_word, when.after)}
    taken |= {at for first, after, _ in scene.units for at in range(first, after)}
    taken |= scene.time_words
    taken |= {at for kind in ("pronouns", "family") for a, b, _ in line.of(kind) if b - a > 2 for at in range(a, b)}
    for kind in ("weekdays", "traps"):
        taken |= {at for first, after, _ in line.of(kind) for at in range(first, after)}
    heat = [(each.start, each.end) for each in temperatures(line)] if line.of("temperature_words") else []
    if heat and (line.of("symptoms") or "do" in line.words):
        taken |= {at for at, start in enumerate(line.starts) for a, b in heat if a <= start < b}
    return taken


def _is_measure(scene: Scene, first: int, after: int) -> bool:
    """ "7 ngày", "60 lít", "12 triệu", "lần 2", "K15", "2 vạch"."""
    line = scene.line
    follower = line.words[after] if after < len(line) else ""
    if follower.isalpha() and line.is_glued(after) and not _is_noun(scene, after):
        return True
    if follower in ("vach", "gach", "%", "-", "/", "h", "tr", "k") and (follower != "-" or line.is_glued(after)):
        return True
    if any(start == after for start, _, _ in line.of("people_nouns")):
        return False
    if any(start == after for start, _, _ in line.of("not_counts")) and not any(
        start == after for start, _, _ in line.of("count_fields")
    ):
        return True
    before = line.words[first - 1] if first else ""
    if before in ("trieu", "tr", "nghin", "ngan", "ty", "gia", "luong"):
        return True
    glued = line.is_glued(first) and before.isalpha() and len(before) < 3
    is_named = any(end == first for _, end, _ in line.of("count_fields"))  # "tổng số 5" is no number 5
    return (before in NUMBERED and not is_named) or glued or (before in ("-", "/") and line.is_glued(first))


def _is_noun(scene: Scene, at: int) -> bool:
    """ "12khách", "3ng": the letters are what is counted."""
    return any(first == at for kind in ("count_fields", "people_nouns") for first, _, _ in scene.line.of(kind))


def blocks(scene: Scene, skipped: frozenset[int] = frozenset(), asked: str | None = None) -> list[Block]:
    """The figures of a message, cut where a new unit begins."""
    found = _table(scene)
    if found:
        return found
    all_items = items(scene, skipped)
    heads = _heads(scene, all_items)
    for at, (first, name, has_unit) in enumerate(heads):
        end = heads[at + 1][0] if at + 1 < len(heads) else len(scene.line)
        inside = [item for item in all_items if first <= item.first < end]
        values = _with_whole(scene, _paired(inside, scene.line), inside) or _inherited(found, inside, asked)
        if values or at == 0:
            found.append(Block(name, has_unit, first, values, end))
    return [block for block in found if block.values]


def _table(scene: Scene) -> list[Block]:
    """ "Đơn vị | Có mặt | Vắng", then "Cty A Long | 120 | 3": one block a row, if every row fits the head."""
    if "\n" not in scene.line.words:
        return []
    return [Block(row.unit, True, row.first, row.values, row.after) for row in table_rows(scene) if row.values]


def _with_whole(scene: Scene, values: dict[str, int], inside: list[Item]) -> dict[str, int]:
    """ "Phòng em 15 người, đi làm 13, ốm 1": heads named first, without a name, are all of them."""
    first = inside[0] if inside else None
    if (
        not values
        or first is None
        or first.sort != NUMBER
        or {"total", "visitors"} & set(values)
        or first.value < max(values.values())
    ):
        return values
    follower = [match for match in scene.line.of("people_nouns") if match[0] == first.after]
    stands_alone = len(inside) > 1 and inside[1].sort == BREAK
    return {"total": first.value, **values} if follower and stands_alone else values


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
    for first, after, name in scene.units:
        figures = [item for item in all_items if item.sort in (NUMBER, RATIO, ZERO)]
        before = [item for item in figures if (heads[-1][0] if heads else 0) <= item.first < first]
        if heads and not before:
            if heads[-1][1] is None and name:
                heads[-1] = (heads[-1][0], name, True)
            continue
        if before and not any(item.first >= after for item in figures):
            if not heads:
                heads.append((0, name, True))
            continue
        heads.append((first if heads or before else 0, name, True))
    if not heads:
        return [(0, None, False)]
    return heads if heads[0][0] == 0 else [(0, None, False), *heads]


def _paired(all_items: list[Item], line: Line) -> dict[str, int]:
    values: dict[str, int] = {}
    part: list[Item] = []
    for item in [*all_items, Item(-1, -1, BREAK)]:
        if item.sort == BREAK:
            for name, value in _pairs(part, line).items():
                if name == "visitors" and any(each.value == "total" for each in part):
                    values[name] = value
                values.setdefault(name, value)
            part = []
        else:
            part.append(item)
    return values


def _pairs(part: list[Item], line: Line) -> dict[str, int]:
    """Names and figures of one clause: "vắng 2 phép 1" or "9 onsite 3 remote"; a figure right before a name may also mean it."""
    values: dict[str, int] = {}
    shown = [item for item in part if item.sort != ZERO]
    if not any(item.sort in (NUMBER, RATIO) for item in shown):
        return _zeros(part, line)
    if _whole_first(shown):
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
            values.setdefault(str(item.value), figure.value)
            figure = name = None
        elif name is None or not _stays(name, item):
            name = item
    return values


def _whole_first(shown: list[Item]) -> bool:
    """ "tổ bảo vệ 16 có mặt 13 vắng 3": one figure more than names, before them all."""
    sorts = [item.sort for item in shown]
    return (
        len(sorts) >= 3
        and sorts == [NUMBER] + [FIELD, NUMBER] * (len(sorts) // 2)
        and shown[0].value >= max(item.value for item in shown if item.sort == NUMBER)
    )


def _names_first(shown: list[Item]) -> bool:
    sorts = [item.sort for item in shown if item.sort != RATIO]
    if not sorts:
        return False
    return sorts[0] == FIELD and not (sorts[1:3] == [FIELD, NUMBER] and sorts[-1] == FIELD)


def _put(values: dict[str, int], name: Item, figure: Item, shown: list[Item]) -> None:
    """ "tổng 54 lượt khách" is the number of visitors, not of staff."""
    follower = next((item for item in shown if item.first == figure.after), None)
    if name.value == "total" and follower is not None and follower.value == "visitors":
        values["visitors"] = figure.value
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
    return figure.first - name.after <= REACH or line.words[figure.first - 1] == "la"


def _take_ratio(values: dict[str, int], field: Item | None, item: Item) -> None:
    so_many, of_all = item.value
    few = field is not None and field.value in ("absent", "leave", "sick", "wfh")
    values.setdefault(str(field.value) if field and few else "present", so_many)
    values.setdefault("total", of_all)


def _zeros(part: list[Item], line: Line) -> dict[str, int]:
    """ "không có khách", "F0: không", "không có cháu nào vắng"."""
    zeros = [item for item in part if item.sort == ZERO]
    values = {}
    for field in (item for item in part if item.sort == FIELD and item.value not in NEVER_ZERO):
        for zero in zeros:
            gap = field.first - zero.after if zero.first < field.first else zero.first - field.after
            told = ":" in line.words[field.after : zero.first]
            if 0 <= gap <= (3 if zero.first < field.first else 4 if told else 1):
                values[str(field.value)] = 0
    return values

"""Parts line by line with their sum below: "Nộp hồ sơ: 6 / Đối chiếu: 3 / Cộng: 9 lượt" is one figure, not three."""

from typing import NamedTuple

from understanding.counting.counts import Block
from understanding.counting.tables import lines_of
from understanding.numbers import Number
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.scene import Scene

SUMS = function_words("tables.sums")
AROUND = frozenset("-–•*+.:=)|;,")
UNNAMED = "total"


class Part(NamedTuple):
    """A label and its one figure at the end of a line."""

    first: int
    after: int
    number: Number


def summed_list(scene: Scene) -> list[Block]:
    """One block with the sum, or one for each part that is a unit; none where no last line adds up the lines above."""
    if "\n" not in scene.line.words:
        return []
    lines = lines_of(scene.line)
    parts = [_part(scene, *bounds) for bounds in lines]
    last = parts[-1] if parts else None
    if last is None:
        return []
    if not SUMS & set(scene.line.words[last.first : last.number.first]):
        return _headed(scene, lines[0], parts[1:])
    above = _adding_up(parts[:-1], last.number.value)
    return _blocks(scene, above, last, (0, above[0].first)) if above else []


def _headed(scene: Scene, heading: tuple[int, int], parts: list[Part | None]) -> list[Block]:
    """ "Lượt khách đến 16h30:", then a unit and its figure a line: the heading names the figure."""
    line = scene.line
    names = _fields(scene, *heading)
    labels = [(part.first, _label_end(scene, part)) for part in parts if part is not None]
    if line.words[heading[1] - 1] != ":" or len(set(names)) != 1 or not 1 < len(labels) == len(parts):
        return []
    if any(_fields(scene, *label) or not _names_a_unit(scene, label) for label in labels):
        return []
    return [
        Block(line.written(*label), True, part.first, {names[0]: int(part.number.value)}, part.after)
        for label, part in zip(labels, parts, strict=True)
        if part is not None
    ]


def _label_end(scene: Scene, part: Part) -> int:
    end = part.number.first
    while end > part.first + 1 and scene.line.words[end - 1] in AROUND:
        end -= 1
    return end


def _names_a_unit(scene: Scene, label: tuple[int, int]) -> bool:
    """It begins with a unit word, or with two capitals."""
    line = scene.line
    capitals = sum(line.raw[at][:1].isupper() for at in range(*label))
    return capitals > 1 or any(first == label[0] for first, _, _ in line.of("units"))


def _adding_up(parts: list[Part | None], total: float) -> list[Part]:
    """The parts from below that make up the sum; a heading above them may end in a figure too ("Gói 4 - 10/6")."""
    above: list[Part] = []
    for part in reversed(parts):
        if part is None:
            break
        above.insert(0, part)
        if len(above) > 1 and sum(each.number.value for each in above) == total:
            return above
    return []


def _blocks(scene: Scene, above: list[Part], last: Part, heading: tuple[int, int]) -> list[Block]:
    if any(_fields(scene, part.first, part.number.first) for part in above):
        return []
    name = next(iter([*_fields(scene, last.first, last.after), *_fields(scene, *heading)]), UNNAMED)
    units = [_unit(scene, part) for part in above]
    if all(units):
        return [
            Block(unit, True, part.first, {name: int(part.number.value)}, part.after)
            for unit, part in zip(units, above, strict=True)
        ]
    unit = next((each for first, _, each in scene.units if each and first < heading[1]), None)
    return [Block(unit, unit is not None, 0, {name: int(last.number.value)}, last.after)]


def _fields(scene: Scene, first: int, after: int) -> list[str]:
    """The names of figures in a stretch of words, but for the bare total."""
    return [value for at, _, value in scene.line.of("count_fields") if first <= at < after and value != UNNAMED]


def _unit(scene: Scene, part: Part) -> str | None:
    """The label when it begins with a unit word."""
    heads = {first for first, _, _ in scene.line.of("units")}
    return next((name for first, _, name in scene.units if first == part.first and first in heads), None)


def _part(scene: Scene, first: int, after: int) -> Part | None:
    line = scene.line
    first = _past_signs(line, first, after)
    figures = [number for number in scene.numbers if first < number.first < after]
    if not figures or "|" in line.words[first:after] or not line.words[first].isalpha():
        return None
    nouns = {at for kind in ("people_nouns", "count_fields") for a, b, _ in line.of(kind) for at in range(a, b)}
    rest = [at for at in range(figures[-1].after, after) if line.words[at] not in AROUND]
    return Part(first, after, figures[-1]) if all(at in nouns for at in rest) else None


def _past_signs(line: Line, first: int, after: int) -> int:
    """Behind the dash or the running number of a line."""
    while first < after - 1 and (line.words[first] in AROUND or _is_running(line, first)):
        first += 1
    return first


def _is_running(line: Line, at: int) -> bool:
    return line.words[at].isdecimal() and line.words[at + 1] in (".", ")", "-", "/")

"""Tables typed or pasted over several lines: a row of names, then a row of figures for each unit."""

import re
from itertools import pairwise
from typing import NamedTuple

from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.scene import Scene

SUMS = function_words("tables.sums")
EDGES = "|.)-:"
WIDE_GAP = re.compile(r"\s{2,}")

Cell = tuple[int, int]
"""First word and word after the last; empty cells have none."""


class Row(NamedTuple):
    unit: str
    first: int
    after: int
    values: dict[str, int]


SHORT_HEADS = {
    "co": "present",
    "ts": "total",
    "p": "leave",
    "v": "absent",
    "ct": "field",
    "o": "sick",
    "hien co": "present",
}
"""Heads of columns too short to mean anything in a sentence."""
PLAINLY = {"school": "present", "on_duty": "present", "nobody": "visitors"}
"""What a word means as the head of a column that means more than one thing in a sentence."""


def table_rows(scene: Scene) -> list[Row]:
    """The rows below a head with at least two names of figures, if every one of them fits it."""
    lines = lines_of(scene.line)
    for at, head in enumerate(lines[:-1]):
        fields = _fields_of_cells(scene, _cells(scene.line, *head)) if _is_head(scene, head) else {}
        if len(fields) >= 2:
            rows = [_row(scene, each, head, fields) for each in lines[at + 1 :]]
            found = [row for row in rows if row is not None]
            return [row for row in found if row.unit] if len(found) == len(rows) else []
    return []


def lines_of(line: Line) -> list[Cell]:
    lines, first = [], 0
    for at in range(len(line.words) + 1):
        if at == len(line.words) or line.words[at] == "\n":
            if at > first:
                lines.append((first, at))
            first = at + 1
    return lines


def _is_head(scene: Scene, bounds: Cell) -> bool:
    """No digits but those of "F0" and "F1"."""
    line = scene.line
    named = {at for first, after, _ in line.of("count_fields") for at in range(first, after)}
    return not any(line.words[at].isdecimal() and at not in named for at in range(*bounds))


def _cells(line: Line, first: int, after: int) -> list[Cell]:
    """Cut at bars; without them at wide gaps."""
    cuts = [at for at in range(first, after) if line.words[at] == "|"]
    if cuts:
        bounds = [first - 1, *cuts, after]
        cells = [(a + 1, b) for a, b in pairwise(bounds)]
        return cells[cells[0][0] == cells[0][1] : len(cells) - (cells[-1][0] == cells[-1][1])]
    gaps = [at for at in range(first + 1, after) if WIDE_GAP.search(line.text[line.ends[at - 1] : line.starts[at]])]
    bounds = [first, *gaps, after]
    return list(pairwise(bounds))


def _fields_of_cells(scene: Scene, cells: list[Cell]) -> dict[int, str]:
    """Which column holds which figure; a head without cells numbers its names in order."""
    fields = scene.line.of("count_fields")
    if len(cells) == 1:
        names = [PLAINLY.get(value, value) for first, _, value in fields if cells[0][0] <= first < cells[0][1]]
        return dict(enumerate(names)) if len(set(names)) == len(names) else {}
    found: dict[int, str] = {}
    for column, (first, after) in enumerate(cells):
        name = next((value for at, _, value in fields if first <= at < after), None)
        name = name or SHORT_HEADS.get(" ".join(scene.line.words[first:after]))
        if name and name not in found.values():
            found[column] = PLAINLY.get(name, name)
    return found


def _row(scene: Scene, bounds: Cell, head: Cell, fields: dict[int, str]) -> Row | None:
    """One line of figures; a line of sums is a row without a unit."""
    cells, wanted = _cells(scene.line, *bounds), len(_cells(scene.line, *head))
    row = _by_columns(scene, cells, fields) if len(cells) == wanted > 1 else _by_tail(scene, bounds, fields)
    if row is None:
        return None
    words = set(scene.line.words[bounds[0] : bounds[1]])
    return Row("" if words & SUMS and not row[0] else row[0], *bounds, row[1])


def _by_columns(scene: Scene, cells: list[Cell], fields: dict[int, str]) -> tuple[str, dict[str, int]] | None:
    line = scene.line
    values = {}
    for column, name in fields.items():
        first, after = cells[column]
        figures = [number for number in scene.numbers if first <= number.first < after]
        if len(figures) > 1 or (not figures and any(line.words[at].isalpha() for at in range(first, after))):
            return None
        if figures:
            values[name] = int(figures[0].value)
    texts = [cell for column, cell in enumerate(cells) if column not in fields and _has_letters(line, cell)]
    return _unit_name(line, texts[0] if texts else None), values


def _by_tail(scene: Scene, bounds: Cell, fields: dict[int, str]) -> tuple[str, dict[str, int]] | None:
    """ "1 Cty A Long 120 118 2": the last figures are those of the head, what stands before them is the unit."""
    line = scene.line
    first, after = bounds
    figures = [number for number in scene.numbers if first <= number.first < after][-len(fields) :]
    if len(figures) != len(fields) or any(line.words[at].isalpha() for at in range(figures[0].first, after)):
        return None
    values = {name: int(number.value) for name, number in zip(fields.values(), figures, strict=True)}
    return _unit_name(line, (first, figures[0].first)), values


def _has_letters(line: Line, cell: Cell) -> bool:
    return any(line.words[at].isalpha() for at in range(*cell))


def _is_running(line: Line, at: int, after: int) -> bool:
    """The number of a row; in "6A" it belongs to the name."""
    return line.words[at].isdecimal() and not (
        at + 1 < after and line.is_glued(at + 1) and line.words[at + 1].isalpha()
    )


def _unit_name(line: Line, cell: Cell | None) -> str:
    """Without the running number before it and the signs around it; none for a row of sums."""
    if cell is None:
        return ""
    first, after = cell
    while first < after and (_is_running(line, first, after) or line.words[first] in EDGES):
        first += 1
    while first < after and line.words[after - 1] in EDGES:
        after -= 1
    if first == after or set(line.words[first:after]) <= SUMS:
        return ""
    return line.written(first, after)

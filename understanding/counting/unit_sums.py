"""A unit and its whole, then parts that add up to it: "khoa 18, trực 7, nghỉ bù 11" tells of eighteen heads, not of unit 18."""

from understanding.counting.counts import Block
from understanding.numbers import Number
from understanding.phrases.gates import FIGURES, gate
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

AT_WORK = function_words("heads.at_work")
PARTS = frozenset({"present", "absent", "leave", "sick", "wfh", "field"})
FEWEST = 3
OPEN = gate(lists={"units"})
LONGEST_LABEL = 4


def unit_sum(scene: Scene) -> list[Block]:
    """One block without the name of a unit; none unless the parts have labels and add up."""
    line = scene.line
    if not line.gates & OPEN or not line.gates & FIGURES:
        return []
    figures = [each for each in scene.numbers if each.first not in scene.time_words]
    if len(figures) < FEWEST:
        return []
    whole, parts = figures[0], figures[1:]
    heads = {after for first, after, value in line.of("units") if value == "unit" and line.clauses[first] == 0}
    if whole.first not in heads or sum(each.value for each in parts) != whole.value:
        return []
    values: dict[str, int] = {"total": int(whole.value)}
    for before, part in zip(figures, parts, strict=False):
        label = _label(scene, before, part)
        if label is None or label in values:
            return []
        values[label] = int(part.value)
    return [Block(None, False, 0, values, len(line))]


def _label(scene: Scene, before: Number, part: Number) -> str | None:
    """The name of a figure that ends right before it; "làm", "đi" tell who came."""
    line = scene.line
    if part.first - before.after > LONGEST_LABEL or part.first in scene.muted:
        return None
    named = [value for _, after, value in line.of("count_fields") if after == part.first and value in PARTS]
    if named:
        return named[0]
    return "present" if line.typed[part.first - 1] in AT_WORK else None

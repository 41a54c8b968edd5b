"""A unit and its whole, then parts that add up to it: "khoa 18, trực 7, nghỉ bù 11" tells of eighteen heads, not of unit 18."""

from itertools import pairwise

from understanding.counting.counts import Block
from understanding.counting.wholes import PARTS
from understanding.numbers import Number
from understanding.phrases.gates import FIGURES, gate
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

AT_WORK = function_words("heads.at_work")
FEWEST = 3
OPEN = gate(lists={"units"})
LONGEST_LABEL = 4


def unit_sum(scene: Scene) -> list[Block]:
    """One block without the name of a unit; none unless the parts have labels and add up."""
    line = scene.line
    named = any(value == "total" for _, _, value in line.of("count_fields"))
    if named or not line.gates & OPEN or not line.gates & FIGURES or len(scene.numbers) < FEWEST:
        return []
    inside = {
        at
        for first, after, name in scene.units
        if (name and after - first > 2) or line.words[after : after + 1] == [":"]
        for at in range(first, after)
    } | scene.time_words
    figures = [each for each in scene.numbers if each.first not in inside]
    if len(figures) < FEWEST:
        return []
    whole, parts = figures[0], figures[1:]
    if sum(each.value for each in parts) != whole.value:
        return []
    unit = _unit(scene, whole)
    labels = [_label(scene, before, part) for before, part in pairwise(figures)] if unit is not None else []
    if not labels or None in labels or len(set(labels)) < len(labels):
        return []
    told = dict(zip(map(str, labels), (int(part.value) for part in parts), strict=True))
    return [Block(unit or None, bool(unit), 0, {"total": int(whole.value), **told}, len(line))]


def _unit(scene: Scene, whole: Number) -> str | None:
    """The name before the whole, "" where a unit word alone stands there, none where nothing does."""
    line = scene.line
    if any(after == whole.first for _, after, value in line.of("units") if value == "unit"):
        return ""
    at = whole.first - (line.words[max(whole.first - 1, 0)] == ":")
    return next((name for _, after, name in scene.units if name and after == at), None)


def _label(scene: Scene, before: Number, part: Number) -> str | None:
    """The name of a figure that ends right before it; "làm", "đi" tell who came."""
    line = scene.line
    if part.first - before.after > LONGEST_LABEL or part.first in scene.muted:
        return None
    named = [value for _, after, value in line.of("count_fields") if after == part.first and value in PARTS]
    if named:
        return named[0]
    return "present" if line.typed[part.first - 1] in AT_WORK else None

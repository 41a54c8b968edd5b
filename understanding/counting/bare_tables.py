"""Figures whose name is not said: "Ca A: 31 | Ca B: 29", "ca 1 có 22, ca 2 có 18", and sums over the parts of a day."""

from understanding.counting.counts import Block
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

WORKERS = function_words("tables.workers")
LINKS = frozenset({":", "co", "-", "="})
ENDS = frozenset({",", ";", "|", ".", "\n", "va"})


def rows_of_units(scene: Scene) -> list[Block]:
    """Two or more units that hold workers, each with one figure and nothing else: so many are there, to be asked."""
    line = scene.line
    if line.of("count_fields") or len(line.of("units")) < 2:
        return []
    found = []
    for first, after, name in scene.units:
        if name is None or line.words[first] not in WORKERS or first in scene.muted:
            continue
        start = after + (line.words[after : after + 1] != [] and line.words[after] in LINKS)
        number = next((each for each in scene.numbers if each.first == start and start > after), None)
        if number is None or not _ends(scene, number.after):
            return []
        found.append(Block(name, True, first, {"present": int(number.value)}, number.after))
    return found if len(found) > 1 else []


def _ends(scene: Scene, at: int) -> bool:
    line = scene.line
    nouns = {first: after for first, after, _ in line.of("people_nouns")}
    at = nouns.get(at, at)
    return at >= len(line) or line.words[at] in ENDS


def _tells_of_guests(scene: Scene, block: Block) -> bool:
    """ "3 đoàn khách, hết thảy 28 người"."""
    after = block.after or len(scene.line)
    return any(value == "visitors" and block.first <= at < after for at, _, value in scene.line.of("count_fields"))


def with_sum(scene: Scene, block: Block) -> Block:
    """ "sáng 19 khách chiều 22 khách, tổng 41", "thêm 5 khách, cả ngày 17": the sum is the number of visitors."""
    total = block.values.get("total")
    if set(block.values) == {"total"} and _tells_of_guests(scene, block):
        return block._replace(values={"visitors": block.values["total"]})
    if total is None or set(block.values) != {"visitors", "total"} or total < block.values["visitors"]:
        return block
    after = block.after or len(scene.line)
    parts = [each.value for each in scene.numbers if block.first <= each.first < after and each.value != total]
    words = scene.line.bag
    is_sum = sum(parts) == total or ("ngay" in words and "them" in words)
    return block._replace(values={"visitors": total}) if is_sum else block

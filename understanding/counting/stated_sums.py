"""Parts with their sum in one line: "sáng 12+9+4, chiều 7, vị chi 32", "quầy 1 được 12, quầy 2 9, tổng 21 lượt"."""

from understanding.counting.counts import Block
from understanding.numbers import Number
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

BEFORE_SUM = function_words("counts.before_sum")
GUESTS = "visitors"
FEWEST = 3
REACH = 3


def stated_sum(scene: Scene) -> list[Block]:
    """The guests of a day that are told in parts and added up, or one block for each unit whose part it is."""
    line = scene.line
    if not line.has_digits or len(scene.numbers) < FEWEST or BEFORE_SUM.isdisjoint(line.words):
        return []
    figures = _figures(scene)
    if (
        len(figures) < FEWEST
        or sum(each.value for each in figures[:-1]) != figures[-1].value
        or not _is_of_guests(scene)
    ):
        return []
    parts, total = figures[:-1], figures[-1]
    if not BEFORE_SUM & set(line.words[max(total.first - REACH, 0) : total.first]):
        return []
    named = [(first, after, name) for first, after, name in scene.units if name]
    if (
        named
        and len(named) == len(parts)
        and all(0 <= n.first - unit[1] <= 1 for n, unit in zip(parts, named, strict=True))
    ):
        return [
            Block(name, True, first, {GUESTS: int(number.value)}, number.after)
            for number, (first, _, name) in zip(parts, named, strict=True)
        ]
    unit = named[0][2] if len(named) == 1 else None
    return [Block(unit, unit is not None, 0, {GUESTS: int(total.value)}, len(line))]


def _figures(scene: Scene) -> list[Number]:
    """All whole numbers that name no unit, no time and no day; none where one is muted."""
    inside = scene.words_of_units | scene.time_words
    inside |= scene.busy_days
    figures = [n for n in scene.numbers if n.first not in inside and n.value == int(n.value)]
    return [] if any(n.first in scene.muted for n in figures) else figures


def _is_of_guests(scene: Scene) -> bool:
    asked = scene.context.split(":")[2:3] or [GUESTS]
    told = any(value == GUESTS for _, _, value in scene.line.of("count_fields"))
    return told or (scene.context.startswith("reply_to:daily_count") and asked == [GUESTS])

"""One figure on several days: "Thứ Hai 23/02: 14 lượt; Thứ Ba 24/02: 09 lượt; thứ Tư không có khách"."""

from datetime import date

from understanding.counting.counts import Block
from understanding.dates import When
from understanding.numbers import Number
from understanding.scene import Scene


def days_in_turn(scene: Scene, parts: list[Block]) -> list[tuple[date, Block]]:
    """The block of each day, when every day of the past is followed by one figure of the same name; else none."""
    if len(parts) != 1 or len(parts[0].values) != 1:
        return []
    named = [(when, _past(scene, when)) for when in scene.whens if when.sort == "day"]
    days = [(when, day) for when, day in named if day <= scene.today]
    if len({day for _, day in days}) < 2:
        return []
    name, unit = next(iter(parts[0].values)), parts[0].unit
    found = []
    for at, (when, day) in enumerate(days):
        end = days[at + 1][0].first_word if at + 1 < len(days) else len(scene.line)
        figures = [int(number.value) for number in _figures(scene, when.after, end)] or _nobody(scene, when.after, end)
        if len(figures) != 1:
            return []
        found.append((day, Block(unit, bool(unit), when.first_word, {name: figures[0]}, end)))
    return found


def _past(scene: Scene, when: When) -> date:
    """Figures are told of days that were: of a weekday the last one."""
    return when.back if when.first > scene.today and when.back else when.first


def _nobody(scene: Scene, first: int, after: int) -> list[int]:
    """ "thứ Tư không có khách"."""
    denied = any(first <= at < after and value == "not" for at, _, value in scene.line.of("negation"))
    return [0] if denied and any(first <= at < after for at, _, _ in scene.line.of("count_fields")) else []


def _figures(scene: Scene, first: int, after: int) -> list[Number]:
    return [n for n in scene.numbers if first <= n.first < after and n.first not in scene.muted | scene.time_words]

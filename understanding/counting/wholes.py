"""A figure before all others, without a name, that is all of them: "tổ bảo vệ 16 có mặt 13 vắng 3"."""

from understanding.counting.count_items import BREAK, FIELD, NUMBER, RATIO, Item
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.scene import Scene

TURNS = function_words("counts.whole_turns")
AWAY = ("absent", "leave", "sick")
PARTS = frozenset({"present", "absent", "leave", "sick", "wfh", "field"})
"""Figures that are parts of all heads."""


def whole_first(shown: list[Item], line: Line) -> bool:
    """ "tổ bảo vệ 16 có mặt 13 vắng 3": one figure more than names, before them all; not "2 bé ốm 1 bé về quê"."""
    sorts = [item.sort for item in shown]
    if len(sorts) < 3 or sorts != [NUMBER] + [FIELD, NUMBER] * (len(sorts) // 2):
        return False
    figures = [item.value for item in shown if item.sort == NUMBER]
    if figures[0] < max(figures) or not {item.value for item in shown if item.sort == FIELD} <= PARTS:
        return False
    last = shown[-1]
    if last.after < len(line) and line.words[last.after].isalpha() and _counts_more(line, last.after):
        return False
    noun = any(first == shown[0].after for first, _, _ in line.of("people_nouns"))
    heads_again = any(first == last.after for first, _, _ in line.of("people_nouns"))
    is_away = shown[1].value == "absent" and (heads_again or shown[1].after == shown[2].first)
    return shown[1].value == "present" or not noun or is_away or figures[0] == sum(figures[1:3])


def _counts_more(line: Line, at: int) -> bool:
    """The "đi học" of "2 phép 1 đi học": the last figure has a name too, though no list knows it."""
    known = any(first == at for kind in ("people_nouns", "day_words", "pronouns") for first, _, _ in line.of(kind))
    return line.words[at] == "di" and not known


def without_small_whole(values: dict[str, int], inside: list[Item]) -> dict[str, int]:
    """ "vắng 4 cháu, 2 cháu ốm 2 cháu về quê": heads that nobody called all of them cannot be fewer than those away."""
    named = any(item.sort == RATIO or item.value == "total" for item in inside)
    away = max((values[name] for name in AWAY if name in values), default=0)
    if named or values.get("total", away) >= away:
        return values
    return {name: value for name, value in values.items() if name != "total"}


def with_whole(scene: Scene, values: dict[str, int], inside: list[Item]) -> dict[str, int]:
    """ "Phòng em 15 người, đi làm 13, ốm 1": heads named first, without a name, are all of them."""
    if not values or "total" in values:
        return values
    inside = inside[next((at for at, item in enumerate(inside) if item.sort != BREAK), 0) :]
    first = inside[0] if inside else None
    if first is None or first.sort != NUMBER or "visitors" in values or first.value < max(values.values()):
        return values
    line = scene.line
    noun = next((end for start, end, _ in line.of("people_nouns") if start == first.after), None)
    if noun is None or len(inside) == 1:
        return values
    turns = not TURNS.isdisjoint(line.words[noun : noun + 1])
    ends = turns or inside[1].sort == BREAK
    if ends and "present" not in values and any(after == first.first for _, after, _ in line.of("day_words")):
        return {"present": first.value, **values}  # "Lớp em hôm nay 19 cháu. Nghỉ 4"
    is_whole = turns or (ends and _only_days(line, noun, inside[1].first))
    return {"total": first.value, **values} if is_whole else values


def _only_days(line: Line, first: int, after: int) -> bool:
    """ "7 người hôm nay, …": nothing is told of them but the day."""
    days = {at for a, b, _ in line.of("day_words") for at in range(a, b)}
    return days.issuperset(range(first, after))

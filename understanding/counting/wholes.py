"""A figure before all others, without a name, that is all of them: "tổ bảo vệ 16 có mặt 13 vắng 3"."""

from understanding.counting.count_items import FIELD, NUMBER, RATIO, Item
from understanding.phrases.line import Line

AWAY = ("absent", "leave", "sick")
HEADS = frozenset({"present", "absent", "leave", "sick", "wfh", "field"})
"""Figures that are parts of all heads."""


def whole_first(shown: list[Item], line: Line) -> bool:
    """ "tổ bảo vệ 16 có mặt 13 vắng 3": one figure more than names, before them all; not "2 bé ốm 1 bé về quê"."""
    sorts = [item.sort for item in shown]
    if len(sorts) < 3 or sorts != [NUMBER] + [FIELD, NUMBER] * (len(sorts) // 2):
        return False
    figures = [item.value for item in shown if item.sort == NUMBER]
    if figures[0] < max(figures) or not {item.value for item in shown if item.sort == FIELD} <= HEADS:
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

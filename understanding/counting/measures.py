"""Figures that count no heads: lengths, money, numbers of something, parts of a code."""

from understanding.counting.unit_numbers import numbers_units
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

COMPARED = frozenset("><=≥≤")
WORTH = function_words("counts.worth")
NUMBERED = function_words("counts.numbered")
MOST_DIGITS = 8
"""With its dots: nobody counts millions of heads in a day."""


def is_measure(scene: Scene, first: int, after: int) -> bool:
    """ "7 ngày", "60 lít", "12 triệu", "lần 2", "K15", "2 vạch"."""
    line = scene.line
    follower = line.words[after] if after < len(line.words) else ""
    if is_code(line.words[first:after]) or (follower.isalpha() and line.is_glued(after) and not _is_noun(scene, after)):
        return True
    if follower in ("vach", "gach", "%", "-", "/", "h", "tr", "k") and (follower != "-" or line.is_glued(after)):
        return True
    before = line.words[first - 1] if first else ""
    if before in COMPARED or numbers_units(line, first, after):
        return True
    if any(start == after for start, _, _ in line.of("people_nouns")):
        return False
    if any(start == after for start, _, _ in line.of("not_counts")) and not any(
        start == after or (follower == "do" and start == after + 1)  # "vang 1 do om" typed bare: no degree
        for start, _, _ in (*line.of("count_fields"), *scene.units)
    ):
        return True
    glued = line.is_glued(first) and (before in ("-", "/") or (before.isalpha() and len(before) < 3))
    return glued or before in WORTH or (before in NUMBERED and not _is_behind_a_name(scene, first))


def _is_behind_a_name(scene: Scene, at: int) -> bool:
    """ "tổng số 5" is no number 5, "dương 3" no street."""
    line = scene.line
    if line.words[at - 1] == "duong" and line.typed[at - 1] == "dương":
        return True
    return any(end == at for _, end, _ in (*line.of("count_fields"), *scene.units))


def is_code(figures: list[str]) -> bool:
    """ "đuôi 0823" is part of an account, "4.350.000" money: no heads."""
    if not figures[0].isdecimal():
        return False
    return (figures[0][0] == "0" and len(figures[0]) > 2) or sum(len(each) for each in figures) > MOST_DIGITS


def _is_noun(scene: Scene, at: int) -> bool:
    """ "12khách", "3ng": the letters are what is counted."""
    return any(first == at for kind in ("count_fields", "people_nouns") for first, _, _ in scene.line.of(kind))

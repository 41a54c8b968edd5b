"""Several units in one sentence, each with its figure: "Chi nhánh Đô Lương vắng ba, Yên Thành vắng một, Diễn Châu đủ"."""

from collections.abc import Iterator
from typing import NamedTuple

from understanding.counting.count_items import BREAK, FIELD, NUMBER, ZERO, Item, items
from understanding.counting.counts import Block
from understanding.numbers import Number
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

CUTS = frozenset({",", ";", "\n", "."})
CLOSING = function_words("turns.closing")
SKIPPED = function_words("turns.opening") | frozenset("-•+*")
"""Greetings and list signs before a name."""
LINKS = function_words("turns.links")
NO_NAMES = function_words("turns.no_names")
FULL_BEHIND = function_words("counts.behind_full") | {"nguoi", "mat"}
AWAY = frozenset({"absent", "leave", "sick"})
TWO, LONGEST_NAME = 2, 6
NOT_OF_NAMES = ("count_fields", "day_words", "pronouns", "travel_words", "correction_words", "presence_words")


class Turn(NamedTuple):
    """One unit: where its name stands, the name of its figure if it is said, and the figure, or a part and its whole."""

    first: int
    after: int
    field: str | None
    value: int
    whole: int | None = None
    is_full: bool = False


def units_in_turn(scene: Scene) -> list[Block]:
    """One block a unit; none unless every part of the sentence is a name and a figure, and one of the figures has a name."""
    line = scene.line
    if CUTS.isdisjoint(line.bag) or len(scene.numbers) + line.words.count("du") < TWO or "?" in line.bag:
        return []
    parts = []
    for part in _parts(scene):
        if _is_no_name(scene, part[0]):
            return []
        parts.append(part)
    if len(parts) < TWO:
        return []
    found = items(scene, frozenset())
    turns = []
    for first, after in parts:
        turn = _turn(scene, found, first, after)
        if turn is None:
            return []
        turns.append(turn)
    if len(turns) < TWO or not _are_units(scene, turns):
        return []
    return list(_blocks(scene, turns, is_split=not _are_told_fully(scene, turns)))


def _is_no_name(scene: Scene, first: int) -> bool:
    """A part that begins with a figure or with the name of one: seen at a glance, and most are of this sort."""
    line = scene.line
    if line.words[first].isdecimal():
        return True
    is_field = any(first == at for at, _, _ in line.of("count_fields"))
    return is_field and not any(first == at for at, _, _ in (*scene.units, *line.of("units")))


def _are_told_fully(scene: Scene, turns: list[Turn]) -> bool:
    """Every figure has its own name, and every unit a word that makes it one or a capital: nothing to ask."""
    line = scene.line
    heads = {first for first, _, name in scene.units if name} | {first for first, _, _ in line.of("unit_names")}
    return all(turn.field and (turn.first in heads or line.raw[turn.first][:1].isupper()) for turn in turns)


def _parts(scene: Scene) -> Iterator[tuple[int, int]]:
    """Between the signs, without greetings and days at the edges; parts that hold nothing else are left out."""
    line, first = scene.line, 0
    inside = {at for number in scene.numbers for at in range(number.first + 1, number.after)}
    slashed = {each.first for each in scene.fractions}
    days = {at for when in scene.whens if when.first_word not in slashed for at in range(when.first_word, when.after)}
    days |= {at for kind in ("day_words", "day_parts") for a, b, _ in line.of(kind) for at in range(a, b)}
    units = {a for a, _, _ in (*scene.units, *line.of("units"))}
    for at in [*(at for at, word in enumerate(line.words) if word in CUTS), len(line.words)]:
        if at in inside or _is_inner_dot(scene, at):
            continue
        start, after = first, at
        while start < after and start not in units and (line.words[start] in SKIPPED or start in days):
            start += 1
        while start < after and (line.words[after - 1] in CLOSING or after - 1 in days):
            after -= 1
        if start < after:
            yield start, after
        first = at + 1


def _is_inner_dot(scene: Scene, at: int) -> bool:
    line = scene.line
    return line.words[at : at + 1] == ["."] and at + 1 < len(line.words) and line.is_glued(at) and line.is_glued(at + 1)


def _turn(scene: Scene, found: list[Item], first: int, after: int) -> Turn | None:
    """ "Yên Thành vắng một", "Diễn Châu đủ", "thẩm phán 6/7", "quầy 3 không ai", "La Ngà 0"."""
    line = scene.line
    inside = [item for item in found if first <= item.first < after and item.sort != BREAK]
    names = [item.first for item in inside if item.sort == FIELD]
    fields = {str(item.value) for item in inside if item.sort == FIELD}
    ratio = next((each for each in scene.fractions if first < each.first < after), None)
    if ratio is not None:
        fits = fields <= {"present", "total"} and ratio.first not in scene.muted
        fits = fits and _only_nouns(scene, ratio.after, after, found)
        told = Turn(0, 0, "present", ratio.part, ratio.whole)
        return _named(scene, first, min([ratio.first, *names]), told) if fits else None
    full = next((at for at in range(first + 1, after) if line.words[at] == "du" and line.means(at, "đủ")), None)
    if full is not None:
        fits = not any(item.sort in (NUMBER, ZERO) for item in inside) and full not in scene.muted
        fits = fits and FULL_BEHIND.issuperset(line.words[full + 1 : after])
        return _named(scene, first, min([full, *names]), Turn(0, 0, "absent", 0, None, True)) if fits else None
    figure = _figure(scene, inside, first, after)
    if figure is None or len(fields) > 1 or not _only_nouns(scene, figure.after, after, found):
        return None
    told = Turn(0, 0, next(iter(fields), None), int(figure.value))
    return _named(scene, first, min([figure.first, *names]), told)


def _figure(scene: Scene, inside: list[Item], first: int, after: int) -> Number | None:
    """The one figure that counts, or the denial that is nought; a number before it belongs to the name."""
    busy = scene.time_words | scene.muted
    figures = [each for each in scene.numbers if first < each.first < after and each.first not in busy]
    zeros = [item for item in inside if item.sort == ZERO]
    if zeros:
        fits = len(zeros) == 1 and all(each.after <= zeros[0].first for each in figures)
        return Number(zeros[0].first, zeros[0].after, 0) if fits else None
    if not figures or figures[-1].value != int(figures[-1].value):
        return None
    last = figures[-1]
    is_name = last.after == last.first + 1 and any(b == last.first for _, b, _ in scene.line.of("units"))
    return None if is_name and last.after < after else last  # "quầy 3 nghỉ"


def _only_nouns(scene: Scene, first: int, after: int, found: list[Item]) -> bool:
    """Behind the figure stands at most who is counted and what it is called."""
    line = scene.line
    known = {at for a, b, _ in line.of("people_nouns") for at in range(a, b)}
    known |= {at for item in found if item.sort == FIELD for at in range(item.first, item.after)}
    return all(at in known or line.words[at] in CLOSING for at in range(first, after))


def _named(scene: Scene, first: int, after: int, turn: Turn) -> Turn | None:
    """The turn with its name, unless it has none or what stands there cannot be one."""
    line = scene.line
    days = {at for a, b, _ in line.of("day_words") for at in range(a, b)}
    while after > first + 1 and (line.words[after - 1] in LINKS or after - 1 in days):
        after -= 1
    words = line.words[first:after]
    if not 0 < len(words) <= LONGEST_NAME or NO_NAMES & set(words) or not line.words[first].isalnum():
        return None
    if any(not (word.isalnum() or word in "-&./") for word in words) or words[0].isdecimal():
        return None
    if any(first < at < after and line.words[at].isdecimal() and at < after - 1 for at in range(first, after)):
        return None
    units = {at for a, b, _ in (*scene.units, *line.of("units")) for at in range(a, b)}
    if turn.field is None and first not in units and not line.raw[first][:1].isupper():
        return None  # "booth đón 860 khách, lead 120"
    strange = {at for kind in NOT_OF_NAMES for at, _, _ in line.of(kind) if not line.raw[at][:1].isupper()}
    strange |= {p.first for p in scene.people if p.name and (after == first + 1 or line.raw[p.first].islower())}
    if any(at in strange and at not in units for at in range(first, after)):
        return None
    return turn._replace(first=first, after=after)


def _are_units(scene: Scene, turns: list[Turn]) -> bool:
    """One of them at least is known by its word, or figures so told are told of units: "hội thẩm vắng 1, thư ký đủ"."""
    line = scene.line
    spans = [(a, b) for a, b, name in scene.units if name] + [(a, b) for a, b, _ in line.of("unit_names")]
    known = any(a < turn.after and turn.first < b for a, b in spans for turn in turns)
    told = [turn for turn in turns if turn.field is not None]
    if not told or (len(told) == 1 and told[0].is_full):
        return False
    return known or any(turn.is_full for turn in turns)


def _blocks(scene: Scene, turns: list[Turn], *, is_split: bool) -> Iterator[Block]:
    """A figure without a name means what the one before meant, or what the first one that is named means."""
    field = next((turn.field for turn in turns if turn.field and not turn.is_full and turn.whole is None), None)
    for turn in turns:
        if turn.field and not turn.is_full and turn.whole is None:
            field = turn.field
        meant = turn.field or field
        if meant is None:
            continue
        values = {meant: turn.value} if turn.whole is None else {"present": turn.value, "total": turn.whole}
        yield Block(scene.line.written(turn.first, turn.after), True, turn.first, values, turn.after, is_split)

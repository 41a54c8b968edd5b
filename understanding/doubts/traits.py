"""What a message is weighed by: its words, its phrases in their order, what of it is mere talk, who and when is spoken of."""

from collections.abc import Callable
from itertools import chain, pairwise
from typing import Any, NamedTuple

from understanding.mishaps.built_incidents import SIGNS
from understanding.phrases.gates import gate
from understanding.phrases.lexicon import lists
from understanding.phrases.line import Line
from understanding.scene import Scene

BUILT = gate(SIGNS)
UNTELLING = "given_names"
"""Found in too many words to tell anything."""
BY_LIST = frozenset({"provinces", "towns", "countries", "places_with_care", "ambiguous_places", "others"})
"""Of these only that there is one counts, not which."""
SHORT = 14
"""A longer meaning is a name of its own, and counts as one of its list."""
WORDS_A_STEP, MOST_STEPS = 4, 6
MOST_LINES, MOST_NUMBERS, MOST_DAYS = 3, 3, 2
INSIDE = " "
"""Marks the words of a phrase behind its first one; no phrase is called so."""
LAST = "~"
"""Behind all names of phrases in the order of letters."""
MOST_SIGNS = 5_000


class Sign(NamedTuple):
    """A meaning of a list: its name as a phrase (none where that tells nothing), and the traits it brings when told and when only talked of."""

    phrase: str
    told: tuple[Any, Any]
    talked: tuple[Any, Any]


class Signs(dict[str, Sign]):
    """The meanings of one list, as they were met."""

    def __init__(self, kind: str, single: Callable[[str], Any]) -> None:
        super().__init__()
        self.kind, self.single = kind, single

    def __missing__(self, value: str) -> Sign:
        kind, single = self.kind, self.single
        meaning = "" if kind in BY_LIST or len(value) > SHORT else value
        told, talked = ((single(sign + kind), single(f"{sign}{kind}={value}")) for sign in "@?")
        sign = Sign("" if kind == UNTELLING else f"<{kind}={meaning}>", told, talked)
        if len(self) < MOST_SIGNS:
            self[value] = sign
        return sign


class Catalogue(NamedTuple):
    """What stands for a trait, its number or its name: for a single one, for two phrases in a row, for each meaning of a list."""

    single: Callable[[str], Any]
    pair: Callable[[tuple[str, str]], Any]
    signs: Callable[[str], Signs]


def catalogue(single: Callable[[str], Any], pair: Callable[[tuple[str, str]], Any]) -> Catalogue:
    return Catalogue(single, pair, {kind: Signs(kind, single) for kind in lists()}.__getitem__)


def traits(scene: Scene, catalogue: Catalogue) -> set[Any]:
    """Single words as typed; phrases by their meaning, single and two in a row; lists told or only talked of; sizes; what came before."""
    single, pair, signs = catalogue
    line, muted = scene.line, scene.muted
    met = [
        (first, after, of_list[value])
        for kind, matches in line.found.items()
        for of_list in (signs(kind),)
        for first, after, value in matches
    ]
    phrases = ["^", *_phrases(line, met), "$"]
    told = [sign.talked if first in muted else sign.told for first, _, sign in met]
    found = {*chain.from_iterable(told), *map(pair, pairwise(phrases))}
    found.update(map(single, chain(_plain(line, line.typed), phrases, _sizes(scene))))
    found.discard(None)
    return found


def _sizes(scene: Scene) -> list[str]:
    line, words = scene.line, len(scene.line.words) or 1
    sizes = [
        f"words:{min(MOST_STEPS, words // WORDS_A_STEP)}",
        f"lines:{min(MOST_LINES, line.words.count(chr(10)))}",
        f"numbers:{min(MOST_NUMBERS, len(scene.numbers))}",
        f"days:{min(MOST_DAYS, len(scene.whens))}",
        f"talk:{round(4 * len(scene.muted) / words)}",
        f"before:{scene.context.partition(':')[0]}",
        f"context:{scene.question}",
    ]
    if scene.people:
        sizes += ["person:" + person.who for person in scene.people]
    if scene.whens:
        sizes += ["day:" + when.sort for when in scene.whens]
    if line.gates & BUILT:
        sizes += ["built:" + sort for _, _, sort in scene.built_incidents]
    return sizes


def _phrases(line: Line, met: list[tuple[int, int, Sign]]) -> list[str]:
    """The message with each phrase of a lexicon as its meaning, the longest first."""
    said = [*_plain(line, line.words)]
    lone: dict[int, str] = {}
    wide = []
    for first, after, sign in met:
        if after > first + 1:
            wide.append((first - after, first, after, sign.phrase))
        elif (phrase := sign.phrase) and phrase < lone.get(first, LAST):
            lone[first] = said[first] = phrase
    covered: set[int] = set()
    for _, first, after, phrase in sorted(wide):
        inside = range(first, after)
        if phrase and covered.isdisjoint(inside):
            covered.update(inside)
            said[first:after] = [phrase] + [INSIDE] * (after - first - 1)
    return [phrase for phrase in said if phrase is not INSIDE] if covered else said


def _plain(line: Line, words: list[str]) -> list[str]:
    """Which figure it is tells nothing; an end of a line is a sign of its own."""
    if not line.has_digits and "\n" not in line.bag:
        return words
    return [word if word.isalpha() else "#" if word[0].isdecimal() else "¶" if word == "\n" else word for word in words]

"""What a message is weighed by: its words, its phrases in their order, what of it is mere talk, who and when is spoken of."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain, pairwise
from typing import Any, NamedTuple

from understanding.mishaps.built_incidents import SIGNS
from understanding.phrases.gates import gate
from understanding.phrases.lexicon import ALL_PLACES, lists
from understanding.phrases.line import Line
from understanding.scene import Scene

BUILT = gate(SIGNS)
UNTELLING = "given_names"
"""Found in too many words to tell anything."""
BY_LIST = frozenset({*ALL_PLACES, "others"})
"""Of these only that there is one counts, not which."""
SHORT = 14
"""A longer meaning is a name of its own, and counts as one of its list."""
WORDS_A_STEP, MOST_STEPS = 4, 6
MOST_LINES, MOST_NUMBERS, MOST_DAYS = 3, 3, 2
SIZES = ("words", "lines", "numbers", "days", "talk", "before", "context")
INSIDE = " "
"""Marks the words of a phrase behind its first one; no phrase is called so."""
MOST_SIGNS = 5_000


Sign = tuple[str, tuple[Any, ...], tuple[Any, ...]]
"""A meaning of a list: its name as a phrase (none where that tells nothing), and the traits it brings when told and when only talked of."""


class Signs(dict[str, Sign]):
    """The meanings of one list, as they were met."""

    def __init__(self, kind: str, single: Callable[[str], Any]) -> None:
        super().__init__()
        self.kind, self.single = kind, single

    def __missing__(self, value: str) -> Sign:
        kind, single = self.kind, self.single
        meaning = "" if kind in BY_LIST or len(value) > SHORT else value
        told, talked = ((single(sign + kind), single(f"{sign}{kind}={value}")) for sign in "@?")
        sign = ("" if kind == UNTELLING else f"<{kind}={meaning}>", told, talked)
        if len(self) < MOST_SIGNS:
            self[value] = sign
        return sign


class Sized(dict[tuple[Any, ...], tuple[Any, ...]]):
    """What sizes, and what came before, bring; as they were met."""

    def __init__(self, single: Callable[[str], Any]) -> None:
        super().__init__()
        self.single = single

    def __missing__(self, sizes: tuple[Any, ...]) -> tuple[Any, ...]:
        traits = tuple(self.single(f"{name}:{size}") for name, size in zip(SIZES, sizes, strict=True))
        if len(self) < MOST_SIGNS:
            self[sizes] = traits
        return traits


class Catalogue(NamedTuple):
    """What stands for a trait, its number or its name: for a single one, for two phrases in a row, for each meaning of a list, for sizes."""

    single: Callable[[str], Any]
    pair: Callable[[tuple[str, str]], Any]
    signs: Mapping[str, Signs]
    sized: Mapping[tuple[Any, ...], tuple[Any, ...]]


def catalogue(single: Callable[[str], Any], pair: Callable[[tuple[str, str]], Any]) -> Catalogue:
    return Catalogue(single, pair, {kind: Signs(kind, single) for kind in lists()}, Sized(single))


def traits(scene: Scene, catalogue: Catalogue) -> set[Any]:
    """Single words as typed; phrases by their meaning, single and two in a row; lists told or only talked of; sizes; what came before."""
    line, single = scene.line, catalogue.single
    phrases, brought = _phrases(line, scene.muted, catalogue.signs)
    pairs = map(catalogue.pair, pairwise(["^", *phrases, "$"]))
    singles = map(single, chain(phrases, _plain(line, line.typed), _lone(scene)))
    found = {*brought, *pairs, *singles, *catalogue.sized[_sizes(scene)]}
    found.discard(None)
    return found


def _sizes(scene: Scene) -> tuple[Any, ...]:
    words = scene.line.words
    count = len(words) or 1
    return (
        min(MOST_STEPS, count // WORDS_A_STEP),
        min(MOST_LINES, words.count("\n")) if "\n" in scene.line.bag else 0,
        min(MOST_NUMBERS, len(scene.numbers)),
        min(MOST_DAYS, len(scene.whens)),
        round(4 * len(scene.muted) / count),
        scene.context.partition(":")[0],
        scene.question,
    )


def _lone(scene: Scene) -> list[str]:
    """The ends of the message, who and which days are spoken of, and what is put together."""
    signs = ["^", "$"]
    if scene.people:
        signs += ["person:" + person.who for person in scene.people]
    if scene.whens:
        signs += ["day:" + when.sort for when in scene.whens]
    if scene.line.gates & BUILT:
        signs += ["built:" + sort for _, _, sort in scene.built_incidents]
    return signs


def _phrases(line: Line, muted: AbstractSet[int], signs: Mapping[str, Signs]) -> tuple[list[str], list[Any]]:
    """The message with each phrase of a lexicon as its meaning; and what these bring."""
    said = [*_plain(line, line.words)]
    lone: dict[int, str] = {}
    wide: list[tuple[int, int, int, str]] = []
    brought: list[Any] = []
    for kind, matches in line.found.items():
        of_list = signs[kind]
        for first, after, value in matches:
            phrase, told, talked = of_list[value]
            brought += talked if first in muted else told
            if after > first + 1:
                wide.append((first - after, first, after, phrase))
            elif phrase and (first not in lone or phrase < lone[first]):
                lone[first] = said[first] = phrase
    return _laid_over(said, wide) if wide else said, brought


def _laid_over(said: list[str], wide: list[tuple[int, int, int, str]]) -> list[str]:
    """Each phrase of several words in their place, the longest first, unless another lies there already."""
    covered = 0
    for _, first, after, phrase in sorted(wide):
        inside = (1 << after) - (1 << first)  # a bit for each word
        if phrase and not covered & inside:
            covered |= inside
            said[first] = phrase
            for at in range(first + 1, after):
                said[at] = INSIDE
    return [phrase for phrase in said if phrase is not INSIDE] if covered else said


def _plain(line: Line, words: list[str]) -> list[str]:
    """Which figure it is tells nothing; an end of a line is a sign of its own."""
    if not line.has_digits and "\n" not in line.bag:
        return words
    plain = ["¶" if word == "\n" else word for word in words] if "\n" in line.bag else [*words]
    for at in line.figures:
        plain[at] = "#"
    return plain

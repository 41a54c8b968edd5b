"""What a message is weighed by: its words, its phrases in their order, what of it is mere talk, who and when is spoken of."""

from collections.abc import Callable
from itertools import chain, pairwise
from typing import Any, NamedTuple

from understanding.phrases.line import Line
from understanding.scene import Scene

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


class Sign(NamedTuple):
    """A meaning of a list: its name as a phrase (none where that tells nothing), and the traits it brings when told and when only talked of."""

    phrase: str
    told: tuple[Any, Any]
    talked: tuple[Any, Any]


class Catalogue(NamedTuple):
    """What stands for a trait, its number or its name: for a single one, for two phrases in a row, for a list's meaning."""

    single: Callable[[str], Any]
    pair: Callable[[tuple[str, str]], Any]
    sign: Callable[[str, str], Sign]


def traits(scene: Scene, catalogue: Catalogue) -> set[Any]:
    """Single words as typed; phrases by their meaning, single and two in a row; lists told or only talked of; sizes; what came before."""
    single, pair, sign = catalogue
    line, muted = scene.line, scene.muted
    met = [(first, after, sign(kind, value)) for kind, matches in line.found.items() for first, after, value in matches]
    phrases = ["^", *_phrases(line, met), "$"]
    found = set(chain.from_iterable([talked if first in muted else told for first, _, (_, told, talked) in met]))
    found.update(map(single, _plain(line, line.typed)), map(single, phrases), map(single, _sizes(scene)))
    found.update(map(pair, pairwise(phrases)))
    found.discard(None)
    return found


def _sizes(scene: Scene) -> list[str]:
    line, words = scene.line, len(scene.line) or 1
    return [
        f"words:{min(MOST_STEPS, words // WORDS_A_STEP)}",
        f"lines:{min(MOST_LINES, line.words.count(chr(10)))}",
        f"numbers:{min(MOST_NUMBERS, len(scene.numbers))}",
        f"days:{min(MOST_DAYS, len(scene.whens))}",
        f"talk:{round(4 * len(scene.muted) / words)}",
        f"before:{scene.context.partition(':')[0]}",
        f"context:{scene.question}",
        *["person:" + person.who for person in scene.people],
        *["day:" + when.sort for when in scene.whens],
    ]


def _phrases(line: Line, met: list[tuple[int, int, Sign]]) -> list[str]:
    """The message with each phrase of a lexicon as its meaning, the longest first."""
    lone: dict[int, str] = {}
    wide = []
    for first, after, (phrase, _, _) in met:
        if after > first + 1:
            wide.append((first - after, first, after, phrase))
        elif phrase and phrase < lone.get(first, LAST):
            lone[first] = phrase
    said = [*_plain(line, line.words)]
    for first, phrase in lone.items():
        said[first] = phrase
    covered: set[int] = set()
    for _, first, after, phrase in sorted(wide):
        inside = range(first, after)
        if phrase and covered.isdisjoint(inside):
            covered.update(inside)
            said[first:after] = [phrase] + [INSIDE] * (after - first - 1)
    return [phrase for phrase in said if phrase is not INSIDE] if covered else said


def sign_of(kind: str, value: str, catalogue: Callable[[str], Any]) -> Sign:
    meaning = "" if kind in BY_LIST or len(value) > SHORT else value
    told, talked = ((catalogue(sign + kind), catalogue(f"{sign}{kind}={value}")) for sign in "@?")
    return Sign("" if kind == UNTELLING else f"<{kind}={meaning}>", told, talked)


def _plain(line: Line, words: list[str]) -> list[str]:
    """Which figure it is tells nothing; an end of a line is a sign of its own."""
    if not line.has_digits and "\n" not in line.bag:
        return words
    return [word if word.isalpha() else "#" if word[0].isdecimal() else "¶" if word == "\n" else word for word in words]

"""Fingers that are a little too quick: two letters in the wrong order ("Vihn"), one left out ("chóg"), the tone on the vowel beside ("ngừơi")."""

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import normalize

from understanding.phrases.lexicon import vocabulary
from understanding.phrases.normalize import fold, nfc

SYLLABLE = re.compile(r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")
TONES = "\u0301\u0300\u0309\u0303\u0323"
"""As telex has them on s, f, r, x and j."""
VOWELS = frozenset("aeiouy")
LEFT_OUT = "ghn"
"""Of the letters that stand two together at the end of a word one is easily missed."""
SHORTEST = 3
SHORTEST_BARE = 4
"""Without marks three letters may be anything: "alo", "HNO3"."""


def with_tone_in_place(typed: str) -> str:
    """ "ngừơi" is "người"; what is spelled so in some list stays."""
    return typed if typed.isascii() or typed in vocabulary() else _by_tone().get(_told_apart(typed), typed)


@cache
def _by_tone() -> dict[str, str]:
    return {_told_apart(word): word for word in vocabulary() if not word.isascii()}


def _told_apart(word: str) -> str:
    """The word without its tone, and behind it the tone."""
    signs = normalize("NFD", word)
    bare = nfc("".join(sign for sign in signs if sign not in TONES))
    return " ".join((bare, *(sign for sign in signs if sign in TONES)))


def meant_by(typed: str, folded: str) -> str | None:
    """The one known word a slip away from what is no syllable of the language."""
    if (
        len(typed) < (SHORTEST_BARE if typed.isascii() else SHORTEST)
        or VOWELS.isdisjoint(folded)
        or SYLLABLE.fullmatch(folded)
    ):
        return None
    for slips in (_swapped, _left_out):
        meant = {word for word in slips(typed) if word in vocabulary() and SYLLABLE.fullmatch(fold(word))}
        if meant:
            return meant.pop() if len(meant) == 1 else None
    return None


def _swapped(typed: str) -> Iterator[str]:
    for at in range(1, len(typed) - 1):  # the first letter is hardly ever the second
        yield typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :]


def _left_out(typed: str) -> Iterator[str]:
    """Only of words with marks: without them too much would be meant."""
    for at in range(1, len(typed) + 1) if not typed.isascii() else ():
        for letter in LEFT_OUT:
            yield typed[:at] + letter + typed[at:]

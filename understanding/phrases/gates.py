"""Gates: what one of must be there for a reader to find anything, each one bit; which of them a message opens is found out once."""

from collections.abc import Iterable
from functools import reduce
from itertools import count
from operator import or_

_NUMBERS = count(1)
_OF_WORDS: dict[str, int] = {}
_OF_LISTS: dict[str, int] = {}

FIGURES = 1
"""Open when anything stands in digits."""


def gate(words: Iterable[str] = (), lists: Iterable[str] = ()) -> int:
    """Open (`line.gates & gate`) when the message holds one of these folded words, or a phrase of one of these lists.

    Asked for while the house is built: what is read later remembers its gates.
    """
    bit = 1 << next(_NUMBERS)
    for word in words:
        _OF_WORDS[word] = _OF_WORDS.get(word, 0) | bit
    for name in lists:
        _OF_LISTS[name] = _OF_LISTS.get(name, 0) | bit
    return bit


def gates_of(words: tuple[str, ...]) -> int:
    """What words open, wherever they stand."""
    return reduce(or_, filter(None, map(_OF_WORDS.get, words)), FIGURES if any(map(str.isdecimal, words)) else 0)


def gates_opened(by_words: int, lists: Iterable[str]) -> int:
    """What the words of a message open, and the lists of its phrases."""
    return reduce(or_, filter(None, map(_OF_LISTS.get, lists)), by_words)

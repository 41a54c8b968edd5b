"""The word lists of this house, read once from `lexicons/` into one tree of phrases that is walked along a message."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from sys import intern
from typing import NamedTuple, cast
from unicodedata import normalize

from understanding.phrases.normalize import fold, lower, nfc
from understanding.phrases.words import WORD

FOLDER = Path(__file__).parent.parent / "lexicons"
PLAIN = frozenset(
    {
        "short_forms",
        "number_words",
        "bare_number_words",
        "year_companions",
        "number_companions",
        "bare_words",
        "weak_corrections",
        "plain_presence",
    }
)
"""Lists that are looked up by a single typed word and stand outside the tree."""


class Phrase(NamedTuple):
    """One line's worth of meaning: which list it stands in, what it means, how it is spelled."""

    kind: str
    value: str
    spelling: tuple[str, ...]


PLACES = ("provinces", "towns", "countries")
"""Names in these lists are also typed as one word: "haiphong"."""
NAMED_PLACES = (*PLACES, "places_with_care")
ALL_PLACES = (*NAMED_PLACES, "ambiguous_places")

OF_THE_OFFICE = ("office_units", "office_people")
"""Its nicknames; each message brings them along."""


class Node:
    """A place in the tree: the words that go on from here, and the phrases that end here."""

    __slots__ = ("ends", "onward")

    def __init__(self) -> None:
        self.onward: Mapping[str, Node] = NOWHERE
        self.ends: tuple[Phrase, ...] = ()

    def behind(self, word: str) -> "Node":
        """The place that this word leads to, made where there is none."""
        if self.onward is NOWHERE:
            self.onward = {}
        place = self.onward.get(word)
        if place is None:
            place = cast("dict[str, Node]", self.onward)[word] = Node()
        return place


NOWHERE: Mapping[str, Node] = {}
"""Two thirds of all places are ends: one for all of them instead of an empty dict each."""
END = Node()
"""Where no phrase goes on and none ends."""


@cache
def lexicon(name: str) -> Mapping[str, str]:
    """Phrase -> value, as written in `lexicons/<name>.txt`."""
    return dict(_entries(FOLDER / f"{name}.txt"))


@cache
def _function_words() -> Mapping[str, frozenset[str]]:
    lines = (FOLDER / "function_words.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: frozenset(map(lower, words.split(" "))) for name, words in rows}


def function_words(name: str) -> frozenset[str]:
    """A named set of small words the readers lean on: which may stand between, which lead on, which turn."""
    return _function_words()[name]


@cache
def folded_words(name: str) -> frozenset[str]:
    """All phrases of a list without their marks, for looking up single words."""
    return frozenset(fold(phrase) for phrase in lexicon(name))


def _entries(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            value, _, phrases = line.partition(":")
            for phrase in phrases.split(","):
                if phrase.strip():
                    yield lower(phrase.strip()), intern(value.strip())


def lists() -> tuple[str, ...]:
    """The names of all lists of phrases, and of the office's own."""
    return (*sorted(path.stem for path in FOLDER.glob("*.txt") if path.stem not in PLAIN), *OF_THE_OFFICE)


@cache
def phrase_tree() -> Node:
    root = Node()
    for kind in lists():
        for phrase, value in _entries(FOLDER / f"{kind}.txt") if kind not in OF_THE_OFFICE else ():
            plant(root, kind, phrase, value)
            if kind in PLACES and " " in phrase:
                plant(root, kind, fold("".join(WORD.findall(phrase))), value)
    return root


def plant(root: Node, kind: str, phrase: str, value: str) -> None:
    known = vocabulary()  # one word for all phrases that hold it: two megabytes less
    spelling = tuple(known.get(word, word) for word in WORD.findall(phrase))
    node = root
    for word in map(fold, spelling):
        node = node.behind(known.get(word, word))
    node.ends += (Phrase(kind, value, spelling),)


@cache
def vocabulary() -> Mapping[str, str]:
    """Every word of every list, with and without marks; each leads to itself, as it is kept."""
    words: dict[str, str] = {}
    for path in FOLDER.glob("*.txt"):
        for phrase, value in _entries(path):
            said = WORD.findall(phrase) + (WORD.findall(value) if path.stem in PLAIN else [])
            if path.stem in PLACES:
                said.append(fold(phrase.replace(" ", "")))
            for word in (*said, *map(fold, said)):
                words.setdefault(word, word)
    return words


@lru_cache(maxsize=20_000)
def may_be(typed: str, meant: str) -> bool:
    """Could `typed`, which is no word, be a hurried `meant`: every letter as meant, or without one of its marks, or without any?"""
    if len(typed) != len(meant) or typed in vocabulary():
        return False
    return all(a in _plainer(b) for a, b in zip(typed, meant, strict=True))


@cache
def _plainer(letter: str) -> frozenset[str]:
    """The letter itself, without its tone, without its hat or horn, and without both."""
    apart = normalize("NFD", letter)
    return frozenset({letter, fold(letter), *(nfc(apart[0] + mark) for mark in apart[1:])})


HOI_NGA = str.maketrans("ảẳẩẻểỉỏổởủửỷ", "ãẵẫẽễĩõỗỡũữỹ")


@lru_cache(maxsize=20_000)
def is_misheard(typed: str, meant: str) -> bool:
    """ "xin nghĩ" for "xin nghỉ": south of Huế the two tones sound alike."""
    return typed.translate(HOI_NGA) == meant.translate(HOI_NGA)

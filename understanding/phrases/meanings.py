"""What words typed in some way may mean: spelled so, without their marks, with some of them, or as they sound in the south."""

from collections.abc import Mapping
from functools import cache, lru_cache

from understanding.phrases.lexicon import END, Node, is_misheard, lexicon, may_be, phrase_tree
from understanding.phrases.normalize import fold

CAREFUL = frozenset(
    {
        "moods",
        "traps",
        "not_people",
        "pronouns",
        "symptoms",
        "incident_words",
        "family",
        "others",
        "correction_words",
        "presence_words",
        "count_traps",
        "day_words",
    }
)
"""In these lists a single word counts without its marks only when `bare_words.txt` allows it: "ve" is not "vé"."""

MOST_WORDS = 20_000
Meanings = tuple[tuple[str, str], ...]
"""The list and what the phrase means there."""


@lru_cache(maxsize=50_000)
def meanings_of(typed: tuple[str, ...], has_marks: bool) -> Meanings:
    """What words typed so may mean; people type the same few thousand words again and again."""
    return meanings_in(phrase_tree(), typed, has_marks)


Told = tuple[tuple[str, int, str], ...]
"""The list, how many words belong to the phrase, and what it means there."""


Beginning = tuple[Mapping[str, Node] | None, Told]
"""A word that may begin phrases: the words that go on from it, if any do, and what it means alone."""


class Beginnings(dict[str, Beginning]):
    """What words typed so begin in a tree, in messages with marks or without; as they were met."""

    def __init__(self, tree: Node, *, has_marks: bool) -> None:
        super().__init__()
        self.tree, self.has_marks = tree, has_marks
        self.along = lru_cache(MOST_WORDS)(self._along)

    def __missing__(self, typed: str) -> Beginning:
        node = self.tree.onward.get(fold(typed), END)
        beginning = (node.onward or None, self._along((typed,)))
        if len(self) < MOST_WORDS:
            self[typed] = beginning
        return beginning

    def _along(self, typed: tuple[str, ...]) -> Told:
        """Of each list the longest phrase that these words begin with."""
        best: dict[str, tuple[int, str]] = {}
        node = self.tree
        for length, word in enumerate(typed, 1):
            node = node.onward.get(fold(word), END)
            if node.ends:
                for kind, value in meanings_in(self.tree, typed[:length], self.has_marks):
                    best[kind] = (length, value)
        return tuple((kind, length, value) for kind, (length, value) in best.items())


@cache
def beginnings(has_marks: bool) -> Beginnings:
    """Of the house's own lists."""
    return Beginnings(phrase_tree(), has_marks=has_marks)


def meanings_in(tree: Node, typed: tuple[str, ...], has_marks: bool) -> Meanings:
    """Of each list the exactly spelled phrase, else the first that may be meant."""
    node = tree
    for word in typed:
        node = node.onward[fold(word)]
    best: dict[str, tuple[bool, str]] = {}
    for kind, value, spelling in node.ends:
        is_exact = typed == spelling
        if is_exact and not best.get(kind, (False,))[0]:
            best[kind] = (True, value)
        elif not is_exact and kind not in best and _may_mean(kind, typed, spelling, has_marks):
            best[kind] = (False, value)
    return tuple((kind, value) for kind, (_, value) in best.items())


def _may_mean(kind: str, typed: tuple[str, ...], spelling: tuple[str, ...], has_marks: bool) -> bool:
    """Typed without its marks or with some of them; a lone word must be clear without them."""
    if len(typed) == 1:
        if typed[0] != fold(typed[0]):
            return may_be(typed[0], spelling[0])
        return not has_marks and (kind not in CAREFUL or spelling[0] in lexicon("bare_words"))
    bare = 0
    for said, meant in zip(typed, spelling, strict=True):
        if said == meant:
            continue
        if said == fold(said):
            bare += 1
        elif not is_misheard(said, meant) and not may_be(said, meant):
            return False
    return not (has_marks and bare == len(typed))

"""What words typed in some way may mean: spelled so, without their marks, with some of them, or as they sound in the south."""

from functools import lru_cache

from understanding.phrases.lexicon import Node, is_misheard, lexicon, may_be, phrase_tree
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


class Lone(dict[str, Meanings]):
    """What single words typed so may mean in the lists of a tree, in messages with marks or without."""

    def __init__(self, tree: Node | None, *, has_marks: bool) -> None:
        self.tree, self.has_marks = tree, has_marks

    def __missing__(self, typed: str) -> Meanings:
        meant = meanings_in(self.tree or phrase_tree(), (typed,), self.has_marks)
        if len(self) < MOST_WORDS:
            self[typed] = meant
        return meant


def meanings_in(tree: Node, typed: tuple[str, ...], has_marks: bool) -> Meanings:
    """Of each list the exactly spelled phrase, else the first that may be meant."""
    node = tree
    for word in typed:
        node = node[fold(word)]
    best: dict[str, tuple[bool, str]] = {}
    for kind, value, spelling in node[""]:
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


LONE = {has_marks: Lone(None, has_marks=has_marks) for has_marks in (False, True)}
"""Of the house's own lists; as they were met."""

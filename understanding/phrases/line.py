"""One message as a table of words: folded, as meant, where they stand, and which phrases of the lexicons they form."""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import chain, zip_longest

from understanding.phrases.chunks import chunks
from understanding.phrases.lexicon import Node, lists, phrase_tree
from understanding.phrases.meanings import LONE, Lone, Meanings, meanings_in, meanings_of
from understanding.phrases.normalize import LOWER, fold, nfc
from understanding.phrases.settle import Match, settle

FEW_LETTERS = 5
"""The capitals of "10A 45/45, 10B 43/45" are names."""
MOSTLY_MARKED = 0.4
MOST_CHOICES = 1_000
"""So many sets of words the readers ask for are remembered without their marks."""
NOTHING: dict[str, Sequence[Match]] = dict.fromkeys(lists(), ())


Spans = Sequence[tuple[tuple[int, int], ...]]
Breaks = Sequence[tuple[tuple[int, bool], ...]]


class Line:
    """The token table of one message; built once and read by every reader."""

    __slots__ = (
        "bag",
        "clauses",
        "ends",
        "folded",
        "found",
        "has_digits",
        "has_marks",
        "is_calmed",
        "of",
        "raw",
        "sentences",
        "starts",
        "text",
        "typed",
        "words",
    )

    def __init__(self, text: str, extra: Node | None = None) -> None:
        said = nfc(text)
        calmed = calm(said)
        self.is_calmed = calmed is not said
        self.text = calmed.replace("\t", "|")
        words, typed, raw, spans, breaks, lengths, folded, letters, marked, digits = zip(
            *chunks(self.text), strict=True
        )
        self.words: list[str] = [*chain.from_iterable(words)]
        self.typed: list[str] = [*chain.from_iterable(typed)]
        self.raw: list[str] = [*chain.from_iterable(raw)]
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.sentences: list[int] = []
        self.clauses: list[int] = []
        self._place(spans, breaks, lengths)
        self.folded = " ".join(folded)
        self.has_digits = True in digits
        self.has_marks = sum(marked) > MOSTLY_MARKED * sum(letters)
        self.bag = frozenset(self.words)
        self.found: dict[str, list[Match]] = {}
        for tree in (phrase_tree(), extra):
            if tree:
                self._scan(tree)
        settle(self.found, self.starts, self.ends, None if self.has_marks else self.words)
        self.of: Callable[[str], Sequence[Match]] = {**NOTHING, **self.found}.__getitem__
        """The phrases of a list, from left to right."""

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, after: int) -> tuple[int, int]:
        return self.starts[first], self.ends[max(after - 1, first)]

    def written(self, first: int, after: int) -> str:
        """As it was typed; a name in telex keys ("Tuaans") as it was meant."""
        text = self.text[self.starts[first] : self.ends[after - 1]]
        if after == first + 1 and text.isascii() and not self.typed[first].isascii():
            return self.typed[first].capitalize() if self.raw[first] == text and text.istitle() else text
        if text.isascii() and not all(typed.isascii() for typed in self.typed[first:after]):
            return "".join(self._as_meant(at, at > first) for at in range(first, after))
        return text

    def _as_meant(self, at: int, spaced: bool) -> str:
        """A word typed in telex keys, with the space before it."""
        raw, typed = self.raw[at], self.typed[at]
        said = raw if typed.isascii() else typed.capitalize() if raw.istitle() else typed
        return said if self.is_glued(at) or not spaced else f" {said}"

    def means(self, at: int, *words: str) -> bool:
        """Is this one of these words, spelled so, or typed bare in a message without marks?"""
        typed = self.typed[at]
        return typed in words or (not self.has_marks and typed == self.words[at] and typed in _bare(words))

    def is_glued(self, at: int) -> bool:
        """No space between this word and the one before it."""
        return at > 0 and self.starts[at] == self.ends[at - 1]

    def _place(self, spans: Spans, breaks: Breaks, lengths: Sequence[int]) -> None:
        """Where each word stands, and which clause and sentence it belongs to."""
        starts, ends, sentences, clauses = self.starts, self.ends, self.sentences, self.clauses
        sentence = clause = at = 0
        for inside, cuts, length in zip(spans, breaks, lengths, strict=True):
            for behind, ends_sentence in cuts:
                more = len(starts) + behind - len(clauses)
                sentences += [sentence] * more
                clauses += [clause] * more
                sentence, clause = sentence + ends_sentence, clause + 1
            for start, end in inside:
                starts.append(at + start)
                ends.append(at + end)
            at += length + 1
        more = len(starts) - len(clauses)
        sentences += [sentence] * more
        clauses += [clause] * more

    def _scan(self, tree: Node) -> None:
        """Walk the tree along the words; of each list the longest phrase that begins at a word is kept."""
        words, typed, found = self.words, self.typed, self.found
        meanings = meanings_of if tree is phrase_tree() else partial(meanings_in, tree)
        alone = LONE[self.has_marks] if tree is phrase_tree() else Lone(tree, has_marks=self.has_marks)
        for first, (word, follower) in enumerate(zip_longest(words, words[1:], fillvalue="")):
            node = tree.get(word)
            if node is None:
                continue
            if follower and follower in node:
                self._scan_phrases(node, first, meanings)
            elif "" in node:
                for kind, value in alone[typed[first]]:
                    kept = found.get(kind)
                    if kept is None:
                        found[kind] = [(first, first + 1, value)]
                    elif kept[-1][1] <= first:  # a lone word never displaces what covers it
                        kept.append((first, first + 1, value))

    def _scan_phrases(self, node: Node, first: int, meanings: Callable[[tuple[str, ...], bool], Meanings]) -> None:
        words, typed, has_marks = self.words, self.typed, self.has_marks
        best: dict[str, tuple[int, str]] = {}
        for after in range(first + 1, len(words) + 1):
            if "" in node:
                for kind, value in meanings(tuple(typed[first:after]), has_marks):
                    best[kind] = (after, value)
            if after == len(words) or words[after] not in node:
                break
            node = node[words[after]]
        for kind, (last, value) in best.items():
            self._keep(kind, (first, last, value))

    def _keep(self, kind: str, match: Match) -> None:
        """Of two matches of one list that overlap the longer one stays, of equals the earlier."""
        kept = self.found.setdefault(kind, [])
        if kept and kept[-1][1] > match[0]:
            people_ail = kind == "symptoms" and self.words[kept[-1][0]] == "nguoi" and match[1] - match[0] > 1
            if not people_ail and match[1] - match[0] <= kept[-1][1] - kept[-1][0]:
                return
            kept.pop()
        kept.append(match)


@lru_cache(MOST_CHOICES)
def _bare(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, words))


def calm(text: str) -> str:
    """A message all in capitals says no more by them; its letters count as small."""
    if len(text) < 8 or not text.isupper() or len(text.split()) < 2 or sum(map(str.isalpha, text)) < FEW_LETTERS:
        return text
    small = text.translate(LOWER)
    return small[:1].upper() + small[1:] if len(small) == len(text) else text

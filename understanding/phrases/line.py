"""One message as a table of words: folded, as meant, where they stand, and which phrases of the lexicons they form."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import add

from understanding.phrases.chunks import Chunk, chunks
from understanding.phrases.gates import FIGURES, gates_opened
from understanding.phrases.lexicon import Node, function_words, lists
from understanding.phrases.meanings import Beginnings, Told, beginnings
from understanding.phrases.normalize import LOWER, fold, lower, nfc
from understanding.phrases.settle import Match, free_results, settle
from understanding.phrases.typing_slips import from_telex

FEW_LETTERS = 5
"""The capitals of "10A 45/45, 10B 43/45" are names."""
FEW_WORDS = 4
NO_NAMES = function_words("line.no_names")
SOME = 0.25
"""So many of the words of a whole message in titles are no part of any name."""
MOST_CHOICES = 1_000
"""So many sets of words the readers ask for are remembered without their marks."""
NOTHING: dict[str, Sequence[Match]] = dict.fromkeys(lists(), ())
Cuts = Sequence[tuple[int, bool]]
"""Behind how many words a clause ends, and whether its sentence does."""


class Line:
    """The token table of one message; built once and read by every reader."""

    __slots__ = (
        "bag",
        "clauses",
        "ends",
        "figures",
        "folded",
        "found",
        "gates",
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
        gates = self._lay_out(chunks(self.text))
        self.bag = frozenset(self.words)
        self.found: dict[str, list[Match]] = {}
        self._scan(beginnings(self.has_marks))
        if extra:
            self._scan(Beginnings(extra, has_marks=self.has_marks))
        if "duong" in self.bag and "tinh" in self.bag:
            free_results(self.found, self.words, self.raw)
        self.gates = gates_opened(gates, self.found)
        self.has_digits = bool(self.gates & FIGURES)
        settle(self.found, self.gates, self.starts, self.ends, None if self.has_marks else self.words)
        self.of: Callable[[str], Sequence[Match]] = {**NOTHING, **self.found}.__getitem__
        """The phrases of a list, from left to right."""

    def _lay_out(self, said: Iterable[Chunk]) -> int:
        """The words of the chunks side by side; returns the gates they open."""
        words: list[str] = []
        typed: list[str] = []
        raw: list[str] = []
        starts: list[int] = []
        folded, cuts = [], []
        at = marks = gates = 0
        for bare, meant, written, begins, breaks, reach, letters, marked, opened in said:
            for behind, ends_sentence in breaks:
                cuts.append((len(words) + behind, ends_sentence))
            words += bare
            typed += meant
            raw += written
            if len(begins) == 1:  # as nearly all do
                starts.append(at + begins[0])
            else:
                starts += [at + begin for begin in begins]
            folded.append(letters)
            at, marks, gates = at + reach, marks + marked, gates | opened
        self.words, self.typed, self.raw, self.starts = words, typed, raw, starts
        self.ends: list[int] = [*map(add, starts, map(len, raw))]
        self.clauses, self.sentences = _divided(len(words), cuts)
        self.folded = " ".join(folded)
        self.has_marks = marks > 0
        self.figures = [at for at, word in enumerate(words) if word.isdecimal()] if gates & FIGURES else []
        """Where the words in digits stand."""
        return gates

    def __len__(self) -> int:
        """So many words; who asks at every word says `len(line.words)`, which calls nothing."""
        return len(self.words)

    def span(self, first: int, after: int) -> tuple[int, int]:
        return self.starts[first], self.ends[max(after - 1, first)]

    def written(self, first: int, after: int) -> str:
        """As it was typed; a name in telex keys ("Tuaans") as it was meant."""
        text = self.text[self.starts[first] : self.ends[after - 1]]
        if not text.isascii() and len(set(self.starts[first:after])) < after - first:
            return " ".join(self._cut_apart(first, after))
        if after == first + 1 and text.isascii() and not self.typed[first].isascii():
            return self.typed[first].capitalize() if self.raw[first] == text and text.istitle() else text
        if text.isascii() and not all(typed.isascii() for typed in self.typed[first:after]):
            return "".join(self._as_meant(at, at > first) for at in range(first, after))
        return text if text.isascii() else self._with_telex_meant(text, first, after)

    def _with_telex_meant(self, text: str, first: int, after: int) -> str:
        """ "thư kys" as "thư ký": one word in telex keys among words with their marks."""
        for at in range(first, after):
            raw, typed = self.raw[at], self.typed[at]
            if raw.isascii() and not typed.isascii() and raw.islower() and from_telex(raw) == typed:
                text = text.replace(raw, typed, 1)
        return text

    def _cut_apart(self, first: int, after: int) -> Iterator[str]:
        """The words of "chi nhánhDiễn Châu", typed without a space between two of them."""
        for at in range(first, after):
            if self.starts.count(self.starts[at]) == 1:
                yield self.raw[at]
                continue
            before = sum(len(self.typed[each]) for each in range(at) if self.starts[each] == self.starts[at])
            piece = self.raw[at][before : before + len(self.typed[at])]
            yield piece if lower(piece) == self.typed[at] else self.typed[at]

    def _as_meant(self, at: int, spaced: bool) -> str:
        """A word typed in telex keys, with the space before it."""
        raw, typed = self.raw[at], self.typed[at]
        said = raw if typed.isascii() else typed.capitalize() if raw.istitle() else typed
        return said if self.is_glued(at) or not spaced else f" {said}"

    def means(self, at: int, *words: str) -> bool:
        """Is this one of these words, spelled so, or typed bare in a message without marks?"""
        typed = self.typed[at]
        return typed in words or (not self.has_marks and typed == self.words[at] and typed in _bare(words))

    def before(self, at: int, reach: int) -> range:
        """Of the words up to so many before this one those of its clause."""
        clauses, first = self.clauses, max(at - reach, 0)
        while clauses[first] != clauses[at]:
            first += 1
        return range(first, at)

    def behind(self, at: int, reach: int) -> range:
        """Of the words up to so many behind this one those of its clause."""
        clauses, after = self.clauses, min(at + 1 + reach, len(self.words))
        while clauses[after - 1] != clauses[at]:
            after -= 1
        return range(at + 1, after)

    def is_glued(self, at: int) -> bool:
        """No space between this word and the one before it."""
        return at > 0 and self.starts[at] == self.ends[at - 1]

    def _scan(self, beginnings: Beginnings) -> None:
        """Walk the tree along the words; of each list the longest phrase that begins at a word is kept."""
        found, followers = self.found, [*self.words[1:], None]
        for first, (onward, told) in enumerate(map(beginnings.__getitem__, self.typed)):
            if onward is not None and followers[first] in onward:
                told = self._along(beginnings, onward, first)  # noqa: PLW2901  more than the word alone
            for kind, length, value in told:
                if kind not in found:
                    found[kind] = [(first, first + length, value)]
                    continue
                kept = found[kind]
                if kept[-1][1] <= first:
                    kept.append((first, first + length, value))
                elif length > 1:  # a lone word never displaces what covers it
                    self._keep_longer(kind, kept, (first, first + length, value))

    def _along(self, beginnings: Beginnings, onward: Mapping[str, Node], first: int) -> Told:
        """What the words from this one on mean, as far as the tree goes with them."""
        words, after = self.words, first + 1
        while after < len(words) and words[after] in onward:
            onward, after = onward[words[after]].onward, after + 1
        return beginnings.along(tuple(self.typed[first:after]))

    def _keep_longer(self, kind: str, kept: list[Match], match: Match) -> None:
        """Of two matches of one list that overlap the longer one stays, of equals the earlier."""
        first, after, _ = kept[-1]
        people_ail = kind == "symptoms" and self.words[first] == "nguoi"
        if people_ail or match[1] - match[0] > after - first:
            kept[-1] = match


def _divided(length: int, cuts: Cuts) -> tuple[list[int], list[int]]:
    """The clause and the sentence of each word; a clause ends behind so many words, and perhaps its sentence."""
    clauses, sentences = [0] * length, [0] * length
    for behind, ends_sentence in cuts:
        more = length - behind
        clauses[behind:] = [clauses[-1] + 1] * more
        if ends_sentence:
            sentences[behind:] = [sentences[-1] + 1] * more
    return clauses, sentences


@lru_cache(MOST_CHOICES)
def _bare(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, words))


def calm(text: str) -> str:
    """A message all in capitals, or with one at the head of every word, says no more by them; its letters count as small."""
    begun = text.split(None, 2)
    if len(begun) < 2 or len(text) < 8 or begun[1][0].islower() or not (_shouts(text) or _is_all_titles(text.split())):
        return text
    small = text.translate(LOWER)
    return small[:1].upper() + small[1:] if len(small) == len(text) else text


def _shouts(text: str) -> bool:
    return text.isupper() and sum(map(str.isalpha, text)) >= FEW_LETTERS


def _is_all_titles(said: list[str]) -> bool:
    """ "Mai Em Xin Nghỉ Phép": also words that are no part of any name."""
    if len(said) < FEW_WORDS or any(word[0].islower() for word in said):
        return False
    return sum(fold(word) in NO_NAMES for word in said) >= len(said) * SOME

"""One message as a table of words: folded, as meant, where they stand, and which phrases of the lexicons they form."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise, zip_longest

from understanding.lexicon import Node, function_words, phrase_tree
from understanding.meanings import Meanings, meanings_in, meanings_of
from understanding.normalize import FOLDED, LOWER, fold, lower, nfc
from understanding.settle import Match, settle
from understanding.typing_slips import Piece, mend
from understanding.words import WORD

BEFORE_THROAT = function_words("line.before_throat")

SENTENCE_ENDS = frozenset(".!?;\n…")
INSIDE = frozenset(".,-:–&")
CLAUSE_ENDS = frozenset(",()[]-–—+>|•*:")
ENDS = SENTENCE_ENDS | CLAUSE_ENDS
HAS_DIGIT = re.compile(r"\d")
MOSTLY_MARKED = 0.4
TITLE_OR_VERB = frozenset({"dc", "đc"})
"""Before a name they mean "đồng chí", elsewhere "được"."""

TWO_WAYS = frozenset({"hong", "hum"})
DAY_BEHIND = re.compile(r" (?:wa|qua|kia|nay|trc|trước|thứ|t\d|cn)\b")
"""Before these "hum" is "hôm", elsewhere "không"."""

PLAIN_WORDS: dict[str, Piece] = {}
"""Words in small letters that mean the same wherever they stand (those of two letters: between spaces), as they were met."""
MOST_WORDS = 20_000
APART = frozenset({"", " "})

DOTTED_TITLES = frozenset({"mr", "ms", "mrs", "dr", "ths", "pgs"})
"""The dot behind them ends no sentence."""


class Line:
    """The token table of one message; built once and read by every reader."""

    __slots__ = (
        "clauses",
        "ends",
        "folded",
        "found",
        "has_digits",
        "has_marks",
        "is_calmed",
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
        self.folded = self.text.translate(FOLDED)
        self.words: list[str] = []
        self.typed: list[str] = []
        self.raw: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.sentences: list[int] = []
        self.clauses: list[int] = []
        self.has_digits = HAS_DIGIT.search(self.text) is not None
        self._split()
        self.has_marks = self._is_mostly_marked()
        self.found: dict[str, list[Match]] = {}
        for tree in (phrase_tree(), extra):
            if tree:
                self._scan(tree)
        settle(self.found, self.starts, self.ends, None if self.has_marks else self.words)

    def __len__(self) -> int:
        return len(self.words)

    def of(self, kind: str) -> Sequence[Match]:
        return self.found.get(kind, ())

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
        return typed in words or (
            not self.has_marks and typed == self.words[at] and typed in {fold(word) for word in words}
        )

    def is_glued(self, at: int) -> bool:
        """No space between this word and the one before it."""
        return at > 0 and self.starts[at] == self.ends[at - 1]

    def _split(self) -> None:
        text, lowered = self.text, lower(self.text)
        words, typed_words, raw = self.words, self.typed, self.raw
        starts, ends, sentences, clauses = self.starts, self.ends, self.sentences, self.clauses
        sentence = clause = 0
        for found in WORD.finditer(text):
            said = found[0]
            start, end = found.span()
            piece = PLAIN_WORDS.get(said)
            if piece is not None and (
                end - start > 2 or (text[start - 1 : start] in APART and text[end : end + 1] in APART)
            ):
                words.append(piece[0])  # the way of almost every word
                typed_words.append(piece[1])
                starts.append(start)
                ends.append(end)
                raw.append(said)
                continue
            sign = said[0]
            if not sign.isalpha():
                pieces: tuple[Piece, ...] = ((said, said),)
            elif end - start > 2 and lowered[start:end] == said and said not in TWO_WAYS:
                pieces = mend(said)
                _learn(said, pieces)
            else:
                pieces = self._mended(start, end, lowered)
                if end - start == 2 and lowered[start:end] == said and said not in TITLE_OR_VERB:
                    _learn(said, mend(said))
            for word, typed in pieces:
                words.append(word)
                typed_words.append(typed)
                starts.append(start)
                ends.append(end)
                raw.append(said)
            if sign in ENDS and not self._is_inside_word(start, end):
                more = len(words) - len(clauses)
                sentences += [sentence] * more
                clauses += [clause] * more
                sentence, clause = sentence + (sign in SENTENCE_ENDS), clause + 1
        more = len(words) - len(clauses)
        sentences += [sentence] * more
        clauses += [clause] * more

    def _is_inside_word(self, start: int, end: int) -> bool:
        """A sign with letters or digits on both sides belongs to "P.KT", "3.412", "20-22"."""
        text = self.text
        if text[start] == "." and len(self.words) > 1 and self.words[-2] in DOTTED_TITLES:
            return True
        if text[start] not in INSIDE:
            return False
        if not (start > 0 and end < len(text) and text[start - 1].isalnum() and text[end].isalnum()):
            return False
        return not (text[start] == "." and text[start - 1].islower() and text[end].isupper())

    def _mended(self, start: int, end: int, lowered: str) -> tuple[Piece, ...]:
        raw, typed = self.text[start:end], lowered[start:end]
        if typed in TWO_WAYS and (meant := self._of_two_ways(typed, end, lowered)):
            return meant
        if end - start <= 2 and self._keeps_short_form(raw, typed, start, end):
            return ((fold(typed), typed),)
        if typed == "b" and raw == "b" and _starts_capital(self.text, end):
            return (("ban", "bạn"),)
        if typed in TITLE_OR_VERB and (not self.words or _starts_capital(self.text, end)):
            return (("dong", "đồng"), ("chi", "chí"))
        if raw.islower() or raw.isupper() or raw.istitle():
            return mend(typed)
        return tuple(piece for part in _cut_at_capitals(raw) for piece in mend(lower(part)))

    def _of_two_ways(self, typed: str, end: int, lowered: str) -> tuple[Piece, ...]:
        """ "đau hong" is the throat, "hum qua" is yesterday; elsewhere both are "không"."""
        if typed == "hong":
            return (("hong", "họng"),) if self.words and self.words[-1] in BEFORE_THROAT else ()
        return (("hom", "hôm"),) if DAY_BEHIND.match(lowered, end) else ()

    def _keeps_short_form(self, raw: str, typed: str, start: int, end: int) -> bool:
        """ "t6", "50k", "kho A", "độ C" are not "tôi", "không", "anh", "chị"."""
        text = self.text
        if end < len(text) and text[end].isdigit():
            return True
        if start and text[start - 1].isdigit():
            return typed not in ("e", "a", "em") or (raw == "A" and text[start - 1] in "123456789")
        if start and text[start - 1] in "./" and end - start == 1 and start > 1 and text[start - 2].isalnum():
            return True
        if start > 1 and text[start - 2 : start] in ("p.", "P.") and not text[start - 3 : start - 2].isalnum():
            return True
        if self.words and self.words[-1] == "do" and typed == "c":
            return True
        return raw.isupper() and end - start == 1 and bool(self.words) and not _starts_capital(text, end)

    def _is_mostly_marked(self) -> bool:
        letters = [raw for raw in self.raw if raw.isalpha()]
        marked = len(letters) - sum(map(str.isascii, letters))
        return marked > MOSTLY_MARKED * len(letters)

    def _scan(self, tree: Node) -> None:
        """Walk the tree along the words; of each list the longest phrase that begins at a word is kept."""
        words, typed, has_marks, found = self.words, self.typed, self.has_marks, self.found
        meanings = meanings_of if tree is phrase_tree() else partial(meanings_in, tree)
        for first, (word, follower) in enumerate(zip_longest(words, words[1:], fillvalue="")):
            node = tree.get(word)
            if node is None:
                continue
            if follower and follower in node:
                self._scan_phrases(node, first, meanings)
            elif "" in node:
                for kind, value in meanings((typed[first],), has_marks):
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


def _learn(said: str, pieces: tuple[Piece, ...]) -> None:
    if len(pieces) == 1 and len(PLAIN_WORDS) < MOST_WORDS:
        PLAIN_WORDS[said] = pieces[0]


def calm(text: str) -> str:
    """A message all in capitals says no more by them; its letters count as small."""
    if len(text) < 8 or not text.isupper() or len(text.split()) < 2:
        return text
    small = text.translate(LOWER)
    return small[:1].upper() + small[1:] if len(small) == len(text) else text


def _cut_at_capitals(raw: str) -> list[str]:
    """ "HảiPhòng" -> "Hải", "Phòng"; "SpO", "McD" and the like stay whole."""
    cuts = [0]
    for at, (before, letter) in enumerate(pairwise(raw), 1):
        if letter.isupper() and before.islower() and at - cuts[-1] > 1 and at + 1 < len(raw):
            cuts.append(at)
    cuts.append(len(raw))
    return [raw[a:b] for a, b in pairwise(cuts)]


def _starts_capital(text: str, at: int) -> bool:
    rest = text[at : at + 2]
    return len(rest) == 2 and rest[0] == " " and rest[1].isupper()

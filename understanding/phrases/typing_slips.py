"""Words as thumbs type them: short forms, drawn-out letters, telex keys left standing, missing spaces, small slips."""

import re
from functools import lru_cache
from unicodedata import normalize

from understanding.phrases.finger_slips import SYLLABLE, TONES, meant_by, with_tone_in_place
from understanding.phrases.lexicon import lexicon, vocabulary
from understanding.phrases.normalize import fold, lower, nfc

DRAWN_OUT = re.compile(r"(.)\1{2,}")
TELEX_LETTERS = {"dd": "đ", "aa": "â", "ee": "ê", "oo": "ô", "aw": "ă", "ow": "ơ", "uw": "ư", "uow": "ươ", "w": "ư"}
TELEX_PAIR = re.compile("uow|dd|aa|ee|oo|aw|ow|uw|w")
TELEX_TONES = dict(zip("sfrxj", TONES, strict=True))
TELEX_TONE = re.compile(r"^([^\W\d_]*?[aeiouyâăêôơư][aeiouyâăêôơư]*)([sfrxj])?((?:ch|ng|nh|[cmnpt])?)([sfrxj])?$")
TONE_INSIDE = re.compile("^([^\\W\\d_]*[aou])([rfj])([iuo])$")
"""The tone typed before the last vowel: "hari" for "hair"."""
LONGEST = 24

Piece = tuple[str, str]
"""A word folded, and as it was meant to be spelled."""


@lru_cache(maxsize=20_000)
def mend(typed: str) -> tuple[Piece, ...]:
    """The word or words behind what was typed; unknown words come back as they are."""
    short = lexicon("short_forms")
    if typed in short:
        return _pieces(short[typed])
    folded = fold(typed)
    if folded in vocabulary() or len(typed) > LONGEST:
        return ((folded, with_tone_in_place(typed)),)
    calm = DRAWN_OUT.sub(r"\1", typed)
    if calm == typed and len(typed) > 2 and typed[-1] == typed[-2]:
        calm = typed[:-1]
    if calm != typed:
        return mend(calm)
    return _mend_unknown(typed, folded)


def _mend_unknown(typed: str, folded: str) -> tuple[Piece, ...]:
    decoded = from_telex(typed) if typed.isascii() else _with_bar(typed)
    if decoded is not None:
        return ((fold(decoded), decoded),)
    if (meant := meant_by(typed, folded)) is not None:
        return ((fold(meant), meant),)
    if len(folded) > 4 and (not SYLLABLE.fullmatch(folded) or _tones(typed) > 1):
        parts = _split_as_spelled(typed) or _split_glued(typed, folded)
        if parts:
            return tuple((fold(part), part) for part in parts)
    return ((folded, typed),)


def _with_bar(typed: str) -> str | None:
    """ "ddội", the first key typed once too often."""
    barred = f"đ{typed[2:]}"
    return barred if typed.startswith("dd") and barred in vocabulary() else None


def _pieces(phrase: str) -> tuple[Piece, ...]:
    return tuple((fold(word), lower(word)) for word in phrase.split())


def from_telex(typed: str) -> str | None:
    """Decode "mawtj" to "mặt"; nothing when the result is no word this house knows."""
    letters = TELEX_PAIR.sub(lambda found: TELEX_LETTERS[found[0]], typed)
    letters = TONE_INSIDE.sub(r"\1\3\2", letters)
    parts = TELEX_TONE.match(letters)
    if parts is None or (letters == typed and not (parts[2] or parts[4])):
        return None
    word = lower(_with_tone(parts[1], parts[2] or parts[4]) + parts[3])
    return word if word in vocabulary() else None


def _with_tone(stem: str, key: str | None) -> str:
    if key is None:
        return stem
    vowels = [at for at, letter in enumerate(stem) if letter in "aeiouyâăêôơư"]
    marked = [at for at in vowels if stem[at] in "âăêôơư"]
    at = marked[-1] if marked else vowels[0] if len(vowels) < 3 else vowels[1]
    if not marked and len(vowels) == 2 and stem[: vowels[0] + 1].endswith(("qu", "gi")):
        at = vowels[1]
    return nfc(stem[: at + 1] + TELEX_TONES[key] + stem[at + 1 :])


def _tones(typed: str) -> int:
    """More than one tone, and it is more than one word: "nghỉốm"."""
    return sum(sign in TONES for sign in normalize("NFD", typed))


def _split_as_spelled(typed: str) -> tuple[str, ...]:
    """Cut "bỏcái" into words that are spelled just so ("bỏ cái", not "bóc ai"), the last one perhaps in telex keys ("emddang")."""
    known = vocabulary()
    if typed in known:
        return (typed,)
    for cut in range(min(7, len(typed) - 2), 1, -1):
        head = typed[:cut]
        if head in known and SYLLABLE.fullmatch(fold(head)):
            rest = _split_as_spelled(typed[cut:]) or _telex_rest(typed[cut:])
            if rest:
                return (head, *rest)
    return ()


def _telex_rest(typed: str) -> tuple[str, ...]:
    decoded = from_telex(typed) if typed.isascii() and typed[:2] == "dd" else None
    return (decoded,) if decoded else ()


def _split_glued(typed: str, folded: str) -> tuple[str, ...]:
    """Cut "homnay" into known words, the longest first; nothing when a rest remains."""
    known = vocabulary()
    if not typed:
        return ()
    for cut in range(min(7, len(folded)), 1, -1):
        if folded[:cut] in known and SYLLABLE.fullmatch(folded[:cut]):
            if cut == len(folded):
                return (typed,)
            rest = _split_glued(typed[cut:], folded[cut:])
            if rest:
                return (typed[:cut], *rest)
    return ()

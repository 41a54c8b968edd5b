"""Where a message begins behind the one it is addressed to: "Dạ thưa anh, …", "Chị Hoa ơi …", "Kính gửi văn phòng: …", "@trucban …"."""

import re

from understanding.phrases.lexicon import folded_words, function_words, lexicon
from understanding.phrases.normalize import fold

ONE = "|".join(sorted(function_words("openings.addressees"), key=len, reverse=True)).replace("_", r"\s+")
"""Somebody to whom one speaks; who speaks to all ("các anh chị") often announces, and keeps that sign."""
OFFICES = function_words("openings.called_by")
SPEAKERS = function_words("people.titles") - {"ba"} | {"anh", "toi", "minh", "con", "chau"}
FIRST_LETTERS = frozenset(letter for word in function_words("openings.first_words") for letter in word[0])
FIRST = re.compile(r"\s*(@|[^\W\d_]+)")
FIRST_WORDS = function_words("openings.begins") | {
    re.split(r"[_/]", each)[0] for each in function_words("openings.addressees")
}
"""Every opening begins with one of these, folded."""
BOT = r"@(?:\w*bot|truc_?ban\w*|truc ban)\b[,:]?\s+"
END = r"(?:\s+(?:a|oi))?\s*[,.:!\n]+\s*"
NAMED = r"((?:\s+[^\W\d]+){0,5}?)"
GREETING = r"(?:da\s+)?(?:(?:em|e|chau|con|toi)\s+)?(?:kinh\s+)?(?:xin\s+)?(?:chao|thua|gui|bao cao|bao)"
ALL = r"ca nha|moi nguoi"
DAY_PART = r"buoi\s+(?:sang|trua|chieu|toi)"
OPENINGS = tuple(
    map(
        re.compile,
        (
            BOT,
            rf"(?:da[, ]+)?(?:{ONE})((?:\s+[^\W\d]+){{0,2}}?)\s+(?:oi|ui)\b[,:.!]*\s+",
            rf"(?:{GREETING}|alo(?:\s+alo)*)\s+(?:{ONE}){NAMED}{END}",
            rf"(?:(?:{GREETING}|alo)\s+)?(?:{ALL}|{DAY_PART}(?:\s+(?:{ALL}|(?:{ONE}){NAMED}))?){END}",
            rf"alo(?:\s+alo)*{END}",
        ),
    )
)
MOST = 60
"""Letters of one opening; longer ones say more than whom."""


def opening(text: str) -> int:
    """How many letters of the text only say to whom it is told; 0 where nothing would be left."""
    first = FIRST.match(text)
    if first is None or first[1][0].lower() not in FIRST_LETTERS or fold(first[1]) not in FIRST_WORDS:
        return 0
    folded = fold(text[: 2 * MOST])
    if len(folded) != len(text[: 2 * MOST]):
        return 0
    at = start = first.start(1)
    while found := _next(folded, text, at):
        at = found
    return at if at > start and any(map(str.isalnum, text[at:])) else 0


def _next(folded: str, text: str, at: int) -> int:
    """Where the opening that begins here ends; 0 if none does."""
    for shape in OPENINGS:
        found = shape.match(folded, at, at + MOST)
        if found and all(map(_is_name, *_words(found, folded, text))):
            return found.end()
    return 0


def _words(found: re.Match[str], folded: str, text: str) -> tuple[list[str], list[str]]:
    """The words behind the form of address, without marks and as typed."""
    spans = [found.span(each) for each in range(1, found.re.groups + 1) if found[each]]
    bare, typed = ([word for a, b in spans for word in said[a:b].split()] for said in (folded, text))
    return bare, typed


def _is_name(bare: str, typed: str) -> bool:
    """ "chị Hoa ơi", "anh hai ơi", "Kính gửi phòng Tổ chức", but not "em mệt anh ơi", "thưa sếp em hiểu rồi"."""
    if bare in SPEAKERS:
        return False
    if typed[:1].isupper() or bare in OFFICES:
        return True
    return bare in folded_words("given_names") and (typed == bare or typed in lexicon("given_names"))

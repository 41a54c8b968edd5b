"""Spelling by the ear: the sounds a region does not tell apart, one pair at a time.

Only words that stay unknown words are changed ("sốt" -> "xốt"): "trưa" typed "chưa" says something else.
"""

import re
from functools import cache, partial

from tests.understanding.dresses.dress import of_text
from tests.understanding.scoring import labelled
from understanding.phrases.lexicon import vocabulary
from understanding.phrases.normalize import lower

WORD = re.compile(r"[^\W\d_]+")
HOI, NGA = "ảẳẩẻểỉỏổởủửỷ", "ãẵẫẽễĩõỗỡũữỹ"
COMMON = 12
"""A word that this many messages have is a word, whatever lists know."""
PAIRS = (
    ("s thành x", "^s", "x"),
    ("x thành s", "^x", "s"),
    ("tr thành ch", "^tr", "ch"),
    ("ch thành tr", "^ch", "tr"),
    ("r thành d", "^r", "d"),
    ("r thành gi", "^r", "gi"),
    ("d thành gi", "^d", "gi"),
    ("gi thành d", "^gi(?=[^\\W])", "d"),
    ("v thành d", "^v", "d"),
    ("l thành n", "^l", "n"),
    ("n thành l", "^n(?![gh])", "l"),
    ("i thành y", "(?<=[hklmstq])i$", "y"),
    ("y thành i", "(?<=[hklmst])y$", "i"),
    ("n cuối thành ng", "(?<=[aăâeêoôơuưươàáạảãắằặẳẵấầậẩẫéèẹẻẽếềệểễóòọỏõốồộổỗớờợởỡúùụủũứừựửữ])n$", "ng"),
    ("ng cuối thành n", "ng$", "n"),
    ("c cuối thành t", "c$", "t"),
    ("t cuối thành c", "(?<![iíịêếệ])t$", "c"),
)


@cache
def known() -> frozenset[str]:
    """Every word of the lists, and every word that many messages have."""
    often: dict[str, int] = {}
    for row in labelled():
        for word in set(WORD.findall(lower(row["text"]))):
            often[word] = often.get(word, 0) + 1
    listed = {word for phrase in vocabulary() for word in phrase.split()}
    return frozenset(listed | {word for word, count in often.items() if count >= COMMON})


def misheard(pattern: str, new: str, text: str) -> str:
    def change(found: re.Match[str]) -> str:
        word = found[0]
        if word.isupper() or len(word) < 3:
            return word
        heard = re.sub(pattern, new, word.lower())
        if heard == word.lower() or lower(heard) in known():
            return word
        return heard.capitalize() if word[0].isupper() else heard

    return WORD.sub(change, text)


def swapped_tones(text: str) -> str:
    """The southern hỏi for ngã and back."""
    return WORD.sub(lambda found: _swapped(found[0]), text)


def _swapped(word: str) -> str:
    other = word.translate(str.maketrans(HOI + NGA, NGA + HOI))
    return word if lower(other) in known() else other


DRESSES = (
    *(of_text(f"nghe: {name}", partial(misheard, pattern, new)) for name, pattern, new in PAIRS),
    of_text("nghe: hỏi ngã lẫn nhau", swapped_tones),
)

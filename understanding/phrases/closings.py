"""Where a message ends before its courtesies: "… Em cảm ơn ạ.", "… Trân trọng.", "… nhé cả nhà"."""

import re

from understanding.phrases.lexicon import function_words
from understanding.phrases.normalize import fold

LAST_WORDS = function_words("closings.last_words")
ALL = r"ca\s+nha|ca\s+phong|moi\s+nguoi|mn|mng|anh\s+chi\s+em|ac|ace"
ONE = rf"{ALL}|anh\s+chi|anh|chi|sep|co|chu|bac|thay|cac\s+(?:anh|chi|anh\s+chi|dong\s+chi|sep)|ban|c|a|em"
THANKED = re.compile(
    rf"(?<=[.!,\n?])\s*(?:(?:da\s+)?(?:em|e|toi|minh|con|chau)\s+)?(?:xin\s+)?(?:chan\s+thanh\s+)?(?:(?:cam|kam)\s+on|tks|thks|thanks|thank\s+you|tran\s+trong(?:\s+(?:bao\s+cao|kinh\s+bao|cam\s+on))?)"
    rf"(?:\s+(?:{ONE}))?(?:\s+nhieu)?(?:\s+(?:{ONE}))?(?:\s+(?:a|nha|nhe|nhieu|lam))*[\s.!~]*$"
)
CALLED = re.compile(rf"(?<=\snha|\snhe)\s+(?:{ALL})[\s.!~]*$")
SIGNS = ("m on", "tks", "thks", "thank", "tran trong", " nha ", " nhe ")
"""One of these stands in every closing."""
MOST = 60
"""Letters of one closing."""
LEAST_WORDS = 2


def closing(text: str) -> int:
    """The length of the text before thanks and a last address; its whole length where there are none, where hardly more is said, or at the foot of a letter."""
    tail = text[-MOST:]
    last = tail.rsplit(None, 1)[-1:]
    if not last or last[0].lower().rstrip(".!~") not in LAST_WORDS:
        return len(text)
    folded = fold(tail)
    if len(folded) != len(tail) or not any(sign in folded for sign in SIGNS):
        return len(text)
    found = THANKED.search(folded) or CALLED.search(folded)
    kept = len(text) - len(tail) + found.start() if found else len(text)
    is_letter = "\n" in text[:kept].strip() or len(text[:kept].split()) < LEAST_WORDS
    return len(text) if is_letter else kept

"""Who speaks calls oneself by other words."""

import re
from functools import partial

from tests.understanding.dresses.dress import Row, of_text, own_words, replaced

SPEAKS = r"em|e|tôi|tui|mình|cháu|toi|minh|chau"
OF_OTHERS = re.compile(
    r"\b(?:anh|chị|các|mấy|bọn|tụi|bé|con|thằng|của|cua|chúng|đứa|trẻ|học|nhà|cô|bác|chú|ba|bố|mẹ|má|cậu|đàn|nhóc|cho|với|nhờ|gia đình|một|[0-9]+)\s+"
    rf"(?:{SPEAKS})\b|\b(?:{SPEAKS})\s+(?-i:[A-ZĐÀ-Ỹ])|\b(?:{SPEAKS})\s+(?:ấy|ý|nó|này|kia|đó|gái|trai|út|chồng|vợ|dâu|rể|ho\b)|\b(?:anh|chị|em)\s+(?:anh|chị|em)\b|gia đình (?:em|mình)",
    re.IGNORECASE,
)
SPOKEN_ONCE = re.compile(rf"\b(?:{SPEAKS})\b", re.IGNORECASE)
OTHERS = ("em", "e", "tôi", "mình", "tui", "cháu", "tớ", "mik", "iem", "t", "tau")
ELDERS = re.compile(r"\b(?:anh|chị|a|c|cô|chú|bác|con|cháu|thầy|sếp)\b", re.IGNORECASE)
BEGINS = re.compile(
    rf"^(?:dạ,? )?(?:{SPEAKS})(?= (?:xin|báo|nghỉ|đi|bị|về|ra|vào|vô|đang|mai|nay|sốt|ho|đã)\b)", re.IGNORECASE
)


def _speaks_of_oneself(row: Row) -> bool:
    """One word for the speaker, and it is nobody else: "em Tí", "con em", "các em" are others."""
    found = {each.lower() for each in SPOKEN_ONCE.findall(row["text"])}
    return own_words(row) and len(found) == 1 and not OF_OTHERS.search(row["text"])


def _can_be_elder(row: Row) -> bool:
    """Nobody else is called by such a word, and the speaker opens the message."""
    return _speaks_of_oneself(row) and not ELDERS.search(row["text"])


def _as(word: str, text: str) -> str:
    return replaced(SPEAKS, word)(text)


def _begins_as(word: str, text: str) -> str | None:
    found = BEGINS.search(text)
    if not found or len(SPOKEN_ONCE.findall(text)) > 1:
        return None
    return word + text[found.end() :]


DRESSES = (
    *(of_text(f"người nói: {word}", partial(_as, word), _speaks_of_oneself) for word in OTHERS),
    *(of_text(f"người nói: {word}", partial(_begins_as, word), _can_be_elder) for word in ("Anh", "Chị", "Chú", "Cô", "Bác", "Dạ con", "Thầy")),
)  # fmt: skip

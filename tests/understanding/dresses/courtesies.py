"""Greetings before and courtesies after."""

import re
from functools import partial

from tests.understanding.dresses.dress import Dress, Row, asks, like, of_text, own_words

GREETED = re.compile(r"^\s*(?:dạ|da|thưa|thua|kính|kinh|gửi|@|[^,]{0,25}\b[ơo]i\b|chào|alo|a lô|\W)", re.IGNORECASE)
CLOSED = re.compile(r"(?:ạ|nha|nhé|nhe|ơi|cảm ơn|cám ơn|thanks|tks|hen|nghen|nghe|chị|anh|sếp|em)\W*$", re.IGNORECASE)
END = re.compile(r"\s*[.!…]*\s*$")
LEADS = (
    "Dạ thưa anh, ",
    "Chị Hoa ơi ",
    "Chị Hoa ơi, ",
    "Kính gửi văn phòng: ",
    "Kính gửi văn phòng\n",
    "@trucban ",
    "Dạ ",
    "Alo cả nhà, ",
    "Chào buổi sáng ạ. ",
    "Báo cáo anh: ",
    "Em chào chị ạ, ",
)
TAILS = (" ạ", " nha chị", " nhé cả nhà", "!!", " 🙏", " ạ 😊", "...", " nha mn", " nghen", " anh nhé", " đó chị")
THANKS = (". Em cảm ơn ạ", ". Cảm ơn cả nhà!", ". Trân trọng.", " ạ. Em cám ơn chị nhiều ạ", ". Tks")


def led(lead: str, text: str) -> str:
    """Who types without marks greets without them, too."""
    lead = like(text, lead)
    first = text[:1].lower() if text[1:2].islower() and lead[-2:-1] not in ".:\n" else text[:1]
    return lead + first + text[1:]


def ended(tail: str, text: str) -> str:
    return END.sub("", text) + like(text, tail)


def _can_be_led(row: Row) -> bool:
    """Who greets twice, or before a quote, does not type like people."""
    return own_words(row) and not GREETED.search(row["text"])


def _can_be_closed(row: Row) -> bool:
    """Told sentences only: a question ends otherwise, and who has said "ạ" has said it; after a smile or a figure's unit nothing is added."""
    text = row["text"].rstrip(" .!…")
    return own_words(row) and not asks(row) and not CLOSED.search(text) and text[-1:].isalpha()


def _can_be_thanked(row: Row) -> bool:
    return own_words(row) and not asks(row) and row["text"].rstrip(" .!…")[-1:].isalnum()


DRESSES: tuple[Dress, ...] = (
    *(of_text(f"trước: {lead.strip()}{'⏎' if lead[-1] == chr(10) else ''}", partial(led, lead), _can_be_led) for lead in LEADS),
    *(of_text(f"sau: {tail.strip()}", partial(ended, tail), _can_be_closed) for tail in TAILS),
    *(of_text(f"sau: {tail.lstrip(' .')}", partial(ended, tail), _can_be_thanked) for tail in THANKS),
)  # fmt: skip

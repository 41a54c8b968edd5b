"""Commas, full stops and line breaks: where a writer breathes, and what a telephone that listens leaves out."""

import re

from tests.understanding.dresses.dress import Row, asks, of_text, own_words

LISTED = re.compile(r"[:;|+=>\"“]|\d\s*,|,\s*\d|\b(?:không|ko|k|khong|hok|chưa),", re.IGNORECASE)
CONDITION = re.compile(r"\b(?:nếu|neu|hễ|lỡ|khi|mà|nhưng|vì|do|theo|thì|thi|ngoài|trừ|để|nên)\b", re.IGNORECASE)
MARKS = re.compile(r"(?<!\d)[,.;!…]+(?=\s|$)|(?<=\d)[,;!…]+(?=\s|$)|(?<=\d)\.(?=\s|$)|\s[-–—](?=\s)|[()]")
CLAUSE_COMMA = re.compile(r"(?<=\S), (?=\S)")
STOP = re.compile(r"(?<=[^\W\d]{2})\. (?=\S)")


def spoken(text: str) -> str:
    return " ".join(MARKS.sub(" ", text).split())


def of_clauses(row: Row) -> bool:
    """Every comma parts two clauses of three words and more: in a list it is no pause, and after a condition it says what the condition governs."""
    text = row["text"]
    parts = text.split(", ")
    return (
        own_words(row)
        and not asks(row)
        and not LISTED.search(text)
        and not CONDITION.search(text)
        and all(len(part.split()) >= 3 for part in parts)
    )


def plain(row: Row) -> bool:
    """Tables, lists and questions live by their marks: without them they say something else."""
    return own_words(row) and not asks(row) and not LISTED.search(row["text"]) and row["text"].count(",") <= 3


def sentences(row: Row) -> bool:
    return own_words(row) and not LISTED.search(row["text"])


DRESSES = (
    of_text("không dấu câu", spoken, plain),
    of_text("không dấu câu, chữ thường", lambda text: spoken(text).lower(), plain),
    of_text("phẩy thành chấm", lambda text: CLAUSE_COMMA.sub(". ", text), of_clauses),
    of_text("phẩy thành xuống dòng", lambda text: CLAUSE_COMMA.sub("\n", text), of_clauses),
    of_text("phẩy thành gạch", lambda text: CLAUSE_COMMA.sub(" - ", text), of_clauses),
    of_text("phẩy thành chấm lửng", lambda text: CLAUSE_COMMA.sub("... ", text), of_clauses),
    of_text("chấm thành phẩy", lambda text: STOP.sub(", ", text), sentences),
    of_text("chấm thành xuống dòng", lambda text: STOP.sub("\n", text), sentences),
)

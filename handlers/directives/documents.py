"""Recognises the number and date of a document in the words of a directive: "1722/UBND-KGVX ngày 27/5/2021"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from understanding.phrases.normalize import nfc

UPPER = "A-ZĐÂÊÔƠƯ"
SYMBOL = rf"[{UPPER}][A-Za-zĐđ{UPPER}&]*"
ADMINISTRATIVE = rf"\d{{1,5}}\s?/\s?{SYMBOL}(?:\s?-\n?{SYMBOL})*"  # 05/CT-TTg, 16 /KH-BQLKCN
WITH_A_YEAR = rf"\d{{1,4}}/\d{{4}}/{SYMBOL}\d*(?:-{SYMBOL})*"  # 356/2025/NĐ-CP, 91/2025/QH15
OF_THE_PARTY = rf"\d{{1,5}}\s?-\s?[{UPPER}]{{2,}}/{SYMBOL}"  # 360-CV/TU, 118 -KH/TU
NUMBER = re.compile(rf"(?<![\w/.,-])(?P<number>{WITH_A_YEAR}|{OF_THE_PARTY}|{ADMINISTRATIVE})(?![\w/])")
SAID_TO_BE_A_NUMBER = re.compile(r"(?:số|số hiệu|ký hiệu)\s*:?\s*$", re.IGNORECASE)

NEITHER_SINCE_NOR_UNTIL = r"(?<!từ\s)(?<!đến\s)(?<!trước\s)(?<!sau\s)(?<!vào\s)(?<!hạn\s)"
DAY = re.compile(
    rf"(?:\s*,)?(?:\s+của\s[^\d,;.\n]{{1,60}}?)?(?:\s*,)?\s*(?:\(\s*)?{NEITHER_SINCE_NOR_UNTIL}(?:ngày|ng\.)\s*"
    r"(?P<day>\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(?P<month>\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)(?P<year>\d{4})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Document:
    """A paper somebody cites: its number and symbol, and the day it was issued where that is said."""

    number: str
    issued_on: date | None = None


def documents_in(text: str) -> list[Document]:
    """Every document cited, in the order of the text, each once."""
    text = nfc(text)
    found: dict[str, Document] = {}
    for match in NUMBER.finditer(text):
        if _is_a_number(match, text):
            number = re.sub(r"\s+", "", match["number"])
            found.setdefault(number, Document(number, _issued_on(text, match.end())))
    return list(found.values())


def _is_a_number(match: re.Match[str], text: str) -> bool:
    """Beside "10 lượt", "2/KT" or "24/24" stand real numbers: those with a hyphen or a year, or called "số"."""
    symbol = match["number"].split("/", 1)[1]
    is_called_so = SAID_TO_BE_A_NUMBER.search(text, 0, match.start()) is not None
    return "-" in match["number"] or "/" in symbol or is_called_so


def _issued_on(text: str, start: int) -> date | None:
    match = DAY.match(text, start)
    if match is None:
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None

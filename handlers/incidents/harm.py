"""How many were killed, badly or lightly hurt: read from words or a button, said back, and what it comes to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.answers.readers import folded
from handlers.check_in import Answers, Question
from handlers.incidents.kind import Severity
from understanding.numbers import read_number
from understanding.phrases.normalize import fold

DEGREES = {"dead": "chết", "serious": "bị thương nặng", "light": "bị thương nhẹ"}
WORDS = {
    "dead": r"chet|tu vong|thiet mang|mat mang",
    "serious": r"bi thuong nang|thuong nang|nang|nguy kich",
    "light": r"bi thuong nhe|thuong nhe|nhe|tray xuoc|xay xat",
}
NOBODY = frozenset(
    {"khong", "khong co", "khong ai", "khong co ai", "khong ai bi nan", "khong ai bi thuong", "khong ai sao"}
)
CHOICES = (
    "1 người chết",
    "1 người bị thương nặng",
    "2 người bị thương nặng",
    "1 người bị thương nhẹ",
    "Không ai bị nạn",
)
PART = re.compile(r"[,;.]| va | con ")


def read_harm(text: str, _sent_at: datetime) -> dict[str, int] | None:
    """ "1 chết, 2 nặng" → {"dead": 1, "serious": 2, "light": 0}; None where a number or a degree is missing."""
    said = folded(text)
    if said in NOBODY:
        return {"dead": 0, "serious": 0, "light": 0}
    found = {"dead": 0, "serious": 0, "light": 0}
    for part in (part.strip() for part in PART.split(fold(text)) if part.strip()):
        degrees = [name for name, words in WORDS.items() if re.search(rf"\b(?:{words})\b", part)]
        count = read_number(part)
        if len(degrees) != 1 or count is None or not count.is_certain or count.value != int(count.value):
            return None
        found[degrees[0]] += int(count.value)
    return found if any(found.values()) else None


COUNTED = re.compile(
    r"\b(\d{1,3}) (?:nguoi |cong nhan |cn |chau |em )?(?:da )?(?:bi )?(chet|tu vong|thuong nang|thuong nhe)\b"
)
DENIED = re.compile(r"\b(?:khong|chua|neu|so|suyt)\b")
CALLED = {"chet": "dead", "tu vong": "dead", "thuong nang": "serious", "thuong nhe": "light"}


def harm_told(words: str) -> dict[str, int] | None:
    """What the first report says of it in so many words ("1 người chết"); None when it leaves room for doubt."""
    said = fold(words)
    found = {"dead": 0, "serious": 0, "light": 0}
    if DENIED.search(said):
        return None
    for match in COUNTED.finditer(said):
        found[CALLED[match[2]]] += int(match[1])
    return found if any(found.values()) else None


def say_harm(harm: Mapping[str, int]) -> str:
    """ "1 người chết, 2 người bị thương nặng"."""
    told = [f"{harm[name]} người {words}" for name, words in DEGREES.items() if harm.get(name)]
    return ", ".join(told) or "không ai bị nạn"


def severity_of_harm(facts: Mapping[str, Any]) -> Severity | None:
    """None while nothing is known of anybody hurt."""
    if "dead" not in facts:
        return None
    if facts["dead"] or facts["serious"] >= 2:
        return Severity.GRAVE
    return Severity.SERIOUS if facts["serious"] else Severity.LIGHT


def at_least_serious(facts: Mapping[str, Any]) -> Severity:
    """For kinds that are serious until it is known who was hurt."""
    return severity_of_harm(facts) or Severity.SERIOUS


def prefill_harm(_type: str, words: str) -> Answers:
    """What the first report tells of it already."""
    harm = harm_told(words)
    return {"harm": harm} if harm else {}


HARM = Question(
    name="harm",
    ask="Có ai bị nạn không ạ? Xin chọn bên dưới, hoặc ghi số người theo mức, ví dụ: 1 chết, 2 nặng, 1 nhẹ.",
    read=read_harm,
    choices=CHOICES,
    is_skippable=True,
    hint="Xin ghi số người theo từng mức, ví dụ: 1 chết, 2 nặng, 1 nhẹ. Không ai bị nạn thì ghi: không ai.",
)

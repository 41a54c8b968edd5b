"""A message in company: chatter before or after it, another report in the same message, its two clauses in the other order."""

import re
from functools import cache, partial

from tests.understanding.dresses.dress import Dress, Row, asks, chance, own_words
from tests.understanding.scoring import is_exact, labelled, reading_of
from understanding.phrases.normalize import fold

GOVERNING = re.compile(
    r"\b(?:theo|tin|nghe|báo|bao|nếu|neu|đừng|dung|ngày xưa|hồi|năm|kể|mơ|giả sử|ví dụ|diễn tập|nhắc|đề nghị|yêu cầu|lưu ý|mọi người|các|ai|đ/c|hủy|huỷ|sửa|nhầm|lộn|thôi|quên)\b", re.IGNORECASE
)  # fmt: skip
END = re.compile(r"[\s.!…,]*$")
ROUNDS = 3


@cache
def chatter() -> tuple[str, ...]:
    """Short sentences of people that report nothing and govern nothing: what they tell ends with them."""
    rows = (
        row
        for row in labelled()
        if not row["reports"] and not row["context"] and own_words(row) and ":" not in row["text"]
    )
    return tuple(
        row["text"].strip() for row in rows if 3 <= len(row["text"].split()) <= 12 and not GOVERNING.search(row["text"])
    )


def _some_chatter(row: Row, name: str) -> str:
    """One that nothing is heard in even undressed."""
    dice = chance(row, name)
    while True:
        said = dice.choice(chatter())
        if not reading_of({**row, "text": said, "context": None}).reports:
            return said


def _sentence(text: str) -> str:
    return text.rstrip() if re.search(r"[?!.…]\s*$", text) else END.sub("", text) + "."


def _can_be_joined(row: Row) -> bool:
    """Own words, and not the answer to a question: that comes alone."""
    return own_words(row) and row["context"] is None


def after_chatter(each: int, row: Row) -> Row | None:
    if not _can_be_joined(row) or not row["reports"]:
        return None
    return {**row, "text": f"{_sentence(_some_chatter(row, f'before {each}'))} {row['text']}"}


def before_chatter(each: int, row: Row) -> Row | None:
    if not _can_be_joined(row) or not row["reports"]:
        return None
    return {**row, "text": f"{_sentence(row['text'])} {_some_chatter(row, f'after {each}')}"}


def more_chatter(each: int, row: Row) -> Row | None:
    """Chatter after chatter reports nothing."""
    if row["reports"] or not _can_be_joined(row) or row["text"] not in chatter():
        return None
    return {**row, "text": f"{_sentence(row['text'])} {_some_chatter(row, f'more {each}')}"}


@cache
def _neighbours() -> dict[tuple[str, str], list[Row]]:
    """Who can stand beside whom: the same day, one report, no correction and no bare acknowledgement."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in labelled():
        if _tells_one(row):
            found.setdefault((row["reference_datetime"][:10], _teller(row)), []).append(row)
    return found


def _tells_one(row: Row) -> bool:
    return (
        _can_be_joined(row)
        and not asks(row)
        and len(row["reports"]) == 1
        and row["reports"][0]["kind"] not in ("correction", "ack")
        and not row["reports"][0].get("optional")
    )


def _teller(row: Row) -> str:
    """About whom: the speaker, or a count of people; who is told of by name cannot follow another."""
    report = row["reports"][0]
    return (
        "self"
        if report.get("who", "self") == "self" and report["kind"] != "incident"
        else f"other {report.get('unit') or report.get('name')}"
    )


def joined(each: int, row: Row) -> Row | None:
    """Two messages of one day, about the speaker or each with its own unit or name; two of one kind only where they name two units."""
    if not _tells_one(row) or _teller(row).endswith("None"):
        return None
    day, kind = row["reference_datetime"][:10], row["reports"][0]["kind"]
    others = [
        other
        for (other_day, teller), rows in _neighbours().items()
        if other_day == day and not teller.endswith("None")
        for other in rows
        if other["reports"][0]["kind"]
        not in (kind, *(("symptom", "presence", "travel") if kind in ("symptom", "presence", "travel") else ()))
    ]
    if not others:
        return None
    other = chance(row, f"join {each}").choice(others)
    if fold(other["text"]) == fold(row["text"]) or not is_exact(other, reading_of(other).reports):
        return None
    return {**row, "text": f"{_sentence(row['text'])} {other['text']}", "reports": [*row["reports"], *other["reports"]]}


def swapped(row: Row) -> Row | None:
    """Two clauses, one report each, each read rightly alone: then their order says nothing."""
    parts = row["text"].split(", ")
    if not _can_be_joined(row) or asks(row) or len(parts) != 2 or len(row["reports"]) != 2:
        return None
    for order in (row["reports"], row["reports"][::-1]):
        alone = [{**row, "text": part, "reports": [report]} for part, report in zip(parts, order, strict=True)]
        if all(is_exact(one, reading_of(one).reports) for one in alone):
            return {**row, "text": f"{parts[1].rstrip('.!')}, {parts[0]}"}
    return None


DRESSES = (
    *(Dress(f"sau một câu chuyện phiếm ({each})", partial(after_chatter, each)) for each in range(1, ROUNDS + 1)),
    *(Dress(f"trước một câu chuyện phiếm ({each})", partial(before_chatter, each)) for each in range(1, ROUNDS + 1)),
    *(Dress(f"hai câu chuyện phiếm ({each})", partial(more_chatter, each)) for each in range(1, ROUNDS + 1)),
    *(Dress(f"hai tin trong một ({each})", partial(joined, each)) for each in range(1, ROUNDS + 1)),
    Dress("đổi chỗ hai vế", swapped),
)

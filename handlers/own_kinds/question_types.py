"""The types of question that the office may choose from, in one table: how each is called, asked, read, said and counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from handlers.answers.readers import MOST, whole_number, yes_or_no
from handlers.check_in import Figure
from handlers.local_time import full_day
from handlers.own_kinds.definition import OwnQuestion
from handlers.own_kinds.naming import name_of
from handlers.wording import number
from storage.messages import IncomingMessage
from understanding.dates import read_dates
from understanding.journeys.places import read_places
from understanding.numbers import numbers
from understanding.phrases.line import Line
from understanding.phrases.normalize import fold

LONGEST_TEXT = 500
LARGEST = 10**12
"""A figure above this is a slip."""
LONGEST_CHOICE = 20
BELOW_ZERO = re.compile(r"[-−–]\s*\d|\bâm\s+\w")
MOST_BEHIND = 2
"""Words behind a large number: "25.000.000 đồng ạ"."""
HONORIFICS = frozenset(["anh", "chi", "em", "ong", "ba", "co", "chu", "bac"])
FAMILY_NAMES = frozenset(
    [
        "nguyen",
        "tran",
        "le",
        "pham",
        "hoang",
        "huynh",
        "phan",
        "vu",
        "vo",
        "dang",
        "bui",
        "do",
        "ho",
        "ngo",
        "duong",
        "ly",
        "dinh",
        "dao",
        "doan",
        "lam",
        "mai",
        "trinh",
        "truong",
        "ha",
        "luu",
        "ta",
        "to",
        "cao",
        "chu",
    ]
)
TELEPHONE = 9  # digits, where the first is a zero


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionType:
    words: tuple[str, ...]  # how the office calls it, folded; the first as it is written back
    called: str
    ask: str  # what follows the question's title
    hint: str
    read: Callable[[str, datetime], Any]
    read_file: Callable[[IncomingMessage], Any] | None = None
    say: Callable[[Any], str] = str
    is_number: bool = False
    is_choice: bool = False
    repeats: bool = False  # may be the same as the day before
    count: Callable[[Any], int] | None = None  # what one answer adds to the question's figure


def _read_number(text: str, sent_at: datetime) -> int | None:
    """ "12", "mười hai bình ạ", "25.000.000"; a telephone number or a number below zero is none."""
    digits = text.strip()
    if (digits.startswith("0") and digits.isdecimal() and len(digits) >= TELEPHONE) or BELOW_ZERO.search(text):
        return None
    usual = whole_number(text, sent_at)
    return _read_large(text) if usual is None else usual


def _read_large(text: str) -> int | None:
    """More than people or things of a day: an amount, which has to stand first and nearly alone."""
    line = Line(text)
    found = numbers(line)
    if len(found) != 1 or found[0].first != 0 or not MOST < found[0].value <= LARGEST:
        return None
    behind = [word for word in line.words[found[0].after :] if word.isalpha()]
    return int(found[0].value) if len(behind) <= MOST_BEHIND else None


def _read_text(text: str, _sent_at: datetime) -> str | None:
    """What is too long is asked for again: nobody would see that its end was left out."""
    said = text.strip()
    return said if 0 < len(said) <= LONGEST_TEXT else None


def _read_date(text: str, sent_at: datetime) -> str | None:
    """The one day that is named: two days in one answer are not guessed between."""
    found = read_dates(text, sent_at)
    if len(found) == 1 and found[0].is_certain and isinstance(found[0].value, date):
        return found[0].value.isoformat()
    return None


def _read_place(text: str, sent_at: datetime) -> str | None:
    """The place as it was written; a province typed without marks gets them back."""
    said = text.strip()
    found = [slot.value for slot in read_places(f"đi {said}") if slot.is_certain]
    if len(found) == 1 and fold(found[0]) == fold(said):
        return str(found[0])
    return _read_text(said, sent_at) if any(letter.isalpha() for letter in said) else None


def _read_person(text: str, _sent_at: datetime) -> str | None:
    """A full name: written large, or small where it begins with a family name; "chưa biết" is none."""
    words = text.strip(" .,!").removesuffix(" ạ").split()
    if words and fold(words[0]) in HONORIFICS:
        words = words[1:]
    elif len(words) < 2:
        return None
    is_name = 0 < len(words) <= 6 and all(word.isalpha() for word in words)
    is_written_large = all(word[:1].isupper() for word in words)
    is_of_family = is_name and len(words) > 1 and fold(words[0]) in FAMILY_NAMES
    return " ".join(words) if is_name and (is_written_large or is_of_family) else None


def _read_photo(message: IncomingMessage) -> dict[str, str] | None:
    file = message.file
    is_picture = file is not None and (file.kind == "photo" or file.media_type.startswith("image/"))
    return _read_file(message) if is_picture else None


def _read_file(message: IncomingMessage) -> dict[str, str] | None:
    """Where the platform keeps it; we keep no copy."""
    file = message.file
    if file is None:
        return None
    return {"platform": message.platform, "reference": file.reference, "name": file.name, "kind": file.kind}


def _words_are_no_file(_text: str, _sent_at: datetime) -> None:
    return None


NUMBER = QuestionType(
    words=("so", "so luong", "con so", "so nguyen"),
    called="số",
    ask="bao nhiêu ạ?",
    hint="Xin trả lời bằng một con số, ví dụ: 12. Không có thì trả lời: không có.",
    read=_read_number,
    say=number,
    is_number=True,
    repeats=True,
    count=int,
)
CHOICE = QuestionType(
    words=("chon", "lua chon", "chon mot"),
    called="chọn",
    ask="xin chọn một.",
    hint="Xin chọn một trong các mục, hoặc ghi đúng tên mục.",
    read=_words_are_no_file,  # handlers/own_kinds/making.py: by the question's own choices
    is_choice=True,
    repeats=True,
)
TYPES: dict[str, QuestionType] = {
    "number": NUMBER,
    "choice": CHOICE,
    "yes_no": QuestionType(
        words=("co/khong", "co khong", "co hay khong", "co hoac khong", "dung/sai"),
        called="có/không",
        ask="có hay không ạ?",
        hint="Xin trả lời: có hoặc không.",
        read=yes_or_no,
        say=lambda answer: "có" if answer else "không",
        repeats=True,
        count=int,
    ),
    "text": QuestionType(
        words=("chu", "van ban", "ghi chu", "noi dung"),
        called="chữ",
        ask="xin ghi ngắn gọn.",
        hint=f"Xin ghi vài chữ, không quá {LONGEST_TEXT} chữ cái.",
        read=_read_text,
    ),
    "date": QuestionType(
        words=("ngay",),
        called="ngày",
        ask="ngày nào ạ?",
        hint="Xin ghi một ngày, ví dụ: 15/6, ngày mai, thứ Sáu này.",
        read=_read_date,
        say=lambda answer: full_day(date.fromisoformat(answer)),
    ),
    "place": QuestionType(
        words=("noi", "dia diem", "noi chon", "cho"),
        called="nơi",
        ask="ở đâu ạ?",
        hint="Xin ghi tên nơi đó.",
        read=_read_place,
    ),
    "person": QuestionType(
        words=("nguoi", "ho ten", "ten nguoi", "ho va ten"),
        called="người",
        ask="ai ạ?",
        hint="Xin ghi họ và tên, ví dụ: Nguyễn Văn An.",
        read=_read_person,
    ),
    "photo": QuestionType(
        words=("anh", "hinh", "hinh anh", "anh chup"),
        called="ảnh",
        ask="xin gửi một ảnh.",
        hint="Xin gửi ảnh vào đây, không phải chữ.",
        read=_words_are_no_file,
        read_file=_read_photo,
        say=lambda _answer: "đã gửi",
    ),
    "file": QuestionType(
        words=("tep", "file", "tap tin", "tai lieu"),
        called="tệp",
        ask="xin gửi một tệp.",
        hint="Xin gửi tệp vào đây, không phải chữ.",
        read=_words_are_no_file,
        read_file=_read_file,
        say=lambda answer: str(answer.get("name") or "đã gửi"),
    ),
}


def type_called(word: str) -> str | None:
    """The type that the office means by this word (folded, one space between words)."""
    return next((name for name, each in TYPES.items() if word in each.words), None)


def figures_of(question: OwnQuestion) -> tuple[Figure, ...]:
    kind = TYPES[question.type]
    if kind.is_choice:
        return tuple(
            Figure(choice_figure(question, choice), f"{question.title}: {choice}") for choice in question.choices
        )
    title = question.title if kind.is_number else f"{question.title}: có"
    return (Figure(question.name, title),) if kind.count is not None else ()


def count_answer(question: OwnQuestion, answer: Any) -> dict[str, int]:
    """What this answer adds to the question's figures; nothing where it was skipped."""
    kind = TYPES[question.type]
    if answer is None:
        return {}
    if kind.is_choice:
        return {choice_figure(question, str(answer)): 1}
    return {question.name: kind.count(answer)} if kind.count is not None else {}


def choice_figure(question: OwnQuestion, choice: str) -> str:
    return f"{question.name}.{name_of(choice)[:LONGEST_CHOICE]}"

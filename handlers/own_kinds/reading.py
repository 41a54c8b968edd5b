"""Reading a definition from the text the office writes: a kind, or a sentence for every mistake.

Kiểm tra phòng cháy
hỏi: đơn vị, hằng ngày 8:00-9:00
báo: lãnh đạo
- Số bình chữa cháy (số)
- Tình trạng (chọn: tốt, cần thay)
- Ảnh (ảnh, không bắt buộc)
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from handlers.check_in import Told
from handlers.own_kinds.asked_line import Asked, read_asked
from handlers.own_kinds.definition import Definition, OwnQuestion
from handlers.own_kinds.naming import name_of
from handlers.own_kinds.question_line import ITEM, read_question
from understanding.phrases.normalize import fold, nfc

TITLE = range(3, 61)
MOST_QUESTIONS = 15
MOST_WORDS = 5
HEADING = re.compile(r"(hoi|bao|goi)\s*:\s*")
TOLD = {
    "van phong": Told.OFFICE,
    "lanh dao": Told.LEADERS,
    "truong don vi": Told.HEAD_OF_UNIT,
    "thu truong": Told.HEAD_OF_UNIT,
    "truong phong": Told.HEAD_OF_UNIT,
    "to giam sat": Told.MONITORING,
}
TOLD_CALLED = {
    Told.OFFICE: "Văn phòng",
    Told.LEADERS: "lãnh đạo",
    Told.HEAD_OF_UNIT: "trưởng đơn vị",
    Told.MONITORING: "tổ giám sát",
}
MARKS = re.compile("[\ue000-\uf8ff\x00-\x09\x0b-\x1f]")


@dataclass(slots=True)
class Reading:
    """`definition` is there when there are no `mistakes`."""

    definition: Definition | None = None
    mistakes: list[str] = field(default_factory=list)


def read_definition(text: str) -> Reading:
    """The first line is the title; then the lines "hỏi:", "báo:", "gọi:" in any order, and one line for each question."""
    reading = Reading()
    title, *rest = [" ".join(line.split()) for line in _clean(text).splitlines() if line.strip()] or [""]
    lines = _sorted_out(rest, reading)
    asked = read_asked(lines["hoi"], reading.mistakes)
    questions = [each for line in lines["-"] if (each := read_question(line, reading.mistakes)) is not None]
    tells, words = _told(lines["bao"], reading), _words(lines["goi"], reading)
    _check_title(title, reading)
    _check_questions(questions, len(lines["-"]), reading)
    if not reading.mistakes:
        reading.definition = _definition(title, asked, questions, tells, words)
    return reading


def _clean(text: str) -> str:
    return MARKS.sub(" ", nfc(text).replace("\r", "\n"))


def _sorted_out(rest: list[str], reading: Reading) -> dict[str, list[str]]:
    lines: dict[str, list[str]] = {"hoi": [], "bao": [], "goi": [], "-": []}
    for line in rest:
        heading = HEADING.match(fold(line))
        if heading is not None:
            lines[heading[1]].append(line[heading.end() :])
        elif ITEM.match(line):
            lines["-"].append(line)
        else:
            reading.mistakes.append(
                f"Tôi chưa hiểu dòng “{line[:60]}”. Mỗi câu hỏi xin bắt đầu bằng dấu “-”, ví dụ: - Số người (số)"
            )
    return lines


def _definition(
    title: str, asked: Asked, questions: list[OwnQuestion], tells: tuple[Told, ...], words: tuple[str, ...]
) -> Definition:
    return Definition(
        title=title,
        about=asked.about,
        is_private=asked.is_private,
        schedule=asked.schedule,
        questions=tuple(questions),
        opens_with=words,
        tells=tells,
    )


def _check_title(title: str, reading: Reading) -> None:
    if len(title) not in TITLE or not name_of(title) or ITEM.match(title) or HEADING.match(fold(title)):
        reading.mistakes.insert(
            0, "Dòng đầu xin ghi tên loại báo cáo, từ 3 đến 60 chữ cái, ví dụ: Kiểm tra phòng cháy."
        )


def _check_questions(questions: list[OwnQuestion], lines: int, reading: Reading) -> None:
    if not lines:
        reading.mistakes.append("Xin ghi ít nhất một câu hỏi, mỗi câu một dòng, ví dụ: - Số người (số)")
    if lines > MOST_QUESTIONS:
        reading.mistakes.append(f"Nhiều nhất {MOST_QUESTIONS} câu hỏi, để người báo không ngại trả lời.")
    names = Counter(each.name for each in questions)
    for each in questions:
        if names[each.name] > 1:
            names[each.name] = 0
            reading.mistakes.append(f"Có hai câu hỏi trùng tên “{each.title}”. Xin đặt tên khác nhau.")


def _told(lines: list[str], reading: Reading) -> tuple[Told, ...]:
    found: dict[Told, None] = {}
    for part in (part.strip() for line in lines for part in line.split(",")):
        told = TOLD.get(fold(part).strip(" ."))
        if told is None:
            choices = ", ".join(TOLD_CALLED.values())
            reading.mistakes.append(f"Trong dòng “báo”, tôi chưa hiểu “{part[:40]}”. Có thể ghi: {choices}.")
        else:
            found[told] = None
    return tuple(found)


def _words(lines: list[str], reading: Reading) -> tuple[str, ...]:
    """Words that begin the dialogue, beside the title."""
    words = tuple(dict.fromkeys(part.strip(" .").lower() for line in lines for part in line.split(",")))
    if len(words) > MOST_WORDS or any(not 3 <= len(each) <= 40 or not name_of(each) for each in words):
        reading.mistakes.append(f"Dòng “gọi” xin ghi nhiều nhất {MOST_WORDS} cụm từ, mỗi cụm từ 3 đến 40 chữ cái.")
        return ()
    return words

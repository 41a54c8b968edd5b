"""One question line: "- Tình trạng (chọn: tốt, cần thay, không bắt buộc)"."""

from __future__ import annotations

import re

from handlers.own_kinds.definition import OwnQuestion
from handlers.own_kinds.naming import name_of
from handlers.own_kinds.question_types import LONGEST_CHOICE, TYPES, type_called
from understanding.phrases.normalize import fold

ITEM = re.compile(r"(?:[-–—•*+]|\d{1,2}[.)])\s*(?=\S)")
QUESTION = re.compile(r"(?P<title>[^()]*(?:\([^()]*\)[^()]+)*)\((?P<type>[^()]*)\)\W*")
LONGEST_TITLE = 80
CHOICES = range(2, 13)
LONGEST_LABEL = 40
SKIPPABLE = {"khong bat buoc", "tuy chon", "co the bo qua"}
RESERVED = {"bo qua", "bo"}
"""What the buttons beside the choices say."""
HOW = "Kiểu có thể là: " + ", ".join(each.called for each in TYPES.values()) + "."


def read_question(line: str, mistakes: list[str]) -> OwnQuestion | None:
    """The question of the line, or nothing and a sentence why."""
    said = ITEM.sub("", line, count=1)
    found = QUESTION.fullmatch(said)
    if found is None:
        mistakes.append(f"Câu “{said[:60]}” chưa ghi kiểu trả lời trong ngoặc, ví dụ: {said[:40]} (số). {HOW}")
        return None
    title = found["title"].strip(" :")
    if not name_of(title) or len(title) > LONGEST_TITLE:
        mistakes.append(f"Câu “{said[:60]}” cần một tên có chữ, nhiều nhất {LONGEST_TITLE} chữ cái.")
        return None
    return _typed(title, found["type"], mistakes)


def _typed(title: str, said: str, mistakes: list[str]) -> OwnQuestion | None:
    head, colon, listed = said.partition(":")
    parts = [part.strip() for part in re.split(r"[,;]", listed if colon else head)]
    if not colon:
        head, *parts = parts
    is_skippable = any(_words(part) in SKIPPABLE for part in parts)
    rest = [part for part in parts if part and _words(part) not in SKIPPABLE]
    kind = type_called(_words(head))
    if kind is None:
        mistakes.append(f"Câu “{title}”: tôi chưa hiểu kiểu “{head.strip()[:40]}”. {HOW}")
        return None
    wrong = _wrong_choices(rest) if TYPES[kind].is_choice else _superfluous(rest)
    if wrong:
        mistakes.append(f"Câu “{title}”: {wrong}")
        return None
    return OwnQuestion(name=name_of(title), title=title, type=kind, choices=tuple(rest), is_skippable=is_skippable)


def _words(text: str) -> str:
    return " ".join(re.sub(r"\s*/\s*", "/", fold(text)).split()).strip(" .")


def _superfluous(rest: list[str]) -> str | None:
    return f"tôi chưa hiểu “{', '.join(rest)[:40]}” sau kiểu trả lời." if rest else None


def _wrong_choices(choices: list[str]) -> str | None:
    names = [name_of(choice)[:LONGEST_CHOICE] for choice in choices]
    if len(choices) not in CHOICES:
        return f"xin ghi từ {CHOICES[0]} đến {CHOICES[-1]} mục để chọn, ví dụ: (chọn: tốt, cần thay)."
    if any(not name for name in names) or any(len(choice) > LONGEST_LABEL for choice in choices):
        return f"mỗi mục để chọn cần có chữ hoặc số, nhiều nhất {LONGEST_LABEL} chữ cái."
    if len(set(names)) < len(names):
        return "có hai mục để chọn giống nhau."
    if any(_words(choice) in RESERVED for choice in choices):
        return "“bỏ qua” đã có sẵn khi hỏi: xin ghi “không bắt buộc” thay cho mục ấy."
    return None

"""A fire or an explosion: is it still burning, was 114 called, was anybody hurt."""

from __future__ import annotations

import re
from typing import Any

from handlers.check_in import Answers
from handlers.incidents.harm import HARM, harm_told, say_harm, severity_of_harm
from handlers.incidents.kind import Facts, IncidentKind, Severity
from handlers.incidents.questions import choice
from understanding.phrases.normalize import fold

PUT_OUT = re.compile(
    r"\b(?:(?:đã|vừa|mới|cũng) (?:kịp |tự )?dập\b|dập (?:tắt |được |xong )*(?:rồi|xong|luôn|hết)|dập xong"
    r"|(?:da|vua|moi) (?:kip )?dap (?:tat|xong|duoc|roi)|dap (?:tat |duoc )?(?:roi|xong)"
    r"|(?:lửa|cháy|lua|chay) (?:đã |da )?(?:được |duoc )?(?:dập |dap )?(?:tắt|tat)\b|hết cháy|het chay"
    r"|(?:không|khong|ko) (?:còn|con) (?:cháy|chay))"
)
"""By the marks where there are some: without them "dập" is "đập", "đạp" and "đáp"."""
NOT_YET = re.compile(
    r"\b(?:chua|khong|ko|dang|gan|sap|neu|can|hay|nho|xin|goi|co ban|moi chi)(?: \w+){0,3} (?:dap|tat|het)\b"
    r"|\b(?:mot phan|chay lai|bung lai|bung phat lai|van chay|van con|con chay am i|van am i)\b"
)
CALLED = re.compile(r"\b(?:da|vua|moi) (?:goi|bao)(?: cho)? (?:114|cuu hoa)\b|\b(?:goi|bao) 114 (?:roi|xong)\b")
NOT_CALLED = re.compile(r"\b(?:chua|khong|ko|dung|khoi)(?: \w+){0,3} 114\b")


def told_later(words: str) -> Answers:
    """What a sentence says of the flames and of the call without a doubt."""
    said = fold(words)
    out = {"burning": "no"} if PUT_OUT.search(words.casefold()) and not NOT_YET.search(said) else {}
    called = {"called_114": "yes"} if CALLED.search(said) and not NOT_CALLED.search(said) else {}
    return called | out


def prefill(_type: str, words: str) -> Answers:
    harm = harm_told(words)
    return told_later(words) | ({"harm": harm} if harm else {})


def facts(answers: Answers) -> dict[str, Any]:
    known: dict[str, Any] = dict(answers.get("harm") or {})
    return known | {name: answers[name] == "yes" for name in ("burning", "called_114") if answers.get(name)}


def severity(known: Facts) -> Severity:
    if known.get("dead") or known.get("serious"):
        return severity_of_harm(known) or Severity.SERIOUS
    return Severity.LIGHT if known.get("burning") is False else Severity.SERIOUS


def say(known: Facts) -> list[str]:
    told = []
    if "burning" in known:
        told.append("đang cháy" if known["burning"] else "đã dập tắt")
    if "called_114" in known:
        told.append("đã gọi 114" if known["called_114"] else "CHƯA gọi 114")
    return told + ([say_harm(known)] if "dead" in known else [])


KIND = IncidentKind(
    name="fire",
    title="Cháy, nổ",
    field="phòng cháy, chữa cháy",
    types=("fire",),
    questions=(
        choice(
            "called_114",
            "Đã gọi 114 chưa ạ? Chưa gọi thì xin gọi ngay, Trực Ban không gọi thay được.",
            {"Đã gọi 114": "yes", "Chưa gọi": "no"},
            also={"da goi": "yes", "roi": "yes", "chua": "no"},
        ),
        choice(
            "burning",
            "Còn cháy không ạ?",
            {"Đang cháy": "yes", "Đã dập tắt": "no"},
            also={
                **dict.fromkeys(("con chay", "con", "van chay", "chua dap duoc"), "yes"),
                **dict.fromkeys(
                    ("da tat", "tat roi", "het chay", "da dap", "dap roi", "dap xong", "dap xong roi"), "no"
                ),
            },
        ),
        HARM,
    ),
    prefill=prefill,
    told_later=told_later,
    facts=facts,
    severity=severity,
    say=say,
)

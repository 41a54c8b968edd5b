"""A fire or an explosion: is it still burning, was 114 called, was anybody hurt."""

from __future__ import annotations

from typing import Any

from handlers.check_in import Answers
from handlers.incidents.harm import HARM, harm_told, say_harm, severity_of_harm
from handlers.incidents.kind import Facts, IncidentKind, Severity
from handlers.incidents.questions import choice
from understanding.phrases.normalize import fold


def prefill(_type: str, words: str) -> Answers:
    harm, said = harm_told(words), fold(words)
    called = {"called_114": "yes"} if "da goi 114" in said else {}
    out = {"burning": "no"} if "da dap tat" in said else {}
    return called | out | ({"harm": harm} if harm else {})


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
            also={"con chay": "yes", "con": "yes", "da tat": "no", "tat roi": "no", "het chay": "no"},
        ),
        HARM,
    ),
    prefill=prefill,
    facts=facts,
    severity=severity,
    say=say,
)

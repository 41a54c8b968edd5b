"""Flood, storm, landslide: what is cut off or damaged, whether people are in danger."""

from __future__ import annotations

from typing import Any

from handlers.check_in import Answers, Question
from handlers.incidents.harm import HARM, prefill_harm, say_harm, severity_of_harm
from handlers.incidents.kind import Facts, IncidentKind, Severity
from handlers.incidents.questions import choice, some_words


def facts(answers: Answers) -> dict[str, Any]:
    known: dict[str, Any] = dict(answers.get("harm") or {})
    known |= {"danger": answers["danger"] == "yes"} if answers.get("danger") else {}
    return known | ({"damage": answers["damage"]} if answers.get("damage") else {})


def severity(known: Facts) -> Severity:
    if known.get("danger"):
        return Severity.GRAVE
    return severity_of_harm(known) or Severity.SERIOUS


def say(known: Facts) -> list[str]:
    told = []
    if "danger" in known:
        told.append("có người đang gặp nguy hiểm" if known["danger"] else "không ai đang gặp nguy hiểm")
    told += [say_harm(known)] if "dead" in known else []
    return told + ([f"thiệt hại: {known['damage']}"] if "damage" in known else [])


KIND = IncidentKind(
    name="flood_storm",
    title="Mưa bão, ngập lụt, sạt lở",
    field="phòng, chống thiên tai",
    types=("flood_storm",),
    questions=(
        choice(
            "danger",
            "Có ai đang bị cô lập hoặc gặp nguy hiểm không ạ?",
            {"Có người nguy hiểm": "yes", "Không có": "no"},
            also={"co": "yes", "khong": "no", "khong ai": "no"},
        ),
        HARM,
        Question(
            name="damage",
            ask="Thiệt hại hoặc chỗ bị chia cắt thế nào ạ?",
            read=some_words,
            is_skippable=True,
        ),
    ),
    prefill=prefill_harm,
    facts=facts,
    severity=severity,
    say=say,
)

"""A leak of gas or chemicals, a machine or structure that threatens many: a technical incident."""

from __future__ import annotations

from typing import Any

from handlers.check_in import Answers
from handlers.incidents.harm import HARM, prefill_harm, say_harm, severity_of_harm
from handlers.incidents.kind import Facts, IncidentKind, Severity
from handlers.incidents.questions import PLACE, choice


def facts(answers: Answers) -> dict[str, Any]:
    known: dict[str, Any] = dict(answers.get("harm") or {})
    known |= {"spreading": answers["spreading"] == "yes"} if answers.get("spreading") else {}
    return known | ({"place": answers["place"]} if answers.get("place") else {})


def severity(known: Facts) -> Severity:
    if known.get("spreading"):
        return Severity.GRAVE
    return severity_of_harm(known) or Severity.SERIOUS


def say(known: Facts) -> list[str]:
    told = []
    if "spreading" in known:
        told.append("chưa khống chế được" if known["spreading"] else "đã khống chế")
    told += [say_harm(known)] if "dead" in known else []
    return told + ([f"nơi xảy ra: {known['place']}"] if "place" in known else [])


KIND = IncidentKind(
    name="technical_incident",
    title="Sự cố kỹ thuật, hóa chất",
    field="kỹ thuật an toàn, môi trường",
    types=("chemical",),
    questions=(
        choice(
            "spreading",
            "Đã khống chế được chưa ạ?",
            {"Chưa khống chế được": "yes", "Đã khống chế": "no"},
            also={"chua": "yes", "roi": "no", "da khong che duoc": "no", "chua khong che": "yes"},
        ),
        HARM,
        PLACE,
    ),
    prefill=prefill_harm,
    facts=facts,
    severity=severity,
    say=say,
)

"""A case of an infectious disease, or somebody who was in contact with one: F0 to F3, in the words of the law."""

from __future__ import annotations

import re
from typing import Any

from handlers.check_in import Answers, Question
from handlers.incidents.kind import Facts, IncidentKind, Severity
from handlers.incidents.questions import choice, some_words
from understanding.phrases.normalize import fold

EXPOSURES = {
    "Người mắc bệnh (F0)": "0",
    "Nghi ngờ mắc bệnh": "suspected",
    "Người tiếp xúc (F1)": "1",
    "Tiếp xúc với F1 (F2)": "2",
    "Tiếp xúc với F2 (F3)": "3",
}
LEGAL = {
    "0": "người mắc bệnh (F0)",
    "suspected": "người bị nghi ngờ mắc bệnh",
    "1": "người tiếp xúc với người mắc bệnh (F1)",
    "2": "người tiếp xúc với F1 (F2)",
    "3": "người tiếp xúc với F2 (F3)",
}
PLACES = {"Tại cơ quan, đơn vị": "inside", "Gần trụ sở": "near", "Nơi khác": "elsewhere"}
SAID_PLACE = {"inside": "tại cơ quan, đơn vị", "near": "gần trụ sở", "elsewhere": "ở nơi khác"}
LEVEL = re.compile(r"\bf ?([0-3])\b")


def prefill(type_: str, words: str) -> Answers:
    levels = {*LEVEL.findall(fold(words))}
    if len(levels) == 1:
        return {"exposure": levels.pop()}
    return {"exposure": "0"} if type_ == "f0_case" and not levels else {}


def facts(answers: Answers) -> dict[str, Any]:
    return {name: answers[name] for name in ("exposure", "where", "disease") if answers.get(name) is not None}


def severity(known: Facts) -> Severity:
    is_case = known.get("exposure", "0") in ("0", "suspected")
    if is_case and known.get("where") == "inside":
        return Severity.GRAVE
    return Severity.SERIOUS if is_case or known.get("exposure") == "1" else Severity.LIGHT


def say(known: Facts) -> list[str]:
    told = [LEGAL[known["exposure"]]] if "exposure" in known else []
    told += [f"bệnh: {known['disease']}"] if "disease" in known else []
    return told + ([SAID_PLACE[known["where"]]] if "where" in known else [])


KIND = IncidentKind(
    name="disease_case",
    title="Ca bệnh truyền nhiễm, người tiếp xúc",
    field="y tế",
    types=("f0_case", "f1_contact"),
    questions=(
        choice(
            "exposure",
            "Người ấy là trường hợp nào ạ?",
            EXPOSURES,
            also={"f0": "0", "f1": "1", "f2": "2", "f3": "3", "nghi nhiem": "suspected", "nghi ngo": "suspected"},
        ),
        choice(
            "where",
            "Ca bệnh ở đâu so với cơ quan ạ?",
            PLACES,
            also={"o co quan": "inside", "trong co quan": "inside", "tai co quan": "inside", "gan co quan": "near"},
        ),
        Question(
            name="disease",
            ask="Bệnh gì ạ (nếu đã biết)?",
            read=some_words,
            is_skippable=True,
        ),
    ),
    prefill=prefill,
    facts=facts,
    severity=severity,
    say=say,
)

"""How somebody is: what a report of symptoms says, how it is read back, and "khỏe" in its many forms."""

from __future__ import annotations

from datetime import date, datetime

from handlers.answers.readers import NOTHING, folded
from handlers.answers.symptoms import in_words
from handlers.check_in import Answers
from handlers.local_time import short_day
from understanding import Context, Report, read

WELL = NOTHING | {"khoe", "binh thuong", "on", "khoe manh", "suc khoe binh thuong", "khong trieu chung"}
WELL = WELL | {"em khoe", "toi khoe", "khong co trieu chung", "khong co trieu chung gi", "van khoe", "khong sao"}


def read_symptoms(text: str, sent_at: datetime) -> list[str] | None:
    """Codes of what the person has; [] for somebody who is well; None when neither is certain."""
    if folded(text) in WELL:
        return []
    report = read(text, sent_at, Context.HEALTH_CHECK).first("symptom")
    return list(report.get("symptoms") or ()) if report is not None and report.is_certain else None


def from_report(report: Report) -> Answers:
    """Only what the report fills: a correction must not wipe out what it does not speak of."""
    answers: Answers = {}
    for name in ("symptoms", "negated"):
        if name in report.slots:
            answers[name] = list(report.get(name) or ())
    for name in ("temperature_c", "name"):
        if report.get(name) is not None:
            answers[name] = report.get(name)
    if report.get("onset") is not None:
        answers["onset"] = report.get("onset").isoformat()
    if report.get("who", "self") != "self":
        answers["who"] = report.get("who")
    return answers


def say(answers: Answers) -> str:
    whose = {"family": "người nhà ", "group": "nhiều người ", "other": "đồng nghiệp "}.get(answers.get("who", ""), "")
    temperature = answers.get("temperature_c")
    parts = [
        f"{whose}{in_words(answers['symptoms'])}" if answers["symptoms"] else f"{whose}khỏe, không có triệu chứng",
        f"nhiệt độ {temperature:g}°C".replace(".", ",") if temperature else "",
        f"từ {short_day(date.fromisoformat(answers['onset']))}" if answers.get("onset") else "",
        f"không {in_words(answers['negated'])}" if answers.get("negated") and answers["symptoms"] else "",
    ]
    return ", ".join(part for part in parts if part)

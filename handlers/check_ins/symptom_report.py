"""Symptom report: who has what since when. Taken in private; leaders and the monitoring team are alerted at once."""

from __future__ import annotations

from datetime import date, datetime

from handlers.check_in import Answers, CheckInKind, Figure, Question
from handlers.local_time import short_day
from handlers.symptoms import in_words
from understanding import Report, read


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


def read_symptoms(text: str, sent_at: datetime) -> list[str] | None:
    report = read(text, sent_at, "reply_to:health_check").first("symptom")
    return list(report.get("symptoms") or ()) if report is not None and report.is_certain else None


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


def alert(answers: Answers) -> str | None:
    return say(answers) if answers["symptoms"] else None


KIND = CheckInKind(
    name="symptom_report",
    title="Báo triệu chứng",
    about="person",
    is_private=True,
    opens_with=("báo triệu chứng", "báo sức khỏe", "báo ốm"),
    reads="symptom",
    from_report=from_report,
    questions=(
        Question(
            name="symptoms",
            ask="Anh/chị đang có triệu chứng gì (sốt, ho, đau họng, khó thở…), từ khi nào ạ?",
            read=read_symptoms,
            hint="Xin ghi như nói: “sốt 38,5 từ tối qua, ho, không khó thở”. Nếu khỏe, xin ghi “khỏe”.",
        ),
    ),
    say=say,
    figures=(Figure("with_symptoms", "Người có triệu chứng"),),
    count=lambda answers: {"with_symptoms": int(bool(answers["symptoms"]))},
    alert=alert,
)

"""Symptom report: who has what since when. Taken in private; leaders and the monitoring team are alerted at once."""

from __future__ import annotations

from datetime import datetime

from handlers.answers.wellbeing import from_report, say
from handlers.check_in import Answers, CheckInKind, Figure, Question, Watched
from understanding import read


def read_symptoms(text: str, sent_at: datetime) -> list[str] | None:
    report = read(text, sent_at, "reply_to:health_check").first("symptom")
    return list(report.get("symptoms") or ()) if report is not None and report.is_certain else None


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
    watched_for=lambda answers: Watched.SYMPTOMS if answers["symptoms"] and "who" not in answers else None,
)

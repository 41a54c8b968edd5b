"""Health declaration: after a journey, and whenever somebody wants to, how the person is."""

from __future__ import annotations

from handlers.answers.readers import yes_or_no
from handlers.answers.symptoms import in_words
from handlers.answers.wellbeing import read_symptoms
from handlers.check_in import Answers, CheckInKind, Figure, Question, RoundPlan, Watched
from understanding import Report


def from_report(report: Report) -> Answers:
    return {"symptoms": list(report.get("symptoms") or ())}


def say(answers: Answers) -> str:
    symptoms = in_words(answers["symptoms"])
    contact = "; có tiếp xúc người nghi nhiễm" if answers.get("contact") else ""
    return f"{symptoms or 'không có triệu chứng'}{contact}"


def alert(answers: Answers) -> str | None:
    if not answers["symptoms"] and not answers.get("contact"):
        return None
    return f"khai báo y tế: {say(answers)}"


def watched_for(answers: Answers) -> Watched | None:
    if answers.get("contact"):
        return Watched.CONTACT
    return Watched.SYMPTOMS if answers["symptoms"] else None


def count(answers: Answers) -> dict[str, int]:
    return {"declared": 1, "with_symptoms": int(bool(answers["symptoms"])), "contact": int(bool(answers["contact"]))}


KIND = CheckInKind(
    name="health_declaration",
    title="Khai báo y tế",
    about="person",
    is_private=True,
    is_once_a_day=True,
    questions=(
        Question(
            name="symptoms",
            ask="Hôm nay anh/chị có sốt, ho, đau họng, khó thở hay triệu chứng nào khác không ạ?",
            read=read_symptoms,
            hint="Khỏe thì xin trả lời: không. Nếu có, xin kể ra, ví dụ: ho, sốt 38 độ.",
        ),
        Question(
            name="contact",
            ask="14 ngày qua anh/chị có tiếp xúc gần với người bệnh hay người nghi nhiễm không ạ?",
            read=yes_or_no,
            choices=("Không", "Có"),
            hint="Xin trả lời: có hoặc không.",
        ),
    ),
    say=say,
    opens_with=("khai báo y tế", "khai báo sức khỏe"),
    reads="symptom",
    from_report=from_report,
    figures=(
        Figure("declared", "Đã khai báo"),
        Figure("with_symptoms", "Có triệu chứng"),
        Figure("contact", "Có tiếp xúc"),
    ),
    count=count,
    alert=alert,
    watched_for=watched_for,
    plan=RoundPlan(
        opens="07:30",
        reminds="16:20",
        due="16:30",
        request="Mừng anh/chị đã về. Xin khai báo y tế sau chuyến đi: gõ “khai báo y tế”, hoặc chọn bên dưới nếu khỏe.",
        quick_answers={"Tôi khỏe, không tiếp xúc": {"symptoms": [], "contact": False}},
    ),
)

"""Health follow-up: asked every day of people under watch, in private; a symptom alerts at once."""

from __future__ import annotations

from handlers.answers import wellbeing
from handlers.check_in import Answers, CheckInKind, Figure, Question, RoundPlan
from understanding import Report


def from_report(report: Report) -> Answers:
    """How the person himself is; of his family he tells by a report of symptoms."""
    return wellbeing.from_report(report) if report.get("who", "self") == "self" else {}


KIND = CheckInKind(
    name="health_follow_up",
    title="Theo dõi sức khỏe",
    about="person",
    is_private=True,
    is_once_a_day=True,
    opens_with=("theo dõi sức khỏe",),
    reads="symptom",
    from_report=from_report,
    questions=(
        Question(
            name="symptoms",
            ask="Hôm nay anh/chị thế nào: khỏe, hay có sốt, ho, đau họng, khó thở ạ?",
            read=wellbeing.read_symptoms,
            hint="Khỏe thì xin trả lời: khỏe. Nếu không, xin kể ra, ví dụ: ho, sốt 38 độ.",
        ),
    ),
    say=wellbeing.say,
    figures=(Figure("followed", "Đã trả lời"), Figure("with_symptoms", "Có triệu chứng")),
    count=lambda answers: {"followed": 1, "with_symptoms": int(bool(answers["symptoms"]))},
    alert=lambda answers: f"đang theo dõi sức khỏe: {wellbeing.say(answers)}" if answers["symptoms"] else None,
    plan=RoundPlan(  # it is asked at the hour the office sets, on free days too: see handlers/follow_ups
        opens="07:30",
        reminds="16:20",
        due="16:30",
        request="Hôm nay anh/chị có khỏe không ạ? Nếu khỏe xin chọn bên dưới; nếu không, xin trả lời bằng lời của mình: “sốt 38, ho”.",
        quick_answers={"Tôi khỏe": {"symptoms": []}},
    ),
)

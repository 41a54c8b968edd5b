"""Visitor count: how many visits a unit received on the day."""

from __future__ import annotations

from handlers.answers.readers import whole_number
from handlers.check_in import Answers, CheckInKind, Figure, Question, RoundPlan
from handlers.wording import number
from understanding import Report


def from_report(report: Report) -> Answers:
    """What a counted report says of visitors; nothing, if it counts something else."""
    values = report.get("values", {})
    return {"visitors": values["visitors"]} if "visitors" in values else {}


def say(answers: Answers) -> str:
    return f"{number(answers['visitors'])} lượt khách" if answers["visitors"] else "không có khách"


KIND = CheckInKind(
    name="visitor_count",
    title="Số lượt khách",
    about="unit",
    questions=(
        Question(
            name="visitors",
            ask="Hôm nay đơn vị đón bao nhiêu lượt khách ạ?",
            read=whole_number,
            hint="Xin trả lời bằng một con số, ví dụ: 12. Không có khách thì trả lời: không có.",
        ),
    ),
    say=say,
    opens_with=("báo khách", "số lượt khách"),
    reads="count",
    from_report=from_report,
    figures=(Figure("visitors", "Lượt khách"),),
    count=lambda answers: {"visitors": answers["visitors"]},
    reads_bare_number="visitors",
    plan=RoundPlan(
        opens="16:00",
        reminds="16:20",
        due="16:30",
        request="Hôm nay đơn vị đón bao nhiêu lượt khách? Chỉ cần trả lời một con số.",
        quick_answers={"Không có": {"visitors": 0}},
    ),
)

"""Headcount: how many people a unit has, how many are there, and where the others are."""

from __future__ import annotations

from handlers.answers.readers import whole_number
from handlers.check_in import Answers, CheckInKind, Figure, Question, RoundPlan
from handlers.wording import number
from understanding import Report

TITLES = {
    "total": "Tổng số",
    "present": "Có mặt",
    "absent": "Vắng",
    "leave": "Nghỉ phép",
    "sick": "Ốm",
    "wfh": "Làm tại nhà",
    "field": "Công tác",
}
AWAY = ("leave", "sick", "wfh", "field")


def from_report(report: Report) -> Answers:
    """What a counted report says of people; nothing, if it counts something else."""
    values = report.get("values", {})
    return with_the_rest({name: values[name] for name in TITLES if name in values})


def with_the_rest(answers: Answers) -> Answers:
    """Two of total, present and absent give the third."""
    total, present, absent = (answers.get(name) for name in ("total", "present", "absent"))
    if total is None and present is not None and absent is not None:
        return {**answers, "total": present + absent}
    if present is None and total is not None and absent is not None and absent <= total:
        return {**answers, "present": total - absent}
    return answers


def count(answers: Answers) -> dict[str, int]:
    figures = {name: answers[name] for name in TITLES if answers.get(name) is not None}
    if "absent" not in figures and figures["present"] <= figures["total"]:
        figures["absent"] = figures["total"] - figures["present"]
    return figures


def say(answers: Answers) -> str:
    away = [f"{TITLES[name].lower()} {number(answers[name])}" for name in ("absent", *AWAY) if answers.get(name)]
    return ", ".join([f"có mặt {number(answers['present'])}/{number(answers['total'])}", *away])


def odd(answers: Answers, _before: Answers | None) -> str | None:
    """Present and absent do not make the total, counting those at work elsewhere or not."""
    total, present, absent = answers["total"], answers["present"], answers.get("absent")
    if present > total:
        return f"có mặt {present} nhiều hơn tổng số {total}"
    elsewhere = (answers.get("wfh") or 0) + (answers.get("field") or 0)
    if absent is not None and total not in (present + absent, present + absent + elsewhere):
        return f"có mặt {present} + vắng {absent} khác tổng số {total}"
    return None


def _optional(name: str) -> Question:
    return Question(name=name, ask=f"{TITLES[name]}: mấy người ạ?", read=whole_number, is_optional=True)


KIND = CheckInKind(
    name="headcount",
    title="Quân số",
    about="unit",
    questions=(
        Question(name="total", ask="Tổng số người của đơn vị ạ?", read=whole_number, hint="Xin trả lời một con số."),
        Question(name="present", ask="Hôm nay có mặt mấy người ạ?", read=whole_number, hint="Xin trả lời một con số."),
        *(_optional(name) for name in ("absent", *AWAY)),
    ),
    say=say,
    opens_with=("báo quân số", "quân số"),
    reads="count",
    from_report=from_report,
    figures=tuple(Figure(name, title) for name, title in TITLES.items()),
    count=count,
    odd=odd,
    plan=RoundPlan(
        opens="16:00",
        reminds="16:20",
        due="16:30",
        request="Quân số hôm nay: tổng số, có mặt, vắng (lý do)? Ví dụ: “tổng 12, có mặt 10, vắng 2 (1 phép, 1 ốm)”.",
    ),
)

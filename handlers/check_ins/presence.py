"""Presence: at the office, at home, out in the field, on leave, ill."""

from __future__ import annotations

from datetime import date, datetime

from handlers.check_in import Answers, CheckInKind, Figure, Question, Told
from handlers.local_time import short_day
from understanding import Report
from understanding.phrases.normalize import fold

STATUSES = {
    "office": "Ở cơ quan",
    "home": "Làm ở nhà",
    "field": "Đi cơ sở",
    "leave": "Nghỉ phép",
    "sick": "Nghỉ ốm",
}


def from_report(report: Report) -> Answers:
    answers: Answers = {}
    if report.get("status") is not None:
        answers["status"] = report.get("status")
    for slot, name in (("date", "from"), ("until", "until")):
        if report.get(slot) is not None:
            answers[name] = report.get(slot).isoformat()
    return answers


def read_status(text: str, _sent_at: datetime) -> str | None:
    said = fold(text).strip(" .!ạ")
    return next((status for status, title in STATUSES.items() if fold(title) == said), None)


def say(answers: Answers) -> str:
    status = STATUSES[answers["status"]].lower()
    if not answers.get("from"):
        return status
    start = short_day(date.fromisoformat(answers["from"]))
    until = answers.get("until")
    if until and until != answers["from"]:
        return f"{status} từ {start} đến {short_day(date.fromisoformat(until))}"
    return f"{status} ngày {start}"


def span(answers: Answers, today: date) -> tuple[date, date | None]:
    start = date.fromisoformat(answers["from"]) if answers.get("from") else today
    return start, date.fromisoformat(answers["until"]) if answers.get("until") else start


KIND = CheckInKind(
    name="presence",
    title="Báo nơi làm việc",
    about="person",
    opens_with=("điểm danh", "báo có mặt", "báo vắng"),
    reads="presence",
    from_report=from_report,
    questions=(
        Question(
            name="status",
            ask="Hôm nay anh/chị làm việc ở đâu ạ?",
            read=read_status,
            choices=tuple(STATUSES.values()),
            hint="Xin chọn bên dưới, hoặc ghi: ở cơ quan, làm ở nhà, đi cơ sở, nghỉ phép, nghỉ ốm.",
        ),
    ),
    say=say,
    span=span,
    figures=tuple(Figure(status, title) for status, title in STATUSES.items()),
    count=lambda answers: {answers["status"]: 1},
    tells=(Told.HEAD_OF_UNIT,),
    is_worth_telling=lambda answers: answers["status"] != "office",
    is_once_a_day=True,
)

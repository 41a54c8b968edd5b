"""Presence: at the office, at home, out in the field, on leave, ill."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from handlers.answers.readers import one_day
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


HALF = re.compile(
    r"\b(?:(?:xin |duoc )?(?:nghi|vang|o nha|lam o nha|lam tai nha)(?: phep| om)? (?:nua (?:buoi|ngay)|(?:buoi )?(?P<behind>sang|chieu)\b(?! som)(?: nay| mai| thu \w+)?)"
    r"|(?:buoi )?(?P<before>sang|chieu)(?: nay| mai| thu \w+| \d{1,2}/\d{1,2})?(?: (?:em|e|toi|minh|chau|anh|chi|xin|phep|duoc|moi|se|phai|can|cung))*"
    r" (?:nghi|vang|o nha|lam o nha|lam tai nha|lam viec o nha|lam viec tai nha))\b"
)
LONGER = re.compile(r"\b(?:ca ngay|den|suot|\d+ ngay|sang (?:va |lan |voi )?chieu|(?<!thu )tu)\b")
CLAUSE = re.compile(r"[,.;!?\n]+")
PARTS = {"sang": "sáng", "chieu": "chiều"}
SOME_HALF = "nửa buổi"
AT_OFFICE = "office"


def part_in(said: str) -> Answers:
    """The half of the day, where the words take no more: "chiều nay em xin nghỉ", "em nghỉ phép buổi sáng"."""
    clauses = [" ".join(re.findall(r"[\w/]+", clause)) for clause in CLAUSE.split(fold(said))]
    found = [half for clause in clauses for half in HALF.finditer(clause)]
    halves = {half["behind"] or half["before"] for half in found}
    if len(halves) != 1 or any(LONGER.search(clause) for clause in clauses):
        return {}
    half = halves.pop()
    return {"part": PARTS[half] if half else SOME_HALF}


def is_half_a_day(answers: Answers) -> bool:
    """Of one day; who is away from an afternoon to some other day is away."""
    is_one_day = _until(answers) in (None, answers.get("from"))
    return is_one_day and bool(answers.get("part")) and answers.get("status") != AT_OFFICE


def _until(answers: Answers) -> str | None:
    """The last day; of so many days whose first was asked for, the last of them."""
    if answers.get("until") or not (answers.get("from") and answers.get("days")):
        return answers.get("until")
    last: date = date.fromisoformat(answers["from"]) + timedelta(days=answers["days"] - 1)
    return last.isoformat()


def from_report(report: Report) -> Answers:
    answers: Answers = {name: report.get(name) for name in ("status", "days") if report.get(name) is not None}
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
    until = _until(answers)
    if until and until != answers["from"]:
        return f"{status} từ {start} đến {short_day(date.fromisoformat(until))}"
    part = f"{answers['part']} " if is_half_a_day(answers) else ""
    return f"{status} {part}ngày {start}"


def span(answers: Answers, today: date) -> tuple[date, date | None]:
    start = date.fromisoformat(answers["from"]) if answers.get("from") else today
    until = _until(answers)
    return start, date.fromisoformat(until) if until else start


KIND = CheckInKind(
    name="presence",
    title="Báo nơi làm việc",
    about="person",
    opens_with=("điểm danh", "báo có mặt", "báo vắng"),
    reads="presence",
    from_report=from_report,
    from_words=part_in,
    questions=(
        Question(
            name="status",
            ask="Hôm nay anh/chị làm việc ở đâu ạ?",
            read=read_status,
            choices=tuple(STATUSES.values()),
            hint="Xin chọn bên dưới, hoặc ghi: ở cơ quan, làm ở nhà, đi cơ sở, nghỉ phép, nghỉ ốm.",
        ),
        Question(
            name="from",
            ask="Bắt đầu từ ngày nào ạ?",
            read=one_day,
            hint="Xin ghi một ngày, ví dụ: thứ Ba tuần sau, 15/6.",
            when=lambda answers: bool(answers.get("days")),  # "tuần sau em nghỉ 2 ngày"
        ),
    ),
    say=say,
    span=span,
    figures=tuple(Figure(status, title) for status, title in STATUSES.items()),
    count=lambda answers: {answers["status"]: 1},
    tells=(Told.HEAD_OF_UNIT,),
    is_worth_telling=lambda answers: answers["status"] != AT_OFFICE,
    is_once_a_day=True,
)

"""Incident: a case, an accident, a fire … first-hand and now. The leaders hear at once."""

from __future__ import annotations

from datetime import datetime

from handlers.check_in import Answers, CheckInKind, Figure, Question, Watched
from storage.records.alerts import Severity
from understanding import Report, read
from understanding.phrases.normalize import fold

TYPES = {
    "f0_case": "Ca dương tính (người mắc bệnh)",
    "f1_contact": "Tiếp xúc gần người mắc bệnh",
    "accident": "Tai nạn",
    "fire": "Cháy, nổ",
    "flood_storm": "Mưa bão, ngập lụt, sạt lở",
    "food_poisoning": "Ngộ độc thực phẩm",
    "chemical": "Sự cố hóa chất",
    "security": "An ninh, trật tự",
    "other": "Việc khẩn khác",
}

LESS_SEVERE = frozenset({"f1_contact", "security", "other"})
FIELDS = {
    "f0_case": "health",
    "f1_contact": "health",
    "accident": "safety",
    "fire": "fire",
    "flood_storm": "storm",
    "food_poisoning": "food",
    "chemical": "chemical",
    "security": "security",
}
"""Whose field it is; which unit leads a field the office says with /chuoibao."""


def from_report(report: Report) -> Answers:
    answers: Answers = {}
    for name in ("type", "people", "who", "name"):
        if report.get(name) is not None:
            answers[name] = report.get(name)
    if report.get("unit"):
        answers["place"] = report.get("unit")
    return answers


def read_type(text: str, sent_at: datetime) -> str | None:
    said = fold(text).strip(" .!")
    chosen = next((code for code, title in TYPES.items() if fold(title) == said), None)
    report = read(text, sent_at).first("incident")
    return chosen or (report.get("type") if report is not None and report.is_certain else None)


def read_what(text: str, _sent_at: datetime) -> str | None:
    return text.strip() or None


def watched_for(answers: Answers) -> Watched | None:
    """A contact whom the words tell of: the reporter himself, or a colleague by name."""
    is_known = answers.get("who") == "self" or bool(watched_name(answers))
    return Watched.CONTACT if answers["type"] == "f1_contact" and is_known else None


def watched_name(answers: Answers) -> str:
    return str(answers.get("name") or "") if answers.get("who") == "other" else ""


def say(answers: Answers) -> str:
    """Where and who is named once: the reporter's own words mostly say it."""
    what = str(answers.get("what") or "")
    people = f", {answers['people']} người" if answers.get("people") else ""
    name = f", {answers['name']}" if _is_untold(answers.get("name"), what) else ""
    place = f", tại {answers['place']}" if _is_untold(answers.get("place"), what) else ""
    return f"{TYPES[answers['type']].lower()}{people}{name}{place}{f': {what}' if what else ''}"


def _is_untold(value: object, what: str) -> bool:
    return bool(value) and fold(str(value)) not in fold(what)


KIND = CheckInKind(
    name="incident",
    title="Báo việc khẩn",
    about="person",
    is_private=True,
    opens_with=("báo khẩn", "báo sự cố", "báo tai nạn", "báo cháy"),
    reads="incident",
    from_report=from_report,
    from_words=lambda said: {"what": said.strip()} if said.strip() else {},
    questions=(
        Question(name="type", ask="Việc gì đã xảy ra ạ?", read=read_type, choices=tuple(TYPES.values())),
        Question(
            name="what",
            ask="Xin ghi một câu: ở đâu, lúc nào, bao nhiêu người, đã làm gì.",
            read=read_what,
        ),
    ),
    say=say,
    figures=(Figure("incidents", "Việc khẩn"),),
    count=lambda _answers: {"incidents": 1},
    alert=say,
    incident=lambda answers: str(answers["type"]),
    watched_for=watched_for,
    watched_name=watched_name,
    severity=lambda answers: Severity.MEDIUM if answers["type"] in LESS_SEVERE else Severity.SEVERE,
    field=lambda answers: FIELDS.get(answers["type"], ""),
)

"""Travel notice: who leaves the province, where to, when, and when he is back. The head of unit and the directors hear."""

from __future__ import annotations

import re
from datetime import date, datetime

from handlers.answers.readers import one_day
from handlers.check_in import Answers, CheckInKind, Figure, LeavePlan, Question, Told
from handlers.local_time import full_day, short_day
from understanding import Report
from understanding.journeys.places import read_places, shown_name
from understanding.phrases.normalize import fold

PURPOSES = {
    "Công tác": ("cong tac", "hop", "tap huan", "hoi nghi", "hoi thao", "hoc"),
    "Về quê": ("ve que", "tham nha", "tham bo me"),
    "Khám bệnh": ("kham benh", "chua benh", "tai kham"),
    "Việc riêng": ("viec rieng", "viec gia dinh", "dam cuoi", "an cuoi", "dam tang", "du lich", "nghi mat", "choi"),
}


def purpose_in(said: str) -> Answers:
    """The purpose, where the words name one."""
    folded = " ".join(["", *re.findall(r"\w+", fold(said)), ""])
    for purpose, words in PURPOSES.items():
        if any(f" {word} " in folded for word in words):
            return {"purpose": purpose}
    return {}


def read_purpose(text: str, _sent_at: datetime) -> str | None:
    return purpose_in(text).get("purpose") or (text.strip() if 2 <= len(text.strip()) <= 120 else None)


def read_destinations(text: str, _sent_at: datetime) -> list[str] | None:
    # a bare name is no destination by itself ("Huế" may be a person); in answer to this question it is
    found = [slot.value for slot in read_places(f"đi {text}") if slot.is_certain]
    return found or None


def from_report(report: Report) -> Answers:
    answers: Answers = {}
    if report.get("destinations"):
        answers["destinations"] = list(report.get("destinations"))
    for slot, name in (("depart", "leaves_on"), ("return", "returns_on")):
        if report.get(slot) is not None:
            answers[name] = report.get(slot).isoformat()
    return answers


def say(answers: Answers) -> str:
    purpose = f", {answers['purpose'].lower()}" if answers.get("purpose") else ""
    return f"đi {', '.join(shown_name(name) for name in answers.get('destinations', ()))}{_when(answers)}{purpose}"


def _when(answers: Answers) -> str:
    leaves, returns = answers.get("leaves_on"), answers.get("returns_on")
    if leaves and returns:
        start, end = date.fromisoformat(leaves), date.fromisoformat(returns)
        shown = short_day(start) if start.year == end.year else full_day(start)
        return f" từ {shown} đến {full_day(end)}"
    if leaves:
        return f" từ {full_day(date.fromisoformat(leaves))}"
    return f", về ngày {full_day(date.fromisoformat(returns))}" if returns else ""


def span(answers: Answers, today: date) -> tuple[date, date | None]:
    leaves, returns = answers.get("leaves_on"), answers.get("returns_on")
    until = date.fromisoformat(returns) if returns else None
    return (date.fromisoformat(leaves) if leaves else until or today), until


def mistake(answers: Answers, today: date) -> str | None:
    """What cannot be: back before leaving."""
    leaves, returns = answers.get("leaves_on"), answers.get("returns_on")
    if leaves and returns and returns < leaves:
        return "Ngày về đang trước ngày đi."
    return "Ngày về đã quá xa." if returns and (date.fromisoformat(returns) - today).days > 400 else None


def is_ahead(answers: Answers, today: date) -> bool:
    """Not yet over; a journey told of on coming back has no day of leaving."""
    until = span(answers, today)[1]
    return "leaves_on" in answers and (until is None or until >= today)


KIND = CheckInKind(
    name="travel_notice",
    title="Báo đi khỏi tỉnh",
    about="person",
    is_private=True,
    opens_with=("báo đi", "đi khỏi tỉnh", "xin đi", "báo đi công tác"),
    reads="travel",
    from_report=from_report,
    from_words=purpose_in,
    questions=(
        Question(
            name="destinations",
            ask="Anh/chị đi tỉnh, thành phố nào ạ?",
            read=read_destinations,
            hint="Xin ghi tên tỉnh hoặc thành phố, ví dụ: Đà Nẵng.",
        ),
        Question(
            name="leaves_on",
            ask="Ngày nào đi ạ?",
            read=one_day,
            choices=("Hôm nay", "Ngày mai"),
            hint="Xin ghi một ngày, ví dụ: 15/6, ngày mai, thứ Sáu này.",
            # a journey reported on coming back needs no day of leaving
            when=lambda answers: "returns_on" not in answers or "leaves_on" in answers,
        ),
        Question(
            name="returns_on",
            ask="Ngày nào về ạ?",
            read=one_day,
            hint="Xin ghi một ngày, ví dụ: 17/6, Chủ nhật này.",
        ),
        Question(
            name="purpose",
            ask="Anh/chị đi việc gì ạ?",
            read=read_purpose,
            choices=tuple(PURPOSES),
            hint="Xin ghi ngắn gọn, ví dụ: công tác.",
        ),
    ),
    say=say,
    span=span,
    mistake=mistake,
    figures=(Figure("travelers", "Người đi khỏi tỉnh"),),
    count=lambda _answers: {"travelers": 1},
    tells=(Told.HEAD_OF_UNIT, Told.LEADERS),
    leads_to=lambda answers: list(answers.get("destinations", ())),
    leave=LeavePlan(reason=lambda answers: str(answers.get("purpose", "")), reasons=tuple(PURPOSES), is_ahead=is_ahead),
)

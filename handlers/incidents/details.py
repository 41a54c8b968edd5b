"""What is asked of the reporter after the leaders have been told: few questions, by button or word; what he adds goes on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from handlers.answers.courtesies import courtesy_in
from handlers.answers.questions import question_in
from handlers.answers.readers import folded
from handlers.check_in import Answers, Question
from handlers.incidents.again import alarm_if_over
from handlers.incidents.all_kinds import incident_kind
from handlers.incidents.cards import refresh_cards, title_of
from handlers.incidents.duties import Duty
from handlers.incidents.following import may_follow
from handlers.incidents.kind import Severity
from handlers.incidents.news import add_news, shown_in, what_is_shown
from handlers.incidents.owing import bring_duties, facts_of, still_owed
from handlers.incidents.shown import shown_before
from handlers.incidents.telling import tell_new_duties
from handlers.local_time import local
from handlers.visit import Visit
from handlers.wording import bold, platform_name
from storage.holding import hold
from storage.messages import Button, IncomingFile, Unread
from storage.record import change
from storage.records.check_ins import CheckIn
from storage.records.dialogues import Dialogue
from storage.records.incidents import Incident, IncidentState, find_incident, incident_of, incidents
from storage.records.journals import write_journal
from understanding import read

TOPIC = "incident"
PATIENCE = timedelta(hours=2)
NEWS_FROM = 4  # words
PLACE = "📍 Vị trí: https://www.google.com/maps?q="
WITH_THE_REPORT = "{what} kèm tin báo"
KEPT_BACK = "📎 vừa gửi một phim, tệp hoặc vị trí mà {platform} không chuyển tới tôi. Xin hỏi trực tiếp."
SEND_IT_OTHERWISE = (
    "{platform} không chuyển phim, tệp và vị trí tới tôi. Tôi đã báo lãnh đạo là anh/chị vừa gửi. "
    "Xin gửi ảnh, tin thoại, hoặc tả bằng một câu: tôi chuyển ngay."
)
PASSED_ON = "Đã ghi thêm và chuyển lãnh đạo."
UNKNOWN = "Chưa rõ"
UNKNOWN_WORDS = frozenset({"chua ro", "chua biet", "khong ro", "khong biet", "bo qua"})
ILLNESSES = frozenset({"f0_case", "f1_contact"})
GONE = "Sự việc này đã khép hoặc đã gộp. Có tin mới, xin nhắn lại."
ENOUGH = "Cảm ơn anh/chị, tôi đã chuyển đủ cho lãnh đạo. Có diễn biến mới, xin nhắn tiếp cho tôi."


def ask_details(visit: Visit, check_in: CheckIn, file: IncomingFile | None = None) -> None:
    """After the report was kept: the first question about its incident, in private. `file`: what he had sent before."""
    incident = incident_of(visit.tx, check_in.id)
    if incident is not None and incident.state == IncidentState.OPEN:
        if (shown := shown_in(visit.message) or file or shown_before(visit)) is not None:
            add_news(visit, incident, WITH_THE_REPORT.format(what=what_is_shown(shown)), shown)
        _ask_next(visit, incident, is_first=True)


def _ask_next(visit: Visit, incident: Incident, *, is_first: bool = False, before: str = "") -> None:
    question = incident_kind(incident.kind).missing(incident.answers)
    _listen_on(visit, incident, question)
    if question is None:
        if not is_first:
            visit.reply_privately(ENOUGH)
        return
    opening = "Lãnh đạo đã được báo. Xin cho biết thêm:\n" if is_first else before
    buttons = [
        Button(label, f"incq:{incident.id}:{question.name}:{number}")
        for number, label in enumerate((*question.choices, UNKNOWN))
    ]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    visit.reply_privately(f"{opening}{question.ask}", buttons=rows, about=incident.about)


def _listen_on(visit: Visit, incident: Incident, question: Question | None) -> None:
    """His next words in private are about this event; without a question left, news of it."""
    state = {"incident": incident.id, "question": "" if question is None else question.name}
    if question is not None and question.read("1", local(visit.said_at)) is None:
        state["nonce"] = question.name  # a bare number can only be the number of one of its choices
    visit.keep(Dialogue(topic=TOPIC, state=state, expires_at=visit.now + PATIENCE), in_private=True)


def go_on(visit: Visit, state: dict[str, Any]) -> bool:
    """The reporter's next words; false where they report something else."""
    incident = find_incident(visit.tx, int(state["incident"]))
    if incident is None or incident.state != IncidentState.OPEN:
        return False
    shown = shown_in(visit.message)
    if shown is not None and not visit.message.text:
        return _pass_on(visit, incident, str(state["question"]), what_is_shown(shown))
    if not visit.message.text or question_in(visit.message.text, local(visit.said_at)) is not None:
        return False
    if _takes_back(visit):  # the leaders read why; what he reported is taken back by whoever hears corrections
        add_news(visit, incident, visit.message.text)
        return False
    return _hear_words(visit, incident, state)


def _hear_words(visit: Visit, incident: Incident, state: dict[str, Any]) -> bool:
    """The answer to the open question, thanks, or news."""
    question, words = _question(incident, str(state["question"])), visit.message.text
    is_unknown = folded(words) in UNKNOWN_WORDS
    answer = None if question is None or is_unknown else question.read(words, local(visit.said_at))
    if question is not None and (is_unknown or answer is not None):
        _keep(visit, incident, question, answer, words)
        return True
    if courtesy_in(words) == "cảm ơn":
        visit.receive_quietly()
        return True
    return not _reports_something_else(visit, incident) and _take_unread(visit, incident, question)


def _takes_back(visit: Visit) -> bool:
    """ "nhầm, không phải cháy": no news of the event, but that there is none."""
    return any(
        report.kind == "correction" and report.get("action") == "cancel" and report.get("target") == "incident"
        for report in read(visit.message.text, local(visit.said_at)).reports
    )


def take_unreadable(visit: Visit) -> bool:
    """A point on the map, or what the platform keeps back, from who has just told of an event; false where it belongs to none."""
    message = visit.message
    is_place = message.unread == Unread.PLACE and bool(message.text)
    if not is_place and message.unread != Unread.WITHHELD:
        return False
    open_one = visit.dialogue()
    if open_one is None or open_one.topic != TOPIC:
        return False
    incident = find_incident(visit.tx, int(open_one.state["incident"]))
    if incident is None or incident.state != IncidentState.OPEN:
        return False
    if not is_place:
        add_news(visit, incident, KEPT_BACK.format(platform=platform_name(message.platform)))
        visit.reply(SEND_IT_OTHERWISE.format(platform=platform_name(message.platform)))
        return True
    return _pass_on(visit, incident, str(open_one.state["question"]), f"{PLACE}{message.text}")


def _pass_on(visit: Visit, incident: Incident, question: str, told: str) -> bool:
    """What needs no reading goes to everybody who follows it; the open question stays."""
    add_news(visit, incident, told)
    if alarm_if_over(visit, incident, ""):
        return True
    if question:
        _ask_next(visit, incident, before=f"{PASSED_ON}\n")
    else:
        visit.reply(PASSED_ON)
    return True


def _question(incident: Incident, name: str) -> Question | None:
    return next((one for one in incident_kind(incident.kind).questions if one.name == name), None)


def _reports_something_else(visit: Visit, incident: Incident) -> bool:
    """How the reporter himself is never goes into the record of an event, however unsure it was read."""
    others = ILLNESSES.difference(incident_kind(incident.kind).types)
    return any(
        (report.kind == "incident" and report.get("type") in others)
        or (report.kind == "symptom" and report.get("who") == "self")
        or (report.is_certain and report.kind not in ("incident", "ack"))
        for report in read(visit.message.text, local(visit.said_at)).reports
    )


def _take_unread(visit: Visit, incident: Incident, question: Question | None) -> bool:
    """No answer to the question: a longer sentence is news of the event and goes on; the question stays."""
    words, told = visit.message.text, incident_kind(incident.kind).told_later(visit.message.text)
    is_news = bool(told) or len(words.split()) >= NEWS_FROM
    if is_news:
        add_news(visit, incident, words)
        if not told and alarm_if_over(visit, incident, words):
            return True
    if told:
        incident = _keep_answers(visit, incident, told)
        question = question and incident_kind(incident.kind).missing(incident.answers)
    if question is not None:
        before = PASSED_ON if is_news else question.hint or "Tôi chưa hiểu."
        _ask_next(visit, incident, before=f"{before}\n")
    elif is_news:
        visit.reply(PASSED_ON)
    return is_news or question is not None


def press_answer(visit: Visit, parts: list[str]) -> None:
    """A button under a question: pressing it is saying it."""
    incident = find_incident(visit.tx, int(parts[0]))
    question = None if incident is None else _question(incident, parts[1])
    if incident is None or question is None or incident.state != IncidentState.OPEN:
        visit.close_press(GONE)
        return
    if visit.known.id != incident.reported_by and not may_follow(visit, incident):
        visit.close_press("Câu này dành cho người báo tin.")
        return
    visit.close_press()
    labels = (*question.choices, UNKNOWN)
    words = labels[int(parts[2])] if int(parts[2]) < len(labels) else UNKNOWN
    _keep(visit, incident, question, None if words == UNKNOWN else question.read(words, local(visit.said_at)), words)


def _keep(visit: Visit, incident: Incident, question: Question, answer: object, words: str) -> None:
    """The answer, what it brings, and the next question. The last answer to a question stands; the journal has them all."""
    text = f"{question.ask} → {words}"
    write_journal(visit.tx, incident.about, at=visit.now, actor_id=visit.known.id, act="answered", text=text)
    now_known = _keep_answers(visit, incident, {question.name: answer})
    if visit.known.id == incident.reported_by:
        _ask_next(visit, now_known)


def _keep_answers(visit: Visit, incident: Incident, answers: Answers) -> Incident:
    """The incident as it is known now; whoever follows it reads what that means."""
    hold(visit.tx, incidents, incident.id)
    before = find_incident(visit.tx, incident.id) or incident
    change(visit.tx, incidents, incidents.c.id == incident.id, answers={**before.answers, **answers})
    now_known = find_incident(visit.tx, incident.id) or before
    new = bring_duties(visit.tx, now_known, visit.now)
    refresh_cards(visit.tx, incident.id, visit.now)
    _tell_what_it_means(visit, before, now_known, new)
    return now_known


def _tell_what_it_means(visit: Visit, before: Incident, after: Incident, new: list[Duty]) -> None:
    kind = incident_kind(after.kind)
    is_worse = kind.severity(facts_of(after)) == Severity.GRAVE != kind.severity(facts_of(before))
    if not is_worse and not any(duty.is_pressing for duty in new):
        return
    known = "; ".join(kind.say(facts_of(after)))
    heading = f"🔺 {bold(title_of(after))}: {Severity.GRAVE.called}" if is_worse else f"📞 {bold(title_of(after))}"
    pressing = {duty.name for duty in new if duty.is_pressing}  # the rest is on the card
    owed = [one for one in still_owed(visit.tx, after.id) if one.name in pressing]
    tell_new_duties(visit.tx, after, f"{heading}\n{known}", owed, key=visit.message.key, now=visit.now)

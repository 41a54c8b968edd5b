"""The buttons of the duties: the prepared text, "đã báo" with who took it, or why nobody need be told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from handlers.incidents.cards import refresh_cards
from handlers.incidents.contacts import contact_line
from handlers.incidents.duties import all_duties
from handlers.incidents.following import may_follow
from handlers.incidents.owing import note_duty, settle_duty
from handlers.incidents.prepared import prepared_text
from handlers.local_time import clock_time, local
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, bold
from storage.messages import Button
from storage.records.dialogues import Dialogue
from storage.records.incidents import DutyState, Incident, OwedDuty, find_duty, find_incident
from storage.records.people import find_person
from understanding import read

TOPIC = "duty"
PATIENCE = timedelta(minutes=30)
GONE = "Việc này không còn trong sổ."
UNSURE = {"M": "nguồn thứ cấp, nên đối chiếu lại", "L": "cần đối chiếu lại với văn bản"}


def press_duty(visit: Visit, parts: list[str]) -> None:
    """A button of one duty: "duty:<deed>:<id>"."""
    found = _found(visit, int(parts[1]))
    if found is None:
        visit.close_press(GONE)
    elif not may_follow(visit, found[0]):
        visit.close_press(NOT_ALLOWED)
    else:
        DEEDS[parts[0]](visit, *found)


def _found(visit: Visit, duty_id: int) -> tuple[Incident, OwedDuty] | None:
    owed = find_duty(visit.tx, duty_id)
    incident = None if owed is None else find_incident(visit.tx, owed.incident_id)
    return None if owed is None or incident is None else (incident, owed)


def _show(visit: Visit, incident: Incident, owed: OwedDuty) -> None:
    """The prepared text, to be copied: the duty officer tells nobody outside by itself."""
    duty = all_duties()[owed.name]
    unsure = f" ({UNSURE[duty.confidence]})" if duty.confidence in UNSURE else ""
    text = (
        f"{bold(duty.whom)} · {duty.clock}\n{contact_line(visit.tx, duty.whom)}Cách: {duty.how}.\nCăn cứ: {duty.law}{unsure}.\n\n"
        f"{prepared_text(visit.tx, incident, duty)}"
    )
    buttons = ((Button(duty.done_label, f"duty:done:{owed.id}"), Button(duty.waive_label, f"duty:waive:{owed.id}")),)
    visit.close_press()
    visit.reply(text, buttons=buttons, about=f"duty/{owed.id}")


def _done(visit: Visit, incident: Incident, owed: OwedDuty) -> None:
    if not settle_duty(visit.tx, incident, owed, DutyState.DONE, by=visit.known.id, now=visit.now):
        _say_settled(visit, owed)
        return
    visit.close_press("Đã ghi.")
    _wait(visit, owed, "note")
    whom = all_duties()[owed.name].whom
    visit.reply(
        f"✅ Đã ghi: {whom}, lúc {clock_time(visit.now)}. Ai nhận tin, số điện thoại nào? Xin ghi một câu; không cần thì thôi ạ.",
        about=f"duty/{owed.id}",
    )
    refresh_cards(visit.tx, incident.id, visit.now)


def _waive(visit: Visit, _incident: Incident, owed: OwedDuty) -> None:
    if owed.state != DutyState.OWED:
        _say_settled(visit, owed)
        return
    visit.close_press()
    _wait(visit, owed, "reason")
    visit.reply(f"Vì sao không phải báo {all_duties()[owed.name].whom} ạ? Xin ghi lý do, lý do được giữ trong sổ.")


def _say_settled(visit: Visit, owed: OwedDuty) -> None:
    who = find_person(visit.tx, owed.settled_by) if owed.settled_by else None
    visit.close_press(f"{who.called if who else 'Có người'} đã ghi việc này trước đó.")


def _wait(visit: Visit, owed: OwedDuty, step: str) -> None:
    visit.keep(Dialogue(topic=TOPIC, state={"duty": owed.id, "step": step}, expires_at=visit.now + PATIENCE))


def go_on(visit: Visit, state: dict[str, Any]) -> bool:
    """The reason, or who took the message; false where the words report something else."""
    found = _found(visit, int(state["duty"]))
    words = visit.message.text.strip()
    if found is None or not words or _reports_something(visit):
        return False
    visit.forget_dialogue()
    take_words_for(visit, *found, words)
    return True


def _reports_something(visit: Visit) -> bool:
    reports = read(visit.message.text, local(visit.said_at)).reports
    return any(report.is_certain and report.kind != "ack" for report in reports)


def take_words_for(visit: Visit, incident: Incident, owed: OwedDuty, words: str) -> None:
    """Words about a duty: a note to one that is done, else the reason why it need not be."""
    if owed.state == DutyState.OWED:
        settle_duty(visit.tx, incident, owed, DutyState.WAIVED, by=visit.known.id, now=visit.now, note=words)
        visit.reply(f"➖ Đã ghi: không phải báo {all_duties()[owed.name].whom}. Lý do: {words}")
    else:
        note_duty(visit.tx, incident, owed, words, by=visit.known.id, now=visit.now)
        visit.reply("Đã ghi thêm vào sổ.")
    refresh_cards(visit.tx, incident.id, visit.now)


DEEDS = {"show": _show, "done": _done, "waive": _waive}

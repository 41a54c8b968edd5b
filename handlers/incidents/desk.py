"""What those who follow an incident say or press: closing it, taking it apart, joining it, adding to it."""

from __future__ import annotations

from handlers.incidents.again import alarm_if_over, press_alarm
from handlers.incidents.cards import card_buttons, card_of, refresh_cards, title_of
from handlers.incidents.duties import all_duties
from handlers.incidents.following import may_follow
from handlers.incidents.likeness import decide, split
from handlers.incidents.news import add_news, shown_in, what_is_shown
from handlers.incidents.owing import rest_duties, settle_duty, still_owed
from handlers.incidents.record import write_record
from handlers.incidents.settling import take_words_for
from handlers.local_time import clock_time, local
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, bold, bullets, firm
from storage.record import change
from storage.records import audit
from storage.records.incidents import (
    DutyState,
    Incident,
    IncidentState,
    Likeness,
    OwedDuty,
    find_duty,
    find_incident,
    find_likeness,
    incidents,
    open_incidents,
)
from storage.records.journals import write_journal
from storage.records.people import find_person
from understanding import read

GONE = "Sự việc này không còn trong sổ."
CLOSING_WORDS = frozenset({"khep", "dong", "da xu ly xong", "khep su viec", "dong su viec"})
SAME_WORDS = frozenset({"cung viec", "cung mot viec", "mot viec", "la mot", "trung", "gop", "dung", "phai"})
OTHER_WORDS = frozenset({"khac viec", "viec khac", "khac", "khong", "khong phai", "khong cung"})
MOST_CARDS = 8
DONE_WORDS = ("da bao", "bao roi", "da lam", "xong", "da xong")


def list_incidents(visit: Visit) -> None:
    """A card for each open incident this person may follow; of many, the older ones by name alone."""
    mine = [incident for incident in open_incidents(visit.tx) if may_follow(visit, incident)]
    if not mine:
        visit.reply("Không có sự việc nào đang mở ạ.")
    for incident in mine[:MOST_CARDS]:
        visit.reply(card_of(visit.tx, incident), buttons=card_buttons(visit.tx, incident), about=incident.about)
    if rest := mine[MOST_CARDS:]:
        visit.reply(f"{bold('Còn mở:')}\n{bullets([title_of(incident) for incident in rest])}")


def press_incident(visit: Visit, parts: list[str]) -> None:
    """A button of a card: "incident:<deed>:<id>"."""
    incident = find_incident(visit.tx, int(parts[1]))
    if incident is None:
        visit.close_press(GONE)
    elif parts[0] == "alarm":
        press_alarm(visit, incident)
    elif not may_follow(visit, incident):
        visit.close_press(NOT_ALLOWED)
    else:
        DEEDS[parts[0]](visit, incident)


def _close(visit: Visit, incident: Incident) -> None:
    """Closed by a human, once every duty is settled."""
    owed = still_owed(visit.tx, incident.id)
    if owed:
        _say_what_is_owed(visit, incident, owed)
        return
    is_open = (incidents.c.id == incident.id, incidents.c.state == IncidentState.OPEN)
    values = {"state": IncidentState.CLOSED, "closed_at": visit.now, "closed_by": visit.known.id}
    if change(visit.tx, incidents, *is_open, **values) != 1:
        visit.close_press("Sự việc này đã khép trước đó.")
        return
    rest_duties(visit.tx, incident.id)
    write_journal(visit.tx, incident.about, at=visit.now, actor_id=visit.known.id, act="closed", text="Khép sự việc")
    audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act="incident.closed", subject=incident.about)
    visit.close_press("Đã khép.")
    visit.reply(
        f"☑️ Đã khép {title_of(incident)} lúc {clock_time(visit.now)}.",
        file=write_record(visit.tx, incident.id, visit.now),
    )
    refresh_cards(visit.tx, incident.id, visit.now, is_news=True)


def _say_what_is_owed(visit: Visit, incident: Incident, owed: list[OwedDuty]) -> None:
    visit.close_press("Còn việc phải báo ra ngoài.")
    visit.reply(
        f"Chưa khép được {title_of(incident)}: chưa ghi nhận đã báo, đã làm\n"
        f"{bullets([all_duties()[one.name].whom for one in owed])}\n"
        "Xin chọn từng việc để ghi “Đã báo”, hoặc “Không phải báo” kèm lý do.",
        buttons=card_buttons(visit.tx, incident)[:-1],
        about=incident.about,
    )


def _record(visit: Visit, incident: Incident) -> None:
    visit.close_press("Đang gửi biên bản…")
    file = write_record(visit.tx, incident.id, visit.now)
    visit.reply(f"Biên bản diễn biến {title_of(incident)}", file=file, about=incident.about)


def _split(visit: Visit, incident: Incident) -> None:
    done = split(visit.tx, incident, by=visit.known.id, now=visit.now)
    visit.close_press("Đã tách thành việc riêng." if done else "Sự việc này không gộp với việc nào.")


DEEDS = {"close": _close, "record": _record, "split": _split}


def press_likeness(visit: Visit, parts: list[str]) -> None:
    """ "Cùng một việc" or "Việc khác": the first who decides has decided."""
    likeness = find_likeness(visit.tx, int(parts[1]))
    later = None if likeness is None else find_incident(visit.tx, likeness.later_id)
    if likeness is None or later is None:
        visit.close_press(GONE)
    elif not may_follow(visit, later):
        visit.close_press(NOT_ALLOWED)
    else:
        visit.close_press(_decide(visit, likeness, same=parts[0] == "same"))


def _decide(visit: Visit, likeness: Likeness, *, same: bool) -> str:
    if decide(visit.tx, likeness, same=same, by=visit.known.id, now=visit.now):
        return f"Đã gộp vào sự việc {likeness.earlier_id}." if same else "Đã ghi: hai việc khác nhau."
    settled = find_likeness(visit.tx, likeness.id) or likeness
    who = find_person(visit.tx, settled.decided_by) if settled.decided_by else None
    said = "cùng một việc" if settled.decision == "same" else "hai việc khác nhau"
    return f"{who.called if who else 'Một người khác'} đã quyết định trước: {said}."


def take_words(visit: Visit, abouts: list[str]) -> bool:
    """Words in answer to a card, a duty or a proposal; false where they are about none of them, or only acknowledge."""
    said = firm(visit.message.text)
    for about in abouts:
        noun, _, number = about.partition("/")
        if noun in NOUNS and number.isdecimal() and NOUNS[noun](visit, int(number), said):
            return True
    return False


def _about_incident(visit: Visit, incident_id: int, said: str) -> bool:
    incident = find_incident(visit.tx, incident_id)
    if incident is None or not (may_follow(visit, incident) or visit.known.id == incident.reported_by):
        return False
    if said in CLOSING_WORDS and may_follow(visit, incident):
        _close(visit, incident)
        return True
    if any(report.kind == "ack" for report in read(visit.message.text, local(visit.said_at)).reports):
        return False
    shown = shown_in(visit.message)
    if not (said or shown) or incident.state != IncidentState.OPEN:
        return False
    add_news(visit, incident, visit.message.text or (what_is_shown(shown) if shown else ""))
    if not alarm_if_over(visit, incident, visit.message.text):
        visit.reply("Đã ghi thêm vào sổ và chuyển những người theo dõi.")
    return True


def _about_duty(visit: Visit, duty_id: int, said: str) -> bool:
    owed = find_duty(visit.tx, duty_id)
    incident = None if owed is None else find_incident(visit.tx, owed.incident_id)
    if owed is None or incident is None or not may_follow(visit, incident) or not said:
        return False
    if owed.state == DutyState.OWED and said.startswith(DONE_WORDS):
        note = visit.message.text.strip()
        settle_duty(visit.tx, incident, owed, DutyState.DONE, by=visit.known.id, now=visit.now, note=note)
        visit.reply(f"✅ Đã ghi: {all_duties()[owed.name].whom}, lúc {clock_time(visit.now)}.")
        refresh_cards(visit.tx, incident.id, visit.now)
        return True
    if owed.state == DutyState.OWED and not said.startswith("khong"):
        return False
    take_words_for(visit, incident, owed, visit.message.text.strip())
    return True


def _about_likeness(visit: Visit, likeness_id: int, said: str) -> bool:
    likeness = find_likeness(visit.tx, likeness_id)
    later = None if likeness is None else find_incident(visit.tx, likeness.later_id)
    if likeness is None or later is None or said not in SAME_WORDS | OTHER_WORDS or not may_follow(visit, later):
        return False
    visit.reply(_decide(visit, likeness, same=said in SAME_WORDS))
    return True


NOUNS = {"incident": _about_incident, "duty": _about_duty, "likeness": _about_likeness}

"""Answers to an alert in words, for who has no buttons: "đã nhận", "không xử lý được", "hoãn", "đóng", with or without its number."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from handlers.abouts import ids_in
from handlers.alerts import letters
from handlers.alerts.answering import close, decline, may_answer, snooze, take, the_one_meant
from handlers.alerts.standing import policy_of
from handlers.visit import Visit
from handlers.wording import bullets, firm
from storage.records.alerts import Alert, AlertState, open_alerts_told_to

MOST_ASKED = 3

Deed = Callable[[Visit, Alert], None]

WORDS: dict[str, Deed] = {
    **dict.fromkeys(("da nhan", "nhan", "toi nhan", "da nhan tin", "toi da nhan", "nhan tin", "em nhan"), take),
    **dict.fromkeys(
        ("khong xu ly duoc", "toi khong xu ly duoc", "khong nhan duoc", "khong nhan", "chuyen nguoi khac", "tu choi"),
        decline,
    ),
    **dict.fromkeys(("hoan", "hoan 15 phut", "hoan 15p", "nhac lai sau", "de sau"), snooze),
    **dict.fromkeys(("dong", "dong tin", "khep", "khep tin", "da xu ly xong", "xu ly xong", "da xong"), close),
}
ME = "(?:toi|em|anh|chi|minh|chu|bac|co|chau)"
GOES = "(?:toi|den|qua|ra|xuong|di|sang|lo|xu ly|co mat)"
ON_MY_WAY = re.compile(
    rf"(?:{ME} )?(?:dang (?:tren duong )?{GOES}|tren duong {GOES}|se {GOES} ngay|{GOES} (?:ngay|lien|luon))(?: (?:ngay|lien|luon|do|day|noi|hien truong|cho do))*"
    rf"|de {ME} (?:{GOES}|nhan)(?: (?:ngay|lien|luon|cho|vu nay|viec nay))*"
    rf"|{ME} (?:lo|nhan|xu ly)(?: (?:cho|vu nay|viec nay|ngay))*"
    rf"|\d{{1,2}} ?(?:phut|p)(?: nua)? (?:{ME} )?(?:{GOES}|la {GOES})(?: noi)?"
)
"""Who says at night that he is coming has taken it, whatever word he uses."""
NUMBERED = re.compile(r"(?P<words>.*?)(?: (?:tin )?(?:khan )?(?:so )?(?P<number>\d{1,9}))?")
POLITE = re.compile(r"^(?:da|vang|ok|okay) |(?: (?:a|nhe|nha|roi|roi a|nhe a))+$")


def answer_by_word(visit: Visit, abouts: Sequence[str]) -> bool:
    """Take these words as the answer to an alert this person was told of; false if they are none."""
    deed, number = _read(visit.message.text)
    if deed is None or not visit.message.is_private or not _is_about_alerts(abouts):
        return False
    replied_to = ids_in(abouts, "alert")
    if number is None and replied_to:
        number = replied_to[0]
    if number is not None:
        alert = the_one_meant(visit, number)
        if alert is not None and may_answer(visit, alert):
            return _answer(visit, alert, deed)
        return _has_no_such_number(visit, number)
    told = open_alerts_told_to(visit.tx, visit.known.id)
    waiting = [alert for alert in told if _is_his_to(visit, alert, deed)]
    if deed is take and not waiting:  # somebody was faster: he hears who
        waiting = told[:1]
    if len(waiting) == 1:
        return _answer(visit, waiting[0], deed)
    if waiting:
        lines = bullets([f"{visit.message.text.strip(' .!')} {alert.id}: {alert.subject[:80]}" for alert in waiting])
        visit.reply(f"Có {len(waiting)} tin khẩn đang mở. Xin nhắn kèm số của tin:\n{lines}")
    elif deed is close and told:
        lines = bullets([f"đóng {alert.id}: {alert.subject[:80]}" for alert in told])
        visit.reply(f"Anh/chị không giữ tin khẩn nào. Tin đang mở, muốn khép xin nhắn kèm số của tin:\n{lines}")
    return bool(waiting) or (deed is close and bool(told))


def _has_no_such_number(visit: Visit, number: int) -> bool:
    """A slip in the number, while alerts are open to him: which there are; else the words are about something else."""
    told = open_alerts_told_to(visit.tx, visit.known.id)
    if told:
        lines = bullets([f"số {alert.id}: {alert.subject[:80]}" for alert in told])
        visit.reply(f"Không có tin khẩn số {number} gửi anh/chị. Đang mở:\n{lines}")
    return bool(told)


def ask_to_take(visit: Visit) -> bool:
    """ "ok" by itself, while an alert waits for an answer: whether he takes it is asked; false where none waits."""
    waiting = [a for a in open_alerts_told_to(visit.tx, visit.known.id) if a.state == AlertState.OPEN]
    if not visit.message.is_private or not waiting:
        return False
    for alert in waiting[:MOST_ASKED]:
        buttons = letters.call_buttons(alert, policy_of(visit.tx, alert))
        visit.reply(letters.ask_text(alert), buttons=buttons, about=f"alert/{alert.id}")
    return True


def take_by_word(visit: Visit, alert_id: int) -> bool:
    """ "dạ em rõ rồi" in answer to the alert itself; false if there is nothing to take."""
    alert = the_one_meant(visit, alert_id)
    if alert is None or alert.state == AlertState.CLOSED or not may_answer(visit, alert):
        return False
    take(visit, alert)
    return True


def _read(text: str) -> tuple[Deed | None, int | None]:
    if len(text) > 60:
        return None, None
    said = POLITE.sub("", firm(text.replace("“", "").replace("”", "")))
    if said in WORDS:  # "hoãn 15" ends in a number that is none of an alert's
        return WORDS[said], None
    if ON_MY_WAY.fullmatch(said):
        return take, None
    found = NUMBERED.fullmatch(said)
    if found is None or found["number"] is None:
        return None, None
    return WORDS.get(found["words"]), int(found["number"])


def _is_about_alerts(abouts: Sequence[str]) -> bool:
    """Words that answer a directive or a round are not for us."""
    return not abouts or bool(ids_in(abouts, "alert"))


def _is_his_to(visit: Visit, alert: Alert, deed: Deed) -> bool:
    """Closing without a number means what he has taken himself; the rest means what nobody has."""
    if deed is close:
        return alert.taken_by == visit.known.id
    if deed is take:
        return alert.state == AlertState.OPEN
    return alert.state == AlertState.OPEN or alert.taken_by == visit.known.id


def _answer(visit: Visit, alert: Alert, deed: Deed) -> bool:
    if alert.state == AlertState.CLOSED:
        visit.reply("Việc này đã được xử lý xong.")
    else:
        deed(visit, alert)
    return True

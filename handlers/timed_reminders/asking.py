"""Asks for the one thing a wish lacks, and puts the answer where it belongs in the words of the wish."""

from __future__ import annotations

import re
from datetime import timedelta

from handlers.access import Right
from handlers.timed_reminders.reading import SMALL_HOURS, VERB, what_of
from handlers.timed_reminders.unclear import Lack, NotToBeReadError
from handlers.visit import Visit
from storage.messages import Button
from storage.records.dialogues import Dialogue
from storage.records.units import UnitKind, find_unit
from understanding.phrases.normalize import fold, nfc
from understanding.times import read_times

TOPIC = "remind_lack"
PATIENCE = timedelta(minutes=15)
IN_A_ROW = 3
BARE = re.compile(r"\d{1,2}")
HALF_TOLD = re.compile(r"(?:buoi\s+|gio\s+)?(?P<part>sang|chieu|toi)\b.*")
SAID_AGAIN = re.compile(r"(?:nhac|cho|la)\s+")


def ask(visit: Visit, text: str, unclear: NotToBeReadError) -> None:
    """In private the answer may be the missing word alone; in a room nobody is made to wait."""
    if unclear.lacks is None or not visit.message.is_private:
        visit.reply(str(unclear))
        return
    choices = _targets(visit) if unclear.lacks is Lack.WHOM else unclear.choices
    state = {"text": text, "lacks": unclear.lacks, "choices": list(choices)}
    visit.keep(Dialogue(topic=TOPIC, state=state, expires_at=visit.now + PATIENCE))
    buttons = [Button(one, f"{TOPIC}:{unclear.lacks}:{number}") for number, one in enumerate(choices)]
    rows = tuple(tuple(buttons[start : start + IN_A_ROW]) for start in range(0, len(buttons), IN_A_ROW))
    visit.reply(unclear.question, buttons=rows, asks_reply=not rows)


def _targets(visit: Visit) -> tuple[str, ...]:
    """Oneself, and the rooms one may have reminded."""
    unit = find_unit(visit.tx, visit.unit_id)
    leads = visit.may(Right.ISSUE_DIRECTIVES) or visit.unit_id in visit.headed_unit_ids
    own = (unit.short_name,) if leads and unit is not None and unit.kind != UnitKind.ORGANIZATION else ()
    wide = ("các đơn vị", "toàn cơ quan") if visit.may(Right.ISSUE_DIRECTIVES) else ()
    return ("riêng tôi", *own, *wide)


def completed(text: str, answer: str, lacks: Lack) -> str:
    """The wish with the answer in its place."""
    said, answer = nfc(text), what_of(nfc(answer))
    match lacks:
        case Lack.WHOM:
            verb = VERB.search(fold(said))
            place = verb.end() if verb else 0
            whom = answer[_end_of_said_again(answer) :]
            return f"{said[:place]} {whom.removeprefix('riêng ')} {said[place:]}"
        case Lack.HALF:
            return _with_half(said, answer)
        case Lack.HOUR:
            return f"{said} lúc {answer}{'h' if BARE.fullmatch(answer) else ''}"
        case Lack.DAY:
            return f"{said} {'ngày ' if BARE.fullmatch(answer) else ''}{answer}"
        case Lack.WHAT:
            return f"{what_of(said)} {answer}"


def _end_of_said_again(answer: str) -> int:
    found = SAID_AGAIN.match(fold(answer))
    return found.end() if found else 0


def _with_half(said: str, answer: str) -> str:
    """ "chiều" behind the hour, or another hour in its place."""
    small = next((slot for slot in read_times(said) if slot.span and slot.value.hour in SMALL_HOURS), None)
    if small is None or small.span is None:
        return f"{said} {answer}"
    start, end = small.span
    half = HALF_TOLD.fullmatch(fold(answer))
    return f"{said[:end]} {answer} {said[end:]}" if half else f"{said[:start]}{answer}{said[end:]}"

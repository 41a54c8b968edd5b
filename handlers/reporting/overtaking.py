"""Words that were overtaken: a message heard after one that was said later. It is kept, and its sender told only what he cannot know."""

from __future__ import annotations

import re
from datetime import datetime

from handlers.check_in import Answers, CheckInKind
from handlers.local_time import clock_time
from handlers.reporting.discretion import must_not_be_told_here, say_discreetly
from handlers.reporting.recording import as_it_stands
from handlers.reporting.source import Source, is_overtaken
from handlers.visit import Visit
from storage.records.check_ins import CheckIn, CheckInState, check_ins_by, find_check_in, last_check_in_by
from understanding.phrases.normalize import fold

LOOKED_AT = 20
WRONG = re.compile(r"\b(?:(?:khong|ko|k|hok) phai|thay vi)(?: la)? (\d{1,9})\b")
KEPT = "Tin lúc {said} đến sau nên tôi chỉ giữ lại để tra cứu."


def tell_overtaken(visit: Visit, kind: CheckInKind, kept: CheckIn) -> None:
    """What stands instead. In a room where both were said everybody sees it: there a receipt is enough."""
    stands = as_it_stands(visit.tx, kind, kept)
    is_seen = (stands.chat_id, stands.reported_by) == (kept.chat_id, kept.reported_by)
    is_private_matter = must_not_be_told_here(visit, kind)
    if not visit.message.is_private:
        visit.receive_quietly()
    if stands.answers == kept.answers or (is_seen and not visit.message.is_private and not is_private_matter):
        return
    text = f"{what_stands(kind, stands)} {KEPT.format(said=clock_time(kept.reported_at))}"
    say_discreetly(visit, kind, text, about=f"check_in/{stands.id}")


def what_stands(kind: CheckInKind, stands: CheckIn) -> str:
    if stands.state == CheckInState.CANCELLED:
        return f"{kind.title} đã được rút lại sau đó."
    return f"Đang ghi {kind.title.lower()} nói sau, lúc {clock_time(stands.reported_at)}: {kind.say(stands.answers)}."


def meant_by(visit: Visit, kind: CheckInKind, source: Source, *, since: datetime) -> CheckIn | None:
    """What this person's correction speaks of: his last report of the kind that had been said by then."""
    latest = last_check_in_by(visit.tx, visit.known.id, since, kind.name)
    if latest is None or kind.has_one_a_day or not is_overtaken(latest, source):
        return latest
    standing = check_ins_by(visit.tx, visit.known.id, since, limit=LOOKED_AT)
    said = (each for each in standing if each.kind == kind.name)
    return next((each for each in said if not is_overtaken(_as_it_stood(visit, each, source), source)), None)


def names_another(text: str, check_in: CheckIn) -> bool:
    """ "12 chứ không phải 10", where no 10 was reported: another report is meant."""
    wrong = {int(number) for number in WRONG.findall(fold(text))}
    reported = {value for value in check_in.answers.values() if isinstance(value, int) and value is not True}
    return bool(wrong) and bool(reported) and wrong.isdisjoint(reported)


def what_is_left(visit: Visit, kind: CheckInKind, old: CheckIn, changes: Answers, source: Source) -> Answers | None:
    """Of a correction that was heard late: the changes that nothing said since has touched. None: it was not overtaken."""
    if not is_overtaken(old, source) or source.said_at is None:
        return None
    if kind.has_one_a_day:
        return {}  # what was said later told all of it anew
    meant = _as_it_stood(visit, old, source)
    return {name: value for name, value in changes.items() if old.answers.get(name) == meant.answers.get(name)}


def _as_it_stood(visit: Visit, check_in: CheckIn, source: Source) -> CheckIn:
    """What it had superseded when those words were said; the first of all, where it began later."""
    while is_overtaken(check_in, source) and check_in.supersedes_id is not None:
        check_in = find_check_in(visit.tx, check_in.supersedes_id) or check_in
    return check_in

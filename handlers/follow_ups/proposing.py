"""Whom to follow: who came back from an area of risk; who tells of symptoms or contact, where the monitoring team says so."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from handlers.access import Right
from handlers.check_in import CheckInKind, Watched
from handlers.concerning import whom_it_concerns
from handlers.follow_ups.beginning import begin, end
from handlers.follow_ups.rules import Begins, rules
from handlers.follow_ups.wording import REASONS, why
from handlers.kinds import kind_named
from handlers.local_time import full_day, local_day
from handlers.naming import people_named
from handlers.telling import Buttons, tell_people
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED
from storage.messages import Button, Lane
from storage.record import find_all
from storage.records.check_ins import CheckIn, CheckInState, check_ins, find_check_in
from storage.records.follow_ups import Ending, came_from, open_follow_up_of
from storage.records.people import Person, Role, find_person, people_with, posts_of
from storage.records.risk_areas import risk_marks

LOOK_BACK = timedelta(days=3)  # as long as a downtime may last without somebody being forgotten
LONGER = 14


def begin_for_returned(tx: Connection, day: date, now: datetime) -> int:
    """Follow who came back from an area of risk since the last look; says how many."""
    back = (check_ins.c.until >= day - LOOK_BACK, check_ins.c.until < day)
    marked = check_ins.c.id.in_(risk_marks.select().with_only_columns(risk_marks.c.check_in_id))
    journeys = find_all(tx, CheckIn, check_ins, *back, marked, state=CheckInState.CURRENT, order_by=(check_ins.c.id,))
    fresh = [each for each in journeys if each.person_id is not None and not came_from(tx, each.id)]
    for journey in fresh:
        if journey.person_id is not None and (person := find_person(tx, journey.person_id)) is not None:
            _begin(tx, journey, person, Watched.RETURNED, now, by=None, first_day=day)
    return len(fresh)


def consider(tx: Connection, kind: CheckInKind, check_in: CheckIn, now: datetime) -> None:
    """What somebody told may be a reason to follow him: by the office's rule, or by the monitoring team's word.

    An incident is only ever proposed, since it may be hearsay; nothing where nobody can tell whom it means.
    """
    reason = kind.watched_for(check_in.answers)
    person = None if reason is None else _whom(tx, kind, check_in, local_day(now))
    if reason is None or person is None or open_follow_up_of(tx, person.id) is not None:
        return
    begins = rules(tx).begins
    if begins is Begins.ALWAYS and kind.incident(check_in.answers) is None:
        _begin(tx, check_in, person, reason, now, by=None)
    elif begins is not Begins.NEVER:
        _propose(tx, check_in, person, reason, now)


def _whom(tx: Connection, kind: CheckInKind, check_in: CheckIn, today: date) -> Person | None:
    """Who told it, or the one colleague whom he named."""
    name = kind.watched_name(check_in.answers)
    if not name:
        return find_person(tx, check_in.person_id) if check_in.person_id is not None else None
    found = people_named(tx, name, today, [check_in.unit_id])
    return found[0] if len(found) == 1 else None


def end_with(tx: Connection, check_in: CheckIn, now: datetime) -> None:
    """What it came from was taken back."""
    for follow_up in came_from(tx, check_in.id):
        end(tx, follow_up, ending=Ending.WITHDRAWN, by=None, now=now)


def _begin(
    tx: Connection,
    check_in: CheckIn,
    person: Person,
    reason: Watched,
    now: datetime,
    *,
    by: int | None,
    days: int | None = None,
    first_day: date | None = None,
) -> str:
    kept = begin(
        tx,
        person_id=person.id,
        unit_id=_unit_of(tx, check_in, person, local_day(now)),
        reason=reason,
        now=now,
        days=days,
        first_day=first_day,
        check_in_id=check_in.id,
        by=by,
    )
    return f"{why(kept)}, đến {full_day(kept.last_day)}"


def _unit_of(tx: Connection, check_in: CheckIn, person: Person, today: date) -> int:
    held = posts_of(tx, person.id, today) if person.id != check_in.person_id else []
    return held[0].unit_id if held else check_in.unit_id


def _propose(tx: Connection, check_in: CheckIn, person: Person, reason: Watched, now: datetime) -> None:
    """To the monitoring team, else to the office's people, each in private."""
    today = local_day(now)
    team = people_with(tx, today, Role.MONITORING) or people_with(tx, today, Role.OFFICE)
    told = whom_it_concerns(tx, check_in)
    about = told if person.id == check_in.person_id else f"{person.in_full}, theo tin của {told}"
    text = (
        f"🩺 {about}: {REASONS[reason]}.\n"
        f"Có theo dõi hằng ngày không ạ? Mỗi ngày lúc {rules(tx).asks_at} tôi hỏi riêng người ấy một câu."
    )
    usual = rules(tx).days
    days = (usual, LONGER) if usual != LONGER else (usual,)
    yes = tuple(Button(f"Theo dõi {each} ngày", f"watch:yes:{check_in.id}:{each}") for each in days)
    buttons: Buttons = (yes, (Button("Không cần", f"watch:no:{check_in.id}"),))
    key = f"follow_up/proposed/{check_in.id}"
    tell_people(tx, team, text, key=key, lane=Lane.ANSWER, now=now, about=f"watch/{check_in.id}", buttons=buttons)


def decide(visit: Visit, parts: list[str]) -> None:
    """ "watch:yes:<check-in>:<days>", "watch:no:<check-in>"."""
    check_in = find_check_in(visit.tx, int(parts[1]))
    if not visit.may(Right.FOLLOW_HEALTH):
        visit.close_press(NOT_ALLOWED)
    elif check_in is None or check_in.state == CheckInState.CANCELLED:
        visit.close_press("Tin này đã được rút lại.")
    elif parts[0] == "no":
        visit.close_press("Không theo dõi. Cần thì gõ /theodoi thêm và họ tên.")
    else:
        visit.close_press(_take_up(visit, check_in, int(parts[2])))


def _take_up(visit: Visit, check_in: CheckIn, days: int) -> str:
    kind = kind_named(visit.tx, check_in.kind)
    person = _whom(visit.tx, kind, check_in, visit.today)
    if person is None:
        return "Tôi không còn rõ tin này nói về ai. Xin gõ /theodoi thêm và họ tên."
    if open_follow_up_of(visit.tx, person.id) is not None:
        return "Người này đang được theo dõi rồi."
    reason = kind.watched_for(check_in.answers) or Watched.OFFICE
    told = _begin(visit.tx, check_in, person, reason, visit.now, by=visit.known.id, days=days)
    return f"Đã đưa {person.called} vào danh sách theo dõi: {told}."

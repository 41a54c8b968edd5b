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
from handlers.telling import Buttons, tell_people
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED
from storage.messages import Button, Lane
from storage.record import find_all
from storage.records.check_ins import CheckIn, CheckInState, check_ins, find_check_in
from storage.records.follow_ups import Ending, came_from, open_follow_up_of
from storage.records.people import Role, find_person, people_with
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
        _begin(tx, journey, Watched.RETURNED, now, by=None, first_day=day)
    return len(fresh)


def consider(tx: Connection, kind: CheckInKind, check_in: CheckIn, now: datetime) -> None:
    """What somebody told may be a reason to follow him: by the office's rule, or by the monitoring team's word."""
    reason = kind.watched_for(check_in.answers)
    if reason is None or check_in.person_id is None or open_follow_up_of(tx, check_in.person_id) is not None:
        return
    match rules(tx).begins:
        case Begins.ALWAYS:
            _begin(tx, check_in, reason, now, by=None)
        case Begins.ASK:
            _propose(tx, check_in, reason, now)
        case Begins.NEVER:
            pass


def end_with(tx: Connection, check_in: CheckIn, now: datetime) -> None:
    """What it came from was taken back."""
    for follow_up in came_from(tx, check_in.id):
        end(tx, follow_up, ending=Ending.WITHDRAWN, by=None, now=now)


def _begin(
    tx: Connection,
    check_in: CheckIn,
    reason: Watched,
    now: datetime,
    *,
    by: int | None,
    days: int | None = None,
    first_day: date | None = None,
) -> str:
    if check_in.person_id is None:
        return ""
    kept = begin(
        tx,
        person_id=check_in.person_id,
        unit_id=check_in.unit_id,
        reason=reason,
        now=now,
        days=days,
        first_day=first_day,
        check_in_id=check_in.id,
        by=by,
    )
    return f"{why(kept)}, đến {full_day(kept.last_day)}"


def _propose(tx: Connection, check_in: CheckIn, reason: Watched, now: datetime) -> None:
    """To the monitoring team, else to the office's people, each in private."""
    today = local_day(now)
    team = people_with(tx, today, Role.MONITORING) or people_with(tx, today, Role.OFFICE)
    text = (
        f"🩺 {whom_it_concerns(tx, check_in)}: {REASONS[reason]}.\n"
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
    elif check_in is None or check_in.person_id is None or check_in.state == CheckInState.CANCELLED:
        visit.close_press("Tin này đã được rút lại.")
    elif parts[0] == "no":
        visit.close_press("Không theo dõi. Cần thì gõ /theodoi thêm và họ tên.")
    elif open_follow_up_of(visit.tx, check_in.person_id) is not None:
        visit.close_press("Người này đang được theo dõi rồi.")
    else:
        reason = kind_named(visit.tx, check_in.kind).watched_for(check_in.answers) or Watched.OFFICE
        told = _begin(visit.tx, check_in, reason, visit.now, by=visit.known.id, days=int(parts[2]))
        person = find_person(visit.tx, check_in.person_id)
        visit.close_press(f"Đã đưa {person.called if person else ''} vào danh sách theo dõi: {told}.")

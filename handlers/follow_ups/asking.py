"""The clock of the follow-ups: asks every day at its hour, reminds, tells the monitoring team who is silent, and ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from handlers import rounds
from handlers.follow_ups.beginning import LATEST, end
from handlers.follow_ups.rules import rules
from handlers.follow_ups.wording import day_of, who, why
from handlers.kinds import kind_named
from handlers.local_time import ONE_DAY, at, local_day, short_day
from handlers.telling import tell_office, tell_people, tell_person
from handlers.wording import bold
from storage.messages import Lane
from storage.records.check_ins import check_in_of_person
from storage.records.follow_ups import (
    Ending,
    FollowUp,
    Stage,
    find_follow_up,
    follow_ups_due,
    move_follow_up,
)
from storage.records.people import Person, Role, find_person, people_with
from storage.records.rounds import expectation_for, round_of

KIND = "health_follow_up"
DECLARATION = "health_declaration"
REMIND_AFTER = timedelta(hours=2)
TELL_AFTER = timedelta(hours=2)  # after the reminder


@dataclass(slots=True)
class _Gathered:
    """What one look brings together: people asked in one round; who was silent, and on which day."""

    asked: list[Person] = field(default_factory=list)
    silent: list[tuple[FollowUp, date]] = field(default_factory=list)


def look_after(tx: Connection, now: datetime) -> int:
    """Move on every follow-up whose time has come; says how many. Call it every second.

    1. Write off a day that has passed unanswered. 2. End what is over. 3. Ask, remind or tell, each at its time.
    Those asked at the same hour are asked in one round, the silent ones told in one message.
    """
    due = follow_ups_due(tx, now)
    if not due:
        return 0
    gathered = _Gathered()
    for follow_up in due:
        _move(tx, follow_up, now, gathered)
    if gathered.asked:
        rounds.ask_people(tx, kind_named(tx, KIND), local_day(now), gathered.asked, now)
    if gathered.silent:
        _tell_of_silent(tx, gathered.silent, now)
    return len(due)


def _move(tx: Connection, follow_up: FollowUp, now: datetime, gathered: _Gathered) -> None:
    today, asked_on = local_day(now), follow_up.asked_on
    person = find_person(tx, follow_up.person_id)
    has_answered = asked_on is not None and is_answered(tx, follow_up, asked_on)
    is_old = asked_on is not None and asked_on < today
    if is_old and asked_on is not None and follow_up.stage != Stage.RESTING and not has_answered:
        gathered.silent.append((follow_up, asked_on))
    if person is None or not person.is_active:
        end(tx, follow_up, ending=Ending.GONE, by=None, now=now)
    elif today > follow_up.last_day:
        _end_by_itself(tx, follow_up, now)
    elif is_old or follow_up.stage == Stage.RESTING:
        _ask(tx, follow_up, person, now, gathered)
    elif has_answered:
        _rest(tx, follow_up, today + ONE_DAY)
    elif follow_up.stage == Stage.ASKED:
        if move_follow_up(tx, follow_up, stage=Stage.REMINDED, next_at=now + TELL_AFTER):
            _remind(tx, follow_up, person, now)
    elif _rest(tx, follow_up, today + ONE_DAY):
        gathered.silent.append((follow_up, today))


def is_answered(tx: Connection, follow_up: FollowUp, day: date) -> bool:
    return check_in_of_person(tx, KIND, follow_up.person_id, day) is not None


def _ask(tx: Connection, follow_up: FollowUp, person: Person, now: datetime, gathered: _Gathered) -> None:
    """At its hour; after a downtime too, but not late in the evening."""
    today = local_day(now)
    opens = at(today, rules(tx).asks_at)
    if now < opens:
        move_follow_up(tx, follow_up, stage=Stage.RESTING, next_at=opens)
    elif now >= at(today, LATEST) or is_answered(tx, follow_up, today) or _declares_today(tx, person, today):
        _rest(tx, follow_up, today + ONE_DAY)
    elif move_follow_up(tx, follow_up, stage=Stage.ASKED, asked_on=today, next_at=now + REMIND_AFTER):
        gathered.asked.append(person)


def _declares_today(tx: Connection, person: Person, today: date) -> bool:
    """Who is just back is asked for the declaration that morning: a second question about his health is one too many."""
    asked = round_of(tx, DECLARATION, today)
    return asked is not None and expectation_for(tx, asked.id, person_id=person.id) is not None


def _rest(tx: Connection, follow_up: FollowUp, until: date) -> bool:
    return move_follow_up(tx, follow_up, stage=Stage.RESTING, next_at=at(until, rules(tx).asks_at))


def _remind(tx: Connection, follow_up: FollowUp, person: Person, now: datetime) -> None:
    text = (
        f"⏰ {person.called} ơi, hôm nay anh/chị có khỏe không ạ? Xin trả lời bằng lời, hoặc chọn ở tin hỏi phía trên."
    )
    today = local_day(now)
    asked = round_of(tx, KIND, today)
    about = "" if asked is None else rounds.about_person(asked, person.id)
    key = f"follow_up/{follow_up.id}/reminded/{today.isoformat()}"
    tell_person(tx, person.id, text, key=key, lane=Lane.REMINDER, now=now, about=about)


def _tell_of_silent(tx: Connection, silent: list[tuple[FollowUp, date]], now: datetime) -> None:
    """The monitoring team by name, in private; where there is none, the office learns that there is something to see."""
    lines = [f"• {who(tx, each)}, {why(each)}, {day_of(each, day)}: ngày {short_day(day)}" for each, day in silent]
    text = "\n".join([f"⚠️ {bold('Theo dõi sức khỏe')}: {len(silent)} người chưa trả lời. Xin gọi hỏi thăm:", *lines])
    key = f"follow_up/silent/{now.isoformat()}"
    unreached = tell_watchers(tx, text, key=key, now=now)
    if unreached:
        note = f"Có {len(silent)} người đang theo dõi sức khỏe chưa trả lời. Xin xem lệnh /theodoi."
        tell_office(tx, note, key=key, lane=Lane.REMINDER, now=now)


def tell_watchers(tx: Connection, text: str, *, key: str, now: datetime) -> bool:
    """Say it to the monitoring team; true where nobody of it can be reached."""
    team = people_with(tx, local_day(now), Role.MONITORING)
    return len(tell_people(tx, team, text, key=key, lane=Lane.REMINDER, now=now)) == len(team)


def _end_by_itself(tx: Connection, follow_up: FollowUp, now: datetime) -> None:
    if end(tx, follow_up, ending=Ending.OVER, by=None, now=now) and find_follow_up(tx, follow_up.id):
        text = f"🩺 Hết thời gian theo dõi: {who(tx, follow_up)}, {why(follow_up)}, đủ {follow_up.days} ngày."
        tell_watchers(tx, text, key=f"follow_up/{follow_up.id}/over", now=now)

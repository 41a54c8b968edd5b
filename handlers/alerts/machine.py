"""The escalation machine: what an answer or the passing of time makes of an alert. Pure; people are numbers, time comes in.

raise → step → wait → next … until enough have taken it; then its taker is reminded until it is closed. The chain has no
end: after its last step it begins again, slower, and the office hears of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from storage.records.alerts import AlertState

LONGEST_WAIT = timedelta(hours=1)  # between two steps, however often the chain went round
REMIND_AFTER = timedelta(minutes=30)  # the taker; twice as long each time
LONGEST_REMINDER = timedelta(days=1)
SNOOZE = timedelta(minutes=15)
OFFICE_ASKS_AT = 2  # reminders of the taker after which the office hears that it is still open

Chain = tuple[tuple[int, ...], ...]
"""Who stands at each step; a step may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an alert stands."""

    state: AlertState
    step: int = 0  # the step told last, counted on through the rounds; 0: none yet
    next_at: datetime | None = None
    reminders: int = 0
    taken_by: int | None = None
    confirmed: frozenset[int] = frozenset()
    declined: frozenset[int] = frozenset()
    told_now: frozenset[int] = frozenset()  # by the step told last
    snoozed_now: frozenset[int] = frozenset()  # of these, who asked for fifteen minutes
    snoozed: frozenset[int] = frozenset()  # ever: it is granted once


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the plan of an alert says: who stands where, how long a step waits, how many must take it."""

    chain: Chain
    wait: timedelta
    needed: int = 1
    office_at: int = 2  # the step from which the office hears
    may_snooze: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What follows: the new standing, and whom to tell. `why` names the case."""

    why: str
    standing: Standing
    tell: tuple[int, ...] = ()
    tell_office: bool = False
    remind: int | None = None


@dataclass(frozen=True, slots=True)
class _Round:
    step: int
    group: tuple[int, ...] = field(default=())


def pass_time(now: Standing, terms: Terms, moment: datetime) -> Move:
    """Its time has come: the next step is told, or the taker reminded."""
    if now.state == AlertState.CLOSED:
        return Move(why="closed", standing=now)
    if now.state == AlertState.TAKEN or _is_enough(now.confirmed, now, terms):
        return _remind(now, moment)
    found = _next_group(now, terms)
    asked_again = tuple(person for person in sorted(now.snoozed_now) if person not in found.group)
    group = (*found.group, *asked_again)
    begins_again = _round_of(found.step, terms) > max(_round_of(now.step, terms), 0)
    tells_office = not found.group or begins_again or now.step < terms.office_at <= found.step
    standing = replace(
        now,
        step=found.step,
        next_at=moment + _wait(found.step, terms),
        told_now=frozenset(group),
        snoozed_now=frozenset(),
    )
    return Move(why="step", standing=standing, tell=group, tell_office=tells_office)


def take(now: Standing, terms: Terms, person: int, moment: datetime) -> Move:
    """ "Đã nhận": enough of them, and it rests with the first."""
    if now.state == AlertState.CLOSED:
        return Move(why="closed", standing=now)
    confirmed = now.confirmed | {person}
    standing = replace(now, confirmed=confirmed, declined=now.declined - {person})
    if now.state == AlertState.TAKEN:
        return Move(why="mine" if now.taken_by == person else "already", standing=standing)
    first = now.taken_by if now.taken_by is not None else person
    standing = replace(standing, taken_by=first)
    if not _is_enough(confirmed, standing, terms):
        return Move(why="one_of_several", standing=standing)
    taken = replace(standing, state=AlertState.TAKEN, reminders=0, next_at=moment + REMIND_AFTER)
    return Move(why="taken", standing=taken)


def decline(now: Standing, person: int, moment: datetime) -> Move:
    """ "Tôi không xử lý được": if it was his turn or he had it, it goes on at once."""
    if now.state == AlertState.CLOSED:
        return Move(why="closed", standing=now)
    had_it = person in now.confirmed
    confirmed = now.confirmed - {person}
    standing = replace(
        now, confirmed=confirmed, declined=now.declined | {person}, snoozed_now=now.snoozed_now - {person}
    )
    if now.taken_by == person:
        taken_by = min(confirmed, default=None)
        given_back = replace(standing, state=AlertState.OPEN, taken_by=taken_by, reminders=0, next_at=moment)
        return Move(why="goes_on", standing=given_back)
    if now.state == AlertState.OPEN and (had_it or person in now.told_now):
        return Move(why="goes_on", standing=replace(standing, next_at=moment))
    return Move(why="noted", standing=standing)


def snooze(now: Standing, terms: Terms, person: int, moment: datetime) -> Move:
    """ "Hoãn 15 phút": once for whose turn it is, and as often as he likes for who has it."""
    if now.state == AlertState.CLOSED:
        return Move(why="closed", standing=now)
    if now.state == AlertState.TAKEN:
        if now.taken_by != person:
            return Move(why="already", standing=now)
        return Move(why="snoozed", standing=replace(now, next_at=moment + SNOOZE))
    if not terms.may_snooze or person in now.snoozed or person not in now.told_now:
        return Move(why="not_granted", standing=now)
    waits_until = max(now.next_at or moment, moment + SNOOZE)
    snoozed = replace(now, next_at=waits_until, snoozed=now.snoozed | {person}, snoozed_now=now.snoozed_now | {person})
    return Move(why="snoozed", standing=snoozed)


def close(now: Standing) -> Move:
    """ "Đóng": nobody is told any more."""
    if now.state == AlertState.CLOSED:
        return Move(why="closed", standing=now)
    return Move(why="closes", standing=replace(now, state=AlertState.CLOSED, next_at=None))


def _remind(now: Standing, moment: datetime) -> Move:
    count = now.reminders + 1
    slower: int = 2 ** min(count, 10)
    wait = min(REMIND_AFTER * slower, LONGEST_REMINDER)
    taker = now.taken_by if now.taken_by is not None else min(now.confirmed)
    standing = replace(now, state=AlertState.TAKEN, taken_by=taker, reminders=count, next_at=moment + wait)
    return Move(why="reminder", standing=standing, remind=taker, tell_office=count >= OFFICE_ASKS_AT)


def _is_enough(confirmed: frozenset[int], now: Standing, terms: Terms) -> bool:
    """As many as the plan demands, or all there are."""
    there_are = {person for group in terms.chain for person in group} - now.declined | confirmed
    return 0 < len(confirmed) >= min(terms.needed, max(len(there_are), 1))


def _next_group(now: Standing, terms: Terms) -> _Round:
    """The next step at which somebody stands who has not answered; who declined is asked again only if nobody is left."""
    for left_out in (now.declined | now.confirmed, now.confirmed):
        for ahead in range(1, len(terms.chain) + 1):
            stands = terms.chain[(now.step + ahead - 1) % len(terms.chain)]
            group = tuple(person for person in dict.fromkeys(stands) if person not in left_out)
            if group:
                return _Round(now.step + ahead, group)
    return _Round(now.step + max(len(terms.chain), 1))


def _round_of(step: int, terms: Terms) -> int:
    """How often the chain has gone round before this step."""
    return (step - 1) // max(len(terms.chain), 1)


def _wait(step: int, terms: Terms) -> timedelta:
    slower: int = 2 ** min(max(_round_of(step, terms), 0), 10)
    return min(terms.wait * slower, max(LONGEST_WAIT, terms.wait))

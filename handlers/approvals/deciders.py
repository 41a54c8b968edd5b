"""Who decides: the people behind "head of unit" or "director" on that day, whoever is there first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import Connection

from handlers.approvals.policy import Decider
from handlers.rounds import away_on
from storage.records.accounts import private_chats_of
from storage.records.people import Person, Post, Role, posts_with
from storage.records.people import people_named as people_by_id
from storage.records.units import with_all_above
from understanding.phrases.normalize import fold


def deciders(
    tx: Connection,
    decider: str,
    *,
    unit_id: int,
    day: date,
    without: Collection[int] = (),
    passed: Collection[int] = (),
) -> list[Person]:
    """Whom to ask, in this order: who is at work and can be reached comes first, stand-ins follow.

    `without`: the traveller, and who has agreed already. `passed`: who did not answer, asked again only if nobody else is there.
    """
    wanted = [person_id for person_id in _holders(tx, Decider(decider), unit_id, day) if person_id not in without]
    people = {person.id: person for person in people_by_id(tx, wanted) if person.is_active}
    if not people:
        return []
    away, reachable = away_on(tx, day), private_chats_of(tx, list(people))
    held_back = {each: (each in passed, each not in reachable, each in away) for each in people}
    return sorted(people.values(), key=lambda person: (held_back[person.id], wanted.index(person.id)))


def _holders(tx: Connection, decider: Decider, unit_id: int, day: date) -> list[int]:
    """By their posts, the one meant first, then those who stand in for him."""
    if decider is Decider.OFFICE:
        return _each_once(posts_with(tx, day, Role.OFFICE))
    leading = _leading(tx, unit_id, day, director_first=decider is Decider.DIRECTOR)
    if decider is not Decider.HEAD:
        return leading
    own = [post for post in posts_with(tx, day, Role.HEAD_OF_UNIT, Role.DEPUTY_HEAD) if post.unit_id == unit_id]
    heads = _each_once(sorted(own, key=lambda post: (post.role != Role.HEAD_OF_UNIT, post.id)))
    return [*heads, *(each for each in leading if each not in heads)]


def _leading(tx: Connection, unit_id: int, day: date, *, director_first: bool) -> list[int]:
    """Leaders: the one with a post nearest to the unit (the deputy in charge of it), then the director, then the others."""
    above = with_all_above(tx, unit_id)
    furthest = len(above) - 1

    def order(post: Post) -> tuple[int, bool, int]:
        distance = above.index(post.unit_id) if post.unit_id in above else furthest + 1
        is_in_charge = distance < furthest and not director_first
        return distance if is_in_charge else furthest, _is_deputy(post), post.id

    return _each_once(sorted(posts_with(tx, day, Role.LEADER), key=order))


def _is_deputy(post: Post) -> bool:
    return fold(post.title).startswith("pho")


def _each_once(posts: Iterable[Post]) -> list[int]:
    return list(dict.fromkeys(post.person_id for post in posts))

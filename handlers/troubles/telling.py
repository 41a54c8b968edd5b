"""Telling the administrator of a trouble by a way that is not broken: once while it lasts, and when it is over."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from handlers.local_time import clock_time, local_day, short_moment
from handlers.telling import to_room
from handlers.telling.other_ways import tell_by_other_ways
from handlers.troubles.limits import TroubleLimits
from handlers.wording import bold
from storage import outbox
from storage.messages import Lane, OutgoingMessage
from storage.records.accounts import reachable_accounts
from storage.records.chats import Audience, rooms_for
from storage.records.people import Person, Role, people_with
from storage.records.troubles import Trouble, forget_trouble, mark_told, open_troubles, see_trouble

log = structlog.get_logger()

OVER_AFTER = timedelta(seconds=60)
"""A trouble that nobody has seen for so long is over."""
OF_A_PLATFORM = ("platform/", "stuck/", "refused/")
IN_DOUBT = ("platform/", "silence")


def see(tx: Connection, now: datetime, *, found: Mapping[str, str]) -> None:
    """Keep what a process sees. Any process may; only the guard tells."""
    for name, sentence in found.items():
        see_trouble(tx, name, sentence, now)


@dataclass(frozen=True, slots=True)
class News:
    """What is told, once (`key`), and the platforms that had better not carry it."""

    text: str
    key: str
    broken: frozenset[str]
    is_urgent: bool  # by letter and short message besides, where a chat is in doubt


def tell_and_clear(tx: Connection, limits: TroubleLimits, now: datetime) -> None:
    """Tell of what has lasted long enough, and of what is over."""
    known = open_troubles(tx)
    broken = broken_platforms(known)
    names = {each.name for each in known}
    for trouble in known:
        if now - trouble.seen_at > OVER_AFTER:
            if forget_trouble(tx, trouble) and trouble.told_at is not None:
                log.info("trouble_over", trouble=trouble.name)
                _tell(
                    tx,
                    trouble,
                    _news(trouble, _all_clear(trouble, now), "over", broken - broken_platforms([trouble])),
                    now,
                )
        elif _is_due(trouble, limits, now) and not _is_explained(trouble, names) and mark_told(tx, trouble, now):
            log.warning("trouble", trouble=trouble.name)
            _tell(tx, trouble, _news(trouble, _alarm(trouble), "told", broken), now)


def _is_due(trouble: Trouble, limits: TroubleLimits, now: datetime) -> bool:
    return trouble.told_at is None and now - trouble.began_at >= _patience(trouble, limits)


def _is_explained(trouble: Trouble, names: Collection[str]) -> bool:
    """What does not leave for a platform that is away needs no word of its own."""
    kind, _, platform = trouble.name.partition("/")
    return kind in ("stuck", "refused") and f"platform/{platform}" in names


def _news(trouble: Trouble, text: str, what: str, broken: frozenset[str]) -> News:
    key = f"trouble/{trouble.name}/{trouble.began_at.isoformat()}/{what}"
    return News(text, key, broken, trouble.name.startswith(IN_DOUBT))


def broken_platforms(known: Collection[Trouble]) -> frozenset[str]:
    """Those that had better not carry the news."""
    return frozenset(each.name.partition("/")[2] for each in known if each.name.startswith(OF_A_PLATFORM))


def administrators(tx: Connection, now: datetime) -> list[Person]:
    """Whom it concerns; the office's people where nobody holds that post."""
    day = local_day(now)
    return people_with(tx, day, Role.ADMINISTRATOR) or people_with(tx, day, Role.OFFICE)


def _patience(trouble: Trouble, limits: TroubleLimits) -> timedelta:
    return limits.away if trouble.name.startswith("platform/") else timedelta(0)


def _alarm(trouble: Trouble) -> str:
    since = short_moment(trouble.began_at)
    return f"🔧 {bold('Sự cố hệ thống Trực Ban')}\n{trouble.sentence}\nGhi nhận từ {since}. Khi hết tôi báo lại."


def _all_clear(trouble: Trouble, now: datetime) -> str:
    return f"✅ {bold('Đã hết sự cố')} lúc {clock_time(now)}\n{trouble.sentence}"


def _tell(tx: Connection, trouble: Trouble, news: News, now: datetime) -> None:
    """To each administrator in a chat that works and by letter or short message; else to a room of the office."""
    reached = [_tell_person(tx, person, news, now) for person in administrators(tx, now)]
    if any(reached):
        return
    rooms = [room for room in rooms_for(tx, Audience.OFFICE) if room.platform not in news.broken]
    for room in rooms:
        outbox.put(tx, to_room(room, news.text), key=f"{news.key}/room/{room.id}", lane=Lane.ALERT, now=now)
    if not rooms:
        log.error("trouble_untold", trouble=trouble.name)


def _tell_person(tx: Connection, person: Person, news: News, now: datetime) -> bool:
    """The chat he used last among those that work; by other ways too where no chat is sure."""
    accounts = [each for each in reachable_accounts(tx, person.id) if each.platform not in news.broken]
    if accounts:
        chat_id = accounts[0].private_chat_id or ""
        message = OutgoingMessage(platform=accounts[0].platform, chat_id=chat_id, text=news.text)
        outbox.put(tx, message, key=f"{news.key}/person/{person.id}", lane=Lane.ALERT, now=now)
    if accounts and not news.is_urgent:
        return True
    others = tell_by_other_ways(tx, person.id, news.text, key=news.key, lane=Lane.ALERT, now=now)
    return bool(accounts or others)

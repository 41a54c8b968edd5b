"""Ways to somebody who does not answer or cannot be reached: his second platform, then a letter, then a short message."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, String, bindparam, cast, literal, select

from handlers.alerts import letters
from handlers.alerts.policies import Policy
from handlers.alerts.standing import hold_alert, policy_of
from handlers.telling import Buttons, said_to
from handlers.telling.other_ways import Way, other_ways
from handlers.wording import platform_name
from storage import outbox
from storage.messages import Lane, OutgoingMessage
from storage.outbox import Outcome, Parcel, parcels
from storage.prepared import Prepared
from storage.record import change, selection
from storage.records.accounts import reachable_accounts
from storage.records.alerts import (
    Alert,
    AlertNotice,
    AlertState,
    Happened,
    alert_notices,
    note_event,
)

KEY = re.compile(r"alert/(?P<alert>\d+)/step/(?P<step>\d+)/(?P<way>\w+)/(?P<person>\d+)")


def put_first_way(
    tx: Connection, alert: Alert, person_id: int, text: str, *, step: int, policy: Policy, now: datetime
) -> bool:
    """Say it where he wrote last; who is in no chat gets a letter and a short message. False: there is no way at all."""
    chats, others = _ways(tx, person_id)
    if chats:
        buttons = letters.call_buttons(alert, policy) if step else letters.copy_buttons(alert)
        key = f"{notice_key(alert.id, step)}/person/{person_id}"
        _put(tx, alert, chats[0], said_to(tx, person_id, text), buttons=buttons, key=key, now=now)
        tried = 1
    else:
        tried = sum(_put_other(tx, alert, person_id, way, step=step, now=now) for way in others)
    more = len(chats) + len(others) > tried and step > 0
    next_at = now + policy.wait / 2 if more else None
    change(tx, alert_notices, *_of(alert.id, person_id, step), ways=tried, next_way_at=next_at)
    return tried > 0


_WAITING = Prepared(
    selection(AlertNotice, alert_notices)
    .where(alert_notices.c.next_way_at <= bindparam("now"), alert_notices.c.answer.is_(None))
    .order_by(alert_notices.c.next_way_at, alert_notices.c.id)
)


def try_other_ways(tx: Connection, now: datetime) -> int:
    """Whoever has not answered in half his time is told by the next way. Returns how many were."""
    due = [AlertNotice(*row) for row in _WAITING.all(tx, {"now": now})]
    return sum(_try_next(tx, notice, now) for notice in due)


def _try_next(tx: Connection, notice: AlertNotice, now: datetime) -> bool:
    alert = hold_alert(tx, notice.alert_id)
    is_mine = (alert_notices.c.id == notice.id, alert_notices.c.next_way_at == notice.next_way_at)
    chats, others = _ways(tx, notice.person_id)
    ways = [*chats, *others]
    is_wanted = alert is not None and alert.state == AlertState.OPEN and notice.ways < len(ways)
    policy = policy_of(tx, alert) if alert is not None else None
    has_more = is_wanted and notice.ways + 1 < len(ways)
    next_at = now + policy.wait / 2 if has_more and policy is not None else None
    if change(tx, alert_notices, *is_mine, ways=notice.ways + 1, next_way_at=next_at) != 1:
        return False
    if not is_wanted or alert is None or policy is None:
        return False
    way = ways[notice.ways]
    if way in others:
        _put_other(tx, alert, notice.person_id, way, step=notice.step, now=now)
    else:
        text = letters.call_text(alert, told_before=1, is_first_step=False, instead_of=[], now=now)
        key = f"{notice_key(alert.id, notice.step)}/{way.platform}/{notice.person_id}"
        _put(tx, alert, way, text, buttons=letters.call_buttons(alert, policy), key=key, now=now)
    note = f"qua {platform_name(way.platform)}"
    note_event(tx, alert.id, Happened.OTHER_WAY, at=now, person_id=notice.person_id, step=notice.step, note=note)
    return True


def note_undelivered(tx: Connection, parcel: Parcel, now: datetime) -> None:
    """The platform will never take it: the next way is tried at once."""
    found = KEY.fullmatch(parcel.key)
    if found is None:
        return
    alert_id, step, person_id = int(found["alert"]), int(found["step"]), int(found["person"])
    chats, others = _ways(tx, person_id)
    is_gone = Way(parcel.platform, parcel.chat_id) not in (*chats, *others)  # the ways behind it moved up
    unanswered = (*_of(alert_id, person_id, step), alert_notices.c.answer.is_(None), alert_notices.c.ways > 0)
    change(tx, alert_notices, *unanswered, next_way_at=now, ways=alert_notices.c.ways - int(is_gone))
    note = f"qua {platform_name(parcel.platform)}"
    note_event(tx, alert_id, Happened.UNDELIVERED, at=now, person_id=person_id, step=step, note=note)


def keep_deliveries(tx: Connection, alert_id: int) -> None:
    """Copy from the outbox, which forgets, when each telling reached its platform."""
    own_key = (
        literal("alert/")
        + cast(alert_notices.c.alert_id, String)
        + "/step/"
        + cast(alert_notices.c.step, String)
        + "/person/"
        + cast(alert_notices.c.person_id, String)
    )
    statement = (
        select(alert_notices.c.id, parcels.c.settled_at)
        .join(parcels, parcels.c.key == own_key)
        .where(
            alert_notices.c.alert_id == alert_id,
            alert_notices.c.sent_at.is_(None),
            parcels.c.state == Outcome.SENT,
        )
    )
    for row in tx.execute(statement).all():
        change(tx, alert_notices, alert_notices.c.id == row.id, sent_at=row.settled_at)


def notice_key(alert_id: int, step: int) -> str:
    """Of the parcel that tells one step; the way and the person's number follow."""
    return f"alert/{alert_id}/step/{step}"


def _of(alert_id: int, person_id: int, step: int) -> tuple[ColumnElement[bool], ...]:
    return (
        alert_notices.c.alert_id == alert_id,
        alert_notices.c.person_id == person_id,
        alert_notices.c.step == step,
    )


def _ways(tx: Connection, person_id: int) -> tuple[list[Way], list[Way]]:
    """His chats, the one he wrote in last first; then letters and short messages."""
    chats = [Way(account.platform, account.private_chat_id or "") for account in reachable_accounts(tx, person_id)]
    return chats, other_ways(tx, person_id)


def _put_other(tx: Connection, alert: Alert, person_id: int, way: Way, *, step: int, now: datetime) -> bool:
    """Outside the chat nothing is said of what happened and to whom: it may be read on anybody's screen."""
    key = f"{notice_key(alert.id, step)}/{way.platform}/{person_id}"
    return _put(tx, alert, way, letters.outside_text(alert, now), buttons=(), key=key, now=now)


def _put(tx: Connection, alert: Alert, way: Way, text: str, *, buttons: Buttons, key: str, now: datetime) -> bool:
    message = OutgoingMessage(platform=way.platform, chat_id=way.address, text=text, buttons=buttons)
    return outbox.put_if_new(tx, message, key=key, lane=Lane.ALERT, now=now, about=f"alert/{alert.id}")

"""What the office must know of messages that did not arrive: a chat that moved or closed, a send nobody is sure of."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, or_

from handlers.alerts import note_undelivered
from handlers.local_time import local
from handlers.telling import tell_office
from handlers.telling.other_ways import who_reads_at
from handlers.wording import platform_name
from storage.messages import Deed, Lane
from storage.outbox import Parcel
from storage.parcels import uncertainty
from storage.record import change
from storage.records.accounts import accounts
from storage.records.chats import ChatState, chat_of, chats
from storage.records.people import Person, find_person

TOLD_AGAIN = timedelta(hours=1)


def tell_of_uncertain(tx: Connection, how_many: int, now: datetime) -> None:
    """Some messages may have gone out or not: the office decides, since sending twice may be worse than once too few.

    Word of it that is stuck itself is not followed by more: on a broken line each would be one more message in doubt.
    """
    if uncertainty.is_word_of_it_stuck(tx, "uncertain/", since=now - TOLD_AGAIN):
        return
    text = (
        f"❔ Có {how_many} tin không rõ đã tới nơi chưa (đường truyền đứt giữa chừng). "
        "Xin xem bằng lệnh /tinloi và chọn gửi lại hoặc bỏ."
    )
    tell_office(tx, text, key=f"uncertain/{local(now):%Y-%m-%dT%H:%M}", lane=Lane.ANSWER, now=now)


def tell_of_failure(tx: Connection, parcel: Parcel, *, is_lasting: bool, now: datetime) -> None:
    """A message was refused for good. If the whole chat is closed to us it is marked, and wakes when it writes again."""
    _tell_of_failure(tx, parcel, is_lasting=is_lasting, now=now)
    note_undelivered(tx, parcel, now)  # after the mark: an alert goes on by the ways that are left


def mark_closed(tx: Connection, parcel: Parcel) -> None:
    """The chat is closed to us, but nothing was lost: the words went to the same person elsewhere."""
    _mark_unreachable(tx, parcel.platform, parcel.chat_id)


def _tell_of_failure(tx: Connection, parcel: Parcel, *, is_lasting: bool, now: datetime) -> None:
    if not is_lasting and parcel.message.deed is not Deed.SAY:
        return  # a reaction or the end of a press: nobody lacks a word
    reader = who_reads_at(tx, parcel.platform, parcel.chat_id)
    if reader is not None:
        text = f"⚠️ Không gửi được {platform_name(parcel.platform)} tới {reader}. Xin báo bằng cách khác và xem lại danh sách."
        tell_office(tx, text, key=f"failure/{parcel.id}", lane=Lane.ANSWER, now=now)
        return
    who = _mark_unreachable(tx, parcel.platform, parcel.chat_id) if is_lasting else called_there(tx, parcel)
    if who is None:
        return
    text = f"⚠️ Không gửi được tin tới {who}. Xin báo bằng cách khác" + (
        " và nhắc mở lại trò chuyện với tôi." if is_lasting else "."
    )
    tell_office(tx, text, key=f"failure/{parcel.id}", lane=Lane.ANSWER, now=now)


def _mark_unreachable(tx: Connection, platform: str, chat_id: str) -> str | None:
    """Returns how people call it; None where we knew already, or the office's own room is the one that is closed."""
    room = chat_of(tx, platform, chat_id)
    if room is not None:
        is_new = and_(chats.c.id == room.id, chats.c.state == ChatState.ACTIVE)
        changed = change(tx, chats, is_new, state=ChatState.UNREACHABLE)
        return f"nhóm “{room.title}”" if changed else None
    person = _person_at(tx, platform, chat_id)
    where = (accounts.c.platform == platform, accounts.c.private_chat_id == chat_id, accounts.c.is_reachable)
    changed = change(tx, accounts, *where, is_reachable=False)
    return person.called if person is not None and changed else None


def called_there(tx: Connection, parcel: Parcel) -> str | None:
    """How people call the room or the person it is for; None for a chat of nobody we know."""
    room = chat_of(tx, parcel.platform, parcel.chat_id)
    if room is not None:
        return f"nhóm “{room.title}”"
    person = _person_at(tx, parcel.platform, parcel.chat_id)
    return None if person is None else person.called


def _person_at(tx: Connection, platform: str, chat_id: str) -> Person | None:
    is_here = or_(accounts.c.private_chat_id == chat_id, accounts.c.external_id == chat_id)
    row = tx.execute(accounts.select().where(accounts.c.platform == platform, is_here)).first()
    return None if row is None or row.person_id is None else find_person(tx, row.person_id)

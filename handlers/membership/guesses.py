"""Wrong codes are counted, so that nobody finds a right one by trying."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from storage.messages import IncomingMessage
from storage.records import audit

MOST = 5
SPAN = timedelta(hours=1)
ACT = "wrong_code"
TOO_MANY = "Đã thử sai quá nhiều lần. Xin đợi một giờ rồi thử lại, hoặc hỏi Văn phòng để lấy đúng mã."


def has_guessed_too_often(tx: Connection, message: IncomingMessage, now: datetime) -> bool:
    entries = audit.audit_entries.c
    where = (entries.subject == _subject(message), entries.act == ACT, entries.at > now - SPAN)
    return int(tx.execute(select(func.count()).where(*where)).scalar_one()) >= MOST


def note_wrong_guess(tx: Connection, message: IncomingMessage, now: datetime) -> None:
    audit.note(tx, at=now, actor_id=None, act=ACT, subject=_subject(message))


def _subject(message: IncomingMessage) -> str:
    return f"account/{message.platform}/{message.user_id}"[:80]

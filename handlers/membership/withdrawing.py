"""Somebody has the platform ask that what is kept of his account be deleted: it is, and the office hears what remains."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete

from handlers.telling import tell_office
from handlers.wording import bold, platform_name
from storage.messages import IncomingMessage, Lane
from storage.records import audit
from storage.records.accounts import account_of, accounts
from storage.records.dialogues import end_dialogue
from storage.records.offers import offers
from storage.records.people import find_person


def forget_account(tx: Connection, message: IncomingMessage, now: datetime) -> None:
    """The account, what was open in its private chat, and what could be chosen there. Reports are the office's own records."""
    user_id = message.user_id or message.chat_id
    account = account_of(tx, message.platform, user_id)
    if account is None:
        return
    end_dialogue(tx, message.platform, message.chat_id, user_id)
    tx.execute(delete(offers).where(offers.c.platform == message.platform, offers.c.chat_id == message.chat_id))
    tx.execute(delete(accounts).where(accounts.c.platform == message.platform, accounts.c.external_id == user_id))
    person = None if account.person_id is None else find_person(tx, account.person_id)
    if person is None:
        return
    audit.note(tx, at=now, actor_id=person.id, act="account_withdrawn", subject=f"person/{person.id}")
    name = platform_name(message.platform)
    text = (
        f"⚠️ {bold(person.in_full)} rút khỏi {name} và yêu cầu xóa dữ liệu. "
        f"Tôi đã xóa tài khoản {name} của người này và không nhắn tới đó nữa. Những tin đã báo là hồ sơ của cơ quan nên "
        "còn nguyên: xin xem lại phải xóa hay giữ, và trả lời người đó trong 2 ngày làm việc."
    )
    tell_office(tx, text, key=f"withdrawn/{message.platform}/{message.key}", lane=Lane.ANSWER, now=now)

"""Somebody asks the platform to have his account forgotten: it is, the office hears, and his reports stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, func, select

from handlers import conversation
from handlers.local_time import local_day
from storage.database import Database
from storage.invariants import broken_invariants
from storage.messages import Act, IncomingMessage
from storage.records.accounts import account_of
from storage.records.check_ins import check_in_of_unit
from storage.records.dialogues import dialogues
from storage.records.offers import offers
from tests.cast import Cast, settle_in
from tests.handlers.in_words import WordDesk


def withdrawal(account: str, now: datetime, *, platform: str = "zalo") -> IncomingMessage:
    return IncomingMessage(
        platform=platform,
        key="w1",
        act=Act.WITHDRAWN,
        chat_id=account,
        chat_type="private",
        sent_at=now,
        user_id=account,
    )


async def test_the_account_goes_and_the_office_hears(database: Database, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        cast: Cast = settle_in(tx, now, "zalo")
        desk = WordDesk(tx, now)
        desk.say(cast.lan, "Phòng KT: 12 lượt khách")
        desk.say(cast.lan, "mai em đi Đà Nẵng, thứ Sáu về")  # a question stands open in her chat
        assert tx.execute(select(func.count()).select_from(dialogues)).scalar_one() == 1
        conversation.answer(tx, withdrawal(cast.lan.account, now), now)
        assert account_of(tx, "zalo", cast.lan.account) is None
        for table in (dialogues, offers):
            hers = select(func.count()).where(table.c.chat_id == cast.lan.account)
            assert tx.execute(hers).scalar_one() == 0
        assert "rút khỏi Zalo và yêu cầu xóa dữ liệu" in desk.last(cast.rooms["office"])
        assert broken_invariants(tx) == []
        kept = check_in_of_unit(tx, "visitor_count", cast.units["KT"], local_day(now))
        assert kept is not None
        assert kept.answers == {"visitors": 12}

    await database.run(play, now)


async def test_who_was_never_known_is_forgotten_without_a_word(database: Database, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        cast: Cast = settle_in(tx, now, "zalo")
        desk = WordDesk(tx, now)
        conversation.answer(tx, withdrawal("99", now), now)
        conversation.answer(tx, replace(withdrawal("99", now), user_id=None), now)
        assert desk.news() == []
        assert account_of(tx, "zalo", cast.lan.account) is not None

    await database.run(play, now)

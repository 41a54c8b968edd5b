"""Zalo OA's seven days: who is silent for six is asked to press, after seven he is out of reach before anything is sent."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from handlers import conversation
from handlers.membership.keeping_in_touch import look_after_windows
from handlers.telling import tell_person
from handlers.telling.windows import why_out_of_reach
from storage.database import Database
from storage.messages import Act, IncomingMessage, Lane
from storage.outbox import Parcel, parcels
from storage.record import change, find_all
from storage.records.accounts import accounts
from tests.cast import Cast

DAY = timedelta(days=1)
LAN_THERE = "3000000000000001005"


class Office:
    """Chị Lan on Zalo OA, and nowhere else."""

    def __init__(self, tx: Connection, cast: Cast, now: datetime) -> None:
        self.tx = tx
        self.cast = cast
        self.now = now
        self.said = 0
        here = accounts.c.person_id == cast.lan.person_id
        change(tx, accounts, here, platform="zalo_oa", external_id=LAN_THERE, private_chat_id=LAN_THERE)

    def hears(
        self, act: Act = Act.TEXT, *, pressed: str = "", sent_at: datetime | None = None, group: str = ""
    ) -> None:
        self.said += 1
        message = IncomingMessage(
            platform="zalo_oa",
            key=f"m{self.said}",
            act=act,
            chat_id=group or LAN_THERE,
            chat_type="group" if group else "private",
            sent_at=sent_at or self.now,
            user_id=LAN_THERE,
            text="" if pressed else "hôm nay em làm ở cơ quan",
            pressed=pressed,
            press_id=str(self.said) if pressed else None,
            message_id=str(self.said),
        )
        conversation.answer(self.tx, message, self.now)

    def looks(self, after: timedelta) -> int:
        self.now += after
        return look_after_windows(self.tx, self.now)

    def reminders(self) -> list[Parcel]:
        return find_all(self.tx, Parcel, parcels, parcels.c.about == "window", order_by=(parcels.c.id,))

    def can_reach_her(self) -> bool:
        key = f"try/{self.now}"
        return tell_person(self.tx, self.cast.lan.person_id, "Chào chị", key=key, lane=Lane.ANSWER, now=self.now)

    @property
    def heard_at(self) -> datetime | None:
        where = accounts.c.external_id == LAN_THERE
        moment: datetime | None = self.tx.execute(select(accounts.c.last_heard_at).where(where)).scalar_one()
        return moment


@pytest.fixture
def play(database: Database, cast: Cast, now: datetime):
    async def run(work) -> None:
        await database.run(lambda tx, _now: work(Office(tx, cast, now)), now)

    return run


async def test_on_the_sixth_day_she_is_asked_once_in_waking_hours_and_a_press_opens_it_anew(play) -> None:
    def work(office: Office) -> None:
        office.hears()
        assert office.looks(5 * DAY) == 0
        assert office.looks(DAY - timedelta(hours=2)) == 0
        assert office.looks(timedelta(hours=2)) == 1
        assert office.looks(timedelta(minutes=1)) == 0
        [reminder] = office.reminders()
        assert (reminder.platform, reminder.chat_id) == ("zalo_oa", LAN_THERE)
        assert "đến 08:00 ngày 30/11" in reminder.message.text
        office.hears(Act.PRESS, pressed=reminder.message.buttons[0][0].data)
        assert office.looks(5 * DAY) == 0
        assert office.looks(DAY) == 1
        assert office.can_reach_her()

    await play(work)


async def test_nobody_is_asked_at_night_but_still_in_time(play) -> None:
    def work(office: Office) -> None:
        office.hears(sent_at=office.now - timedelta(hours=12))  # 20:00 of the evening before
        assert office.looks(5 * DAY + timedelta(hours=14)) == 0  # six days and two hours: 22:00
        assert office.looks(timedelta(hours=10)) == 1  # 08:00
        assert office.can_reach_her()

    await play(work)


async def test_after_seven_days_she_is_out_of_reach_until_her_next_word(play) -> None:
    def work(office: Office) -> None:
        office.hears()
        office.looks(7 * DAY)
        assert not office.can_reach_her()
        ids = [office.cast.lan.person_id]
        assert why_out_of_reach(office.tx, ids, office.now) == "quá 7 ngày chưa nhắn Zalo OA"
        office.hears()
        assert office.can_reach_her()
        assert why_out_of_reach(office.tx, ids, office.now) == ""

    await play(work)


async def test_words_in_a_group_and_following_open_no_window_and_late_ones_do_not_shorten_it(play) -> None:
    def work(office: Office) -> None:
        office.hears(group="g1")
        office.hears(Act.ADDED)
        assert office.heard_at is None
        office.hears()
        office.hears(sent_at=office.now - DAY)
        assert office.heard_at == office.now

    await play(work)


async def test_other_platforms_have_no_window(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        look_after_windows(tx, now + 365 * DAY)
        assert tell_person(tx, cast.minh.person_id, "Chào anh", key="try", lane=Lane.ANSWER, now=now)

    await database.run(work, now)

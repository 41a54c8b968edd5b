"""Ways to a person besides the chat: which there are, that a parcel to one goes out, and what the office hears if not."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest
from sqlalchemy import Connection

from bot.clock import Clock
from bot.delivery.deliverer import Delivery
from bot.platforms import email, sms
from handlers.telling.other_ways import EMAIL, MOBILE, PLATFORMS_ON, SMS, Way, other_ways, tell_by_other_ways
from storage.database import Database
from storage.messages import Lane
from storage.outbox import Outcome, Parcel, parcels
from storage.record import change, find_all
from storage.records.options import set_option
from storage.records.people import people
from tests.bot.platforms.email.mail_server import MailServer, mail_server
from tests.bot.platforms.email.stage import platform_at
from tests.bot.scripted import until
from tests.cast import Cast

NGA = "nga@so.gov.vn"
PHONE = "0912345678"


def give(tx: Connection, person_id: int, *, on: list[str], **address: str | None) -> None:
    set_option(tx, PLATFORMS_ON, on)
    change(tx, people, people.c.id == person_id, **address)


def test_both_sides_of_the_house_call_the_platforms_alike() -> None:
    assert (EMAIL, SMS, MOBILE.pattern) == (email.NAME, sms.NAME, sms.MOBILE.pattern)


@pytest.mark.parametrize(
    ("on", "address", "ways"),
    [
        (["telegram", "email", "sms"], {"email": NGA, "phone": PHONE}, [Way("email", NGA), Way("sms", PHONE)]),
        (["telegram", "sms"], {"email": NGA, "phone": PHONE}, [Way("sms", PHONE)]),
        (["email", "sms"], {"email": NGA, "phone": "02253842123"}, [Way("email", NGA)]),
        (["email", "sms"], {"email": "a" * 60 + "@so.gov.vn"}, []),
        (["telegram"], {"email": NGA, "phone": PHONE}, []),
    ],
)
async def test_only_ways_that_can_work_are_named(
    database: Database, cast: Cast, now: datetime, on: list[str], address: dict[str, str], ways: list[Way]
) -> None:
    def work(tx: Connection, _now: datetime) -> list[Way]:
        give(tx, cast.nga.person_id, on=on, **address)
        return other_ways(tx, cast.nga.person_id)

    assert await database.run(work, now) == ways


async def test_a_house_that_never_started_has_no_other_way(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, _now: datetime) -> list[Way]:
        change(tx, people, people.c.id == cast.nga.person_id, email=NGA)
        return other_ways(tx, cast.nga.person_id) + other_ways(tx, 987654)

    assert await database.run(work, now) == []


async def test_an_alert_is_put_once_to_every_way(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> list[Parcel]:
        give(tx, cast.nga.person_id, on=["email", "sms"], email=NGA, phone=PHONE)
        for _ in range(2):
            told = tell_by_other_ways(
                tx, cast.nga.person_id, "Tin khẩn", key="alert/1/step/2", lane=Lane.ALERT, now=now, about="alert/1"
            )
            assert told == ["email", "sms"]
        return find_all(tx, Parcel, parcels, order_by=(parcels.c.id,))

    put = await database.run(work, now)
    assert [(parcel.platform, parcel.chat_id, parcel.about, parcel.is_alert) for parcel in put] == [
        ("email", NGA, "alert/1", True),
        ("sms", PHONE, "alert/1", True),
    ]


class PostRoom:
    """A deliverer of letters at work, and the mail server it talks to."""

    def __init__(self, database: Database, server: MailServer) -> None:
        self.database = database
        self.clock = Clock()
        self.delivery = Delivery(platform_at(server), database, self.clock)

    async def send(self, cast: Cast, *, lane: Lane = Lane.ALERT) -> None:
        def work(tx: Connection, now: datetime) -> None:
            give(tx, cast.nga.person_id, on=["email"], email=NGA)
            tell_by_other_ways(tx, cast.nga.person_id, "Tin khẩn", key="alert/1", lane=lane, now=now)

        await self.database.run(work, self.clock.now())

    async def deliver_until(self, **states: int) -> list[Parcel]:
        """Work until so many letters stand in each state; returns all parcels."""
        task = asyncio.create_task(self.delivery.run())
        try:
            async with asyncio.timeout(10):
                while True:
                    put = await self.database.read(
                        lambda tx, _: find_all(tx, Parcel, parcels, order_by=(parcels.c.id,)), self.clock.now()
                    )
                    if all(sum(parcel.state == state for parcel in put) >= n for state, n in states.items()):
                        return put
                    await asyncio.sleep(0.01)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def test_a_letter_goes_out_of_the_outbox(database: Database, cast: Cast) -> None:
    async with mail_server() as server:
        room = PostRoom(database, server)
        await room.send(cast)
        [parcel] = await room.deliver_until(sent=1)
        assert server.recipients == [NGA]
        assert server.letters[0]["Message-ID"].startswith(f"<{parcel.external_id}@")


async def test_an_alert_nobody_is_sure_of_goes_again_and_says_so(database: Database, cast: Cast) -> None:
    async with mail_server() as server:
        room = PostRoom(database, server)
        await room.send(cast)
        server.hangs_up = True
        task = asyncio.create_task(room.delivery.run())
        await until(lambda: len(server.letters) == 1)
        server.hangs_up = False
        await until(lambda: len(server.letters) == 2)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert [letter["Subject"] for letter in server.letters] == ["Tin khẩn", "🔁 (nhắc lại) Tin khẩn"]


async def test_the_office_hears_of_a_wrong_address_by_name_and_not_by_address(database: Database, cast: Cast) -> None:
    async with mail_server() as server:
        server.refuse["RCPT"] = "550 5.1.1 no such user"
        room = PostRoom(database, server)
        await room.send(cast)
        put = await room.deliver_until(failed=1, ready=1)
    [told] = [parcel for parcel in put if parcel.platform == "telegram"]
    assert (put[0].state, told.chat_id) == (Outcome.FAILED, cast.rooms["office"])
    assert "thư điện tử tới bà Nga" in told.message.text
    assert NGA not in told.message.text

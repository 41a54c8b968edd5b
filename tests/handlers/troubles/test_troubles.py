"""Our own troubles: silence that is unusual, messages that stay, refusals, parked updates; told once, by a way that works."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection, insert, select

from handlers.local_time import at
from handlers.troubles import TroubleLimits, see, tell_and_clear, troubles_in_tables
from storage import outbox
from storage.database import Database
from storage.inbox import inbox, park
from storage.messages import Lane, OutgoingMessage
from storage.outbox import Outcome, parcels
from storage.record import add
from storage.records.accounts import accounts
from storage.records.options import set_option
from storage.records.people import Role, people, posts
from storage.records.schedules import DayKind, name_day
from storage.records.troubles import open_troubles, troubles
from tests.cast import LONG_AGO, Cast
from tests.handlers.speaking import Desk

LIMITS = TroubleLimits()
MONDAY = date(2026, 11, 23)
WORKING_DAYS = [date(2026, 11, day) for day in (16, 17, 18, 19, 20)]


def hear(tx: Connection, *moments: datetime) -> None:
    for number, moment in enumerate(moments):
        key = f"{moment.isoformat()}/{number}"
        tx.execute(insert(inbox).values(platform="telegram", bot="b", key=key, state="done", received_at=moment))


def usual_week(tx: Connection) -> None:
    """Something at nine, ten, eleven, and every hour of the afternoon."""
    hear(tx, *(at(day, f"{hour:02}:20") for day in WORKING_DAYS for hour in (8, 9, 10, 11, 13, 14, 15, 16)))


def silence(tx: Connection, clock: str, day: date = MONDAY) -> str | None:
    return troubles_in_tables(tx, LIMITS, at(day, clock)).get("silence")


async def test_silence_is_told_when_it_is_unusual(database: Database, now: datetime) -> None:
    def scene(tx: Connection, _now: datetime) -> None:
        usual_week(tx)
        hear(tx, at(MONDAY, "08:10"))
        assert silence(tx, "09:30") is None  # an hour and twenty minutes
        assert "Từ 08:10 không có tin nào tới" in (silence(tx, "09:41") or "")
        assert silence(tx, "12:00") is None  # lunch
        assert silence(tx, "20:00") is None
        hear(tx, at(MONDAY, "09:40"))
        assert silence(tx, "09:41") is None

    await database.run(scene, now)


async def test_the_morning_counts_from_its_beginning_and_lunch_does_not(database: Database, now: datetime) -> None:
    def scene(tx: Connection, _now: datetime) -> None:
        usual_week(tx)  # the last of it on Friday at 16:20
        assert silence(tx, "08:50") is None
        assert "16:20 ngày 20/11" in (silence(tx, "09:05") or "")
        hear(tx, at(MONDAY, "11:00"))
        assert silence(tx, "14:20") is None  # thirty minutes before lunch, fifty after it
        assert silence(tx, "14:31") is not None

    await database.run(scene, now)


@pytest.mark.parametrize("usual", ["nothing known", "quiet at this hour", "holiday"])
async def test_silence_that_is_usual_is_none(database: Database, now: datetime, usual: str) -> None:
    def scene(tx: Connection, _now: datetime) -> None:
        if usual == "quiet at this hour":
            hear(tx, *(at(day, "16:20") for day in WORKING_DAYS))
        if usual == "holiday":
            usual_week(tx)
            name_day(tx, MONDAY, DayKind.HOLIDAY, "nghỉ")
        hear(tx, at(MONDAY, "07:31"))
        assert silence(tx, "10:00") is None

    await database.run(scene, now)


def put(tx: Connection, key: str, now: datetime, *, platform: str = "telegram", lane: Lane = Lane.ANSWER) -> None:
    outbox.put(tx, OutgoingMessage(platform=platform, chat_id="1", text="x"), key=key, lane=lane, now=now)


async def test_what_does_not_leave_is_refused_or_is_parked(database: Database, now: datetime) -> None:
    def scene(tx: Connection, now: datetime) -> None:
        put(tx, "a", now)
        put(tx, "b", now, platform="zalo", lane=Lane.CAMPAIGN)  # may take its time
        assert troubles_in_tables(tx, LIMITS, now + timedelta(minutes=4)) == {}
        later = now + timedelta(minutes=6)
        assert set(troubles_in_tables(tx, LIMITS, later)) == {"stuck/telegram"}
        tx.execute(parcels.update().values(state=Outcome.FAILED, settled_at=later))
        for number in range(5):
            assert set(troubles_in_tables(tx, LIMITS, later)) == set()
            park(tx, platform="telegram", bot="b", key=str(number), raw=b"", error="X", now=now)
        assert "/tinloi" in troubles_in_tables(tx, LIMITS, later)["parked"]
        for number in range(4):
            put(tx, f"c{number}", now)
        tx.execute(parcels.update().values(state=Outcome.FAILED, settled_at=later, platform="telegram"))
        assert "từ chối 6 tin" in troubles_in_tables(tx, LIMITS, later)["refused/telegram"]
        off = TroubleLimits(parked=0, refused=0, stuck=timedelta(0), silent=timedelta(0))
        assert troubles_in_tables(tx, off, later) == {}

    await database.run(scene, now)


AWAY = {"platform/telegram": "Telegram không trả lời."}


def watch(desk: Desk, found: dict[str, str], **wait: int) -> None:
    desk.now += timedelta(**wait)
    see(desk.tx, desk.now, found=found)
    tell_and_clear(desk.tx, LIMITS, desk.now)


def said_to(tx: Connection, platform: str) -> list[str]:
    """The chats of this platform that something was put for, in their order."""
    statement = select(parcels.c.chat_id).where(parcels.c.platform == platform).order_by(parcels.c.id)
    return list(tx.execute(statement).scalars())


def appoint(tx: Connection, cast: Cast, *, email: str | None = None) -> None:
    add(
        tx,
        posts,
        person_id=cast.hoa.person_id,
        unit_id=cast.units["VP"],
        role=Role.ADMINISTRATOR,
        title="Quản trị",
        valid_from=LONG_AGO,
    )
    if email is not None:
        tx.execute(people.update().where(people.c.id == cast.hoa.person_id).values(email=email))
        set_option(tx, "platforms", ["telegram", "email"])


async def test_a_dead_platform_is_told_by_letter_once_and_its_end_too(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(tx: Connection, now: datetime) -> None:
        desk = Desk(tx, now)
        appoint(tx, cast, email="hoa@so.gov.vn")
        watch(desk, AWAY)
        watch(desk, AWAY, minutes=1)
        watch(desk, AWAY, minutes=1)
        assert said_to(tx, "email") == []  # a moment's loss is nobody's business
        for _ in range(5):
            watch(desk, AWAY, minutes=1)
        assert said_to(tx, "email") == ["hoa@so.gov.vn"]
        assert said_to(tx, "telegram") == []
        watch(desk, {}, minutes=2)
        assert said_to(tx, "email") == ["hoa@so.gov.vn"] * 2
        assert "Đã hết sự cố" in desk.heard("hoa@so.gov.vn")[-1]
        assert "Đã hết sự cố" in desk.last(cast.hoa.account)  # it answers again
        assert open_troubles(tx) == []

    await database.run(scene, now)


async def test_a_trouble_of_a_moment_is_told_to_nobody(database: Database, now: datetime, cast: Cast) -> None:
    def scene(tx: Connection, now: datetime) -> None:
        desk = Desk(tx, now)
        watch(desk, AWAY)
        watch(desk, {}, minutes=2)
        assert desk.messages() == []
        assert open_troubles(tx) == []

    await database.run(scene, now)


async def test_the_other_platform_carries_the_news(database: Database, now: datetime, cast: Cast) -> None:
    def scene(tx: Connection, now: datetime) -> None:
        desk = Desk(tx, now)
        appoint(tx, cast)
        facts = {"platform": "zalo", "external_id": "z9", "private_chat_id": "z9", "linked_at": now - timedelta(days=9)}
        add(tx, accounts, person_id=cast.hoa.person_id, is_reachable=True, display_name="", **facts)
        watch(desk, AWAY)
        watch(desk, AWAY, minutes=4)
        assert said_to(tx, "zalo") == ["z9"]
        assert said_to(tx, "telegram") == []
        watch(desk, {**AWAY, "disk": "Ổ đĩa chỉ còn 3 MB trống."}, minutes=1)
        assert said_to(tx, "zalo") == ["z9", "z9"]

    await database.run(scene, now)


async def test_without_an_administrator_the_offices_people_hear(database: Database, now: datetime, cast: Cast) -> None:
    def scene(tx: Connection, now: datetime) -> None:
        desk = Desk(tx, now)
        watch(desk, {"disk": "Ổ đĩa chỉ còn 3 MB trống."})
        assert "Ổ đĩa chỉ còn 3 MB trống" in desk.last(cast.hoa.account)

    await database.run(scene, now)


async def test_two_processes_that_see_the_same_tell_it_once(database: Database, now: datetime, cast: Cast) -> None:
    def scene(tx: Connection, now: datetime) -> None:
        desk = Desk(tx, now)
        for _ in range(3):
            watch(desk, {"disk": "Ổ đĩa chỉ còn 3 MB trống."})
            watch(desk, {"disk": "Ổ đĩa chỉ còn 2 MB trống."}, seconds=20)
        assert len(desk.heard(cast.hoa.account)) == 1
        assert tx.execute(select(troubles.c.began_at)).scalar_one() == now

    await database.run(scene, now)

"""The ready-made office: founded from a staff file, moved in through the messenger, and at home on the second start."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select

from bot.platform_settings import Email, Sms
from bot.settings import Settings, Web
from bot.trial.organization import found_organization
from bot.trial.running import open_trial
from bot.trial.world import BOT_USERNAME, ZALO_USERNAME, build_world, rooms
from handlers.local_time import local_day
from storage.database import Database
from storage.inbox import inbox
from storage.invariants import broken_invariants
from storage.record import find_all
from storage.records.accounts import accounts
from storage.records.chats import Audience, GroupChat, chats
from storage.records.people import Role, people, people_with
from storage.records.units import UnitKind, find_unit, units_on, with_all_above


async def test_the_office_is_founded_once(database: Database, now: datetime) -> None:
    assert await database.run(found_organization, now)
    assert not await database.run(found_organization, now)
    assert await database.read(lambda tx, _: broken_invariants(tx), now) == []


async def test_it_has_an_office_seven_units_zones_under_two_of_them_and_about_forty_people(
    database: Database, now: datetime
) -> None:
    def look(tx: Connection, now: datetime) -> None:
        today = local_day(now)
        assert len(units_on(tx, today, UnitKind.DIVISION)) == 7
        zones = units_on(tx, today, UnitKind.ZONE)
        assert len({zone.parent_id for zone in zones}) == 2
        assert 38 <= tx.execute(select(func.count()).select_from(people)).scalar_one() <= 45
        over_zone = people_with(tx, today, Role.LEADER, unit_ids=with_all_above(tx, zones[0].id)[:2])
        assert [person.called for person in over_zone] == ["ông Sơn"]

    await database.run(found_organization, now)
    await database.read(look, now)


async def test_the_world_seats_everybody_in_his_rooms(database: Database, now: datetime) -> None:
    def look(tx: Connection, now: datetime) -> None:
        world = build_world(tx, local_day(now))
        on_zalo = [chat for chat in world["chats"] if chat.get("platform") == "zalo"]
        on_telegram = [chat for chat in world["chats"] if chat not in on_zalo]
        assert len(on_zalo) == 2
        assert all(f"@{ZALO_USERNAME}" in chat["members"] for chat in on_zalo)
        assert {chat["administrators"][0] for chat in on_telegram} == {f"@{BOT_USERNAME}"}
        ids = {person["id"] for person in world["people"]} | {f"@{ZALO_USERNAME}"}
        assert all(set(chat["members"]) <= ids for chat in world["chats"])
        members = {room.audience: {person.called for person in room.people} for room in rooms(tx, local_day(now))}
        assert "bà Nga" in members[Audience.LEADERS]
        assert "chị Lan" not in members[Audience.MANAGERS]
        assert all("chị Hoa" in {person.called for person in room.people} for room in rooms(tx, local_day(now)))

    await database.run(found_organization, now)
    await database.read(look, now)


async def test_everybody_moves_in_through_the_messenger_and_stays(tmp_path: Path) -> None:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/trial.sqlite3",
        trial_port=0,
        web=Web(port=0),
        data_folder=tmp_path,
        log_level="error",
        email=Email(host="127.0.0.1", sender="trucban@so.gov.vn"),
        sms=Sms(url="http://127.0.0.1:9"),
    )
    async with open_trial(settings) as trial:
        assert not {"email", "sms"} & {platform.name for platform in trial.house.platforms}
        database, clock = trial.house.database, trial.house.clock
        tied = await database.read(_tied, clock.now())
        assert len(tied) == 12
        assert tied["Phòng Quản lý Công nghiệp"] == "Phòng Quản lý Công nghiệp"
        assert await database.read(_strangers, clock.now()) == 0
        assert await database.read(lambda tx, _: broken_invariants(tx), clock.now()) == []
        heard = await database.read(_heard, clock.now())
    async with open_trial(settings) as trial:
        assert await trial.house.database.read(_heard, trial.house.clock.now()) == heard


def _tied(tx: Connection, now: datetime) -> dict[str, str]:
    """{title of the room: name of its unit, or its audience}"""
    found = {}
    for room in find_all(tx, GroupChat, chats, chats.c.audience.is_not(None)):
        unit = None if room.unit_id is None else find_unit(tx, room.unit_id)
        found[room.title] = str(room.audience) if unit is None else unit.name
    return found


def _strangers(tx: Connection, now: datetime) -> int:
    linked = select(accounts.c.person_id).where(accounts.c.person_id.is_not(None))
    return tx.execute(select(func.count()).where(people.c.id.not_in(linked))).scalar_one()


def _heard(tx: Connection, now: datetime) -> int:
    return tx.execute(select(func.count()).select_from(inbox)).scalar_one()

"""Who goes along when a unit is merged: its people, not the leader who was only in charge of it; who led it leads no more."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from handlers.local_time import local_day
from handlers.naming import unknown_unit
from handlers.setting_up.merging import end_unit, open_unit_again
from handlers.timed_reminders.rooms import rooms_meant
from storage.database import Database
from storage.invariants import broken_invariants
from storage.record import add, change
from storage.records.people import Role, members_of, people_with, posts, posts_of
from storage.records.units import UnitKind, find_unit, units, units_on, with_all_above, with_all_below
from tests.cast import Cast
from tests.handlers.playing import play_soundly
from tests.handlers.speaking import Desk


async def test_people_go_along_but_not_who_leads_from_elsewhere(database: Database, cast: Cast, now: datetime) -> None:
    """Ông Sơn was in charge of Phòng TM; chị Thu headed it."""

    def scene(tx: Connection, now: datetime) -> None:
        trade, economy = find_unit(tx, cast.units["TM"]), find_unit(tx, cast.units["KT"])
        assert trade is not None
        assert economy is not None
        in_charge = {"person_id": cast.son.person_id, "unit_id": trade.id, "role": Role.LEADER, "title": "Phụ trách"}
        add(tx, posts, **in_charge, valid_from=date(2020, 1, 1))
        end_unit(tx, trade, economy, now, cast.hoa.person_id)
        today, tomorrow = local_day(now), local_day(now) + timedelta(days=1)
        assert {person.full_name for person in members_of(tx, [trade.id], today)} >= {"Hoàng Thị Thu", "Bùi Hữu Phúc"}
        assert members_of(tx, [trade.id], tomorrow) == []
        assert [post.unit_id for post in posts_of(tx, cast.son.person_id, tomorrow)] == [cast.units["SO"]]
        assert [post.role for post in posts_of(tx, cast.thu.person_id, tomorrow)] == [Role.STAFF]
        heads = people_with(tx, tomorrow, Role.HEAD_OF_UNIT, unit_ids=[economy.id])
        assert [head.full_name for head in heads] == ["Phạm Quang Minh"]
        zone = find_unit(tx, cast.units["KCN1"])
        assert zone is not None
        assert zone.parent_id == economy.id
        open_unit_again(tx, trade, now, cast.hoa.person_id)
        assert trade.id in {unit.id for unit in units_on(tx, tomorrow)}
        assert broken_invariants(tx) == []

    await database.run(scene, now)


async def test_no_unit_comes_below_itself(database: Database, cast: Cast, now: datetime) -> None:
    """Nor does the body end: neither by words nor by a button from before the tree was changed, or one that was made up."""

    def scene(desk: Desk) -> None:
        trade, zone, body = (cast.units[code] for code in ("TM", "KCN1", "SO"))
        values = {"code": "DN1", "name": "Công ty Hòa Phát", "short_name": "Công ty HP", "kind": UnitKind.ENTERPRISE}
        firm = add(desk.tx, units, **values, parent_id=zone, valid_from=date(2020, 1, 1))
        desk.say(cast.hoa, "/donvi sáp nhập Phòng TM vào Công ty HP")
        assert "đơn vị nhận không thuộc đơn vị kia" in desk.last(cast.hoa.account)
        for data in (f"{trade}:{firm}", f"{trade}:{zone}", f"{trade}:{trade}", f"{body}:0", f"{zone}:987654"):
            desk.press_data(cast.hoa, f"unit:{data}:do")
        assert desk.tx.execute(select(units.c.code).where(units.c.valid_to.is_not(None))).all() == []
        assert with_all_above(desk.tx, firm) == [firm, zone, trade, body]

    await play_soundly(database, now, scene)


async def test_who_was_merged_twice_is_reminded_where_he_is(database: Database, cast: Cast, now: datetime) -> None:
    """Phòng TM goes into Phòng KT, and that one into the office: what is set for Phòng TM reaches its people still."""

    def scene(tx: Connection, now: datetime) -> None:
        trade, economy, office = (find_unit(tx, cast.units[code]) for code in ("TM", "KT", "VP"))
        assert trade is not None
        assert economy is not None
        audience = {"people": [], "units": [trade.id], "rooms": [], "audiences": []}
        before = [room.id for room in rooms_meant(tx, audience, local_day(now))]
        end_unit(tx, trade, economy, now, cast.hoa.person_id)
        end_unit(tx, economy, office, now, cast.hoa.person_id)
        after = [room.id for room in rooms_meant(tx, audience, local_day(now))]
        assert before
        assert set(before) <= set(after)
        assert unknown_unit(tx, "Phòng TM").endswith("nay là Văn phòng.")

    await database.run(scene, now)


async def test_a_name_may_hold_a_word_of_the_command(database: Database, cast: Cast, now: datetime) -> None:
    """Without marks the second word of "Tổ Bảo vệ" is "về"."""

    def scene(desk: Desk) -> None:
        guards = {"code": "BV", "name": "Tổ Bảo vệ", "short_name": "Tổ Bảo vệ", "kind": UnitKind.DIVISION}
        add(desk.tx, units, **guards, parent_id=cast.units["SO"], valid_from=date(2020, 1, 1))
        desk.say(cast.hoa, "/donvi sáp nhập Tổ Bảo vệ vào Phòng KT")
        assert "Sáp nhập Tổ Bảo vệ vào Phòng KT" in desk.last(cast.hoa.account)
        desk.say(cast.hoa, "/donvi gộp Phòng TM về Phòng KT")
        assert "Sáp nhập Phòng TM vào Phòng KT" in desk.last(cast.hoa.account)

    await play_soundly(database, now, scene)


async def test_a_circle_of_units_ends_every_look_at_it(database: Database, cast: Cast, now: datetime) -> None:
    """However it came about: a look without end would stop the whole house."""

    def scene(tx: Connection, _now: datetime) -> None:
        trade, zone = cast.units["TM"], cast.units["KCN1"]
        change(tx, units, units.c.id == trade, parent_id=zone)
        assert set(with_all_above(tx, trade)) == {trade, zone}
        assert set(with_all_below(tx, zone)) == {trade, zone}

    await database.run(scene, now)

"""Who goes along when a unit is merged: its people, not the leader who was only in charge of it; who led it leads no more."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from handlers.local_time import local_day
from handlers.setting_up.merging import end_unit, open_unit_again
from storage.database import Database
from storage.invariants import broken_invariants
from storage.record import add
from storage.records.people import Role, members_of, people_with, posts, posts_of
from storage.records.units import find_unit, units_on
from tests.cast import Cast


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

"""What a room must not hear: who owes a declaration of health; and what it need not: answers to chatter."""

from __future__ import annotations

from datetime import datetime

from handlers import rounds
from handlers.check_ins.health_declaration import KIND as HEALTH
from handlers.local_time import local_day
from storage.database import Database
from storage.records.people import people_named
from tests.cast import Cast
from tests.handlers.playing import play
from tests.handlers.speaking import Desk


async def test_that_somebody_owes_a_health_declaration_is_told_to_him_alone(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        rounds.ask_people(desk.tx, HEALTH, local_day(now), people_named(desk.tx, [cast.lan.person_id]), now)
        desk.say(cast.lan, "/conthieu", room=cast.rooms["KT"])
        assert HEALTH.title not in desk.last(cast.rooms["KT"])
        desk.say(cast.lan, "/conthieu")
        assert HEALTH.title in desk.last(cast.lan.account)

    await play(database, now, scene)


async def test_a_word_among_others_in_a_room_is_no_cancellation(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "thôi", room=cast.rooms["KT"])
        assert desk.messages(cast.rooms["KT"]) == []
        desk.say(cast.lan, "thôi")
        assert "Không có việc nào" in desk.last(cast.lan.account)

    await play(database, now, scene)

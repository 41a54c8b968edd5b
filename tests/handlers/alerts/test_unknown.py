"""Somebody nobody knows cries in a room of ours: who is responsible reads all of it, marked as unverified."""

from __future__ import annotations

from datetime import datetime

from storage.database import Database
from storage.records.alerts import open_alerts
from tests.cast import Cast, Member
from tests.handlers.playing import play_soundly
from tests.handlers.speaking import Desk

STRANGER = Member(person_id=0, account="9999", name="Người lạ")


async def test_a_long_cry_is_passed_on_to_its_end(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        cry = "cháy kho Phòng KT rồi. " + "Lửa lan sang mái bên cạnh. " * 20 + "Còn hai người kẹt trên tầng 3"
        desk.say(STRANGER, cry, room=cast.rooms["KT"])
        told = "\n".join(desk.heard(cast.minh.account))
        assert "(chưa xác minh) Người lạ" in told
        assert "kẹt trên tầng 3" in told
        assert "114 (cháy)" in desk.last(cast.rooms["KT"])

    await play_soundly(database, now, scene)


async def test_every_cry_is_passed_on(database: Database, now: datetime, cast: Cast) -> None:
    """One alert, and all that was shouted within its first minutes: nothing else keeps what a stranger says."""
    cries = ("cháy kho Phòng KT rồi", "cháy to lắm rồi", "cháy lan sang nhà xe", "cháy kho, còn hai người kẹt")

    def scene(desk: Desk) -> None:
        for cry in cries:
            desk.say(STRANGER, cry, room=cast.rooms["KT"])
        told = "\n".join(desk.heard(cast.minh.account))
        assert [cry for cry in cries if cry not in told] == []
        assert len(open_alerts(desk.tx)) == 1

    await play_soundly(database, now, scene)


async def test_of_an_illness_the_room_hears_little(database: Database, now: datetime, cast: Cast) -> None:
    """Nobody is to call the fire brigade about it; the deputy in charge of health reads it, as of what a colleague reports."""

    def scene(desk: Desk) -> None:
        desk.say(STRANGER, "em test dương tính rồi", room=cast.rooms["KT"])
        assert "chưa xác minh" in desk.last(cast.rooms["KT"])
        assert "114" not in desk.last(cast.rooms["KT"])
        assert [alert.field for alert in open_alerts(desk.tx)] == ["health"]

    await play_soundly(database, now, scene)

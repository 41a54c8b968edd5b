"""Somebody nobody knows cries in a room of ours: who is responsible reads all of it, marked as unverified."""

from __future__ import annotations

from datetime import datetime

from storage.database import Database
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

    await play_soundly(database, now, scene)

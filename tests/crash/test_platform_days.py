"""What the platform can do to us in days: everything is said to the operator, nothing lost, nobody flooded."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.delivery.breaker import FEELERS, SEVERAL
from handlers.local_time import local_day
from storage.parcels.uncertainty import uncertain
from tests.crash import office
from tests.crash.acts import has_opened, is_summed_up
from tests.crash.ledger import discrepancies
from tests.crash.platform_days import (
    another_poller,
    days_reported,
    fault,
    found_small_rooms,
    latest,
    no_more_faults,
    pass_to,
    readiness,
    said_in,
    seen_since,
    start_anew,
    states_in,
    take_token_away,
    talk_by_a_wrong_clock,
    told,
    upgrade,
)
from tests.crash.scene import hurrying, open_scene

SOME_CALLS = 18  # some of them carry the directive


async def test_a_second_poller_and_a_revoked_token(tmp_path: Path) -> None:
    """The operator reads what it is; when the other is gone, and with the new token, everything goes on."""
    async with open_scene(tmp_path, f"sqlite:///{tmp_path / 'house.sqlite3'}", seed=1, rooms=4) as scene:
        await scene.bot.start()
        await scene.wait_until_ready()
        async with hurrying(scene):
            async with another_poller(scene):
                await scene.talk(8, pause=0.02)
                await told(scene, "Một chương trình khác đang nhận tin bằng cùng mã bot Telegram")
            await scene.come_to_rest()
            token = await take_token_away(scene)
            await scene.talk(8, pause=0.02, first=8)
            await scene.database.run(office.publish_to_everyone, scene.now)
            await told(scene, "Telegram không nhận mã bot (token)")
            scene.bot.must_run()
            await start_anew(scene, TELEGRAM__TOKEN=token)
            await scene.talk(8, pause=0.02, first=16)
            await scene.come_to_rest()
        assert await discrepancies(scene) == []
        assert "InvalidToken" in scene.bot.log()
        await scene.finish()


@pytest.mark.parametrize("gone", ["the network", "the process"])
async def test_a_day_without_us_then_its_backlog(gone: str, tmp_path: Path) -> None:
    """From 16:05 to 15:30 of the next day; people go on talking, and what they said in time counts as in time."""
    async with open_scene(tmp_path, f"sqlite:///{tmp_path / 'house.sqlite3'}", seed=2) as scene:
        await scene.bot.start()
        await scene.wait_until_ready()
        await scene.move_clock("16:01")
        await scene.come_to_rest(has_opened)
        if gone == "the network":
            await fault(scene, "500")
        else:
            await scene.bot.kill()
        await scene.move_clock("16:12")
        places = office.talking_places()
        for number, place in enumerate(places[:6]):
            await scene.say(place, f"{number + 1} lượt khách")
        if gone == "the network":
            await told(scene, "Máy chủ Telegram đang gặp sự cố")
        for moment, due in (("16:21", 1), ("16:31", 2), ("17:05", 0)):
            await pass_to(scene, moment, due=due)
        await scene.say(places[6], "7 lượt khách")
        for moment in ("20:31", "02:31", "07:31", "15:30"):
            await pass_to(scene, moment)
        seq = await latest(scene)
        await no_more_faults(scene)
        if gone == "the process":
            await scene.bot.start()
            await scene.wait_until_ready()
        async with hurrying(scene):
            await scene.come_to_rest(is_summed_up)
        states = await scene.database.read(lambda tx, _: states_in(tx), scene.now)
        assert [states[f"P{n}"] for n in (0, 2, 4, 6, 1, 3, 5, 7)] == ["on_time"] * 6 + ["late", "missing"]
        shown = await seen_since(scene, seq)
        assert {words[:2] for said in shown.values() for words in said} == {"✅ ", "📋 "}  # no reminder of yesterday
        assert max(len(said) for said in shown.values()) == 1
        heard = "\n".join(await said_in(scene, office.OFFICE_ROOM, since=seq))
        assert "7/9 đơn vị đã báo cáo (hạn 16:30, 1 muộn)" in heard
        assert heard.count("📌") == 1
        if gone == "the process":
            assert "Tổng cộng: 28" in heard
            assert "Đôn đốc đơn vị chưa báo cáo (16:30" in heard
        left_out = ["24 parcels dropped"] if gone == "the network" else []
        assert await discrepancies(scene) == left_out
        await scene.finish()


async def test_a_line_that_takes_messages_and_drops_them(tmp_path: Path) -> None:
    """A few are in doubt and the office is asked; the others wait until the platform answers, and go."""
    async with open_scene(tmp_path, f"sqlite:///{tmp_path / 'house.sqlite3'}", seed=5, rooms=60) as scene:
        await scene.bot.start()
        await scene.wait_until_ready()
        for method in ("sendMessage", "getMe"):
            await fault(scene, "drop_before", method=method)
        await scene.database.run(office.publish_to_everyone, scene.now)
        await told(scene, "tạm ngừng gửi")
        await scene.talk(8, pause=0.02)
        await no_more_faults(scene)
        async with hurrying(scene):
            await scene.come_to_rest()
            while "tạm ngừng gửi" in await readiness(scene):  # noqa: ASYNC110 - another process's socket tells nobody
                await asyncio.sleep(0.02)
        doubtful = await scene.database.read(lambda tx, _: len(uncertain(tx)), scene.now)
        assert SEVERAL <= doubtful <= SEVERAL + FEELERS * 3 // 2  # of some 150
        assert await discrepancies(scene) == []
        await scene.finish()


async def test_a_clock_that_is_wrong_by_an_hour(tmp_path: Path) -> None:
    """What counts is when it was said, by the platform's clock."""
    async with open_scene(tmp_path, f"sqlite:///{tmp_path / 'house.sqlite3'}", seed=3) as scene:
        await scene.move_clock("23:20")
        await talk_by_a_wrong_clock(scene, seconds=3_600.0)
        assert await scene.database.read(days_reported, scene.now) == {local_day(scene.now)}
        assert await discrepancies(scene) == []


async def test_rooms_that_move_in_the_middle_of_a_broadcast(tmp_path: Path) -> None:
    """Every second of the rooms grows into a supergroup while a directive goes out: each hears it once, there."""
    async with open_scene(tmp_path, f"sqlite:///{tmp_path / 'house.sqlite3'}", seed=4) as scene:
        rooms = await found_small_rooms(scene, 24)
        await scene.database.run(office.publish_to_everyone, scene.now)
        await scene.bot.start()
        async with hurrying(scene):
            moved = {room: await upgrade(scene, room) for room in rooms[::4]}
            while scene.calls() < SOME_CALLS:  # noqa: ASYNC110 - the process tells nobody how far it is
                await asyncio.sleep(0.001)
            moved |= {room: await upgrade(scene, room) for room in rooms[1::4] + rooms[-1:]}
            await scene.wait_until_ready()
            await scene.come_to_rest()
        for room in rooms:
            shown = [words for each in (room, moved.get(room)) if each for words in await said_in(scene, each, since=0)]
            assert sum(office.DIRECTIVE in words for words in shown) == 1, f"room {room}"
        await scene.finish()

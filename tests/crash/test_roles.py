"""Several processes: roles apart on one PostgreSQL, and never two on one SQLite file."""

from __future__ import annotations

import random
from pathlib import Path

from tests.crash import office
from tests.crash.ledger import discrepancies
from tests.crash.scene import hurrying, is_ready, open_scene
from tests.crash.several import another, take_over


async def test_one_process_hears_and_two_speak_and_tick(fresh_postgres: str, tmp_path: Path) -> None:
    """Receiving in one process; two that deliver and tick, of which the leading one is killed in the middle."""
    async with open_scene(tmp_path, fresh_postgres, seed=random.randrange(1_000), rooms=40) as scene:
        async with (
            another(scene, tmp_path, "receive,web", "hears"),
            another(scene, tmp_path, "deliver,tick", "speaks-1") as first,
            another(scene, tmp_path, "deliver,tick", "speaks-2") as second,
            hurrying(scene),
        ):
            await scene.talk(16, pause=0.02)
            await scene.come_to_rest()
            await scene.database.run(office.publish_to_everyone, scene.now)
            await first.kill()
            await scene.talk(16, pause=0.02)
            await scene.come_to_rest()
            assert second.is_running
        assert await discrepancies(scene) == []


async def test_a_second_process_on_one_sqlite_file_leaves_with_a_clear_sentence(tmp_path: Path) -> None:
    async with open_scene(tmp_path, f"sqlite:///{tmp_path / 'house.sqlite3'}", seed=1) as scene:
        await scene.bot.start()
        await scene.wait_until_ready()
        async with another(scene, tmp_path, "receive,deliver,tick,web", "second") as second:
            assert await second.end() == 2
            [sentence] = second.log().splitlines()
            assert sentence == "Cơ sở dữ liệu này đang được một Trực Ban khác dùng. Xin tắt bản đang chạy trước."
        assert await is_ready(scene.http, scene.bot)
        await scene.finish()


async def test_four_processes_share_the_work_and_two_of_them_are_killed(fresh_postgres: str, tmp_path: Path) -> None:
    """Each with every role: one polls, one speaks, one ticks at a time, and whoever dies is followed."""
    roles = "receive,deliver,tick,web"
    async with open_scene(tmp_path, fresh_postgres, seed=random.randrange(1_000)) as scene:
        async with (
            another(scene, tmp_path, roles, "one") as one,
            another(scene, tmp_path, roles, "two") as two,
            another(scene, tmp_path, roles, "three") as three,
            another(scene, tmp_path, roles, "four") as four,
            hurrying(scene),
        ):
            for dying in (one, two):
                await scene.talk(16, pause=0.05)  # twice around: the same count twice in a row would be no news
                await dying.kill()
            await scene.talk(16, pause=0.05)  # twice around: the same count twice in a row would be no news
            await scene.come_to_rest()
            three.must_run()
            four.must_run()
        assert await discrepancies(scene) == []


async def test_who_leads_is_followed_and_there_are_never_two(fresh_postgres: str, tmp_path: Path) -> None:
    """`python -m tests.crash --takeovers 10` says how fast."""
    async with open_scene(tmp_path, fresh_postgres, seed=random.randrange(1_000)) as scene:
        await take_over(scene, tmp_path)
        assert await discrepancies(scene) == []

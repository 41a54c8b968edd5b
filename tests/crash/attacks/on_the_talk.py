"""What is said, and when, is the attack: refusals by the storm, a day's backlog, a file twice, a clock an hour behind."""

from __future__ import annotations

import time

from handlers.local_time import local_day
from tests.crash import office
from tests.crash.attacks.attack import PATIENT, House
from tests.crash.ledger import discrepancies
from tests.crash.platform_days import days_reported, fault, talk_by_a_wrong_clock
from tests.crash.process import BotProcess
from tests.crash.scene import hurrying, open_scene
from tests.crash.shell_acts import HEADINGS, a_name

STORM = 40  # refusals of each kind
HOURS, AN_HOUR = 23, 40  # of a backlog, and messages in each
STAFF = 300


async def storm(house: House) -> list[str]:
    """A directive, and people talking, into 160 refusals of all kinds."""
    async with open_scene(house.folder, house.url, seed=1, rooms=60) as scene:
        await scene.bot.start()
        await scene.wait_until_ready()
        await scene.database.run(office.publish_to_everyone, scene.now)
        for kind in ("429", "500", "html404", "429"):
            await fault(scene, kind, times=STORM, method="sendMessage", seconds=2)
        async with hurrying(scene):
            await scene.talk(16, pause=0.05)
            await scene.come_to_rest()
        await scene.finish()
        return await discrepancies(scene)


async def backlog(house: House) -> list[str]:
    """Everybody goes on talking for 23 hours while nothing runs; each day's last word stands."""
    async with open_scene(house.folder, house.url, seed=1) as scene:
        scene.has_two_days = True
        for hour in range(HOURS):
            scene.messenger.cloud.clock.advance(3_600)
            await scene.talk(AN_HOUR, pause=0, first=hour * AN_HOUR)
        began = time.monotonic()
        await scene.bot.start()
        async with hurrying(scene):
            await scene.come_to_rest(within=PATIENT)
        print(f"  {HOURS * AN_HOUR} messages in {time.monotonic() - began:.1f} s", flush=True)
        await scene.finish()
        return await discrepancies(scene)


async def two_imports(house: House) -> list[str]:
    """The same staff file is brought in by two at the same moment."""
    lines = [HEADINGS, "SO,Sở Công Thương,Sở,cơ quan,,,,,,"]
    lines += [f"SO,,,,,CB{n:03},{a_name(n)},chị,Chuyên viên,{'' if n else 'văn phòng'}" for n in range(STAFF)]
    (house.folder / "staff.csv").write_text("\n".join(lines))
    url = house.url.replace("+psycopg", "")
    settings = {"DATABASE_URL": url, "DATA_FOLDER": str(house.folder), "WEB__PORT": "0"}
    importing = [
        BotProcess(house.folder, settings, name=name, command=("import", "staff.csv")) for name in ("one", "two")
    ]
    for each in importing:
        await each.start()
    failed = [each.log()[-500:] for each in importing if await each.end() != 0]
    check = BotProcess(house.folder, settings, name="check", command=("check",))
    await check.start()
    return failed + ([check.log()] if await check.end() != 0 else [])


async def slow_clock(house: House) -> list[str]:
    """The machine is an hour behind: to it whatever is said comes from the future."""
    async with open_scene(house.folder, house.url, seed=3) as scene:
        await talk_by_a_wrong_clock(scene, seconds=-3_600.0)
        days = await scene.database.read(days_reported, scene.now)
        wrong = [] if days == {local_day(scene.now)} else [f"days: {days}"]
        return [*wrong, *await discrepancies(scene)]

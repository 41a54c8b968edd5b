"""Several processes are attacked: called crosswise, frozen, cut off from the database."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.crash.attacks.attack import PATIENT, House
from tests.crash.balancer import open_balancer
from tests.crash.far_machine import DATABASE, FarMachine, open_far_machine, reached_from_afar
from tests.crash.ledger import discrepancies
from tests.crash.process import BotProcess, free_port
from tests.crash.scene import Scene, bot_settings, hurrying, is_ready, open_scene
from tests.crash.several import EVERYTHING, STANDING_BY, another, until_led


async def behind_a_balancer(house: House) -> list[str]:
    """Two processes hear in turn by webhook, every fifth call comes to both, and one of them is killed."""
    ports = [free_port(), free_port()]
    async with (
        open_balancer(ports, every=5) as address,
        open_scene(house.folder, house.url, seed=1, webhook=True) as scene,
        _two_hearing(scene, house, ports, address) as (first, _),
        hurrying(scene),
    ):
        await scene.talk(32, pause=0.01)
        await first.kill()
        await scene.talk(32, pause=0.01, first=32)
        await first.start()
        await scene.talk(32, pause=0.0, first=64)
        await scene.come_to_rest()
        return await discrepancies(scene)


@asynccontextmanager
async def _two_hearing(
    scene: Scene, house: House, ports: list[int], address: str
) -> AsyncIterator[tuple[BotProcess, BotProcess]]:
    called = {"TELEGRAM__WEBHOOK_URL": address}
    async with (
        another(scene, house.folder, EVERYTHING, "first", port=ports[0], **called) as first,
        another(scene, house.folder, EVERYTHING, "second", port=ports[1], **called) as second,
    ):
        for each in (first, second):
            async with asyncio.timeout(60):
                while not await is_ready(scene.http, each):  # noqa: ASYNC110 - another process's socket tells nobody
                    await asyncio.sleep(0.05)
        yield first, second


async def frozen_leader(house: House) -> list[str]:
    """The leading one of two processes is stopped as by a debugger, another leads, and then it goes on."""
    async with (
        open_scene(house.folder, house.url, seed=1) as scene,
        another(scene, house.folder, EVERYTHING, "frozen") as first,
        hurrying(scene),
    ):
        before = await until_led(scene, by_others_than={})
        async with another(scene, house.folder, EVERYTHING, "follower"):
            await scene.talk(8, pause=0.05)
            os.kill(first.pid, signal.SIGSTOP)
            began = time.monotonic()
            await scene.talk(8, pause=0.05, first=8)
            await until_led(scene, by_others_than=before, within=PATIENT)
            print(f"  led again after {time.monotonic() - began:.1f} s", flush=True)
            await scene.talk(8, pause=0.05, first=16)
            os.kill(first.pid, signal.SIGCONT)
            await scene.talk(8, pause=0.05, first=24)
            await scene.come_to_rest()
            return await discrepancies(scene)


async def network_split(house: House) -> list[str]:
    """Between the leading one of two processes and the database a switch dies, and comes back (where we may lay cables)."""
    with open_far_machine(house.folder) as machine:
        if machine is None:
            return []
        port = free_port()
        house.server.listen_at(DATABASE, port)
        url = house.server.url("house")
        far_url = f"postgresql+psycopg://postgres@{DATABASE}:{port}/house"
        async with (
            open_scene(house.folder, url, seed=1) as scene,
            reached_from_afar(scene.messenger.port) as messenger,
            machine.running(bot_settings(messenger, far_url, free_port()) | {"ROLES": EVERYTHING}),
            hurrying(scene),
        ):
            before = await until_led(scene, by_others_than={})
            async with another(scene, house.folder, EVERYTHING, "near"):
                await _cut_off(scene, machine, before)
            return await discrepancies(scene)


async def _cut_off(scene: Scene, machine: FarMachine, before: dict[str, int]) -> None:
    await scene.talk(8, pause=0.05)
    await asyncio.sleep(STANDING_BY)
    machine.pull_the_cable()
    began = time.monotonic()
    await scene.talk(16, pause=0.1, first=8)
    await until_led(scene, by_others_than=before)
    print(f"  led again after {time.monotonic() - began:.1f} s", flush=True)
    await scene.talk(8, pause=0.1, first=24)
    await scene.come_to_rest()
    machine.plug_it_in()
    await scene.talk(24, pause=0.2, first=32)
    await scene.come_to_rest()

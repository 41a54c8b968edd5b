"""The acts in which the bot is killed: taking in by poll (on Zalo in both its ways) and by webhook, a directive, the clock, alerts; and at the shell."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select

from handlers.alerts.ways import notice_key
from storage.outbox import Outcome, parcels
from storage.records.alerts import alerts, notices_of
from storage.records.rounds import rounds
from storage.records.tokens import platform_tokens
from tests.crash import office, old_house
from tests.crash.ledger import discrepancies
from tests.crash.scene import Scene, hurrying, open_scene
from tests.crash.shell_acts import SHELL_ACTS, perform_at_the_shell
from tests.crash.wires import TELEGRAM, Wire, zalo, zalo_oa

CROSSED = {"kind": "crossed", "times": 1_000_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """`play` kills so many times; `rooms` besides those of the units."""

    play: Callable[[Scene, int], Awaitable[list[str]]]
    rooms: int = 0
    webhook: bool = False
    wire: Wire = TELEGRAM
    one_lost_by_each_kill: bool = False  # Zalo keeps nothing that it has handed out
    crosses: bool = False  # updates of one chat come in pairs, the later one first


async def take_in(scene: Scene, kills: int) -> list[str]:
    """People talk all the while."""
    if scene.wire.is_called_from_the_console:
        await scene.bot.start()
        await scene.wait_until_ready()
        await scene.come_to_rest(has_tokens)  # the first is good once: killed in that moment, it must be consented anew
    async with hurrying(scene):
        talking = asyncio.create_task(scene.talk(24 * (kills + 1), pause=0.02))
        await scene.kill_at_random(kills, within_calls=30)
        await talking
    await scene.finish()
    return []


def has_tokens(tx: Connection) -> bool:
    return bool(tx.execute(select(platform_tokens.c.access_token)).scalar())


async def direct(scene: Scene, kills: int) -> list[str]:
    """A directive to every room, and nobody answers."""
    rooms = await scene.database.run(office.publish_to_everyone, scene.now)
    async with hurrying(scene):
        await scene.kill_at_random(kills, within_calls=max(10, rooms // (kills + 1)))
    await scene.finish()
    return await scene.database.read(lambda tx, _: _directive_mistakes(tx, rooms), scene.now)


def _directive_mistakes(tx: Connection, rooms: int) -> list[str]:
    to_rooms = select(parcels.c.state).where(parcels.c.key.like("directive/%/room/%"))
    states = Counter(tx.execute(to_rooms).scalars())
    wrong = sum(states.values()) != rooms or set(states) - {Outcome.SENT, Outcome.UNCERTAIN}
    return [f"of {rooms} rooms: {dict(states)}"] if wrong else []


async def tick(scene: Scene, kills: int) -> list[str]:
    """The round opens at 16:00 and is summed up at 16:30; it is killed around both."""
    early = scene.dice.randint(0, kills)
    for moment, part, has_happened in (("16:00", early, has_opened), ("16:30", kills - early, is_summed_up)):
        await scene.move_clock(moment)
        await scene.kill_at_random(part, within_calls=2 * office.UNITS)
        async with hurrying(scene):
            await scene.come_to_rest(has_happened)
    await scene.finish()
    return []


def has_opened(tx: Connection) -> bool:
    return bool(tx.execute(select(func.count()).select_from(rounds)).scalar_one())


def is_summed_up(tx: Connection) -> bool:
    return not tx.execute(select(func.count()).where(rounds.c.summed_up_at.is_(None))).scalar_one()


async def escalate(scene: Scene, kills: int) -> list[str]:
    """Alerts that nobody takes climb round after round, and it is killed all the while."""
    await scene.database.run(office.raise_alerts, scene.now)
    async with hurrying(scene):
        await scene.kill_at_random(kills, within_calls=8)
        await scene.come_to_rest(_have_gone_round)
    await scene.finish()
    return await scene.database.read(lambda tx, _: _lost_steps(tx), scene.now)


def _have_gone_round(tx: Connection) -> bool:
    steps = tx.execute(select(alerts.c.step)).scalars().all()
    return len(steps) == office.ALERTS and min(steps) > office.PLACES


def _lost_steps(tx: Connection) -> list[str]:
    """Every step at which somebody stands was told once, to him, and by a parcel."""
    wrong = []
    keys = set(tx.execute(select(parcels.c.key)).scalars())
    for alert in tx.execute(select(alerts.c.id, alerts.c.step)):
        told = [notice for notice in notices_of(tx, alert.id) if notice.step > 0]
        steps = [step for step in range(1, alert.step + 1) if (step - 1) % office.PLACES in office.TAKEN_PLACES]
        if [notice.step for notice in told] != steps:
            wrong.append(f"alert {alert.id}: told at {[notice.step for notice in told]}, climbed to {alert.step}")
        parcel_of = (f"{notice_key(alert.id, notice.step)}/person/{notice.person_id}" for notice in told)
        wrong += [f"no parcel: {key}" for key in parcel_of if key not in keys]
    return wrong


SCENES = {
    "start": Act(play=old_house.start_with_old_tables),
    "staff": Act(play=old_house.bring_in_while_people_talk),
    "poll": Act(play=take_in),
    "zalo-once": Act(play=take_in, wire=zalo("consume"), one_lost_by_each_kill=True),
    "zalo-again": Act(play=take_in, wire=zalo("replay"), one_lost_by_each_kill=True),
    "webhook": Act(play=take_in, webhook=True, crosses=True),
    "zalo-webhook": Act(play=take_in, webhook=True, wire=zalo(repeats=200, order="mixed")),
    "zalo-oa": Act(play=take_in, webhook=True, wire=zalo_oa()),
    "directive": Act(play=direct, rooms=200),
    "ticks": Act(play=tick),
    "alerts": Act(play=escalate),
}
ACTS = (*SCENES, *SHELL_ACTS)


async def perform(name: str, *, folder: Path, database_url: str, kills: int, seed: int) -> list[str]:
    """Play one act; returns what is wrong afterwards."""
    if name in SHELL_ACTS:
        return await perform_at_the_shell(name, folder=folder, database_url=database_url, kills=kills, seed=seed)
    act = SCENES[name]
    async with open_scene(
        folder, database_url, seed=seed, rooms=act.rooms, webhook=act.webhook, wire=act.wire
    ) as scene:
        scene.may_lose = kills if act.one_lost_by_each_kill else 0
        if act.crosses:
            await scene.http.post("/faults", json=CROSSED, raise_for_status=True)
        wrong = await act.play(scene, kills)
        return [*wrong, *await discrepancies(scene)]

"""Meeting a platform: learn who we are there, remember it, say what is left of the month, show the menus."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy import Connection

from bot.house import House
from bot.platform import Menu, Platform
from handlers.command import Place
from handlers.commanding import all_commands
from handlers.telling import allowance
from storage.records.options import set_option

log = structlog.get_logger()


async def introduce(platform: Platform, house: House) -> None:
    """Until cancelled: once it is done, it rests."""
    identity = await platform.start()
    name = f"identity/{platform.name}"
    who = {"account": identity.account, "username": identity.username, "name": identity.display_name}
    who |= {"way_in": identity.way_in, "way_into_rooms": identity.way_into_rooms}
    await house.database.run(lambda tx, _now: set_option(tx, name, who), house.clock.now())
    log.info("started", platform=platform.name, username=identity.username)
    if platform.limits.monthly_allowance is not None:
        await _look_at_allowance(platform, house)
    if "receive" in house.settings.roles:
        await platform.announce_commands(menus())
    await asyncio.Event().wait()


async def _look_at_allowance(platform: Platform, house: House) -> None:
    """Keep what the platform allows us, and say what is left of it this month."""
    zalo = house.settings.zalo
    plan = allowance.Plan(
        messages=platform.limits.monthly_allowance or zalo.plan_messages,
        users=zalo.plan_users,
        groups=zalo.plan_groups,
        counts_received=zalo.plan_counts_received,
    )

    def work(tx: Connection, now: datetime) -> allowance.Standing | None:
        allowance.keep_plan(tx, platform.name, plan)
        return allowance.standing(tx, platform.name, now)

    stands = await house.database.run(work, house.clock.now())
    if stands is not None:
        log.info(
            "allowance", platform=platform.name, sent=stands.traffic.sent, left=stands.left, forecast=stands.forecast
        )


def menus() -> Sequence[Menu]:
    """What the platforms show as commands: in groups only what makes sense there and what anybody may."""
    commands = [command for command in all_commands() if command.name != "start"]
    in_groups = [command for command in commands if command.right is None and command.place == Place.ANYWHERE]
    for_groups = tuple((command.name, command.menu) for command in in_groups)
    return [
        Menu("private", tuple((command.name, command.menu) for command in commands)),
        Menu("groups", for_groups),
        Menu("administrators", for_groups),
    ]

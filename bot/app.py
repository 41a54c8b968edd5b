"""Wires the whole house in one straight line; what is opened registers its undoing at once, undone last in, first out."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from functools import partial

import structlog

from bot import clock as clocks
from bot.clock import Clock
from bot.delivery.breaker import Breaker, trouble_of
from bot.house import House
from bot.making_platforms import make_platforms
from bot.parts.by_roles import parts_of
from bot.parts.pulse import Pulse
from bot.parts.supervision import running
from bot.platform import Platform
from bot.reception import Reception
from bot.settings import Settings
from handlers.telling.other_ways import PLATFORMS_ON
from scheduler.calendar_rows import seed_schedules
from storage.database import Database, DatabaseAwayError
from storage.leadership import hold_file
from storage.records.options import set_option
from storage.schema import bring_up_to_date
from web.server import Health, serve

log = structlog.get_logger()


@contextlib.asynccontextmanager
async def open_house(settings: Settings) -> AsyncIterator[House]:
    """Everything open and running inside the `async with`; leaves gently at its end, loudly if a part dies."""
    async with contextlib.AsyncExitStack() as undo:
        clock = Clock()
        if settings.clock_address is not None:
            await clocks.ask_once(clock, settings.clock_address)
        database = await _open_database(settings, clock, undo)
        platforms = make_platforms(settings, clock, database)
        for platform in platforms:
            undo.push_async_callback(platform.close)
        if "deliver" in settings.roles:
            await _tell_what_is_on(database, clock, platforms)
        breakers = {platform.name: Breaker(platform) for platform in platforms}
        counted = [platform.name for platform in platforms if platform.limits.monthly_allowance]
        reception, pulse = Reception(database, clock, counted=counted), Pulse()
        health = _health(database, clock, pulse, breakers, platforms)
        port = await _open_door(settings, reception, health, platforms, undo)
        house = House(
            settings=settings,
            database=database,
            clock=clock,
            platforms=platforms,
            breakers=breakers,
            reception=reception,
            web_port=port,
            pulse=pulse,
        )
        await undo.enter_async_context(running(parts_of(house)))
        yield house


async def _open_database(settings: Settings, clock: Clock, undo: contextlib.AsyncExitStack) -> Database:
    """Ours alone where it is a file, its tables of this version, the calendar in it."""
    database = Database(settings.sqlalchemy_url)
    undo.callback(database.close)
    if (held := hold_file(database)) is not None:
        undo.callback(held.close)
    await _prepare_tables(database)
    await database.run(seed_schedules, clock.now())
    if not database.is_sqlite:
        database.listen_to_others()
    return database


async def _prepare_tables(database: Database) -> None:
    """Migrate. A server that is not up yet is waited for (they often start together); a file that cannot be opened is not."""
    while True:
        try:
            await asyncio.to_thread(bring_up_to_date, database.engine)
        except DatabaseAwayError:
            if database.is_sqlite:
                raise
            log.warning("waiting_for_database")
            await asyncio.sleep(2.0)
        else:
            return


async def _tell_what_is_on(database: Database, clock: Clock, platforms: Sequence[Platform]) -> None:
    """Handlers ask which ways out there are; the process that sends knows."""
    names = [platform.name for platform in platforms]
    await database.run(lambda tx, _now: set_option(tx, PLATFORMS_ON, names), clock.now())


def _health(
    database: Database, clock: Clock, pulse: Pulse, breakers: Mapping[str, Breaker], platforms: Sequence[Platform]
) -> Health:
    health = Health(database, clock.now, hanging=pulse.hanging)
    for platform in platforms:
        health.watch(platform.name, partial(trouble_of, platform, breakers[platform.name]))
    return health


async def _open_door(
    settings: Settings,
    reception: Reception,
    health: Health,
    platforms: Sequence[Platform],
    undo: contextlib.AsyncExitStack,
) -> int:
    """Serve probes and webhooks where this process has a part in them; returns the port, 0 where it has none."""
    if not {"web", "receive"} & set(settings.roles):
        return 0
    routes = [route for platform in platforms for route in platform.routes(reception.receive)]
    runner, port = await serve(routes, health, host=settings.web.host, port=settings.web.port)
    undo.push_async_callback(runner.cleanup)
    return port

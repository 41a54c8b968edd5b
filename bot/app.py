"""Wires the whole house in one straight line; what is opened registers its undoing at once, undone last in, first out."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import Connection

from bot import clock as clocks
from bot.clock import Clock
from bot.delivery.breaker import Breaker, trouble_of
from bot.delivery.deliverer import Delivery
from bot.errands import Errands
from bot.guard import Guard
from bot.making_platforms import make_platforms
from bot.nightly_backup import NightlyBackup
from bot.platform import Menu, Platform
from bot.pulse import Pulse
from bot.reception import Reception
from bot.settings import Settings
from bot.shell.sentences import why_unfit
from handlers import commanding
from handlers.command import Place
from handlers.days.calendar import seed_calendar
from handlers.telling import allowance
from handlers.telling.other_ways import PLATFORMS_ON
from handlers.troubles import TroubleLimits
from scheduler.calendar_rows import seed_schedules
from scheduler.ticker import Ticker, get_ready
from storage.database import Database, DatabaseAwayError
from storage.leadership import hold_file, lead
from storage.records.options import set_option
from storage.schema import UnfitDatabaseError, bring_up_to_date
from web.server import Health, serve

log = structlog.get_logger()

Task = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class House:
    """What a running bot consists of; the trial and the day use it, the tests look at it."""

    settings: Settings
    database: Database
    clock: Clock
    platforms: tuple[Platform, ...]
    reception: Reception
    web_port: int
    pulse: Pulse
    breakers: Mapping[str, Breaker]  # by platform


@contextlib.asynccontextmanager
async def open_house(settings: Settings) -> AsyncIterator[House]:
    """Everything open and running inside the `async with`; leaves gently at its end, loudly if a part dies."""
    async with contextlib.AsyncExitStack() as undo:
        clock = Clock()
        if settings.clock_url is not None:
            await clocks.ask_once(clock, str(settings.clock_url).rstrip("/"))
        database = Database(settings.sqlalchemy_url)
        undo.callback(database.close)
        if (held := hold_file(database)) is not None:
            undo.callback(held.close)
        await _prepare_tables(database)
        await database.run(seed_calendar, clock.now())
        await database.run(seed_schedules, clock.now())
        if not database.is_sqlite:
            database.listen_to_others()
        platforms = make_platforms(settings, clock, database)
        for platform in platforms:
            undo.push_async_callback(platform.close)
        breakers = {platform.name: Breaker(platform) for platform in platforms}
        if "deliver" in settings.roles:
            names = [platform.name for platform in platforms]
            await database.run(lambda tx, _now: set_option(tx, PLATFORMS_ON, names), clock.now())
        counted = [platform.name for platform in platforms if platform.limits.monthly_allowance]
        reception = Reception(database, clock, counted=counted)
        pulse = Pulse()
        health = Health(database, clock.now, hanging=pulse.hanging)
        for platform in platforms:
            health.watch(platform.name, partial(trouble_of, platform, breakers[platform.name]))
        port = 0
        if {"web", "receive"} & set(settings.roles):
            routes = [route for platform in platforms for route in platform.routes(reception.receive)]
            runner, port = await serve(routes, health, host=settings.web.host, port=settings.web.port)
            undo.push_async_callback(runner.cleanup)
        house = House(settings, database, clock, platforms, reception, port, pulse, breakers)
        tasks = await undo.enter_async_context(_running(_tasks(house)))
        watcher = asyncio.create_task(_stop_loudly(tasks), name="watcher")
        undo.callback(watcher.cancel)
        yield house


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
        except UnfitDatabaseError as error:
            raise CannotStartError(why_unfit(error)) from None
        else:
            return


def _tasks(house: House) -> list[tuple[str, Task]]:
    """What this process does, by its roles; where only one may do it, under leadership."""
    roles, database = set(house.settings.roles), house.database
    tasks: list[tuple[str, Task]] = []
    if house.settings.clock_url is not None:
        tasks.append(("clock", partial(clocks.follow, house.clock, str(house.settings.clock_url).rstrip("/"))))
    for platform in house.platforms:
        tasks.append((f"{platform.name}-start", partial(_introduce, platform, house)))
        if "receive" in roles:
            listen = partial(platform.listen, house.reception.receive)
            tasks.append((f"{platform.name}-listen", partial(lead, database, f"{platform.name}-listen", listen)))
        if "deliver" in roles:
            breaker = house.breakers[platform.name]
            deliver = Delivery(platform, database, house.clock, breaker=breaker).run
            tasks.append((f"{platform.name}-deliver", partial(lead, database, f"{platform.name}-deliver", deliver)))
    if "deliver" in roles:
        by_name = {platform.name: platform for platform in house.platforms}
        tasks.append(("errands", Errands(database, by_name, house.clock).run))
    if roles & {"receive", "deliver"}:
        tasks.append(("guard-parts", _guard(house, leads=False).run))
    if "tick" in roles:
        tasks.append(("guard", partial(lead, database, "guard", _guard(house, leads=True).run)))
        tasks.append(("clockwork", partial(lead, database, "clockwork", partial(_tick, house))))
        backup = house.settings.backup
        if backup.folder is not None:
            nightly = NightlyBackup(database, house.clock, backup.folder, keep=backup.keep).run
            tasks.append(("backups", partial(lead, database, "backups", nightly)))
    return tasks


def _guard(house: House, *, leads: bool) -> Guard:
    """Parts that receive or deliver are looked at where they run; the tables by one leader."""
    settings = house.settings.guard
    limits = TroubleLimits(
        silent=timedelta(minutes=settings.silent_minutes),
        away=timedelta(minutes=settings.away_minutes),
        stuck=timedelta(minutes=settings.stuck_minutes),
        parked=settings.parked,
        refused=settings.refused,
    )
    return Guard(
        house.database,
        house.clock,
        house.platforms,
        limits=limits,
        disk_free_mb=settings.disk_free_mb,
        folder=house.settings.data_folder,
        leads=leads,
        pulse=house.pulse,
        breakers=house.breakers,
    )


async def _introduce(platform: Platform, house: House) -> None:
    """Learn who we are there, remember it, show the menus; then rest."""
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
    commands = [c for c in commanding.all_commands() if c.name != "start"]
    everybody = [c for c in commands if c.right is None]
    in_groups = [c for c in everybody if c.place == Place.ANYWHERE]
    return [
        Menu("private", tuple((c.name, c.menu) for c in commands)),
        Menu("groups", tuple((c.name, c.menu) for c in in_groups)),
        Menu("administrators", tuple((c.name, c.menu) for c in in_groups)),
    ]


async def _tick(house: House) -> None:
    """The clockwork, until cancelled. A clock that is moved, or an alert just raised, is looked at at once."""
    await get_ready()
    ticker = Ticker(house.database, house.clock, on_look=partial(house.pulse.beat, "clockwork"))
    wake = asyncio.Event()
    house.clock.on_jump(wake.set)
    house.database.bells.on("ticks", wake.set)
    ticker.start()
    try:
        while True:
            await wake.wait()
            wake.clear()
            await ticker.look_now()
    finally:
        await ticker.stop()
        house.pulse.stop("clockwork")


@contextlib.asynccontextmanager
async def _running(tasks: list[tuple[str, Task]]) -> AsyncIterator[list[asyncio.Task[None]]]:
    running = [asyncio.create_task(_as_coroutine(work), name=name) for name, work in tasks]
    try:
        yield running
    finally:
        for task in reversed(running):
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _as_coroutine(work: Task) -> None:
    await work()


class CannotStartError(Exception):
    """The house cannot open; the text is a sentence for the person at the shell."""


async def _stop_loudly(tasks: list[asyncio.Task[None]]) -> None:
    """When one part dies the process ends with an error: a supervisor starts it anew, and nothing committed is lost."""
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        error = None if task.cancelled() else task.exception()
        log.critical("part_died", part=task.get_name(), error=type(error).__name__ if error else "ended")
    main = next((task for task in asyncio.all_tasks() if task.get_name() == MAIN), None)
    if main is not None:
        main.cancel("part died")


MAIN = "main"
"""The name of the task that waits for the end of the house; it is cancelled when a part dies."""

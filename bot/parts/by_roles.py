"""What this process does, by its roles; where only one may do it, under leadership."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from functools import partial

from bot import clock as clocks
from bot.delivery.deliverer import Delivery
from bot.house import House
from bot.parts.clockwork import tick
from bot.parts.errands import Errands
from bot.parts.guard import Guard
from bot.parts.introduction import introduce
from bot.parts.nightly_backup import NightlyBackup
from bot.parts.supervision import Part
from bot.parts.surroundings import Surroundings
from bot.platform import Platform
from handlers.troubles import TroubleLimits
from storage.leadership import lead


def parts_of(house: House) -> list[Part]:
    """Everything that runs while the house is open, in the order in which it is begun."""
    roles = set(house.settings.roles)
    parts: list[Part] = []
    if (address := house.settings.clock_address) is not None:
        parts.append(("clock", partial(clocks.follow, house.clock, address)))
    for platform in house.platforms:
        parts.extend(_of_platform(platform, house))
    if "deliver" in roles:
        by_name = {platform.name: platform for platform in house.platforms}
        parts.append(("errands", Errands(house.database, by_name, house.clock).run))
    if roles & {"receive", "deliver"}:
        parts.append(("guard-parts", _guard(house, leads=False).run))
    if "tick" in roles:
        parts.extend(_of_clock(house))
    return parts


def _of_platform(platform: Platform, house: House) -> Iterator[Part]:
    yield f"{platform.name}-start", partial(introduce, platform, house)
    if "receive" in house.settings.roles:
        listen = partial(platform.listen, house.reception.receive)
        yield _led(house, f"{platform.name}-listen", listen)
    if "deliver" in house.settings.roles:
        breaker = house.breakers[platform.name]
        deliver = Delivery(platform, house.database, house.clock, breaker=breaker).run
        yield _led(house, f"{platform.name}-deliver", deliver)


def _of_clock(house: House) -> Iterator[Part]:
    yield _led(house, "guard", _guard(house, leads=True).run)
    yield _led(house, "clockwork", partial(tick, house))
    backup = house.settings.backup
    if backup.folder is not None:
        nightly = NightlyBackup(house.database, house.clock, backup.folder, keep=backup.keep)
        yield _led(house, "backups", nightly.run)


def _led(house: House, name: str, run: Callable[[], Awaitable[None]]) -> Part:
    return name, partial(lead, house.database, name, run)


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
    surroundings = Surroundings(
        clock=house.clock,
        platforms=house.platforms,
        breakers=house.breakers,
        folder=house.settings.data_folder,
        disk_free_mb=settings.disk_free_mb,
        backup_folder=house.settings.backup.folder if "tick" in house.settings.roles else None,
    )
    return Guard(house.database, house.clock, surroundings, limits=limits, leads=leads, pulse=house.pulse)

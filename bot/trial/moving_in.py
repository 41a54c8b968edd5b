"""Moves the ready-made organization in, as real people would: everybody presses Start, chị Hoa ties the rooms.

All of it goes through the messenger; a second start skips whoever has joined and whatever room is tied.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import aiohttp
import structlog
from sqlalchemy import Connection, select

from bot.trial.world import BOT_USERNAME, ZALO_USERNAME, Room, account_number, people_on_zalo, rooms
from handlers.local_time import local_day
from storage.database import Database, Work
from storage.records.accounts import accounts
from storage.records.chats import Audience, chats, room_codes
from storage.records.people import Person, Role, everyone, people_with

log = structlog.get_logger()

PATIENCE = 60.0  # seconds for the bot to take all of it in
PAUSE = 0.1


class NotMovedInError(Exception):
    """The bot did not take in what its people said; the text says who or what is missing."""


async def move_in(database: Database, human_url: str, clock: Callable[[], datetime]) -> None:
    """1 people press Start with their codes, 2 somebody of the office types the code in every room."""
    async with aiohttp.ClientSession(human_url) as human:
        newcomers = await database.read(_not_joined, clock())
        for look, bot in ((_not_joined, BOT_USERNAME), (_not_on_zalo, ZALO_USERNAME)):
            for person, code in await database.read(look, clock()):
                await _call(human, "/human/start", {"as": account_number(person.id), "bot": f"@{bot}", "payload": code})
            await _wait_until_none(database, look, clock, "chưa vào được")
        for room, code, typist in await database.read(_not_tied, clock()):
            await _call(human, "/human/say", _tie(room, code, typist))
        await _wait_until_none(database, _not_tied, clock, "nhóm chưa nối được")
    log.info("moved_in", people=len(newcomers))


def _tie(room: Room, code: str, typist: int) -> dict[str, Any]:
    """On Zalo a bot hears only what names it."""
    return {"as": typist, "room": str(room.chat_id), "text": f"/noi {code}", "mention": room.is_on_zalo}


async def _call(human: aiohttp.ClientSession, path: str, body: dict[str, Any]) -> None:
    async with human.post(path, json=body) as answer:
        if answer.status >= 400:
            raise NotMovedInError(f"{path}: {(await answer.text())[:200]}")


async def _wait_until_none(database: Database, look: Work[list[Any]], clock: Callable[[], datetime], what: str) -> None:
    for _ in range(int(PATIENCE / PAUSE)):
        left = await database.read(look, clock())
        if not left:
            return
        await asyncio.sleep(PAUSE)
    raise NotMovedInError(f"{len(left)} {what}")


def _not_joined(tx: Connection, now: datetime) -> list[tuple[Person, str]]:  # noqa: ARG001 - the shape of a transaction
    linked = set(tx.execute(select(accounts.c.person_id).where(accounts.c.person_id.is_not(None))).scalars())
    return [(person, person.join_code) for person in everyone(tx) if person.id not in linked]


def _not_on_zalo(tx: Connection, now: datetime) -> list[tuple[Person, str]]:
    there = (accounts.c.platform == "zalo", accounts.c.person_id.is_not(None))
    linked = set(tx.execute(select(accounts.c.person_id).where(*there)).scalars())
    return [(person, person.join_code) for person in people_on_zalo(tx, local_day(now)) if person.id not in linked]


def _not_tied(tx: Connection, now: datetime) -> list[tuple[Room, str, int]]:
    """(room, its code, who types it) for every room of the world that is tied to nothing yet."""
    today = local_day(now)
    tied = set(tx.execute(select(chats.c.external_id).where(chats.c.audience.is_not(None))).scalars())
    codes = {(row.audience, row.unit_id): row.code for row in tx.execute(select(room_codes))}
    typist = account_number(_office_hand(tx, now).id)
    return [
        (room, codes[(str(Audience(room.audience)), room.unit_id)], typist)
        for room in rooms(tx, today)
        if room.address not in tied
    ]


def _office_hand(tx: Connection, now: datetime) -> Person:
    """chị Hoa, if she is still there; else whoever runs the office."""
    hands = people_with(tx, local_day(now), Role.OFFICE)
    return next((person for person in hands if person.full_name.endswith("Hoa")), hands[0])

"""An alert while a directive to 600 rooms is going out: on the messenger it passes everything that has not left yet."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from handlers.alerts import raise_alert
from handlers.directives.publishing import publish
from storage.inserts import insert_or_update
from storage.record import add
from storage.records.alerts import Severity
from storage.records.chats import Audience, ChatState, chats
from storage.records.directives import DirectiveState, directives
from tests.cast import PLATFORM, Cast
from tests.journeys.stage import BOT, Journey, open_journey

ROOMS = 600
FIRST = -1_005_000
A_SECOND = 30  # messages of one bot


async def test_the_first_leader_hears_within_a_second_of_the_broadcast(database_url: str, tmp_path: Path) -> None:
    """Counted in messages, not in time: no more leave between its commit and its arrival than one second lets through."""
    async with open_journey(database_url, tmp_path) as stage:
        groups = [
            {"id": FIRST - n, "type": "group", "title": f"Nhóm {n}", "members": [1003, BOT]} for n in range(ROOMS)
        ]
        await stage.call("world", chats=groups)
        await stage.change(partial(_publish, cast=stage.cast))
        await _until(lambda: len(_to_rooms(stage)) >= 20)
        await stage.change(partial(_raise, cast=stage.cast))
        before = len(_to_rooms(stage))
        await _until(lambda: any(str(call["chat_id"]) == stage.cast.minh.account for call in _calls(stage)))
        assert len(_to_rooms(stage)) - before <= A_SECOND
        assert len(_to_rooms(stage)) < ROOMS / 2


def _publish(tx: Connection, now: datetime, *, cast: Cast) -> None:
    for n in range(ROOMS):
        room = {"platform": PLATFORM, "external_id": str(FIRST - n), "title": f"Nhóm {n}", "bound_at": now}
        room |= {"audience": Audience.EVERYONE, "state": ChatState.ACTIVE}
        insert_or_update(tx, chats, room, key=("platform", "external_id"))  # the bot may have heard of it by itself
    directive_id = add(
        tx,
        directives,
        code="CD-600",
        state=DirectiveState.DRAFT,
        text="Thực hiện 5K.",
        audience={"audiences": [Audience.EVERYONE], "unit_ids": []},
        author_id=cast.hoa.person_id,
        signatory="Giám đốc",
        platform=PLATFORM,
        chat_id=cast.hoa.account,
        sent_to={},
        written_at=now,
    )
    publish(tx, directive_id, now)


def _raise(tx: Connection, now: datetime, *, cast: Cast) -> None:
    raise_alert(tx, rule="x", subject="Cháy kho", unit_id=cast.units["KT"], severity=Severity.SEVERE, now=now)


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not holds():  # noqa: ASYNC110 - the messenger tells nobody
            await asyncio.sleep(0.02)


def _to_rooms(stage: Journey) -> list[dict[str, object]]:
    return [call for call in _calls(stage) if int(str(call["chat_id"])) <= FIRST]


def _calls(stage: Journey) -> list[dict[str, object]]:
    seen = stage.messenger.cloud.calls.since(0, None)
    return [call for call in seen if call["method"] == "sendMessage"]

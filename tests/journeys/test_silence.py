"""A platform that is really dead: the sandbox answers no more, and the administrator hears of it by letter."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path

import aiohttp
from sqlalchemy import Connection

from bot.platform_settings import Email
from storage.record import add
from storage.records.people import Role, people, posts
from tests.bot.platforms.email.mail_server import MailServer, mail_server
from tests.cast import LONG_AGO
from tests.journeys.stage import Journey, open_journey

PATIENCE = 20.0  # seconds of the machine


async def until(holds: Callable[[], bool]) -> None:
    started = time.monotonic()
    while not holds():
        assert time.monotonic() - started < PATIENCE
        await asyncio.sleep(0.02)


def subjects(server: MailServer) -> str:
    return " ".join(letter.get_body(("plain",)).get_content() for letter in server.letters)


async def readyz(stage: Journey) -> dict[str, object]:
    url = f"http://127.0.0.1:{stage.house.web_port}/readyz"
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        return dict(json.loads(await answer.text()))


async def test_a_dead_platform_reaches_the_administrator_by_letter(database_url: str, tmp_path: Path) -> None:
    """Once, after three minutes; /readyz says so meanwhile; and a second letter says that it is over."""
    async with mail_server() as server:
        email = Email(host=server.host, port=server.port, security="none", sender="trucban@so.gov.vn")
        async with open_journey(database_url, tmp_path, email=email) as stage:

            def appoint(tx: Connection, _now: object) -> None:
                unit_id, person_id = stage.cast.units["VP"], stage.cast.hoa.person_id
                facts = {"title": "Quản trị", "valid_from": LONG_AGO}
                add(tx, posts, person_id=person_id, unit_id=unit_id, role=Role.ADMINISTRATOR, **facts)
                tx.execute(people.update().where(people.c.id == person_id).values(email="hoa@so.gov.vn"))

            await stage.change(appoint)
            telegram = next(each for each in stage.house.platforms if each.name == "telegram")
            await stage.fault(kind="500", times=100_000)
            lan = int(stage.cast.lan.account)
            await stage.call("say", **{"as": lan, "room": stage.bot, "text": "chào"})  # ends the poll under way
            await until(lambda: telegram.trouble is not None)
            for _ in range(5):
                await stage.move_clock(advance=60.0)
                await asyncio.sleep(0.1)
            await until(lambda: "Sự cố hệ thống" in subjects(server))
            assert server.recipients == ["hoa@so.gov.vn"]
            told = await readyz(stage)
            assert told["database"] == "ok"
            assert "telegram" in str(told["platforms"])
            assert told["troubles"]
            async with stage.http.delete("/faults") as answer:
                assert answer.status == 200
            await stage.call("say", **{"as": lan, "room": stage.bot, "text": "còn đó không"})  # the poll has an answer
            await until(lambda: telegram.trouble is None)
            await stage.move_clock(advance=90.0)
            await until(lambda: "Đã hết sự cố" in subjects(server))
            assert len(server.letters) == 2
            assert (await readyz(stage))["troubles"] == []

"""The web server: the platforms' webhooks, and pages for probes: /healthz, /readyz, /metrics."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from aiohttp import web
from sqlalchemy import Connection, text

from storage.database import Database, DatabaseAwayError
from storage.records.troubles import open_troubles

BODY_LIMIT = 2 * 1024 * 1024


class Health:
    """What a probe is told, truthfully: is the process alive, is the database there, do the platforms answer."""

    def __init__(
        self, database: Database, now: Callable[[], datetime], *, hanging: Callable[[], list[str]] = list
    ) -> None:
        self._database = database
        self._now = now
        self.hanging = hanging  # the parts of this process that stand still
        self._platforms: dict[str, Callable[[], str | None]] = {}

    def watch(self, name: str, trouble: Callable[[], str | None]) -> None:
        """`trouble` returns a sentence, or None while all is well."""
        self._platforms[name] = trouble

    async def database_trouble(self) -> str | None:
        try:
            await self._database.read(_look, self._now())
        except DatabaseAwayError:
            return "Cơ sở dữ liệu không trả lời."
        if self._database.writing.is_hindered:  # reading goes on all the while
            return (
                "Cơ sở dữ liệu chưa ghi được: đĩa đầy, chương trình khác đang giữ tệp, hoặc tệp đã bị xóa hay thay "
                "(khi đó xin chạy lại Trực Ban)."
            )
        return None

    def platform_troubles(self) -> dict[str, str]:
        found = {name: trouble() for name, trouble in self._platforms.items()}
        return {name: sentence for name, sentence in found.items() if sentence is not None}

    async def troubles(self) -> list[str]:
        """What the guard has found and the administrator knows, whatever process saw it."""
        try:
            known = await self._database.read(lambda tx, _now: open_troubles(tx), self._now())
        except DatabaseAwayError:
            return []
        return [each.sentence for each in known if each.told_at is not None]

    async def metrics(self) -> bytes:
        from web.metrics import gather_metrics  # with its library only where somebody asks

        return await self._database.read(gather_metrics, self._now())


def _look(tx: Connection, _now: datetime) -> None:
    tx.execute(text("SELECT 1"))


async def serve(routes: Iterable[web.RouteDef], health: Health, *, host: str, port: int) -> tuple[web.AppRunner, int]:
    """Start serving; returns the runner (to clean up) and the port that was taken."""
    application = web.Application(client_max_size=BODY_LIMIT)
    application.add_routes([*routes, *_probes(health)])
    # no platform packs its calls: unpacked, a few bytes of a stranger's would become gigabytes
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=5.0, auto_decompress=False)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner, int(runner.addresses[0][1])


def _probes(health: Health) -> list[web.RouteDef]:
    pages = {"/healthz": _alive, "/readyz": _ready, "/metrics": _metrics}
    return [web.get(path, partial(page, health)) for path, page in pages.items()]


async def _alive(health: Health, _request: web.Request) -> web.Response:
    """503 where a part of this process stands still: whoever supervises it may start it anew."""
    hanging = health.hanging()
    told = {"status": "hanging", "parts": hanging} if hanging else {"status": "ok"}
    return web.json_response(told, status=503 if hanging else 200)


async def _ready(health: Health, _request: web.Request) -> web.Response:
    """503 while messages could not be kept; a platform that is away is told, but does not make us unready."""
    trouble = await health.database_trouble()
    told = {
        "database": trouble or "ok",
        "platforms": health.platform_troubles(),
        "troubles": await health.troubles(),
    }
    dumps = partial(json.dumps, ensure_ascii=False)  # read by people too
    return web.json_response(told, status=200 if trouble is None else 503, dumps=dumps)


async def _metrics(health: Health, _request: web.Request) -> web.Response:
    try:
        body = await health.metrics()
    except DatabaseAwayError:
        return web.Response(status=503)
    return web.Response(body=body, content_type="text/plain", charset="utf-8")

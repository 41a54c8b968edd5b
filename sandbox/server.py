"""Starts the messenger: one port for bots, people and the chat page."""

import asyncio
import json
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox import page_files, people_side
from sandbox.clock import Clock
from sandbox.refusal import Refusal
from sandbox.state_file import StateFile
from sandbox.telegram.cloud import Cloud
from sandbox.telegram.files import Files
from sandbox.telegram.restoring import restore
from sandbox.telegram.routes import Door
from sandbox.telegram.world_file import merge
from sandbox.world import World
from sandbox.zalo import service as zalo
from sandbox.zalo_oa import service as zalo_oa

BODY_LIMIT = 64 * 1024 * 1024


class Sandbox:
    """A running messenger; `world` may be a world file's content."""

    def __init__(self, cloud: Cloud, runner: web.AppRunner, host: str, port: int) -> None:
        self.cloud = cloud
        self.host = host
        self.port = port
        self._runner = runner
        self._writer = asyncio.get_running_loop().create_task(cloud.state.keep_writing(), name="sandbox state")

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    async def stop(self) -> None:
        """Ends waiting polls and streams first, so that nobody is kept."""
        for post in self.cloud.posts.values():
            post.poll.end(None)
            await post.webhook.close()
        for side in self.cloud.sides.values():
            await side.close()
        self.cloud.clock.advance(0)  # whoever waits for it to be moved
        self.cloud.events.close()
        self.cloud.clock.close()
        await self._runner.cleanup()
        self._writer.cancel()
        with suppress(asyncio.CancelledError):
            await self._writer
        self.cloud.state.close()


async def start(
    port: int = 0,
    host: str = "127.0.0.1",
    world: dict[str, Any] | Path | str | None = None,
    state_file: Path | str | None = None,
    *,
    any_token: bool = False,
) -> Sandbox:
    """Port 0 takes a free one; a world file is merged into what the state file remembers."""
    cloud, door = build(Path(state_file) if state_file else None)
    cloud.world.any_token |= any_token
    if world:
        merge(cloud, world if isinstance(world, dict) else _read_world(Path(world)))
    application = web.Application(client_max_size=BODY_LIMIT)
    application.on_response_prepare.append(partial(_date, cloud.clock))
    door.add_to(application)
    people_side.add_to(application, cloud)
    page_files.add_to(application)
    for side in cloud.sides.values():
        side.add_to(application)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0, handle_signals=False)
    await runner.setup()
    site = web.TCPSite(runner, host, port, reuse_address=True)
    await site.start()
    address = runner.addresses[0]
    sandbox = Sandbox(cloud, runner, host, int(address[1]))
    cloud.root = sandbox.url
    return sandbox


async def _date(clock: Clock, _request: web.Request, response: web.StreamResponse) -> None:
    """Every answer carries the time of this world: bots may set their watches by it."""
    response.headers["Date"] = format_datetime(datetime.fromtimestamp(clock.now(), UTC), usegmt=True)


def _read_world(path: Path) -> dict[str, Any]:
    content = json.loads(path.read_text("utf-8"))
    if not isinstance(content, dict):
        raise Refusal(f"Tệp {path.name} phải là một đối tượng JSON.")
    return content


def build(state_path: Path | None) -> tuple[Cloud, Door]:
    state = StateFile(state_path)
    clock = Clock()
    cloud = Cloud(state=state, world=World(state), clock=clock, files=Files(state))
    door = Door(cloud)
    cloud.call_from_webhook = door.call_from_webhook
    cloud.sides = {zalo.NAME: zalo.Zalo(cloud), zalo_oa.NAME: zalo_oa.ZaloOa(cloud)}
    restore(cloud)
    return cloud, door

"""A machine of its own for one process of the bot: a network namespace with a cable to the database and one to the messenger.

Its cable to the database can be pulled: packets are lost and nobody is told, as when a switch dies between two houses.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.crash.process import LEFT_OUT

NAME = "trucban-far"
DATABASE, MESSENGER = "198.18.99.1", "198.18.98.1"
"""Where this machine is reached over each of the two cables (addresses set apart for benchmarks, RFC 2544)."""
CABLES = {"tbdata": (DATABASE, "198.18.99.2"), "tbtalk": (MESSENGER, "198.18.98.2")}
GENTLE = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class FarMachine:
    """`python -m bot` runs there; what it must reach stands at DATABASE and MESSENGER."""

    folder: Path

    @asynccontextmanager
    async def running(self, settings: Mapping[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(LEFT_OUT)}
        environment = inherited | {f"TRUCBAN_{key}": value for key, value in settings.items()}
        command = ("ip", "netns", "exec", NAME, sys.executable, "-m", "bot")
        with (self.folder / "far.log").open("w") as log:
            process = await asyncio.create_subprocess_exec(
                *command, cwd=self.folder, env=environment, stdout=log, stderr=log
            )
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            async with asyncio.timeout(GENTLE):
                await process.wait()

    def pull_the_cable(self) -> None:
        """Of the database; the messenger is still reached."""
        _ip("-n", NAME, "link", "set", "tbdata1", "down")

    def plug_it_in(self) -> None:
        _ip("-n", NAME, "link", "set", "tbdata1", "up")


@contextmanager
def open_far_machine(folder: Path) -> Iterator[FarMachine | None]:
    """None: this account may not lay cables (it takes root and iproute2)."""
    try:
        _ip("netns", "add", NAME)
    except (FileNotFoundError, subprocess.CalledProcessError):
        yield None
        return
    try:
        _ip("-n", NAME, "link", "set", "lo", "up")
        for cable, (here, there) in CABLES.items():
            _ip("link", "add", f"{cable}0", "type", "veth", "peer", "name", f"{cable}1", "netns", NAME)
            _ip("address", "add", f"{here}/30", "dev", f"{cable}0")
            _ip("-n", NAME, "address", "add", f"{there}/30", "dev", f"{cable}1")
            _ip("link", "set", f"{cable}0", "up")
            _ip("-n", NAME, "link", "set", f"{cable}1", "up")
        yield FarMachine(folder)
    finally:
        for cable in CABLES:
            with contextlib.suppress(subprocess.CalledProcessError):
                _ip("link", "delete", f"{cable}0")
        _ip("netns", "delete", NAME)


@asynccontextmanager
async def reached_from_afar(port: int) -> AsyncIterator[str]:
    """The messenger on that loopback port, as the far machine calls it."""
    server = await asyncio.start_server(lambda *caller: _pass_on(port, *caller), MESSENGER, port)
    async with server:
        yield f"http://{MESSENGER}:{port}"


async def _pass_on(port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(_pump(reader, inner_writer), _pump(inner_reader, writer))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while heard := await reader.read(65_536):
            writer.write(heard)
            await writer.drain()
    writer.close()


def _ip(*arguments: str) -> None:
    subprocess.run(("ip", *arguments), check=True, capture_output=True)

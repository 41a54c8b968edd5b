"""The real thing: the bot as a process of its own, that can be killed at any moment and started again."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Mapping, Sequence
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests import preloaded

LEFT_OUT = ("TRUCBAN_", "PYTHONDONTWRITEBYTECODE")  # a process that compiles itself anew takes twice as long to start
ENOUGH = 40.0  # seconds for a gentle stop


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class BotProcess:
    """One process of the bot; its log is kept in `folder` for whoever must find out what went wrong."""

    def __init__(
        self, folder: Path, settings: Mapping[str, str], *, name: str = "bot", command: Sequence[str] = ()
    ) -> None:
        """`command`: of the shell; without one it simply runs."""
        self.folder = folder
        self._command = command
        self._log = folder / f"{name}.log"
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(LEFT_OUT)}
        self._environment = inherited | {f"TRUCBAN_{key}": value for key, value in settings.items()}
        self._process: ForkServerProcess | None = None
        self.port = int(settings["WEB__PORT"])

    def change(self, settings: Mapping[str, str]) -> None:
        """For the next start."""
        self._environment |= {f"TRUCBAN_{key}": value for key, value in settings.items()}

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.exitcode is None

    @property
    def process(self) -> ForkServerProcess:
        if self._process is None:
            raise RuntimeError("the bot was not started")
        return self._process

    @property
    def pid(self) -> int:
        return int(self.process.pid or 0)

    def must_run(self) -> None:
        if not self.is_running:
            raise AssertionError(f"the bot ended by itself:\n{self.log()[-3000:]}")

    async def start(self) -> None:
        orders = preloaded.Orders(
            folder=self.folder,
            environment=self._environment,
            out=self._log,
            errors=self._log,
            arguments=tuple(self._command),
        )
        self._process = await asyncio.to_thread(preloaded.start, orders)

    async def kill(self) -> None:
        """SIGKILL: nothing is finished, nothing is said."""
        if self.is_running:
            self.process.kill()
        await self.end()

    async def stop(self) -> int:
        """SIGTERM: returns how it ended; 0 is gentle."""
        self.process.terminate()
        return await self.end()

    async def end(self) -> int:
        """Wait until it ends by itself."""
        ended = asyncio.Event()
        loop, sentinel = asyncio.get_running_loop(), self.process.sentinel
        loop.add_reader(sentinel, ended.set)
        try:
            async with asyncio.timeout(ENOUGH):
                await ended.wait()
        finally:
            loop.remove_reader(sentinel)
        exitcode = self.process.exitcode
        assert exitcode is not None
        return exitcode

    def log(self) -> str:
        return self._log.read_text()


def resident_megabytes(pid: int) -> float:
    """The memory that a process holds now."""
    status = Path(f"/proc/{pid}/status").read_text()
    [line] = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(line.split()[1]) / 1024

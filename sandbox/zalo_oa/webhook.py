"""Delivery of one account's events: signed, in order at first, repeated five times within two hours, then unsubscribed."""

import asyncio
import hashlib
from dataclasses import dataclass
from typing import Any

import aiohttp

from sandbox.clock import Clock
from sandbox.telegram.messages import Body
from sandbox.zalo_oa.account import Account
from sandbox.zalo_oa.events import as_bytes

ANSWER_WITHIN = 2.0


def sign(account: Account, body: bytes, timestamp: str) -> str:
    """Zalo's plain hash over the four put together."""
    parts = (account.state.app_id.encode(), body, timestamp.encode(), account.state.webhook_key.encode())
    return "mac=" + hashlib.sha256(b"".join(parts)).hexdigest()


@dataclass(slots=True)
class Waiting:
    body: bytes
    timestamp: str
    tries: int = 0


class Webhook:
    """Events wait while no address is set; after that each goes its own way."""

    def __init__(self, account: Account, clock: Clock) -> None:
        self._account = account
        self._clock = clock
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue()
        self._has_address = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self.under_way = 0
        self.log: list[dict[str, Any]] = []

    def put(self, event: Body, *, twice: bool = False) -> None:
        if not self._account.state.is_subscribed:
            return
        for _ in range(1 + twice):
            self.under_way += 1
            self._queue.put_nowait(Waiting(as_bytes(event), event["timestamp"]))
        self.resume()

    def resume(self) -> None:
        if self._account.state.webhook_url:
            self._has_address.set()
        else:
            self._has_address.clear()
        if not self._tasks:
            self._start(self._serve())

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work, name="zalo_oa webhook")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self) -> None:
        while True:
            event = await self._queue.get()
            await self._has_address.wait()
            if await self._send(event):
                self.under_way -= 1
            else:
                self._start(self._repeat(event))

    async def _repeat(self, event: Waiting) -> None:
        for pause in self._account.state.repeats:
            await self._clock.sleep(pause)
            event.tries += 1
            if await self._send(event):
                self.under_way -= 1
                return
        self.under_way -= 1
        self._account.change({"is_subscribed": False})

    async def _send(self, event: Waiting) -> bool:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN))
        headers = {
            "Content-Type": "application/json",
            "X-ZEvent-Signature": sign(self._account, event.body, event.timestamp),
        }
        if event.tries:
            headers["num_retry"] = str(event.tries)
        try:
            async with self._session.post(self._account.state.webhook_url, data=event.body, headers=headers) as answer:
                status = answer.status
        except (aiohttp.ClientError, TimeoutError, OSError):
            status = 0
        self.log.append({"status": status, "retry": event.tries})
        return status == 200

"""Webhook delivery: in order within a lane, side by side across lanes, again and again until taken or too old."""

import asyncio
import contextlib
import json
import random
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from sandbox.clock import Clock
from sandbox.telegram.updates import Update, UpdateQueue

ANSWER_WITHIN = 60.0
LONGEST_RETRY_AFTER = 3600.0
HELD_FOR = 0.5  # seconds of the machine that a crossed update waits for the next of its chat
GONE_FOR = 23 * 3600.0

AnswerCall = Callable[[dict[str, Any]], Awaitable[None]]


class Webhook:
    def __init__(
        self, queue: UpdateQueue, clock: Clock, doubles: Callable[[], bool], crosses: Callable[[], bool]
    ) -> None:
        self._queue = queue
        self._clock = clock
        self._doubles = doubles
        self._crosses = crosses
        self._has_more = asyncio.Event()
        self._lanes: dict[str, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._free = asyncio.Semaphore(40)
        self._gone_since: float | None = None
        self.last_set_at = 0.0
        self.answer_call: AnswerCall | None = None
        queue.listeners.append(self._put)

    @property
    def setting(self) -> dict[str, Any] | None:
        return self._queue.webhook

    def set(self, setting: dict[str, Any]) -> None:
        self._stop()
        self._queue.webhook = setting
        self._queue.keep()
        self.resume()

    def resume(self) -> None:
        if self.setting:
            self._free = asyncio.Semaphore(self.setting["max_connections"])
            for update in list(self._queue.pending.values()):
                self._put(update)

    def delete(self) -> None:
        self._stop()
        self._queue.webhook = None
        self._queue.keep()

    def _stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._lanes.clear()

    async def close(self) -> None:
        self._stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session:
            await self._session.close()
            self._session = None

    def _put(self, update: Update) -> None:
        if not self.setting:
            return
        lane = self._lanes.get(update.lane)
        if lane is not None:
            lane.append(update)
            self._has_more.set()
            return
        self._lanes[update.lane] = lane = deque([update])
        task = asyncio.get_running_loop().create_task(self._serve(update.lane, lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, name: str, lane: deque[Update]) -> None:
        while lane:
            if self._crosses():
                await self._let_the_next_go_first(lane)
            await self._deliver(lane[0])
            lane.popleft()
        if self._lanes.get(name) is lane:
            del self._lanes[name]

    async def _let_the_next_go_first(self, lane: deque[Update]) -> None:
        """If one comes in time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(HELD_FOR):
                while len(lane) < 2:
                    self._has_more.clear()
                    await self._has_more.wait()
            await self._deliver(lane[1])
            del lane[1]

    async def _deliver(self, update: Update) -> None:
        """Again at once, then after 2, 4, 8 … seconds, or when the receiver says; until taken or expired."""
        delay, longest = 0.0, random.uniform(60, 120)  # noqa: S311 - spread, not secrecy
        while self.setting and update.id in self._queue.pending:
            if update.expires_at <= self._clock.now():
                self._queue.drop(update)
                return
            async with self._free:
                taken, retry_after = await self._post(update)
            if taken:
                if self._doubles():
                    await self._post(update)
                self._queue.drop(update)
                return
            await self._clock.sleep(min(retry_after, LONGEST_RETRY_AFTER) if retry_after is not None else delay)
            delay = min(max(2.0, delay * 2), longest)

    async def _post(self, update: Update) -> tuple[bool, float | None]:
        setting = self.setting
        if setting is None:
            return False, None
        headers = {"Content-Type": "application/json"}
        if setting.get("secret_token"):
            headers["X-Telegram-Bot-Api-Secret-Token"] = setting["secret_token"]
        try:
            request = self._client().post(
                setting["url"], data=update.payload.encode(), headers=headers, allow_redirects=False
            )
            async with request as answer:
                body = await answer.read()
                return await self._judge(answer, body)
        except TimeoutError:
            self._note("Read timeout expired")
        except (aiohttp.ClientError, OSError) as error:
            refused = isinstance(error, aiohttp.ClientConnectorError)
            self._note("Connection refused" if refused else "Connection reset by peer")
        return False, None

    async def _judge(self, answer: aiohttp.ClientResponse, body: bytes) -> tuple[bool, float | None]:
        if 200 <= answer.status < 300:
            self._gone_since = None
            await self._make_call(body)
            return True, None
        self._note(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        if answer.status == 410:
            self._count_as_gone()
        wait = answer.headers.get("Retry-After", "")
        return False, float(wait) if wait.isdigit() else None

    def _count_as_gone(self) -> None:
        now = self._clock.now()
        self._gone_since = self._gone_since or now
        if now - self._gone_since >= GONE_FOR:
            self._queue.webhook = None
            self._queue.keep()

    async def _make_call(self, body: bytes) -> None:
        """The answer may carry one call; nobody hears what came of it."""
        if self.answer_call and body.lstrip().startswith(b"{"):
            try:
                call = json.loads(body)
            except ValueError:
                return
            if isinstance(call, dict) and call.get("method"):
                await self.answer_call(call)

    def _note(self, words: str) -> None:
        if self.setting is not None:
            self.setting["last_error_date"] = int(self._clock.now())
            self.setting["last_error_message"] = words

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN)
            connector = aiohttp.TCPConnector(limit=0)
            self._session = aiohttp.ClientSession(timeout=timeout, connector=connector, auto_decompress=False)
        return self._session

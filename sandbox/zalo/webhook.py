"""Webhook delivery of one bot: the secret beside the event, a ping when it is set, a few repeats, no report of failures."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from sandbox.clock import Clock
from sandbox.person import Bot
from sandbox.telegram.errors import bad_request
from sandbox.zalo.account import Account
from sandbox.zalo.post import Event, Post

SETTING = "zalo_webhook"
SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
AGENT = {"User-Agent": "Java-http-client/17"}
ANSWER_WITHIN = 10.0
LONGEST_PAUSE = 60.0
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Webhook:
    def __init__(self, bot: Bot, account: Account, post: Post, clock: Clock, doubles: Callable[[], bool]) -> None:
        self._bot = bot
        self._account = account
        self._post = post
        self._clock = clock
        self._doubles = doubles
        self._session: aiohttp.ClientSession | None = None
        self._work = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def setting(self) -> dict[str, Any] | None:
        return self._bot.profile.get(SETTING)

    async def set(self, url: str, secret: str) -> dict[str, Any]:
        """Kept even when the ping of it fails."""
        self._bot.profile[SETTING] = {"url": url, "secret": secret, "updated_at": int(self._clock.now() * 1000)}
        verification = await self._ping(url)
        self.resume()
        return self.shape() | {"verification": verification}

    def delete(self) -> None:
        self._bot.profile.pop(SETTING, None)

    def shape(self) -> dict[str, Any]:
        setting = self.setting or {"url": "", "updated_at": int(self._clock.now() * 1000)}
        return {"url": setting["url"], "updated_at": setting["updated_at"]}

    def resume(self) -> None:
        if self.setting and (self._task is None or self._task.done()):
            self._task = asyncio.get_running_loop().create_task(self._serve(), name="zalo webhook")
        self._work.set()

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def _serve(self) -> None:
        while self.setting:
            if not self._post.waiting:
                self._work.clear()
                await self._work.wait()
                continue
            event = self._next()
            await self._deliver(event)
            if event in self._post.waiting and not self._doubles():
                self._post.drop(event)

    def _next(self) -> Event:
        mixed = self._account.switches.webhook_order == "mixed" and len(self._post.waiting) > 1
        return self._post.waiting[1 if mixed else 0]

    async def _deliver(self, event: Event) -> None:
        """How often and when Zalo repeats is not published; what is never taken is lost."""
        for attempt in range(self._account.switches.webhook_repeats + 1):
            if await self._send(event.payload):
                return
            await self._clock.sleep(min(2.0**attempt, LONGEST_PAUSE))

    async def _send(self, payload: str) -> bool:
        if (setting := self.setting) is None:
            return True
        wrapped = self._account.switches.webhook_body == "wrapped"
        body = json.dumps({"ok": True, "result": json.loads(payload)}, ensure_ascii=False) if wrapped else payload
        headers = AGENT | {"Content-Type": "application/json", SECRET_HEADER: setting["secret"]}
        status, _ = await self._call(setting["url"], body.encode(), headers)
        return 200 <= status < 300

    async def _ping(self, url: str) -> dict[str, Any]:
        """Without body, type and secret."""
        began = time.monotonic()
        status, trouble = await self._call(url, b"", AGENT)
        known = {403: "403", 404: "404"}.get(status, "5xx" if status >= 500 else "other")
        outcome = trouble or ("webhook.ok" if 200 <= status < 300 else f"webhook.http.{known}")
        report = {"ok": outcome == "webhook.ok", "outcome": outcome, "hint": ""}
        latency = {"latency_ms": int((time.monotonic() - began) * 1000)}
        return report | latency | ({"status_code": status} if status else {})

    async def _call(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        """The status (0 without one) and the outcome of a failure."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN))
        try:
            async with self._session.post(url, data=body, headers=headers, allow_redirects=False) as answer:
                return answer.status, ""
        except TimeoutError:
            return 0, "webhook.err.timeout"
        except (aiohttp.ClientError, OSError):
            return 0, "webhook.err.conn"


def check_address(url: str, secret: str) -> None:
    """As Zalo; plain http is taken on this machine only."""
    parts = urlsplit(url)
    on_loopback = parts.hostname in LOOPBACK
    if parts.scheme != "https" and not (parts.scheme == "http" and on_loopback):
        raise bad_request("url must be a public https address")
    if (parts.hostname or "").endswith(("zalo.me", "zaloplatforms.com", "zapps.me", "zapps.vn")):
        raise bad_request("url is blocked")
    if not 8 <= len(secret) <= 256:
        raise bad_request("secret_token must be 8-256 characters")

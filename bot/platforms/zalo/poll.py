"""The long poll: Zalo hands an event out once, or the same one again and again; either way each is taken in once."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Coroutine, Sequence
from typing import Any

import msgspec
import structlog

from bot.line_watch import LineWatch
from bot.platform import Identity, Poison, Receive
from bot.platforms.zalo import errors, wire
from bot.platforms.zalo.client import ZaloClient
from bot.platforms.zalo.incoming import read_event
from storage.messages import IncomingMessage

ALLOWANCE = 15.0  # seconds the network may add to a poll
REMEMBERED = 2_000
GRACE = 20.0  # seconds that an event already in our hands may hold up the end

EVENTS = msgspec.json.Decoder(list[msgspec.Raw])
WEBHOOK = msgspec.json.Decoder(wire.WebhookState)

log = structlog.get_logger()


class Poller:
    """Asks for one event after the other. There is no offset and nothing to confirm: what we got, only we have."""

    def __init__(self, client: ZaloClient, me: Identity, watch: LineWatch, *, timeout: int, rest: float) -> None:
        self._client = client
        self._me = me
        self._watch = watch
        self._timeout = timeout
        self._rest = rest
        self._has_webhook = True  # perhaps left over from another way of running
        self._taken: OrderedDict[str, None] = OrderedDict()

    async def run(self, receive: Receive) -> None:
        while True:
            try:
                await self._step(receive)
            except Exception as error:  # noqa: BLE001 - the poll outlives every failure; the watch shows it
                self._has_webhook |= isinstance(error, errors.RefusedError) and error.code == errors.BAD_REQUEST
                await self._watch.rest_after(error)
            else:
                self._watch.succeeded()

    async def _step(self, receive: Receive) -> None:
        if self._has_webhook:
            await drop_webhook(self._client)
            self._has_webhook = False
        asked_at = time.monotonic()
        fresh = [message for message in await self._ask() if message.key not in self._taken]
        if fresh:
            await self._safely(self._hand_over(fresh, receive))
            self._remember(fresh)
        elif (early := self._rest - (time.monotonic() - asked_at)) > 0:
            await asyncio.sleep(early)

    async def _ask(self) -> list[IncomingMessage | Poison]:
        """What concerns us of one answer; nothing when the poll ends idle."""
        try:
            answer = await self._client.call(
                "getUpdates", {"timeout": str(self._timeout)}, patience=self._timeout + ALLOWANCE
            )
        except errors.UnreadableError as error:
            return self._read([error.body]) if error.body.lstrip().startswith(b"{") else []
        except errors.RefusedError as error:
            if error.code != errors.TIMED_OUT:
                raise
            return []
        return self._read(_events_in(answer))

    def _read(self, events: Sequence[bytes]) -> list[IncomingMessage | Poison]:
        now = self._watch.now()
        messages = (read_event(event, self._me, now) for event in events)
        return [message for message in messages if message is not None]

    @staticmethod
    async def _safely(work: Coroutine[Any, Any, None]) -> None:
        """Even when we are told to stop: Zalo would not hand out again what was not yet committed."""
        task = asyncio.create_task(work, name="zalo-hand-over")
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            done, _ = await asyncio.wait([task], timeout=GRACE)
            if not done:
                task.cancel()
            raise

    async def _hand_over(self, messages: list[IncomingMessage | Poison], receive: Receive) -> None:
        """Until they are committed: nobody would hand them out again."""
        while True:
            try:
                await receive(messages)
            except Exception as error:  # noqa: BLE001 - whatever it was, the messages are ours alone
                await self._watch.rest_after(error)
            else:
                return

    def _remember(self, messages: list[IncomingMessage | Poison]) -> None:
        self._taken.update((message.key, None) for message in messages)
        while len(self._taken) > REMEMBERED:
            self._taken.popitem(last=False)


async def drop_webhook(client: ZaloClient) -> None:
    """Polling and a webhook exclude each other. Zalo says 404 where there is none, and some say 400 to deleting none."""
    try:
        state = WEBHOOK.decode(await client.call("getWebhookInfo"))
    except errors.RefusedError as error:
        if error.code == errors.NOT_FOUND:
            return
        raise
    if not state.url:
        return
    try:
        await client.call("deleteWebhook")
    except errors.RefusedError as error:
        if error.code not in {errors.BAD_REQUEST, errors.NOT_FOUND}:
            raise
    log.info("zalo_webhook_removed")


def _events_in(answer: bytes) -> list[bytes]:
    """One object as a rule; a list by some accounts; nothing."""
    if answer.startswith(b"["):
        return [bytes(event) for event in EVENTS.decode(answer)]
    return [] if answer in {b"null", b"{}", b'""'} else [answer]

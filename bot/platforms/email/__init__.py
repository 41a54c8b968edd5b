"""E-mail: letters to people whom no messenger reaches; nobody writes to us this way."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from email.headerregistry import Address

import structlog
from aiohttp import web

from bot.line_watch import LineWatch
from bot.platform import Attachment, Delivered, DeliveryError, Identity, Limits, Menu, Reason, Receive
from bot.platforms.email import post
from bot.platforms.email.errors import meaning_of, sentence_for
from bot.platforms.email.letter import write_letter
from storage.messages import Deed, OutgoingMessage

NAME = "email"
LIMITS = Limits(
    text_length=50_000,
    per_second=3,
    chat_interval=1.0,
    group_per_minute=20,
    has_buttons=False,
    has_edits=False,
    has_reactions=False,
    shows_reply_target=False,
)
AT_ONCE = 3  # connections to the server
LOOK_EVERY = 900.0  # seconds between two looks whether the server would take a letter

log = structlog.get_logger()


class EmailPlatform:
    """One mailbox that sends. An address of a person is the chat's id."""

    name = NAME
    limits = LIMITS

    def __init__(
        self,
        *,
        server: post.Server,
        sender: str,
        now: Callable[[], datetime],
        sender_name: str = "Trực Ban",
        look_every: float = LOOK_EVERY,
    ) -> None:
        self._server = server
        self._sender = Address(sender_name, addr_spec=sender)
        self._now = now
        self._look_every = look_every
        self._watch = LineWatch(NAME, now, sentence_for=str)
        self._doors = asyncio.Semaphore(AT_ONCE)

    @property
    def trouble(self) -> str | None:
        return self._watch.trouble

    async def start(self) -> Identity:
        return Identity(
            platform=NAME,
            account=self._sender.addr_spec,
            username=self._sender.addr_spec,
            display_name=self._sender.display_name,
        )

    async def close(self) -> None: ...

    def routes(self, receive: Receive) -> Iterable[web.RouteDef]:  # noqa: ARG002 - nobody calls us
        return ()

    async def listen(self, receive: Receive) -> None:  # noqa: ARG002 - nothing comes in
        """Look now and then whether a letter would be taken: better known before an alert needs it."""
        while True:
            try:
                await post.look(self._server)
            except post.PostError as error:
                self._worry(error)
            else:
                self._watch.succeeded()
            await asyncio.sleep(self._look_every)

    async def deliver(
        self, message: OutgoingMessage, *, edits: str | None = None, attachment: Attachment | None = None
    ) -> Delivered:
        if message.deed is not Deed.SAY or edits is not None:
            raise DeliveryError(Reason.REFUSED, "letters can neither be changed nor pressed")
        letter_id = uuid.uuid4().hex
        try:
            letter = write_letter(message, attachment, sender=self._sender, letter_id=letter_id, now=self._now())
        except (ValueError, IndexError) as error:  # the header parser raises both
            raise DeliveryError(Reason.UNREACHABLE, f"no address: {type(error).__name__}") from None
        try:
            async with self._doors:
                await post.hand_in(
                    self._server, sender=self._sender.addr_spec, recipient=message.chat_id, letter=letter
                )
        except post.PostError as error:
            self._worry(error)
            raise meaning_of(error.error, error.step) from None
        self._watch.succeeded()
        return Delivered(letter_id)

    async def download(self, reference: str) -> bytes:  # noqa: ARG002 - there is nothing to fetch
        raise DeliveryError(Reason.REFUSED, "nobody sends files this way")

    async def probe(self) -> None:
        try:
            await post.look(self._server)
        except post.PostError as error:
            raise meaning_of(error.error, error.step) from None

    async def announce_commands(self, menus: Sequence[Menu]) -> None: ...

    def _worry(self, error: post.PostError) -> None:
        sentence = sentence_for(error.error, error.step)
        if sentence is not None:
            self._watch.worry(sentence, error=str(error))

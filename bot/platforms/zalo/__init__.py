"""Zalo: its Bot Platform over our own client. No buttons, no edits, no reactions; in groups it hears only mentions and replies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec
import structlog
from aiohttp import web

from bot.line_watch import LineWatch
from bot.marked_text import clean_name
from bot.platform import Attachment, Delivered, DeliveryError, Identity, Limits, Menu, Reason, Receive
from bot.platforms.zalo import outgoing, wire
from bot.platforms.zalo.client import ZaloClient
from bot.platforms.zalo.errors import ForeignAnswerError, NoAnswerError, ZaloError, meaning_of, sentence_for
from bot.platforms.zalo.incoming import NAME
from bot.platforms.zalo.poll import Poller
from bot.platforms.zalo.showcase import Showcase
from bot.platforms.zalo.timing import USUAL, Timing
from bot.platforms.zalo.webhook import Webhook
from bot.webhooks import secret_from
from storage.messages import OutgoingMessage

BASE_URL = "https://bot-api.zaloplatforms.com"
LIMITS = Limits(
    text_length=outgoing.TEXT_LENGTH,
    per_second=10,
    chat_interval=1.0,
    group_per_minute=60,
    has_buttons=False,
    has_edits=False,
    has_reactions=False,
    shows_reply_target=False,
    hears_groups=False,
    tells_removal=False,
    has_files=False,
)
DOWNLOAD_BYTES = 5_000_000
NOT_HAD = "Ảnh gửi qua Zalo không còn tải về được; đề nghị gửi lại."

MYSELF = msgspec.json.Decoder(wire.Myself)

log = structlog.get_logger()


class ZaloPlatform:
    """One bot of Zalo. With a webhook address it is called; without one it polls."""

    name = NAME

    def __init__(
        self,
        *,
        token: str,
        now: Callable[[], datetime],
        base_url: str = BASE_URL,
        bot_name: str = "",
        bot_link: str | None = None,
        webhook_url: str | None = None,
        webhook_secret: str | None = None,
        public_url: str | None = None,
        pictures: Path = Path("data/zalo-pictures"),
        monthly_allowance: int | None = None,
        compare: Callable[[str | None], None] | None = None,
        timing: Timing = USUAL,
    ) -> None:
        self.limits = replace(LIMITS, monthly_allowance=monthly_allowance)
        self._client = ZaloClient(token, base_url, read_timeout=timing.read_timeout, compare=compare)
        self._watch = LineWatch(NAME, now, sentence_for=sentence_for, pauses=timing.pauses)
        self._showcase = Showcase(pictures, public_url, secret_from(token), now) if public_url else None
        self._sender = outgoing.Sender(client=self._client, showcase=self._showcase, pause=timing.pause_between_parts)
        self._refused_for_quota = 0
        self._bot_name = bot_name
        self._bot_link = bot_link
        self._timing = timing
        self._me: Identity | None = None
        self._webhook = (
            Webhook(
                self._client,
                self._watch,
                url=webhook_url,
                secret=webhook_secret or secret_from(token),
                look_every=timing.look_every,
            )
            if webhook_url
            else None
        )

    @property
    def trouble(self) -> str | None:
        """What keeps messages from coming in, as a sentence for the operator; None while all is well."""
        return self._watch.trouble

    async def start(self) -> Identity:
        self._client.open()
        myself = await self._watch.insist(self._ask_who_we_are, on=ZaloError)
        name = clean_name(self._bot_name or myself.display_name or myself.account_name)
        way = f"mở {self._bot_link} trên Zalo" if self._bot_link else f"tìm “{name}” trên Zalo"
        self._me = Identity(
            platform=NAME,
            account=myself.id,
            username=myself.account_name,
            display_name=name,
            way_in=way,
            way_into_rooms=f"Trong nhóm Zalo: thêm “{name}” làm thành viên, gõ @, chọn tên tôi, rồi gõ /noi và mã.",
        )
        if self._webhook:
            self._webhook.introduce(self._me)
        self._report(myself)
        return self._me

    def _report(self, myself: wire.Myself) -> None:
        """What the operator wants to know at the start; a new bot often may not join groups."""
        log.info(
            "zalo_started",
            name=self._me.display_name if self._me else "",
            account_type=myself.account_type,
            can_join_groups=myself.can_join_groups,
            way="webhook" if self._webhook else "poll",
        )
        if not myself.can_join_groups:
            log.warning("zalo_cannot_join_groups")

    async def _ask_who_we_are(self) -> wire.Myself:
        answer = await self._client.call("getMe")
        try:
            return MYSELF.decode(answer)
        except msgspec.MsgspecError:
            raise ForeignAnswerError("getMe answered without an identity") from None

    async def close(self) -> None:
        await self._client.close()

    def routes(self, receive: Receive) -> Iterable[web.RouteDef]:
        hook = (self._webhook.route(receive),) if self._webhook else ()
        return (*hook, self._showcase.route()) if self._showcase else hook

    async def listen(self, receive: Receive) -> None:
        me = self._me or await self.start()
        if self._webhook:
            await self._webhook.run()
        else:
            await Poller(self._client, me, self._watch, timeout=self._timing.poll_timeout, rest=self._timing.rest).run(
                receive
            )

    async def deliver(
        self, message: OutgoingMessage, *, edits: str | None = None, attachment: Attachment | None = None
    ) -> Delivered:
        """Nothing can be changed there: what was to be an edit is said anew."""
        del edits
        try:
            delivered = await self._sender.carry_out(message, attachment)
        except DeliveryError as error:
            raise self._rested(error) from None
        self._refused_for_quota = 0
        return delivered

    def _rested(self, error: DeliveryError) -> DeliveryError:
        """Zalo does not tell a burst from the end of the month: each refusal more, the longer the rest."""
        if error.reason is not Reason.WAIT:
            return error
        rest = min((error.retry_after or 0) * 2.0**self._refused_for_quota, outgoing.LONGEST_REST)
        self._refused_for_quota = min(self._refused_for_quota + 1, 10)
        return DeliveryError(error.reason, error.detail, retry_after=rest)

    async def download(self, reference: str) -> bytes:
        """The reference is the picture's public address."""
        try:
            return await self._client.fetch(reference, limit=DOWNLOAD_BYTES)
        except (ForeignAnswerError, NoAnswerError):
            raise DeliveryError(Reason.REFUSED, NOT_HAD) from None
        except ZaloError as error:
            raise meaning_of(error) from None

    async def probe(self) -> None:
        try:
            await self._client.call("getMe")
        except ZaloError as error:
            raise meaning_of(error) from None

    async def announce_commands(self, menus: Sequence[Menu]) -> None:
        """Zalo has no menus of commands."""

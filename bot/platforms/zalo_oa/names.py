"""Names that the events do not tell: asked for once, briefly, and done without where Zalo does not say."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from bot.marked_text import clean_name
from bot.platforms.zalo_oa import wire
from bot.platforms.zalo_oa.client import OaClient
from bot.platforms.zalo_oa.errors import OaError
from storage.messages import Act, IncomingMessage

PATIENCE = 0.7  # seconds; the webhook must be answered within two
MOST_KEPT = 5_000
USER = msgspec.json.Decoder(wire.User)
GROUP = msgspec.json.Decoder(wire.Group)


class Names:
    def __init__(self, client: OaClient, *, patience: float = PATIENCE) -> None:
        self._client = client
        self._patience = patience
        self._known: dict[str, str] = {}

    async def introduce(self, message: IncomingMessage) -> IncomingMessage:
        """The same message with the names of its group and sender, where they can be had."""
        if message.act in (Act.REMOVED, Act.WITHDRAWN):
            return message
        title = "" if message.is_private else await self._of("group", message.chat_id)
        name = await self._of("user", message.user_id) if message.user_id else ""
        return replace(message, chat_title=title, user_name=name)

    async def _of(self, kind: str, number: str) -> str:
        key = f"{kind}/{number}"
        if key not in self._known:
            if len(self._known) >= MOST_KEPT:
                self._known.pop(next(iter(self._known)))
            self._known[key] = await self._ask(kind, number)
        return self._known[key]

    async def _ask(self, kind: str, number: str) -> str:
        try:
            if kind == "user":
                answer = await self._client.get("/v3.0/oa/user/detail", {"user_id": number}, patience=self._patience)
                return clean_name(USER.decode(answer).display_name)
            answer = await self._client.get("/v3.0/oa/group/getgroup", {"group_id": number}, patience=self._patience)
            group = GROUP.decode(answer)
            return clean_name(group.group_info.name or group.name)
        except (OaError, msgspec.MsgspecError):
            return ""

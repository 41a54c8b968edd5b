"""The contract's stage for SMS: chị Lan's telephone behind a gateway; nobody can write back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.platforms.sms import SmsPlatform
from bot.platforms.sms.gateway import Gateway
from tests.bot.platforms.email.stage import NOW
from tests.bot.platforms.sms.http_gateway import HANGS_UP, HttpGateway, http_gateway
from tests.bot.platforms.stage import Shown


class SmsStage:
    def __init__(self, gateway: HttpGateway) -> None:
        self.gateway = gateway
        ours = Gateway(url=gateway.url, sender="Trực Ban", success="CodeResult=100", id_field="SMSID", timeout=2)
        self.platform = SmsPlatform(gateway=ours, now=lambda: NOW, keeps_diacritics=True)
        self.reader = "0912345678"
        self.stranger = "02253842"

    async def shown(self) -> list[Shown]:
        return [Shown(message_id="ma-1", text=asked["text"], by_bot=True) for asked in self.gateway.asked]

    async def lose_next_answer(self) -> None:
        self.gateway.answers.append(HANGS_UP)

    async def refuse_connections(self) -> None:
        assert self.gateway.runner is not None
        await self.gateway.runner.cleanup()


@asynccontextmanager
async def sms_stage() -> AsyncIterator[SmsStage]:
    async with http_gateway() as gateway:
        stage = SmsStage(gateway)
        yield stage
        await stage.platform.close()

"""The contract's stage for e-mail: chị Lan reads her mailbox; nobody can write back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from bot.platforms.email import EmailPlatform
from bot.platforms.email.letter import FOOTER
from bot.platforms.email.post import Server
from tests.bot.platforms.email.mail_server import MailServer, mail_server
from tests.bot.platforms.stage import Shown

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LAN = "lan@so.gov.vn"
END = f"\n\n--\n{FOOTER}"


def platform_at(server: MailServer, **settings: Any) -> EmailPlatform:
    at = {"host": server.host, "port": server.port, "security": "none", "timeout": 2.0}
    return EmailPlatform(server=Server(**(at | settings)), sender="trucban@so.gov.vn", now=lambda: NOW)


class EmailStage:
    def __init__(self, server: MailServer) -> None:
        self.server = server
        self.platform = platform_at(server)
        self.reader = LAN
        self.stranger = "không phải địa chỉ"

    async def shown(self) -> list[Shown]:
        return [
            Shown(
                message_id=letter["Message-ID"].strip("<>").partition("@")[0],
                text=letter.get_body().get_content().replace("\r\n", "\n").strip().removesuffix(END),
                by_bot=True,
            )
            for letter in self.server.letters
        ]

    async def lose_next_answer(self) -> None:
        self.server.hangs_up = True

    async def refuse_connections(self) -> None:
        self.server.stop()


@asynccontextmanager
async def email_stage() -> AsyncIterator[EmailStage]:
    async with mail_server() as server:
        yield EmailStage(server)

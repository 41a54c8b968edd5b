"""A mail server and the platform that hands its letters in there."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.platforms.email import EmailPlatform
from tests.bot.platforms.email.mail_server import MailServer, mail_server
from tests.bot.platforms.email.stage import platform_at


@pytest.fixture
async def post_office() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.fixture
def mail(post_office: MailServer) -> EmailPlatform:
    return platform_at(post_office)

"""The conversation with a mail server, step by step, so that a failure tells whether the letter can have arrived."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

import aiosmtplib

from bot.platforms.email.errors import Step

TIMEOUT = 30.0
QUIT_TIMEOUT = 3.0
PORTS = {"starttls": 587, "tls": 465, "none": 25}
FAILURES = (aiosmtplib.SMTPException, OSError, TimeoutError)

Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where letters are handed in, and as whom."""

    host: str
    port: int | None = None
    security: Security = "starttls"
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    timeout: float = TIMEOUT


class PostError(Exception):
    """The server refused or fell silent at this step."""

    def __init__(self, step: Step, error: Exception) -> None:
        super().__init__(f"{step}: {type(error).__name__}")
        self.step = step
        self.error = error


async def hand_in(server: Server, *, sender: str, recipient: str, letter: bytes) -> None:
    """The server has taken the letter; PostError says how far it came otherwise."""
    async with _connected(server) as smtp:
        with _at(Step.SENDER):
            await smtp.mail(sender)
        with _at(Step.RECIPIENT):
            await smtp.rcpt(recipient)
        with _at(Step.CONTENT):
            await smtp.data(letter)


async def look(server: Server) -> None:
    """Connect and log in, no more."""
    async with _connected(server):
        pass


@asynccontextmanager
async def _connected(server: Server) -> AsyncIterator[aiosmtplib.SMTP]:
    with _at(Step.CONNECT):
        smtp = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port or PORTS[server.security],
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            tls_context=None if server.security == "none" else ssl.create_default_context(cafile=server.ca_file),
            timeout=server.timeout,
        )
        await smtp.connect()
    try:
        if server.username is not None:
            with _at(Step.LOGIN):
                await smtp.login(server.username, server.password or "")
        yield smtp
    finally:
        with suppress(*FAILURES):  # what was handed in stays handed in
            await smtp.quit(timeout=QUIT_TIMEOUT)
        smtp.close()


class _at:  # noqa: N801 - reads as a word: `with _at(Step.LOGIN)`
    """Whatever fails inside failed at this step."""

    def __init__(self, step: Step) -> None:
        self._step = step

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, FAILURES):
            raise PostError(self._step, error) from None

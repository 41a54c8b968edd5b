"""A real mail server on loopback that keeps what it takes, and refuses by script."""

from __future__ import annotations

import asyncio
import email
import email.policy
import ssl
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HERE = Path(__file__).parent
CERTIFICATE, KEY = HERE / "certificate.pem", HERE / "key.pem"
USER, PASSWORD = "trucban", "mật khẩu rất bí mật"


class MailServer:
    """`refuse[step]`: the reply line at MAIL, RCPT or DATA; `hangs_up`: it cuts the line after the letter is whole."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.refuse: dict[str, str] = {}
        self.hangs_up = False
        self.host, self.port = "127.0.0.1", 0
        self.stop: Callable[[], None] = lambda: None

    async def handle_MAIL(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        if "MAIL" in self.refuse:
            return self.refuse["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        if "RCPT" in self.refuse:
            return self.refuse["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        if "DATA" in self.refuse:
            return self.refuse["DATA"]
        assert isinstance(envelope.content, bytes)
        assert envelope.content.isascii()
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.recipients += envelope.rcpt_tos
        if self.hangs_up:
            assert server.transport is not None
            server.transport.abort()
        return "250 Taken"

    async def handle_QUIT(self, server: SMTP, _session: Session, _envelope: Envelope) -> str:
        if "QUIT" in self.refuse:
            assert server.transport is not None
            server.transport.abort()
        return "221 Bye"


def check(_server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
    assert mechanism in ("PLAIN", "LOGIN")
    assert isinstance(given, LoginPassword)
    return AuthResult(success=given == LoginPassword(USER.encode(), PASSWORD.encode()), handled=False)


def certified() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE, KEY)
    return context


@asynccontextmanager
async def mail_server(*, security: str = "none", wants_login: bool = False) -> AsyncIterator[MailServer]:
    server = MailServer()
    settings: dict[str, Any] = {"hostname": "mail.so.gov.vn"}
    if wants_login:
        settings |= {"auth_required": True, "authenticator": check, "auth_require_tls": security == "starttls"}
    if security == "starttls":
        settings |= {"tls_context": certified(), "require_starttls": True}

    def answer() -> SMTP:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that a login over a plain line is none: here it is meant
            return SMTP(server, **settings)

    listening = await asyncio.get_running_loop().create_server(
        answer, server.host, 0, ssl=certified() if security == "tls" else None
    )
    server.port = listening.sockets[0].getsockname()[1]
    server.stop = listening.close
    try:
        yield server
    finally:
        listening.close()

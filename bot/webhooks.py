"""What the webhooks of the messengers share: the secret a call must bring, its body, a key where it carries none."""

from __future__ import annotations

import hashlib
import hmac

from aiohttp import web

BODY_LIMIT = 1_048_576
"""No event of any messenger is longer."""


def secret_from(token: str) -> str:
    """Where the operator names none: the same in every process, and nothing that a call could tell about the token."""
    return hmac.new(token.encode(), b"webhook secret", hashlib.sha256).hexdigest()


async def body_of(request: web.Request) -> bytes | None:
    """None where it is too long."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)


def key_of(raw: bytes) -> str:
    """Of something that could not be read, so that a copy of it dies at the inbox."""
    return f"raw-{hashlib.sha256(raw).hexdigest()[:32]}"

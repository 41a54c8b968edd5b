"""Pictures for Zalo to fetch: it takes none from us, only a public address, so they hang here for a while."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

PATH = "/zalo/anh"
HANGS_FOR = timedelta(days=2)  # Zalo fetches within minutes; late repeats are the exception
ENDINGS = {b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png"}
NAME = re.compile(r"(?P<day>\d{8})-[0-9a-f]{40}\.(jpg|png)")


class Showcase:
    """`public_url` is this server as the world reaches it; addresses cannot be guessed without `secret`."""

    def __init__(self, folder: Path, public_url: str, secret: str, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._public_url = public_url.rstrip("/")
        self._secret = secret.encode()
        self._now = now

    async def hang(self, content: bytes) -> str | None:
        """Its public address; None where it is no picture Zalo knows."""
        ending = next((ending for opening, ending in ENDINGS.items() if content.startswith(opening)), None)
        if ending is None:
            return None
        digest = hmac.new(self._secret, content, hashlib.sha256).hexdigest()[:40]
        name = f"{self._now():%Y%m%d}-{digest}{ending}"
        await asyncio.to_thread(self._write, name, content)
        return f"{self._public_url}{PATH}/{name}"

    def _write(self, name: str, content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._take_down_old_ones()
        (self._folder / name).write_bytes(content)

    def _take_down_old_ones(self) -> None:
        oldest = f"{self._now() - HANGS_FOR:%Y%m%d}"
        for file in self._folder.iterdir():
            found = NAME.fullmatch(file.name)
            if found and found["day"] < oldest:
                file.unlink(missing_ok=True)

    def route(self) -> web.RouteDef:
        return web.get(f"{urlsplit(self._public_url).path}{PATH}/{{name}}", self._show)

    async def _show(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        file = self._folder / name
        if not NAME.fullmatch(name) or not await asyncio.to_thread(file.is_file):
            return web.Response(status=404)
        return web.FileResponse(file, headers={"Cache-Control": "private, max-age=3600", "X-Robots-Tag": "noindex"})

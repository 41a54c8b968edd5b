"""Files for the Official Account: uploaded once by this process, then named by what Zalo gave, which it forgets after a week."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Literal

import msgspec

from bot.platform import Attachment
from bot.platforms.zalo_oa import wire
from bot.platforms.zalo_oa.client import OaClient
from bot.platforms.zalo_oa.errors import NoAnswerError
from storage.messages import OutgoingFile

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".csv": "text/csv",
}
PICTURES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
FILE_BYTES = 5_000_000
PICTURE_BYTES = 1_000_000
KEPT = timedelta(days=6)
MOST_KEPT = 500

UPLOADED = msgspec.json.Decoder(wire.Uploaded)

Kind = Literal["image", "file"]


def kind_of(file: OutgoingFile, content: bytes) -> Kind | None:
    """How Zalo takes it; None where it takes it in no way."""
    ending = PurePath(file.name.lower()).suffix
    if ending in PICTURES and len(content) <= PICTURE_BYTES:
        return "image"
    if ending in MEDIA_TYPES and len(content) <= FILE_BYTES:
        return "file"
    return None


class Uploads:
    """What was uploaded lately, by its bytes."""

    def __init__(self, client: OaClient) -> None:
        self._client = client
        self._known: dict[str, tuple[dict[str, object], datetime]] = {}

    async def content_of(self, attachment: Attachment | None) -> bytes | None:
        """The bytes to send: ours, or those somebody sent before, by their address."""
        if attachment is None or attachment.content is not None:
            return None if attachment is None else attachment.content
        if not (attachment.reference or "").startswith(("http://", "https://")):
            return None
        return await self._client.fetch(attachment.reference or "", limit=FILE_BYTES)

    async def attached(self, file: OutgoingFile, content: bytes, kind: Kind, now: datetime) -> dict[str, object]:
        """The part of a message that shows the file."""
        key = self._key(file, content)
        known = self._known.get(key)
        if known is not None and now - known[1] < KEPT:
            return known[0]
        shown = await self._upload(file, content, kind)
        if len(self._known) >= MOST_KEPT:
            self._known.pop(next(iter(self._known)))
        self._known[key] = (shown, now)
        return shown

    def forget(self, file: OutgoingFile, content: bytes) -> None:
        self._known.pop(self._key(file, content), None)

    async def _upload(self, file: OutgoingFile, content: bytes, kind: Kind) -> dict[str, object]:
        media_type = (MEDIA_TYPES | PICTURES)[PurePath(file.name.lower()).suffix]
        answer = UPLOADED.decode(await self._client.upload(f"/v2.0/oa/upload/{kind}", file.name, content, media_type))
        if kind == "file" and answer.token:
            return {"type": "file", "payload": {"token": answer.token}}
        if kind == "image" and answer.attachment_id:
            element = {"media_type": "image", "attachment_id": answer.attachment_id}
            return {"type": "template", "payload": {"template_type": "media", "elements": [element]}}
        raise NoAnswerError("an upload without a name for it")

    def _key(self, file: OutgoingFile, content: bytes) -> str:
        return f"{file.name}/{hashlib.sha256(content).hexdigest()}"

"""Reads the arguments of a call from query, form, JSON, multipart, or several of them, whatever the HTTP method."""

import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from sandbox.telegram.arguments import Arguments, Upload
from sandbox.telegram.errors import ApiError, bad_request
from sandbox.telegram.files import UPLOAD_LIMIT


def too_large() -> ApiError:
    return ApiError(413, "Request Entity Too Large")


async def read_arguments(request: web.Request) -> Arguments:
    """aiohttp's own reading of forms ignores the body of a GET, which some libraries send."""
    values: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    kind = request.content_type
    try:
        if kind == "multipart/form-data":
            await _read_parts(request, values, uploads)
        elif request.can_read_body:
            values |= _parse(await request.read(), kind)
    except web.HTTPRequestEntityTooLarge:
        raise too_large() from None
    except ValueError:
        raise bad_request("can't parse the request body") from None
    return Arguments(values, uploads)


def _parse(body: bytes, kind: str) -> dict[str, Any]:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    if kind == "application/json":
        try:
            values = json.loads(text)
            json.dumps(values, ensure_ascii=False).encode()  # half an emoji cannot travel
        except UnicodeEncodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
        except ValueError:
            raise bad_request("can't parse JSON object") from None
        return values if isinstance(values, dict) else {}
    return dict(parse_qsl(text, keep_blank_values=True))


async def _read_parts(request: web.Request, values: dict[str, Any], uploads: dict[str, Upload]) -> None:
    size = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = bytes(await part.read(decode=True))
        size += len(content)
        if size > UPLOAD_LIMIT:
            raise too_large()
        if part.filename is None:
            values[part.name] = content.decode()
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(name=part.filename, mime=mime, content=content)

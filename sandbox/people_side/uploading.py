"""Files from people, and back to the page."""

from urllib.parse import quote

from aiohttp import BodyPartReader, web

from sandbox.people_side.rooms import answer, own_room, who
from sandbox.people_side.talking import post
from sandbox.refusal import Refusal
from sandbox.telegram.arguments import Upload
from sandbox.telegram.attachments import attach
from sandbox.telegram.cloud import Cloud
from sandbox.telegram.entities import plain_text
from sandbox.telegram.errors import ApiError
from sandbox.telegram.files import FOLDERS


async def upload(cloud: Cloud, request: web.Request) -> web.Response:
    fields, file = await _read(request)
    if file is None:
        raise Refusal("Thiếu tệp đính kèm (phần «file»).")
    kind = fields.get("kind") or "document"
    if kind not in FOLDERS:
        raise Refusal(f"Không có kiểu tệp «{kind}».")
    person = who(cloud, fields)
    chat = own_room(cloud, person, fields["room"])
    try:
        content = attach(cloud.files, kind, file)
    except ApiError as refusal:
        raise Refusal(f"Không nhận được tệp: {refusal.description}.") from None
    if chat.platform in cloud.sides:
        words = cloud.sides[chat.platform].words_of(chat, fields, fields.get("caption", ""))
        renamed = {"text": "caption", "entities": "caption_entities"}
        content |= {renamed.get(name, name): value for name, value in words.items()}
    elif fields.get("caption"):
        content |= plain_text(fields["caption"]).fields("caption", "caption_entities")
    return answer(cloud.seen_by_people(chat, post(cloud, chat, person, dict(fields), content)))


async def _read(request: web.Request) -> tuple[dict[str, str], Upload | None]:
    if request.content_type != "multipart/form-data":
        raise Refusal("Tệp phải gửi dạng multipart/form-data.")
    fields: dict[str, str] = {}
    file: Upload | None = None
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = bytes(await part.read(decode=True))
        if part.filename is None:
            fields[part.name] = content.decode()
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            file = Upload(name=part.filename, mime=mime, content=content)
    return fields, file


async def download(cloud: Cloud, request: web.Request) -> web.Response:
    file = cloud.files.find(request.match_info["file_id"])
    if file is None:
        raise Refusal("Không có tệp này.", status=404)
    shown = "inline" if file.mime.startswith(("image/", "text/plain")) else "attachment"
    headers = {
        "Content-Type": file.mime,
        "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(file.name)}",
        "X-Content-Type-Options": "nosniff",
    }
    return web.Response(body=cloud.files.read(file), headers=headers)


ROUTES = [("POST", "/human/upload", upload), ("GET", "/human/file/{file_id}", download)]

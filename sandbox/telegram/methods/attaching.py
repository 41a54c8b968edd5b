"""Photos, documents and other files, uploaded or sent again by their id, alone or as an album."""

from typing import Any

from sandbox.telegram.arguments import Arguments, Upload
from sandbox.telegram.attachments import TYPES, show, store
from sandbox.telegram.call import Call
from sandbox.telegram.content import read_caption
from sandbox.telegram.errors import bad_request, too_many_requests
from sandbox.telegram.files import DOWNLOAD_LIMIT, File
from sandbox.telegram.messages import Body
from sandbox.telegram.methods import Method
from sandbox.telegram.sending import send, send_all

ALONE_IN_KIND = frozenset({"document", "audio"})


def _sender(kind: str) -> Method:
    def send_file(call: Call) -> Body:
        return send(call, read_caption(call) | show(_resolve(call, kind, call.arguments.text(kind))))

    return send_file


def _send_round_film(call: Call) -> Body:
    """The one kind that bears no words."""
    return send(call, show(_resolve(call, "video_note", call.arguments.text("video_note"))))


def _resolve(call: Call, kind: str, named: str) -> File:
    """A part of this request, or a file the server knows already."""
    upload = call.arguments.uploads.get(named.removeprefix("attach://")) or call.arguments.uploads.get(kind)
    if upload is not None and (not named or named.startswith("attach://")):
        return _take_in(call, kind, upload)
    if not named:
        raise bad_request(f"there is no {kind} in the request")
    if named.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = call.cloud.files.find(named)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        names = [TYPES.get(each, each.title()) for each in (file.kind, kind)]
        raise bad_request(f"can't use file of type {names[0]} as {names[1]}")
    return file


def _take_in(call: Call, kind: str, upload: Upload) -> File:
    wait = call.cloud.flood.wait_for_upload(bot_id=call.bot.id, size=len(upload.content), now=call.now)
    if wait:
        raise too_many_requests(wait)
    return store(call.cloud.files, kind, upload)


def send_album(call: Call) -> list[Body]:
    items = call.arguments.objects("media", "InputMedia")
    if not 2 <= len(items) <= 10:
        raise bad_request("wrong number of messages in an album" if items else "there are no messages to send")
    kinds = {str(item.get("type")) for item in items}
    if not kinds <= {"photo", "video", "document", "audio"}:
        raise bad_request("type of the media must be specified")
    if kinds & ALONE_IN_KIND and len(kinds) > 1:
        raise bad_request("Media can't be mixed in an album")
    album = {"media_group_id": str(call.cloud.next_sequence() << 20)}
    return send_all(call, [album | _item(call, item) for item in items])


def _item(call: Call, item: dict[str, Any]) -> Body:
    """Each item brings its own caption and way of formatting it."""
    words = Call(call.cloud, call.bot, Arguments(item))
    return read_caption(words) | show(_resolve(call, item["type"], str(item.get("media", ""))))


def get_file(call: Call) -> Body:
    file = call.cloud.files.find(call.arguments.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id" if call.arguments.has("file_id") else "file_id not specified")
    if file.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


METHODS: dict[str, Method] = {
    "sendPhoto": _sender("photo"),
    "sendDocument": _sender("document"),
    "sendVideo": _sender("video"),
    "sendAudio": _sender("audio"),
    "sendVoice": _sender("voice"),
    "sendVideoNote": _send_round_film,
    "sendAnimation": _sender("animation"),
    "sendMediaGroup": send_album,
    "getFile": get_file,
}

"""The words of a message as a call brings them: a text, or the caption of a file."""

from sandbox.telegram.call import Call
from sandbox.telegram.entities import read_formatted
from sandbox.telegram.errors import bad_request
from sandbox.telegram.messages import Body

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
PREVIEW_FIELDS = ("is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text")


def read_text(call: Call) -> Body:
    if not call.arguments.has("text"):
        raise bad_request("message text is empty")
    formatted = read_formatted(call.arguments)
    if not formatted.text:
        raise bad_request("message text is empty")
    if len(formatted.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    content = formatted.fields()
    if preview := call.arguments.object("link_preview_options", "link preview options"):
        content["link_preview_options"] = {name: preview[name] for name in PREVIEW_FIELDS if name in preview}
    return content


def read_caption(call: Call) -> Body:
    formatted = read_formatted(call.arguments, text="caption", entities="caption_entities")
    if len(formatted.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return formatted.fields("caption", "caption_entities") if formatted.text else {}

"""Forwarding and copying what stands in another room."""

from sandbox.telegram.call import Call
from sandbox.telegram.content import read_caption
from sandbox.telegram.errors import bad_request
from sandbox.telegram.messages import Body, Message
from sandbox.telegram.sending import send
from sandbox.telegram.targets import find_message, open_chat

PLACE_NAMES = (
    "message_id from chat date sender_chat reply_to_message message_thread_id is_topic_message edit_date "
    "reply_markup media_group_id has_protected_content"
)
PLACE = frozenset(PLACE_NAMES.split())


def _original(call: Call, what: str) -> Message:
    chat = open_chat(call, "from_chat_id")
    message = find_message(call, chat, f"message to {what} not found")
    if message.is_service or message.body.get("has_protected_content"):
        raise bad_request(f"message can't be {'forwarded' if what == 'forward' else 'copied'}")
    return message


def _content(message: Message) -> Body:
    return {name: value for name, value in message.body.items() if name not in PLACE}


def forward(call: Call) -> Body:
    original = _original(call, "forward")
    return send(call, {"forward_origin": _origin(original.body)} | _content(original))


def _origin(body: Body) -> Body:
    if "forward_origin" in body:
        return dict(body["forward_origin"])
    if "sender_chat" in body:
        return {"type": "chat", "date": body["date"], "sender_chat": body["sender_chat"]}
    return {"type": "user", "date": body["date"], "sender_user": body["from"]}


def copy(call: Call) -> Body:
    """A copy does not tell where it comes from; a file may get another caption."""
    content = _content(_original(call, "copy"))
    content.pop("forward_origin", None)
    if call.arguments.has("caption") and "text" not in content:
        content = {name: value for name, value in content.items() if not name.startswith("caption")}
        content |= read_caption(call)
    return {"message_id": send(call, content)["message_id"]}


METHODS = {"forwardMessage": forward, "copyMessage": copy}

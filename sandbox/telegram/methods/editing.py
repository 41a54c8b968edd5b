"""Changing and removing what stands in a room."""

from sandbox.chat import Chat
from sandbox.telegram.call import Call
from sandbox.telegram.content import read_caption, read_text
from sandbox.telegram.errors import bad_request
from sandbox.telegram.markup import read_inline_markup, split_markup
from sandbox.telegram.messages import Body, Message
from sandbox.telegram.sending import keep_pace
from sandbox.telegram.targets import find_message, open_chat

DELETABLE_FOR = 48 * 3600
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def edit_text(call: Call) -> Body:
    return _edit(call, read_text(call), of="text")


def edit_caption(call: Call) -> Body:
    return _edit(call, read_caption(call), of="caption")


def edit_markup(call: Call) -> Body:
    return _edit(call, {}, of="")


def _edit(call: Call, content: Body, *, of: str) -> Body:
    """Without `reply_markup` the keyboard goes: that is how the server works."""
    shown, _ = split_markup(read_inline_markup(call.arguments))
    chat = open_chat(call)
    message = find_message(call, chat, "message to edit not found")
    _may_edit(call, message, of)
    replaced = {"text": ("text", "entities", "link_preview_options"), "caption": ("caption", "caption_entities")}
    gone = {*replaced.get(of, ()), "reply_markup"}
    body = {name: value for name, value in message.body.items() if name not in gone} | content | shown
    if body == message.body:
        raise bad_request(SAME)
    keep_pace(call, chat)
    body["edit_date"] = int(call.now)
    message.body = body
    call.cloud.changed(chat, message)
    return body


def _may_edit(call: Call, message: Message, of: str) -> None:
    if message.sender != call.bot.id or message.is_service or "forward_origin" in message.body:
        raise bad_request("message can't be edited")
    if of == "text" and "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    if of == "caption" and "text" in message.body:
        raise bad_request("there is no caption in the message to edit")


def delete_message(call: Call) -> bool:
    chat = open_chat(call)
    message = find_message(call, chat, "message to delete not found")
    if not _may_delete(call, chat, message):
        raise bad_request("message can't be deleted for everyone")
    call.cloud.remove(chat, message)
    return True


def _may_delete(call: Call, chat: Chat, message: Message) -> bool:
    """Within two days: its own, anything in a private talk, anything in a group it administers."""
    if call.now - message.body["date"] > DELETABLE_FOR and not chat.leads(call.bot.id):
        return False
    return message.sender == call.bot.id or chat.is_private or chat.leads(call.bot.id)


def delete_messages(call: Call) -> bool:
    """Those that cannot be found or deleted are passed over."""
    chat = open_chat(call)
    numbers = call.arguments.json("message_ids")
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= 100 or not all(map(_is_number, numbers)):
        raise bad_request("message identifiers are not specified")
    for number in numbers:
        message = call.cloud.log_of(chat).messages.get(int(number))
        if message and _may_delete(call, chat, message):
            call.cloud.remove(chat, message)
    return True


def _is_number(value: object) -> bool:
    return isinstance(value, int)


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}

"""Sending: the checks every new message of a bot goes through, in the order of the real server."""

from sandbox.chat import Chat
from sandbox.telegram.arguments import Arguments
from sandbox.telegram.call import Call
from sandbox.telegram.delivery import hand_out
from sandbox.telegram.errors import bad_request, too_many_requests
from sandbox.telegram.markup import read_markup, split_markup
from sandbox.telegram.messages import Body, Message
from sandbox.telegram.targets import open_chat


def send(call: Call, content: Body) -> Body:
    return send_all(call, [content])[0]


def send_all(call: Call, contents: list[Body]) -> list[Body]:
    """Own arguments were read by the method; then markup, chat, pace, reply and topic."""
    shown, keyboard = split_markup(read_markup(call.arguments))
    chat = open_chat(call)
    keep_pace(call, chat, cost=len(contents))
    place = find_place(call, chat)
    if call.arguments.flag("protect_content"):
        place["has_protected_content"] = True
    written = [call.cloud.write(chat, call.bot.id, place | content | shown, keyboard=keyboard) for content in contents]
    return [message.body for message in written]


def keep_pace(call: Call, chat: Chat, *, cost: int = 1) -> None:
    """Sends and edits alike count against the bot, the chat and the group's minute."""
    seconds = call.cloud.flood.wait(
        bot_id=call.bot.id, chat_key=chat.key, is_group=not chat.is_private, now=call.now, cost=cost
    )
    if seconds:
        raise too_many_requests(seconds)


def find_place(call: Call, chat: Chat) -> Body:
    """What the new message answers, and in which topic it stands."""
    thread = call.arguments.integer("message_thread_id")
    if thread and (thread not in chat.topics or thread == 1):
        raise bad_request("message thread not found")
    answered = _answered(call, chat)
    if answered and not thread and answered.body.get("is_topic_message"):
        thread = answered.body["message_thread_id"]
    if thread in chat.closed_topics and not chat.leads(call.bot.id):
        raise bad_request("TOPIC_CLOSED")
    return place_in(call.cloud.log_of(chat).messages, thread, answered)


def place_in(messages: dict[int, Message], thread: int, answered: Message | None) -> Body:
    """Inside a topic a message without an answered one points to the message that opened the topic."""
    place: Body = {"message_thread_id": thread, "is_topic_message": True} if thread else {}
    answered = answered or (messages.get(thread) if thread else None)
    if answered:
        place["reply_to_message"] = without_reply(answered.body)
    return place


def without_reply(body: Body) -> Body:
    if "reply_to_message" not in body:
        return body
    return {name: value for name, value in body.items() if name != "reply_to_message"}


def _answered(call: Call, chat: Chat) -> Message | None:
    wish = call.arguments.object("reply_parameters", "reply parameters")
    lenient = call.arguments.flag("allow_sending_without_reply")
    message_id = call.arguments.integer("reply_to_message_id")
    if wish is not None:
        message_id = Arguments(wish).integer("message_id")
        lenient = bool(wish.get("allow_sending_without_reply"))
        if wish.get("chat_id") not in (None, chat.id, str(chat.id)):
            raise bad_request("message to be replied not found")
    if message_id <= 0:
        return None
    answered = call.cloud.log_of(chat).messages.get(message_id)
    if answered is None and not lenient:
        raise bad_request("message to be replied not found")
    return answered


def tell_service(call: Call, chat: Chat, content: Body) -> None:
    """A message the server itself writes because of what the bot did; it is delivered back as well."""
    hand_out(call.cloud, chat, call.cloud.write(chat, call.bot.id, content))

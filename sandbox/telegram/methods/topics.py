"""Topics of a forum: opened, renamed, closed and reopened by a bot that may."""

from sandbox.chat import Chat
from sandbox.telegram.call import Call
from sandbox.telegram.errors import bad_request
from sandbox.telegram.messages import Body
from sandbox.telegram.sending import place_in, tell_service
from sandbox.telegram.targets import need_right, open_chat
from sandbox.telegram.topics import ICON_COLOR, open_topic


def _forum(call: Call) -> Chat:
    chat = open_chat(call)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    need_right(call, chat, "can_manage_topics", "not enough rights to create a topic")
    return chat


def create(call: Call) -> Body:
    name = call.arguments.text("name").strip()
    if not 1 <= len(name) <= 128:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "topic name is too long")
    chat = _forum(call)
    thread = open_topic(call.cloud, chat, name, by=call.bot.id)
    return {"message_thread_id": thread, "name": name, "icon_color": ICON_COLOR}


def rename(call: Call) -> bool:
    chat, thread = _topic(call)
    if name := call.arguments.text("name").strip():
        chat.topics[thread] = name
        _tell(call, chat, thread, {"forum_topic_edited": {"name": name}})
    return True


def close(call: Call) -> bool:
    chat, thread = _topic(call)
    if thread in chat.closed_topics:
        raise bad_request("TOPIC_NOT_MODIFIED")
    chat.closed_topics.add(thread)
    _tell(call, chat, thread, {"forum_topic_closed": {}})
    return True


def reopen(call: Call) -> bool:
    chat, thread = _topic(call)
    if thread not in chat.closed_topics:
        raise bad_request("TOPIC_NOT_MODIFIED")
    chat.closed_topics.discard(thread)
    _tell(call, chat, thread, {"forum_topic_reopened": {}})
    return True


def _topic(call: Call) -> tuple[Chat, int]:
    chat, thread = _forum(call), call.arguments.integer("message_thread_id")
    if thread not in chat.topics:
        raise bad_request("message thread not found")
    return chat, thread


def _tell(call: Call, chat: Chat, thread: int, content: Body) -> None:
    call.world.keep_chat(chat)
    tell_service(call, chat, content | place_in(call.cloud.log_of(chat).messages, thread, None))
    call.cloud.events.tell_everyone("rooms", {})


METHODS = {
    "createForumTopic": create,
    "editForumTopic": rename,
    "closeForumTopic": close,
    "reopenForumTopic": reopen,
}

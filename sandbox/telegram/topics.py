"""Topics: the message that opens one is its number."""

from sandbox.chat import Chat
from sandbox.telegram.cloud import Cloud
from sandbox.telegram.delivery import hand_out

ICON_COLOR = 7322096


def open_topic(cloud: Cloud, chat: Chat, name: str, *, by: int) -> int:
    message = cloud.write(chat, by, {"forum_topic_created": {"name": name, "icon_color": ICON_COLOR}})
    message.body |= {"message_thread_id": message.id, "is_topic_message": True}
    chat.topics[message.id] = name
    cloud.world.keep_chat(chat)
    hand_out(cloud, chat, message)
    cloud.events.tell_everyone("rooms", {})
    return message.id

"""Under which name somebody appears: anonymous administrators all look like one user."""

import hashlib

from sandbox.chat import Chat
from sandbox.telegram.messages import Body
from sandbox.telegram.shapes import ANONYMOUS, chat_shape
from sandbox.world import World


def posts_as_group(world: World, chat: Chat, person_id: int, *, asked: bool | None) -> Body:
    """The fields that hide an administrator who posts as the group; nobody else can."""
    member = chat.members.get(person_id)
    if member is None or chat.type != "supergroup" or not chat.leads(person_id):
        return {}
    if not (member.anonymous if asked is None else asked):
        return {}
    return {"from": ANONYMOUS, "sender_chat": chat_shape(world, chat)}


def chat_instance(chat: Chat) -> str:
    """A lasting number that tells rooms apart without naming them."""
    digest = hashlib.sha256(chat.key.encode()).digest()
    return str(int.from_bytes(digest[:8], "big", signed=True))

"""Reactions: the emoji a bot may use, and putting one on a message."""

from sandbox.chat import Chat
from sandbox.telegram.cloud import Cloud
from sandbox.telegram.messages import Message

WORDS = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 "
    "👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡"
)
ALLOWED = frozenset(WORDS.split())


def set_reaction(cloud: Cloud, chat: Chat, message: Message, who: int, emoji: str | None) -> None:
    if emoji:
        message.reactions[who] = emoji
    else:
        message.reactions.pop(who, None)
    cloud.changed(chat, message, event="reaction")

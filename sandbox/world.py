"""Who and where: people, bots and chats, the same for every platform that is played here."""

from collections.abc import Iterator
from typing import Any

from sandbox.chat import PRESENT, Chat, Member
from sandbox.person import Bot, Person
from sandbox.refusal import Refusal
from sandbox.state_file import StateFile


class World:
    def __init__(self, state: StateFile) -> None:
        self._state = state
        self.people: dict[int, Person] = {}
        self.bots: dict[int, Bot] = {}
        self.tokens: dict[str, Bot] = {}
        self.chats: dict[str, Chat] = {}
        self.any_token = False

    def restore(self) -> None:
        for shape in self._state.load("person"):
            self.people[shape["id"]] = Person(**shape)
        for shape in self._state.load("bot"):
            bot = Bot(**shape)
            self.bots[bot.id] = self.tokens[bot.token] = bot
            self.any_token |= "unannounced" in bot.profile
        for shape in self._state.load("chat"):
            chat = Chat.from_json(shape)
            self.chats[chat.key] = chat

    def keep_person(self, person: Person) -> None:
        self.people[person.id] = person
        self._state.touch("person", str(person.id), person)

    def keep_bot(self, bot: Bot) -> None:
        self.bots[bot.id] = self.tokens[bot.token] = bot
        self._state.touch("bot", str(bot.id), bot)

    def renew_token(self, bot: Bot) -> str:
        """As @BotFather's /revoke: the old one is worth nothing from now on."""
        del self.tokens[bot.token]
        number, _, secret = bot.token.partition(":")
        bot.token = f"{number}:{secret}-{len(secret)}"
        self.keep_bot(bot)
        return bot.token

    def keep_chat(self, chat: Chat) -> None:
        self.chats[chat.key] = chat
        self._state.touch("chat", chat.key, chat)

    def person(self, person_id: int) -> Person:
        if person_id not in self.people:
            raise Refusal(f"Không có người nào mang số {person_id}.", status=404)
        return self.people[person_id]

    def bot_named(self, username: str) -> Bot:
        wanted = username.removeprefix("@").lower()
        for bot in self.bots.values():
            if bot.username.lower() == wanted:
                return bot
        raise Refusal(f"Không có bot nào tên @{wanted}.", status=404)

    def somebody(self, who: Any) -> int:
        """The id of a person or bot given as a number, "@username" or the number as text."""
        if not isinstance(who, int | str):
            raise Refusal("Người phải là một con số hoặc @tên.")
        if isinstance(who, int) or who.lstrip("-").isdigit():
            number = int(who)
            if number in self.people or number in self.bots:
                return number
            raise Refusal(f"Không có người hay bot nào mang số {number}.", status=404)
        wanted = who.removeprefix("@").lower()
        for person in self.people.values():
            if person.username and person.username.lower() == wanted:
                return person.id
        return self.bot_named(wanted).id

    def group(self, chat_id: int) -> Chat | None:
        return self.chats.get(str(chat_id))

    def private(self, bot_id: int, person_id: int) -> Chat | None:
        return self.chats.get(f"{bot_id}:{person_id}")

    def open_private(self, bot_id: int, person_id: int) -> Chat:
        chat = self.private(bot_id, person_id)
        if chat is None:
            chat = Chat(id=person_id, type="private", bot_id=bot_id, platform=self.bots[bot_id].platform)
            self.keep_chat(chat)
        return chat

    def groups(self) -> Iterator[Chat]:
        return (chat for chat in self.chats.values() if chat.bot_id is None)

    def set_status(self, chat: Chat, member_id: int, status: str, *, anonymous: bool = False) -> Member:
        member = Member(id=member_id, status=status, anonymous=anonymous)
        chat.members[member_id] = member
        if member_id in self.bots:
            (chat.bots.add if status in PRESENT else chat.bots.discard)(member_id)
        self.keep_chat(chat)
        return member

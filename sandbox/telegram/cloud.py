"""Telegram's own side: it holds the rooms, the queues and the files, and every change of a message goes through here."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sandbox.calls import Calls
from sandbox.chat import Chat
from sandbox.clock import Clock
from sandbox.events import Events
from sandbox.faults import Faults
from sandbox.flood import Flood
from sandbox.person import Bot
from sandbox.side import Side
from sandbox.state_file import StateFile
from sandbox.telegram.files import Files
from sandbox.telegram.messages import Body, Log, Message
from sandbox.telegram.polling import Poll
from sandbox.telegram.presses import Presses
from sandbox.telegram.shapes import chat_shape, user_shape
from sandbox.telegram.updates import UpdateQueue
from sandbox.telegram.webhooks import Webhook
from sandbox.world import World

CallFromWebhook = Callable[[str, Body], Awaitable[None]]


@dataclass(slots=True)
class Counters:
    sequence: int = 0
    message_id: int = 0
    offset: float = 0.0

    def as_json(self) -> Body:
        return {"sequence": self.sequence, "message_id": self.message_id, "offset": self.offset}


@dataclass(slots=True)
class Post:
    """Where one bot fetches its updates: the queue with its poll and its webhook."""

    queue: UpdateQueue
    poll: Poll
    webhook: Webhook


@dataclass(slots=True, kw_only=True)
class Cloud:
    state: StateFile
    world: World
    clock: Clock
    files: Files
    events: Events = field(default_factory=Events)
    faults: Faults = field(default_factory=Faults)
    flood: Flood = field(default_factory=Flood)
    calls: Calls = field(default_factory=Calls)
    presses: Presses = field(default_factory=Presses)
    counters: Counters = field(default_factory=Counters)
    logs: dict[str, Log] = field(default_factory=dict)
    posts: dict[int, Post] = field(default_factory=dict)
    call_from_webhook: CallFromWebhook | None = None
    sides: dict[str, Side] = field(default_factory=dict)  # the other platforms of this messenger
    root: str = ""  # its own address

    def post_of(self, bot: Bot) -> Post:
        post = self.posts.get(bot.id)
        if post is None:
            queue = UpdateQueue(bot.id, self.state)
            poll = Poll(queue, self.clock, lambda: self.faults.doubles(bot.token))
            webhook = Webhook(
                queue, self.clock, partial(self.faults.doubles, bot.token), partial(self.faults.crosses, bot.token)
            )
            webhook.answer_call = lambda call: self._answer_call(bot.token, call)
            post = self.posts[bot.id] = Post(queue, poll, webhook)
        return post

    async def _answer_call(self, token: str, call: Body) -> None:
        if self.call_from_webhook:
            await self.call_from_webhook(token, call)

    def log_of(self, chat: Chat) -> Log:
        log = self.logs.get(chat.key)
        if log is None:
            log = self.logs[chat.key] = Log(chat=chat.key, last_id=int(chat.is_forum))  # 1 is General
        return log

    def next_sequence(self) -> int:
        self.counters.sequence += 1
        self.state.touch("counters", "", self.counters)
        return self.counters.sequence

    def write(self, chat: Chat, sender_id: int, content: Body, *, keyboard: Body | None = None) -> Message:
        """A new message in a room, from a person or a bot; whoever looks on sees it at once."""
        log = self.log_of(chat)
        body = {
            "message_id": self._next_message_id(chat, log),
            "from": user_shape(self.world, sender_id),
            "chat": chat_shape(self.world, chat),
            "date": int(self.clock.now()),
        } | content
        message = Message(chat=chat.key, body=body, sender=sender_id, seq=self.next_sequence(), keyboard=keyboard)
        if sender_id in self.world.bots:
            log.last_bot = sender_id
        log.put(message)
        self._keep(log, message)
        self.events.tell_room(chat, "message", lambda: self.seen_by_people(chat, message), seq=message.seq)
        return message

    def _next_message_id(self, chat: Chat, log: Log) -> int:
        """Supergroups count by themselves; private talks and basic groups share one count, as in an account."""
        if chat.type == "supergroup":
            log.last_id += 1
            return log.last_id
        self.counters.message_id += 1
        log.last_id = self.counters.message_id
        return log.last_id

    def _keep(self, log: Log, message: Message) -> None:
        self.state.touch("log", log.chat, log)
        self.state.touch("message", message.key, message)

    def changed(self, chat: Chat, message: Message, *, event: str = "edited") -> None:
        """Says that a message of a room is not what it was."""
        message.seq = self.next_sequence()
        log = self.log_of(chat)
        log.put(message) if message.id not in log.deleted else None
        self._keep(log, message)
        self.events.tell_room(chat, event, lambda: self.seen_by_people(chat, message), seq=message.seq)

    def remove(self, chat: Chat, message: Message) -> None:
        seq = self.next_sequence()
        self.log_of(chat).drop(message.id, seq)
        self.state.touch("message", message.key, None)
        gone = {"room": self.room_name(chat), "message_id": message.id, "seq": seq}
        self.events.tell_room(chat, "deleted", lambda: gone, seq=seq)

    def room_name(self, chat: Chat) -> str:
        return str(chat.id) if chat.bot_id is None else "@" + self.world.bots[chat.bot_id].username

    def seen_by_people(self, chat: Chat, message: Message) -> Body:
        shape: dict[str, Any] = message.body | {"room": self.room_name(chat), "seq": message.seq}
        if message.reactions:
            shape["reactions"] = [{"emoji": emoji, "from": who} for who, emoji in message.reactions.items()]
        if message.keyboard:
            shape["reply_markup"] = message.keyboard
        return shape

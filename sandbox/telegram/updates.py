"""One bot's queue of updates: what waits, until when, and which kinds it wants."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.state_file import StateFile

DAY = 86_400.0
PRESS_LIFE = 150.0
WEEK = 7 * DAY
QUEUE_LIMIT = 100_000
KIND_NAMES = (
    "message edited_message channel_post edited_channel_post business_connection business_message "
    "edited_business_message deleted_business_messages message_reaction message_reaction_count "
    "inline_query chosen_inline_result callback_query shipping_query pre_checkout_query "
    "purchased_paid_media poll poll_answer my_chat_member chat_member chat_join_request chat_boost "
    "removed_chat_boost"
)
KINDS = frozenset(KIND_NAMES.split())

DEFAULT_KINDS = KINDS - {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(slots=True, kw_only=True)
class Update:
    bot: int
    id: int
    kind: str
    lane: str
    payload: str
    expires_at: float

    @property
    def key(self) -> str:
        return f"{self.bot}/{self.id}"

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


class UpdateQueue:
    def __init__(self, bot_id: int, state: StateFile) -> None:
        self.bot_id = bot_id
        self._state = state
        self.pending: dict[int, Update] = {}
        self.next_id = random.randint(100_000_000, 900_000_000)  # noqa: S311 - any start will do
        self.last_at = 0.0
        self.allowed: list[str] | None = None
        self.webhook: dict[str, Any] | None = None
        self.listeners: list[Callable[[Update], None]] = []

    def as_json(self) -> dict[str, Any]:
        names = ("bot_id", "next_id", "last_at", "allowed", "webhook")
        return {name: getattr(self, name) for name in names}

    def restore(self, shape: dict[str, Any]) -> None:
        for name, value in shape.items():
            setattr(self, name, value)

    def keep(self) -> None:
        self._state.touch("queue", str(self.bot_id), self)

    def allow(self, kinds: Any) -> None:
        """Unknown names are ignored; an empty or fully unknown list means the default."""
        if isinstance(kinds, list):
            self.allowed = [kind for kind in kinds if kind in KINDS] or None
            self.keep()

    def wants(self, kind: str) -> bool:
        return kind in (self.allowed if self.allowed is not None else DEFAULT_KINDS)

    def put(self, kind: str, body: str, *, lane: str, now: float, life: float = DAY) -> None:
        if not self.wants(kind) or len(self.pending) >= QUEUE_LIMIT:
            return
        if now - self.last_at > WEEK and self.last_at:
            self.next_id = random.randint(100_000_000, 900_000_000)  # noqa: S311 - the real one does so too
        update_id, self.next_id, self.last_at = self.next_id, self.next_id + 1, now
        payload = f'{{"update_id":{update_id},"{kind}":{body}}}'
        update = Update(bot=self.bot_id, id=update_id, kind=kind, lane=lane, payload=payload, expires_at=now + life)
        self.pending[update_id] = update
        self._state.touch("update", update.key, update)
        self.keep()
        for listener in self.listeners:
            listener(update)

    def drop(self, update: Update) -> None:
        if self.pending.pop(update.id, None):
            self._state.touch("update", update.key, None)

    def confirm(self, before: int) -> None:
        """Forgets everything below this id."""
        for update in list(self._below(before)):
            self.drop(update)

    def _below(self, before: int) -> list[Update]:
        below = []
        for update in self.pending.values():
            if update.id >= before:
                break
            below.append(update)
        return below

    def keep_last(self, count: int) -> None:
        for update in list(self.pending.values())[: max(0, len(self.pending) - count)]:
            self.drop(update)

    def first(self, count: int, now: float) -> list[Update]:
        found: list[Update] = []
        expired: list[Update] = []
        for update in self.pending.values():
            if update.expires_at <= now:
                expired.append(update)
                continue
            found.append(update)
            if len(found) == count:
                break
        for update in expired:
            self.drop(update)
        return found

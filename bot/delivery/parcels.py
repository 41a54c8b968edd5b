"""Which held parcels go now, which go together as one message, and what file goes with them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.delivery.pacing import Departure, Pacing
from bot.platform import Attachment
from handlers.without_buttons.offering import longest_in_words
from storage.database import Database
from storage.messages import Deed, Lane, OutgoingMessage
from storage.outbox import Parcel
from storage.records.files import file_reference, find_file, keep_file_reference

AHEAD = 0.02  # seconds: what may go so soon is marked as begun already, so that it leaves at its moment
AGAIN = "🔁 (nhắc lại) "
UNPACED = (Deed.CLOSE_PRESS,)  # not a message in the chat: limits do not count it
UNCOUNTED = (Deed.CLOSE_PRESS, Deed.REACT)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Parcels that leave as one message."""

    parcels: tuple[Parcel, ...]
    message: OutgoingMessage
    departure: Departure | None = None  # its place in the pace, where it has one

    @property
    def chat_id(self) -> str:
        return self.parcels[0].chat_id


def choose(
    held: Sequence[Parcel],
    pacing: Pacing,
    seconds: Callable[[], float],
    *,
    busy: set[str],
    most: int,
    waits: Callable[[OutgoingMessage], bool] = lambda _: False,
) -> Iterator[tuple[Parcel, Departure | None]]:
    """The parcels that may leave now or in a moment, most urgent first; each is noted as sent, with its pace.

    Within a chat nothing passes what was put before it in a lane of the same or greater urgency. `waits`: for something
    else than the pace.
    """
    blocked = set(busy)
    for parcel in list(held):
        if most <= 0:
            return
        now = seconds()
        message = parcel.message
        if message.deed in UNPACED:
            most -= 1
            yield parcel, None
            continue
        if parcel.chat_id in blocked:
            continue
        counts = message.deed not in UNCOUNTED
        leaves = ready_in_chat(parcel, message, pacing, now) if counts else now
        if leaves > now + AHEAD or waits(message):
            blocked.add(parcel.chat_id)
            continue
        leaves = max(leaves, pacing.bot_ready_at(now, is_alert=parcel.is_alert))
        if leaves > now + AHEAD or pacing.bot_ready_at(leaves, is_alert=parcel.is_alert) > leaves:
            return
        departure = pacing.note_send(parcel.chat_id, leaves, is_group=message.is_group, counts_in_chat=counts)
        blocked.add(parcel.chat_id)
        most -= 1
        yield parcel, departure


def ready_in_chat(parcel: Parcel, message: OutgoingMessage, pacing: Pacing, now: float) -> float:
    """When this parcel's chat takes it; what is not urgent leaves room for what may become so."""
    is_urgent = parcel.lane <= Lane.ANSWER.rank
    return pacing.chat_ready_at(parcel.chat_id, now, is_group=message.is_group, is_urgent=is_urgent)


def bundle(first: Parcel, held: Sequence[Parcel], *, text_length: int, is_all_words: bool = False) -> Bundle:
    """`first` with those behind it that may share its message: same chat, a lower lane, words only.

    `is_all_words`: nothing but words is said there (buttons and boards are words too), so more fits together.
    """
    message = addressed(first)
    may_merge = _may_merge_words if is_all_words else _may_merge
    if not may_merge(first, message):
        return Bundle((first,), _marked(first, message))
    together, text, length = [first], message.text, _length(message)
    for parcel in held:
        other = parcel.message
        if parcel.id == first.id or parcel.chat_id != first.chat_id or not may_merge(parcel, other):
            continue
        if other.thread_id == message.thread_id and length + 2 + _length(other) <= text_length:
            together.append(parcel)
            text, length = f"{text}\n\n{other.text}", length + 2 + _length(other)
    return Bundle(tuple(together), replace(message, text=text))


def _length(message: OutgoingMessage) -> int:
    return longest_in_words(message) if message.buttons or message.asks_reply else len(message.text)


def _may_merge(parcel: Parcel, message: OutgoingMessage) -> bool:
    is_words_only = not (message.buttons or message.file or message.reply_to or message.asks_reply)
    is_low = parcel.lane >= Lane.REMINDER.rank
    return is_low and is_words_only and message.deed == Deed.SAY and not parcel.is_board and parcel.repeats == 0


def _may_merge_words(parcel: Parcel, message: OutgoingMessage) -> bool:
    is_low = parcel.lane >= Lane.ANSWER.rank
    return is_low and message.file is None and message.deed == Deed.SAY and parcel.repeats == 0


def addressed(parcel: Parcel) -> OutgoingMessage:
    """The message to where the parcel goes today (its chat may have moved since it was put)."""
    message = parcel.message
    return message if message.chat_id == parcel.chat_id else replace(message, chat_id=parcel.chat_id)


def _marked(parcel: Parcel, message: OutgoingMessage) -> OutgoingMessage:
    if parcel.repeats == 0 or parcel.is_board or message.deed != Deed.SAY:
        return message
    return replace(message, text=AGAIN + message.text)


class Attachments:
    """Files for one platform: uploaded once, then sent by the reference the platform gave."""

    def __init__(self, platform: str, database: Database) -> None:
        self._platform = platform
        self._database = database
        self._uploading: dict[int, asyncio.Lock] = {}
        self._known: set[int] = set()  # files for which the platform has a reference

    def wait_for(self, message: OutgoingMessage, others: Iterable[OutgoingMessage]) -> bool:
        """Whether its file is on its way with one of the others, to become known: all would leave together then."""
        file_id = _file_of(message)
        is_known = file_id is None or file_id in self._known
        return not is_known and any(_file_of(other) == file_id for other in others)

    def know(self, message: OutgoingMessage) -> None:
        """The platform has a reference for its file."""
        if (file_id := _file_of(message)) is not None:
            self._known.add(file_id)

    @asynccontextmanager
    async def opened(self, message: OutgoingMessage) -> AsyncIterator[Attachment | None]:
        """What to send along. While a file is being uploaded, others who want it wait for its reference."""
        file = message.file
        if file is None:
            yield None
            return
        if file.file_id is None:
            yield Attachment(file.name, reference=file.reference)
            return
        async with self._uploading.setdefault(file.file_id, asyncio.Lock()):
            attachment = await self._find(file.file_id, file.name)
            if attachment.reference is None:
                yield attachment
                return
            self.know(message)
        yield attachment

    async def _find(self, file_id: int, name: str) -> Attachment:
        def work(tx: Connection, _now: datetime) -> Attachment:
            known = file_reference(tx, file_id, self._platform)
            stored = find_file(tx, file_id)
            content = None if stored is None or known is not None else stored.content
            return Attachment(name, content=content, reference=known)

        return await self._database.read(work, datetime.min)  # noqa: DTZ901 - the time plays no part


def _file_of(message: OutgoingMessage) -> int | None:
    return None if message.file is None else message.file.file_id


def keep_reference(tx: Connection, message: OutgoingMessage, reference: str) -> None:
    """Remember what the platform calls the file, after an upload."""
    if message.file is not None and message.file.file_id is not None:
        keep_file_reference(tx, message.file.file_id, message.platform, reference)

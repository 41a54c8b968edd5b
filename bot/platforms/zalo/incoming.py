"""From Zalo's wire to the house's message: pure, one event at a time, for the poll and the webhook alike."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import msgspec

from bot.marked_text import clean, clean_name
from bot.platform import NOT_JSON, Identity, Poison
from bot.platforms.zalo import wire
from bot.webhooks import key_of
from storage.messages import Act, IncomingFile, IncomingMessage, Unread

NAME = "zalo"

EVENT = msgspec.json.Decoder(wire.Event)
EVENT_NAME = msgspec.json.Decoder(wire.EventName)
WRAPPED = msgspec.json.Decoder(wire.WrappedEvent)

MILLISECONDS = 1e12
"""A smaller date is one in seconds."""

KNOWN = {wire.TEXT, wire.IMAGE, wire.LINK, wire.VOICE, wire.UNSUPPORTED}
"""A sticker is not here: it is a nod, and a nod needs no answer."""


def read_event(raw: bytes, me: Identity, now: datetime) -> IncomingMessage | Poison | None:
    """What happened, or poison, or None where it does not concern us. `now` dates an event that carries no time."""
    flat = unwrapped(raw)
    try:
        return _translate(EVENT.decode(flat), flat, me, now)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one event must not stop those behind it
        return Poison(NAME, me.account, key_of(flat), flat, f"{type(error).__name__}: {error}"[:200])


def unwrapped(raw: bytes) -> bytes:
    """The event itself, also where it stands in an envelope."""
    try:
        return bytes(WRAPPED.decode(raw).result)
    except NOT_JSON:
        return raw


def name_of(raw: bytes) -> str | None:
    """The event's name; None of what is no event at all."""
    try:
        return EVENT_NAME.decode(unwrapped(raw)).event_name or None
    except NOT_JSON:
        return None


def _translate(event: wire.Event, raw: bytes, me: Identity, now: datetime) -> IncomingMessage | None:
    message = event.message
    if message is None or event.event_name not in KNOWN:
        return None
    if message.sender.is_bot or message.sender.id == me.account:
        return None
    text = without_address(clean(message.text or message.caption), me)
    file = _file_in(message, event.event_name)
    is_group = message.chat.chat_type.upper() == "GROUP"
    said_at = _moment(message.date)
    return IncomingMessage(
        platform=NAME,
        key=message.message_id or key_of(raw),
        act=Act.TEXT if text or file else Act.UNSUPPORTED,
        unread=_unread(event),
        bot=me.account,
        chat_id=message.chat.id,
        chat_type="group" if is_group else "private",
        sent_at=said_at or now,
        is_clocked_here=said_at is None,
        user_id=message.sender.id,
        user_name=clean_name(message.sender.display_name),
        message_id=message.message_id or None,
        text=text,
        by_words=True,
        addressed=True,  # in a group only a mention of the bot or a reply to it is delivered at all
        file=file,
    )


def _unread(event: wire.Event) -> Unread:
    if event.event_name == wire.VOICE:
        return Unread.VOICE
    return Unread.ONLY_OUR_NAME if event.event_name == wire.TEXT else Unread.WITHHELD


def _file_in(message: wire.Message, event_name: str) -> IncomingFile | None:
    """A picture or voice message by its public address; nothing else is handed out."""
    number = message.message_id or "zalo"
    if event_name == wire.VOICE and message.voice_url:
        name = f"tin-thoai-{number}.aac"
        return IncomingFile(reference=message.voice_url, name=name, media_type="audio/aac", size=0, kind="voice")
    address = message.photo_url or message.photo
    if event_name != wire.IMAGE or not address:
        return None
    name = f"anh-{number}.jpg"
    return IncomingFile(reference=address, name=name, media_type="image/jpeg", size=0, kind="photo")


def without_address(text: str, me: Identity) -> str:
    """`@Bot Trực Ban 12 lượt` → `12 lượt`: the mention stays in the text as typed, and names have spaces."""
    if not text.lstrip().startswith("@"):
        return text
    for name in (me.display_name, me.username):
        words = r"\s+".join(re.escape(word) for word in clean(name).split())
        if words and (found := re.match(rf"\s*@{words}(?!\w)[\s,:]*", text, re.IGNORECASE)):
            return text[found.end() :]
    return text


def _moment(date: float) -> datetime | None:
    """Zalo's own time; an absurd one is not believed."""
    if date <= 0:
        return None
    try:
        return datetime.fromtimestamp(date / 1000 if date >= MILLISECONDS else date, UTC)
    except (ValueError, OverflowError, OSError):
        return None

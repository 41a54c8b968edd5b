"""From the Official Account's events to the house's message: pure, one event at a time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

import msgspec

from bot.marked_text import clean, clean_name
from bot.platform import Identity, Poison
from bot.platforms.zalo_oa import wire
from bot.webhooks import key_of
from storage.messages import Act, FileKind, IncomingFile, IncomingMessage, Unread

NAME = "zalo_oa"
EVENT = msgspec.json.Decoder(wire.Event)

PRESS_MARK = "#tb:"
"""Before the data under our buttons: a press comes back as a text."""
SAID = re.compile(r"user_send_(?P<group>group_)?(?P<kind>\w+)")
FILES: dict[str, tuple[FileKind, str, str]] = {
    "image": ("photo", "image/jpeg", "anh-{}.jpg"),
    "file": ("document", "application/octet-stream", "tep-{}"),
    "video": ("video", "video/mp4", "phim-{}.mp4"),
    "audio": ("voice", "audio/amr", "tin-thoai-{}.amr"),
}
"""What comes with the address of its bytes."""
READABLE = {"text", "link", *FILES}
UNREAD = {"location": Unread.PLACE, "business_card": Unread.CARD, "audio": Unread.VOICE}
SILENT = {"sticker", "gif"}
"""A nod needs no answer."""
ENTERED = {"follow", "user_click_chatnow"}
WITHDRAWN = "user_withdraw"
"""Somebody asks that what is kept of him be deleted."""
LEFT = {"unfollow", WITHDRAWN}
GROUP_MADE = {"create_group"}
GROUP_GONE = {"delete_group", "disperse_group"}
GROUP_LEFT = {"user_out_group", "user_leave_group"}
LIFE = ENTERED | LEFT | GROUP_MADE | GROUP_GONE | GROUP_LEFT


def concerns_us(event_name: str) -> bool:
    """Echoes of what we said and receipts do not: the bot would answer itself."""
    found = SAID.fullmatch(event_name)
    return event_name in LIFE or (found is not None and found["kind"] not in SILENT)


def read_event(raw: bytes, me: Identity, now: datetime) -> IncomingMessage | Poison | None:
    """What happened, or poison, or None where it does not concern us. `now` dates an event that carries no time."""
    try:
        return _translate(EVENT.decode(raw), raw, me, now)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one event must not stop those behind it
        return Poison(NAME, me.account, key_of(raw), raw, f"{type(error).__name__}: {error}"[:200])


def _translate(event: wire.Event, raw: bytes, me: Identity, now: datetime) -> IncomingMessage | None:
    found = SAID.fullmatch(event.event_name)
    if found is not None:
        if found["kind"] in SILENT:
            return None
        return _said(event, raw, me, now, is_group=found["group"] is not None, kind=found["kind"])
    return _happened(event, raw, me, now)


def _said(
    event: wire.Event, raw: bytes, me: Identity, now: datetime, *, is_group: bool, kind: str
) -> IncomingMessage | None:
    message, sender = event.message or wire.Message(), _id_of(event.sender)
    chat_id = _group_of(event) if is_group else sender
    if sender == me.account:
        return None
    if not sender or not chat_id:
        raise ValueError("an event without sender or group")
    text = clean(message.text) or _place_in(message)
    is_press = not is_group and text.startswith(PRESS_MARK)
    file = _file_in(message, kind)
    heard = IncomingMessage(
        platform=NAME,
        key=str(message.msg_id) or key_of(raw),
        is_clocked_here=moment_of(event.timestamp) is None,
        act=Act.TEXT if kind in READABLE and (text or file) else Act.UNSUPPORTED,
        unread=UNREAD.get(kind, Unread.SOMETHING),
        bot=me.account,
        chat_id=chat_id,
        chat_type="group" if is_group else "private",
        sent_at=_moment(event.timestamp, now),
        user_id=sender,
        message_id=str(message.msg_id) or None,
        text=without_address(text, me) if is_group else text,
        reply_to=str(message.quote_msg_id) or None,
        addressed=not is_group or is_addressed(text, me),
        by_words=is_group,  # buttons are private there
        file=file,
    )
    if not is_press:
        return heard
    pressed = text.removeprefix(PRESS_MARK)
    return replace(heard, act=Act.PRESS, text="", pressed=pressed, press_id=heard.key, message_id=None)


def _happened(event: wire.Event, raw: bytes, me: Identity, now: datetime) -> IncomingMessage | None:
    name = event.event_name
    person = _id_of(event.follower) or _id_of(event.sender)
    if name in ENTERED | LEFT and person:
        gone = Act.WITHDRAWN if name == WITHDRAWN else Act.REMOVED
        return _change(event, raw, me, now, chat=person, act=Act.ADDED if name in ENTERED else gone)
    group = _group_of(event)
    if not group:
        return None
    if name in GROUP_MADE:
        return _change(event, raw, me, now, chat=group, act=Act.ADDED, kind="group")
    is_us = name in GROUP_LEFT and me.account in {_id_of(user) for user in event.users}
    if name in GROUP_GONE or is_us:
        return _change(event, raw, me, now, chat=group, act=Act.REMOVED, kind="group")
    return None


def _change(
    event: wire.Event,
    raw: bytes,
    me: Identity,
    now: datetime,
    *,
    chat: str,
    act: Act,
    kind: Literal["private", "group"] = "private",
) -> IncomingMessage:
    return IncomingMessage(
        platform=NAME,
        key=key_of(raw),
        act=act,
        bot=me.account,
        chat_id=chat,
        chat_type=kind,
        sent_at=_moment(event.timestamp, now),
        user_id=chat if kind == "private" else None,
    )


def _id_of(party: wire.Party | None) -> str:
    return "" if party is None else str(party.id)


def _group_of(event: wire.Event) -> str:
    """Where sources name the group differently, whatever is there."""
    places = [event.group_id]
    if event.recipient is not None:
        places = [event.recipient.group_id, event.group_id, event.recipient.id]
    if event.message is not None:
        places.append(event.message.conversation_id)
    return next((str(place) for place in places if place), "")


def _file_in(message: wire.Message, kind: str) -> IncomingFile | None:
    if kind not in FILES or not message.attachments:
        return None
    payload = message.attachments[0].payload
    if not payload.url:
        return None
    as_kind, media_type, name = FILES[kind]
    return IncomingFile(
        reference=payload.url,
        name=clean_name(payload.name) or name.format(message.msg_id),
        media_type=media_type,
        size=int(payload.size) if str(payload.size).isdecimal() else 0,
        kind=as_kind,
    )


def _place_in(message: wire.Message) -> str:
    """ "10.04521,105.74690" of a point on the map."""
    places = (attachment.payload.coordinates for attachment in message.attachments)
    place = next((found for found in places if found is not None), None)
    return "" if place is None else f"{float(place.latitude):.5f},{float(place.longitude):.5f}"


def is_addressed(text: str, me: Identity) -> bool:
    """A command, or the account's name behind an @."""
    return text.startswith("/") or re.search(rf"@{_words_of(me)}(?!\w)", text, re.IGNORECASE) is not None


def without_address(text: str, me: Identity) -> str:
    """`@Trực Ban 12 lượt` → `12 lượt`."""
    return re.sub(rf"\A\s*@{_words_of(me)}(?!\w)[\s,:]*(?=\S)", "", text, flags=re.IGNORECASE)


def _words_of(me: Identity) -> str:
    """A pattern of the account's name, however it is spaced."""
    return r"\s+".join(re.escape(word) for word in clean(me.display_name or me.account).split())


def moment_of(timestamp: wire.Number) -> datetime | None:
    """Milliseconds; None where it is no sensible time."""
    try:
        milliseconds = int(timestamp)
        return datetime.fromtimestamp(milliseconds / 1000, UTC) if milliseconds > 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def _moment(timestamp: wire.Number, now: datetime) -> datetime:
    return moment_of(timestamp) or now

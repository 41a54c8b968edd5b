"""From Telegram's wire to the house's message: pure, one update at a time."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Literal

import msgspec

from bot.marked_text import clean, clean_name
from bot.platform import NOT_JSON, Identity, Poison
from bot.platforms.telegram import wire
from bot.webhooks import key_of
from storage.messages import Act, FileKind, IncomingFile, IncomingMessage, Unread

NAME = "telegram"

UPDATE = msgspec.json.Decoder(wire.Update)
UPDATE_NUMBER = msgspec.json.Decoder(wire.UpdateNumber)

CHAT_TYPES: dict[str, Literal["private", "group"]] = {"private": "private", "group": "group", "supergroup": "group"}
"""Channels are not here: nobody reports in one."""

UNREAD = {
    Unread.PLACE: ("location", "venue"),
    Unread.STICKER: ("sticker", "dice"),
    Unread.CARD: ("contact",),
}
"""What it was, by the fields that carry it."""

FILMS_AND_VOICES: tuple[tuple[FileKind, str, str], ...] = (
    ("animation", "video/mp4", "phim-{}.mp4"),  # Telegram shows it as a document as well, for old programs
    ("video", "video/mp4", "phim-{}.mp4"),
    ("video_note", "video/mp4", "phim-{}.mp4"),
    ("voice", "audio/ogg", "tin-thoai-{}.ogg"),
    ("audio", "audio/mpeg", "am-thanh-{}.mp3"),
)
"""Their fields, and what they are and how they are called where Telegram tells neither."""

COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?=\s|$)")


def read_update(raw: bytes, me: Identity, now: datetime) -> IncomingMessage | Poison | None:
    """What happened, or poison, or None where it does not concern us. `now` dates a press, which carries no time."""
    try:
        return _translate(UPDATE.decode(raw), me, now)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one update must not stop those behind it
        return Poison(NAME, me.account, _key_of(raw), raw, f"{type(error).__name__}: {error}"[:200])


def number_of(raw: bytes) -> int | None:
    """The update's number, also of one that cannot be read."""
    try:
        return UPDATE_NUMBER.decode(raw).update_id
    except NOT_JSON:
        return None


def _key_of(raw: bytes) -> str:
    number = number_of(raw)
    return str(number) if number is not None else key_of(raw)


def _translate(update: wire.Update, me: Identity, now: datetime) -> IncomingMessage | None:
    key = str(update.update_id)
    if update.message:
        return _from_message(update.message, key, me, Act.TEXT)
    if update.edited_message:
        return _from_message(update.edited_message, key, me, Act.EDIT)
    if update.callback_query:
        return _from_press(update.callback_query, key, me, now)
    if update.my_chat_member:
        return _from_membership(update.my_chat_member, key, me)
    return None


def _from_message(message: wire.Message, key: str, me: Identity, act: Act) -> IncomingMessage | None:
    if message.chat.type not in CHAT_TYPES:
        return None
    if message.migrate_to_chat_id is not None:
        return _from_migration(message, key, me)
    text = clean(message.text or message.caption)
    file = _file_of(message)
    if _is_not_from_a_person(message) or _is_for_another_bot(text, me):
        return None
    if not text and file is None:
        if act is Act.EDIT or not _has_unreadable_content(message):
            return None
        act, text = Act.UNSUPPORTED, _place_in(message)
    return _written(message, key, me, act=act, text=text, file=file)


def _written(
    message: wire.Message, key: str, me: Identity, *, act: Act, text: str, file: IncomingFile | None
) -> IncomingMessage:
    answered = _answered_by(message)
    is_hidden = _is_hidden(message)
    return IncomingMessage(
        platform=NAME,
        key=key,
        act=act,
        bot=me.account,
        chat_id=str(message.chat.id),
        chat_type=CHAT_TYPES[message.chat.type],
        chat_title=clean_name(message.chat.title),
        sent_at=_moment(message.edit_date if act is Act.EDIT and message.edit_date else message.date),
        user_id=str(message.sender.id) if message.sender and not is_hidden else None,
        user_name=clean_name(message.author_signature) if is_hidden else _name_of(message.sender),
        message_id=str(message.message_id),
        thread_id=_thread_of(message),
        text=_without_address(text, me),
        reply_to=str(answered.message_id) if answered else None,
        addressed=_is_addressed(message, answered, text, me),
        anonymous=is_hidden,
        forwarded=bool(message.forward_origin),
        file=file,
        unread=_unread(message) if act is Act.UNSUPPORTED else Unread.SOMETHING,
    )


def _from_migration(message: wire.Message, key: str, me: Identity) -> IncomingMessage:
    return IncomingMessage(
        platform=NAME,
        key=key,
        act=Act.MOVED,
        bot=me.account,
        chat_id=str(message.chat.id),
        chat_type="group",
        chat_title=clean_name(message.chat.title),
        sent_at=_moment(message.date),
        message_id=str(message.message_id),
        moved_to=str(message.migrate_to_chat_id),
    )


def _from_press(press: wire.CallbackQuery, key: str, me: Identity, now: datetime) -> IncomingMessage | None:
    if press.message is None or press.message.chat.type not in CHAT_TYPES or press.sender.is_bot:
        return None
    chat = press.message.chat
    return IncomingMessage(
        platform=NAME,
        key=key,
        act=Act.PRESS,
        bot=me.account,
        chat_id=str(chat.id),
        chat_type=CHAT_TYPES[chat.type],
        chat_title=clean_name(chat.title),
        sent_at=now,
        user_id=str(press.sender.id),
        user_name=_name_of(press.sender),
        message_id=str(press.message.message_id),
        thread_id=_thread_of(press.message),
        addressed=True,
        pressed=clean(press.data),
        press_id=press.id,
        is_clocked_here=True,
    )


def _from_membership(change: wire.MembershipChange, key: str, me: Identity) -> IncomingMessage | None:
    was, is_ = change.old_chat_member.is_inside, change.new_chat_member.is_inside
    if was == is_ or change.chat.type not in CHAT_TYPES:
        return None
    return IncomingMessage(
        platform=NAME,
        key=key,
        act=Act.ADDED if is_ else Act.REMOVED,
        bot=me.account,
        chat_id=str(change.chat.id),
        chat_type=CHAT_TYPES[change.chat.type],
        chat_title=clean_name(change.chat.title),
        sent_at=_moment(change.date),
        user_id=None if change.sender.is_bot else str(change.sender.id),
        user_name="" if change.sender.is_bot else _name_of(change.sender),
        anonymous=change.sender.id == wire.ANONYMOUS_ADMINISTRATOR,
    )


def _is_hidden(message: wire.Message) -> bool:
    """An administrator who speaks as the group, or somebody who speaks as a channel: nobody can tell who."""
    hidden = (wire.ANONYMOUS_ADMINISTRATOR, wire.POSTS_AS_CHANNEL)
    return message.sender_chat is not None or (message.sender is not None and message.sender.id in hidden)


def _is_not_from_a_person(message: wire.Message) -> bool:
    if message.is_automatic_forward or (message.sender is not None and message.sender.id == wire.TELEGRAM_ITSELF):
        return True
    return not _is_hidden(message) and (message.sender is None or message.sender.is_bot)


def _has_unreadable_content(message: wire.Message) -> bool:
    return message.location is not None or any(getattr(message, name) for name in wire.UNREADABLE_CONTENT)


def _unread(message: wire.Message) -> Unread:
    found = (kind for kind, names in UNREAD.items() if any(getattr(message, name) for name in names))
    return next(found, Unread.SOMETHING)


def _place_in(message: wire.Message) -> str:
    return "" if message.location is None else f"{message.location.latitude:.5f},{message.location.longitude:.5f}"


def _answered_by(message: wire.Message) -> wire.Answered | None:
    """The message replied to; in a topic, everything "replies" to the message that opened the topic: no answer."""
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created:
        return None
    opened_the_topic = message.is_topic_message and answered.message_id == message.message_thread_id
    return None if opened_the_topic else answered


def _thread_of(message: wire.Message | wire.Pressed) -> str | None:
    # Outside of topics the field only names a chain of replies, and sending with it is refused.
    return str(message.message_thread_id) if message.is_topic_message and message.message_thread_id else None


def _file_of(message: wire.Message) -> IncomingFile | None:
    for kind, media_type, name in FILMS_AND_VOICES:
        if sent := getattr(message, kind):
            return IncomingFile(
                reference=sent.file_id,
                name=clean_name(sent.file_name) or name.format(message.message_id),
                media_type=sent.mime_type or media_type,
                size=sent.file_size,
                kind=kind,
            )
    if document := message.document:
        return IncomingFile(
            reference=document.file_id,
            name=clean_name(document.file_name) or f"tep-{message.message_id}",
            media_type=document.mime_type or "application/octet-stream",
            size=document.file_size,
        )
    if not message.photo:
        return None
    largest = max(message.photo, key=lambda size: size.width * size.height)
    return IncomingFile(
        reference=largest.file_id,
        name=f"anh-{message.message_id}.jpg",
        media_type="image/jpeg",
        size=largest.file_size,
        kind="photo",
    )


def _is_for_another_bot(text: str, me: Identity) -> bool:
    command = COMMAND.match(text)
    named = command["bot"] if command else None
    return named is not None and named.casefold() != me.username.casefold()


def _is_addressed(message: wire.Message, answered: wire.Answered | None, text: str, me: Identity) -> bool:
    if message.chat.type == "private" or COMMAND.match(text):
        return True
    if answered and answered.sender and str(answered.sender.id) == me.account:
        return True
    return _may_name(text, me) and bool(re.search(rf"(?<!\w)@{re.escape(me.username)}(?!\w)", text, re.IGNORECASE))


def _without_address(text: str, me: Identity) -> str:
    """`/huy@truc_ban_bot x` → `/huy x`, `@truc_ban_bot 12 lượt` → `12 lượt`: names of bots are Telegram's affair."""
    if (command := COMMAND.match(text)) and command["bot"]:
        return f"/{command['name']}{text[command.end() :]}"
    if not _may_name(text, me):
        return text
    return re.sub(rf"\A\s*@{re.escape(me.username)}(?!\w)[\s,:]*(?=\S)", "", text, flags=re.IGNORECASE)


def _may_name(text: str, me: Identity) -> bool:
    return "@" in text and bool(me.username)


def _name_of(user: wire.User | None) -> str:
    return clean_name(f"{user.first_name} {user.last_name}") if user else ""


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)

"""From the house's message to Telegram's calls, with the fallbacks that keep an alert from being lost to a detail."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReactionTypeEmoji,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.marked_text import as_plain
from bot.platform import Attachment, Delivered, DeliveryError, Reason
from bot.platforms.telegram import errors, uploads
from bot.platforms.telegram.markup import as_html, shorten, split
from storage.messages import Deed, OutgoingFile, OutgoingMessage

TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024
TOAST_LENGTH = 200
LONGEST_REST_INSIDE = 10.0  # seconds to wait between the parts of one message before calling it doubtful
WITHOUT_CAPTION = frozenset({"video_note"})
NOT_SENT = "📎 “{name}” không gửi kèm được; cần xem, xin hỏi người gửi."
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Call = Callable[..., Awaitable[Any]]


async def carry_out(bot: Bot, message: OutgoingMessage, edits: str | None, attachment: Attachment | None) -> Delivered:
    """Do the deed; raises the library's errors, or DeliveryError when only a part went through."""
    if message.deed is Deed.REACT:
        return await _react(bot, message)
    if message.deed is Deed.CLOSE_PRESS:
        return await _close_press(bot, message)
    if edits is not None:
        return await _edit(bot, message, edits)
    try:
        return await _say(bot, message, attachment)
    except BadRequest as error:
        if message.thread_id is None or not errors.speaks_of(error, errors.THREAD_IS_GONE):
            raise
        return await _say(bot, replace(message, thread_id=None, reply_to=None), attachment)


def may_be_repeated(message: OutgoingMessage, edits: str | None) -> bool:
    """Doing it twice shows nothing twice."""
    return edits is not None or message.deed is not Deed.SAY


async def _react(bot: Bot, message: OutgoingMessage) -> Delivered:
    reaction = ReactionTypeEmoji(message.emoji)
    await bot.set_message_reaction(_number(message.chat_id), int(message.reply_to or 0), reaction)
    return Delivered(message.reply_to)


async def _close_press(bot: Bot, message: OutgoingMessage) -> Delivered:
    note = as_plain(message.text)[:TOAST_LENGTH] or None
    try:
        await bot.answer_callback_query(message.press_id or "", text=note)
    except BadRequest as error:
        if not errors.speaks_of(error, errors.PRESS_IS_OVER):
            raise
    return Delivered()


async def _edit(bot: Bot, message: OutgoingMessage, edits: str) -> Delivered:
    fits_a_caption = len(as_plain(message.text)) <= CAPTION_LENGTH
    first, second = (_edit_caption, _edit_text) if message.file and fits_a_caption else (_edit_text, _edit_caption)
    try:
        try:
            await first(bot, message, int(edits))
        except BadRequest as error:
            if not errors.speaks_of(error, errors.NOT_A_TEXT + errors.NOT_A_CAPTION):
                raise
            await second(bot, message, int(edits))
    except BadRequest as error:
        if not errors.speaks_of(error, errors.NOT_MODIFIED):
            raise
    return Delivered(edits)


async def _edit_text(bot: Bot, message: OutgoingMessage, edits: int) -> None:
    await _formatted(
        bot.edit_message_text,
        "text",
        shorten(message.text, TEXT_LENGTH),
        chat_id=_number(message.chat_id),
        message_id=edits,
        reply_markup=_keyboard(message),
        link_preview_options=NO_PREVIEW,
    )


async def _edit_caption(bot: Bot, message: OutgoingMessage, edits: int) -> None:
    await _formatted(
        bot.edit_message_caption,
        "caption",
        shorten(message.text, CAPTION_LENGTH),
        chat_id=_number(message.chat_id),
        message_id=edits,
        reply_markup=_keyboard(message),
    )


async def _say(bot: Bot, message: OutgoingMessage, attachment: Attachment | None) -> Delivered:
    """A file carries its text where it fits, else goes ahead of it; the buttons stand under the last part."""
    if message.file is None:
        return await _say_in_parts(bot, message, split(message.text, TEXT_LENGTH))
    try:
        return await _say_with_file(bot, message, message.file, attachment)
    except BadRequest as error:
        if message.file.file_id is not None or not errors.speaks_of(error, errors.FILE_IS_REFUSED):
            raise
    # Somebody else's file: gone at Telegram, or a person who takes no voice messages. The words must arrive.
    words = f"{message.text}\n\n{NOT_SENT.format(name=message.file.name)}"
    return await _say_in_parts(bot, message, split(words.strip(), TEXT_LENGTH))


async def _say_with_file(
    bot: Bot, message: OutgoingMessage, file: OutgoingFile, attachment: Attachment | None
) -> Delivered:
    if file.kind not in WITHOUT_CAPTION and len(as_plain(message.text)) <= CAPTION_LENGTH:
        options = _address(message) | _controls(message)
        return await _send_file(bot, file, attachment, message.text, options)
    sent = await _send_file(bot, file, attachment, "", _address(message))
    pieces = split(message.text, TEXT_LENGTH)
    said = await _finish_in_parts(bot, replace(message, reply_to=None), pieces)
    return Delivered(said.message_id, sent.file_reference)


async def _say_in_parts(bot: Bot, message: OutgoingMessage, pieces: list[str]) -> Delivered:
    if len(pieces) == 1:
        return await _send_text(bot, message, pieces[0], is_last=True)
    await _send_text(bot, message, pieces[0], is_last=False)
    return await _finish_in_parts(bot, replace(message, reply_to=None), pieces[1:])


async def _finish_in_parts(bot: Bot, message: OutgoingMessage, pieces: list[str]) -> Delivered:
    """The rest of a message whose beginning is out: a failure now is doubtful, for trying again would double it."""
    try:
        for piece in pieces[:-1]:
            await _patiently(bot, message, piece, is_last=False)
        return await _patiently(bot, message, pieces[-1], is_last=True)
    except TelegramError as error:
        raise DeliveryError(Reason.UNCERTAIN, f"only in part: {errors.meaning_of(error).detail}") from None


async def _patiently(bot: Bot, message: OutgoingMessage, text: str, *, is_last: bool) -> Delivered:
    try:
        return await _send_text(bot, message, text, is_last=is_last)
    except errors.SlowDownError as error:
        if error.seconds > LONGEST_REST_INSIDE:
            raise
        await asyncio.sleep(error.seconds)
        return await _send_text(bot, message, text, is_last=is_last)


async def _send_text(bot: Bot, message: OutgoingMessage, text: str, *, is_last: bool) -> Delivered:
    options = _address(message) | (_controls(message) if is_last else {})
    sent: Message = await _formatted(bot.send_message, "text", text, link_preview_options=NO_PREVIEW, **options)
    return Delivered(str(sent.message_id))


async def _send_file(
    bot: Bot, file: OutgoingFile, attachment: Attachment | None, caption: str, options: dict[str, Any]
) -> Delivered:
    async def attempt(call: Call, **content: Any) -> Message:
        if file.kind in WITHOUT_CAPTION:
            bare: Message = await call(**content, **options)
            return bare
        sent: Message = await _formatted(call, "caption", caption, **content, **options)
        return sent

    sent = await uploads.send(bot, file, attachment, attempt)
    return Delivered(str(sent.message_id), uploads.reference_in(sent))


async def _formatted(call: Call, field: str, text: str, **options: Any) -> Any:
    """With bold; without, where Telegram cannot read the formatting: plain words are better than none."""
    try:
        return await call(**{field: as_html(text)}, parse_mode=ParseMode.HTML, **options)
    except BadRequest as error:
        if not errors.speaks_of(error, errors.BAD_FORMATTING):
            raise
        return await call(**{field: as_plain(text)}, **options)


def _address(message: OutgoingMessage) -> dict[str, Any]:
    """Where it goes."""
    answered = message.reply_to
    return {
        "chat_id": _number(message.chat_id),
        "message_thread_id": int(message.thread_id) if message.thread_id else None,
        "disable_notification": message.silent or None,
        "reply_parameters": ReplyParameters(int(answered), allow_sending_without_reply=True) if answered else None,
    }


def _controls(message: OutgoingMessage) -> dict[str, Any]:
    """What can be pressed: our buttons, or in a group the opened reply box (with privacy mode on, replies arrive)."""
    if message.buttons:
        return {"reply_markup": _keyboard(message)}
    return {"reply_markup": ForceReply(selective=True)} if message.asks_reply and message.is_group else {}


def _keyboard(message: OutgoingMessage) -> InlineKeyboardMarkup | None:
    if not message.buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.text, callback_data=button.data) for button in row] for row in message.buttons]
    )


def _number(chat_id: str) -> int:
    return int(chat_id)

"""What every refusal of Telegram means for the house: one table, and one sentence for the operator."""

from __future__ import annotations

import re

from telegram import error as telegram_error
from telegram.error import BadRequest, ChatMigrated, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.platform import DeliveryError, Reason


class NothingSentError(NetworkError):
    """No connection was made, so the request never left."""

    __slots__ = ()


class NoAnswerError(NetworkError):
    """The request left and no answer of the Bot API came back: nobody knows what happened."""

    __slots__ = ()


class ForeignAnswerError(NetworkError):
    """Something that is not the Bot API refused the request: a filter, a relay, a sign-in page."""

    __slots__ = ()


class ServerTroubleError(NetworkError):
    """The Bot API (or its gate) answered that it is in trouble itself."""

    __slots__ = ()


class SlowDownError(TelegramError):
    """Flood control, with its seconds (python-telegram-bot's own class is changing the type of its number)."""

    __slots__ = ("seconds",)

    def __init__(self, seconds: float) -> None:
        super().__init__(f"slow down for {seconds:g} s")
        self.seconds = seconds


BY_CLASS: dict[type[TelegramError], Reason] = {
    NothingSentError: Reason.AWAY,
    NoAnswerError: Reason.UNCERTAIN,
    ForeignAnswerError: Reason.AWAY,
    ServerTroubleError: Reason.AWAY,
    SlowDownError: Reason.WAIT,
    telegram_error.TimedOut: Reason.UNCERTAIN,
    telegram_error.NetworkError: Reason.UNCERTAIN,
    telegram_error.BadRequest: Reason.REFUSED,
    telegram_error.Forbidden: Reason.UNREACHABLE,
    telegram_error.InvalidToken: Reason.AWAY,
    telegram_error.EndPointNotFound: Reason.REFUSED,
    telegram_error.ChatMigrated: Reason.MOVED,
    telegram_error.RetryAfter: Reason.WAIT,
    telegram_error.Conflict: Reason.AWAY,
    telegram_error.PassportDecryptionError: Reason.REFUSED,
    telegram_error.TelegramError: Reason.UNCERTAIN,
}

CHAT_IS_CLOSED_TO_US = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "group chat was deactivated",
    "not enough rights to send text messages",
    "have no rights to send a message",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_send_plain_forbidden",
    "channel_private",
    "user_is_blocked",
    "input_user_deactivated",
    "bot was kicked",
    "bot was blocked",
    "bot is not a member",
)
"""Fragments of a 400 that concern the chat and not the message (lower case: the library changes the case)."""

THREAD_IS_GONE = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
PRESS_IS_OVER = ("query is too old", "query id is invalid", "query_id_invalid")
NOT_MODIFIED = ("message is not modified",)
BAD_FORMATTING = ("can't parse entities", "can't parse caption", "entity_bounds_invalid")
NOT_A_TEXT = ("there is no text in the message to edit",)
NOT_A_CAPTION = ("there is no caption in the message to edit", "message can't have caption")
NOT_A_PHOTO = ("photo_invalid_dimensions", "image_process_failed", "photo_ext_invalid", "too big for a photo")
STALE_REFERENCE = ("wrong file identifier", "wrong remote file identifier", "file_reference_", "file_id_invalid")
KIND_OF_FILE = ("can't use file of type", "type of file mismatch")
FILE_TOO_BIG = ("file is too big",)
VOICE_IS_FORBIDDEN = ("voice_messages_forbidden", "voice messages")
FILE_IS_REFUSED = STALE_REFERENCE + KIND_OF_FILE + VOICE_IS_FORBIDDEN
METHOD_UNKNOWN = ("method not found",)


def speaks_of(error: TelegramError, fragments: tuple[str, ...]) -> bool:
    said = error.message.lower()
    return any(fragment in said for fragment in fragments)


def meaning_of(error: TelegramError) -> DeliveryError:
    """The refusal in the words of the house; holds nothing that the message said."""
    detail = f"{type(error).__name__}: {_without_quotations(error.message)}"
    match error:
        case SlowDownError(seconds=seconds):
            return DeliveryError(Reason.WAIT, detail, retry_after=seconds)
        case RetryAfter():
            return DeliveryError(Reason.WAIT, detail, retry_after=_seconds_of(error))
        case ChatMigrated(new_chat_id=chat_id):
            return DeliveryError(Reason.MOVED, detail, moved_to=str(chat_id))
        case InvalidToken() if speaks_of(error, METHOD_UNKNOWN):
            return DeliveryError(Reason.REFUSED, detail)
        case BadRequest() if speaks_of(error, CHAT_IS_CLOSED_TO_US + THREAD_IS_GONE):
            return DeliveryError(Reason.UNREACHABLE, detail)
    return DeliveryError(_by_class(error), detail)


def _by_class(error: TelegramError) -> Reason:
    return next(BY_CLASS[kind] for kind in type(error).__mro__ if kind in BY_CLASS)


def _seconds_of(error: RetryAfter) -> float:
    # Reading `retry_after` warns (its type will change); the pickled form is plain seconds today and tomorrow.
    return float(error.__reduce__()[1][0])


def _without_quotations(message: str) -> str:
    """Telegram quotes the sent text in some refusals, and that may be health data."""
    return re.sub(r'"[^"]*"?', '"…"', message)[:160]


SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    (telegram_error.InvalidToken, "Telegram không nhận mã bot (token): xin kiểm tra lại mã do BotFather cấp."),
    (telegram_error.Conflict, "Một chương trình khác đang nhận tin bằng cùng mã bot Telegram: xin tắt bớt một bên."),
    (NothingSentError, "Không nối được tới Telegram: mạng hỏng hoặc Telegram đang bị chặn, có thể cần proxy."),
    (
        ForeignAnswerError,
        "Một thiết bị trên đường mạng trả lời thay Telegram (bị chặn hoặc proxy sai): có thể cần đường khác.",
    ),
    (ServerTroubleError, "Máy chủ Telegram đang gặp sự cố."),
    (SlowDownError, "Telegram yêu cầu chậm lại."),
    (NoAnswerError, "Telegram không trả lời kịp."),
    (telegram_error.TimedOut, "Telegram không trả lời kịp."),
    (telegram_error.TelegramError, "Telegram từ chối yêu cầu của bot."),
    (Exception, "Chưa ghi được tin vào cơ sở dữ liệu; Telegram vẫn giữ tin và sẽ đưa lại."),
)


def sentence_for(error: Exception) -> str:
    """What the operator reads while this lasts."""
    return next(sentence for kind, sentence in SENTENCES if isinstance(error, kind))

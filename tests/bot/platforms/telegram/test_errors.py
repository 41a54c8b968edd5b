"""Every class of telegram.error, and every refusal known from the real server, has a meaning."""

from __future__ import annotations

import inspect
from datetime import timedelta

import pytest
from telegram import error as telegram_error
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.warnings import PTBDeprecationWarning

from bot.platform import Reason
from bot.platforms.telegram import errors
from bot.platforms.telegram.errors import BY_CLASS, SlowDownError, meaning_of, sentence_for

CLASSES = [kind for _, kind in inspect.getmembers(telegram_error, inspect.isclass) if issubclass(kind, TelegramError)]
OURS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, TelegramError)]


EVERY_CLASS = sorted({*CLASSES, *OURS}, key=lambda kind: kind.__name__)
"""In one order, whichever process collects them."""


@pytest.mark.parametrize("kind", EVERY_CLASS, ids=lambda kind: kind.__name__)
def test_every_class_has_its_line_in_the_table(kind: type[TelegramError]):
    assert kind in BY_CLASS


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        *[
            (Forbidden(f"Forbidden: {text}"), Reason.UNREACHABLE)
            for text in (
                "bot was blocked by the user",
                "user is deactivated",
                "bot can't initiate conversation with a user",
                "bot was kicked from the group chat",
                "bot was kicked from the supergroup chat",
                "bot is not a member of the supergroup chat",
                "the group chat was deleted",
                "the bot can't send messages to the bot",
            )
        ],
        *[
            (BadRequest(f"Bad Request: {text}"), Reason.UNREACHABLE)
            for text in (
                "chat not found",
                "not enough rights to send text messages to the chat",
                "CHAT_WRITE_FORBIDDEN",
                "have no rights to send a message",
                "TOPIC_CLOSED",
                "message thread not found",
            )
        ],
        *[
            (BadRequest(f"Bad Request: {text}"), Reason.REFUSED)
            for text in (
                "message text is empty",
                "message is too long",
                "BUTTON_DATA_INVALID",
                "not enough rights to send documents to the chat",
                "REACTION_INVALID",
                "something new in the Bot API of next year",
            )
        ],
        (InvalidToken("Unauthorized"), Reason.AWAY),
        (InvalidToken("Not Found"), Reason.AWAY),
        (InvalidToken("Not Found: method not found"), Reason.REFUSED),
        (telegram_error.Conflict("Conflict: terminated by other getUpdates request"), Reason.AWAY),
        (telegram_error.TimedOut(), Reason.UNCERTAIN),
        (telegram_error.NetworkError("nobody knows"), Reason.UNCERTAIN),
        (errors.NothingSentError("ClientConnectorError"), Reason.AWAY),
        (errors.NoAnswerError("ServerDisconnectedError"), Reason.UNCERTAIN),
        (errors.ForeignAnswerError("status 404 without JSON"), Reason.AWAY),
        (errors.ServerTroubleError("status 502"), Reason.AWAY),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_refusal_has_its_meaning(error: TelegramError, reason: Reason):
    assert meaning_of(error).reason is reason


def test_a_moved_group_tells_where_it_lives_now():
    meaning = meaning_of(ChatMigrated(-1001234567890))
    assert (meaning.reason, meaning.moved_to) == (Reason.MOVED, "-1001234567890")


def test_flood_control_tells_how_long_to_rest():
    with pytest.warns(PTBDeprecationWarning):
        theirs = RetryAfter(timedelta(seconds=7))
    for error in (theirs, SlowDownError(7)):
        meaning = meaning_of(error)
        assert (meaning.reason, meaning.retry_after) == (Reason.WAIT, 7)


def test_a_refusal_does_not_repeat_the_message():
    refusal = BadRequest('Bad Request: can\'t parse entities: unsupported start tag "dương tính" at byte offset 3')
    assert "dương" not in str(meaning_of(refusal))


@pytest.mark.parametrize(
    "kind", [*(kind for kind in EVERY_CLASS if kind not in {RetryAfter, ChatMigrated, SlowDownError}), OSError]
)
def test_every_trouble_is_a_vietnamese_sentence(kind: type[Exception]):
    assert sentence_for(kind("x")).endswith(".")

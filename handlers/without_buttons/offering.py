"""Buttons become words where there are none: "👉 Trả lời 1: Đúng · 2: Chưa đúng", and what each stands for is remembered.

The deliverer does this as the request begins, in the transaction that says so: only what is really shown can be chosen.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from storage.messages import BOLD_OFF, BOLD_ON, Button, Marks, OutgoingMessage
from storage.records.offers import Choice, Offer, keep_offer, open_offers
from storage.records.options import option

MARKED_STAY = timedelta(hours=24)
"""A number or letter means something for a day …"""
WORDS_STAY = timedelta(days=7)
"""… and words for a week: nothing pressed by chance months later."""
MOST_IN_A_LINE = 4
LONGEST_TITLE = 80
ROOM_FOR_WORDS = 90  # characters around the choices


def in_words(
    tx: Connection, message: OutgoingMessage, *, about: str, hears_all: bool, now: datetime
) -> OutgoingMessage:
    """The message with its buttons as words, remembered; in a group that hears only answers, with how to answer."""
    offered = _offer(tx, message, about=about, now=now) if message.buttons else ()
    how = _how_to_answer(tx, message.platform) if message.is_group and not hears_all else ""
    ending = _ending(message.marks, offered, how) if offered else _please(how) if message.asks_reply else ""
    return replace(message, text=f"{message.text}\n{ending}".strip(), buttons=(), asks_reply=False)


def longest_in_words(message: OutgoingMessage) -> int:
    """How long it may get with its buttons as words: messages are merged only while they fit."""
    labels = sum(len(button.text) + len("12: ") + 3 for button in _flat(message))
    return len(message.text) + (labels + ROOM_FOR_WORDS if message.buttons or message.asks_reply else 0)


def _offer(tx: Connection, message: OutgoingMessage, *, about: str, now: datetime) -> tuple[Choice, ...]:
    buttons = _flat(message)
    slot = _slot(message, buttons[0], about)
    standing = open_offers(tx, message.platform, message.chat_id, now)
    marks = _marks(message.marks, buttons, slot, standing)
    choices = tuple(
        Choice(mark, button.text.removeprefix("✅ "), button.data) for mark, button in zip(marks, buttons, strict=True)
    )
    keep_offer(
        tx,
        message.platform,
        message.chat_id,
        slot=slot,
        user_id=message.meant_for if message.is_group else "",
        title=_title(message.text),
        choices=choices,
        now=now,
        expires_at=now + (MARKED_STAY if any(marks) else WORDS_STAY),
    )
    return choices


def _flat(message: OutgoingMessage) -> list[Button]:
    return [button for row in message.buttons for button in row]


def _slot(message: OutgoingMessage, first: Button, about: str) -> str:
    """What belongs to one thing replaces itself when it is said again; of side doors only the latest stays open."""
    verb = first.data.split(":")[0]
    thing = "" if message.marks is Marks.WORDS else about
    return f"{verb}/{thing}/{message.meant_for if message.is_group else ''}"[:200]


def _marks(marks: Marks, buttons: Sequence[Button], slot: str, standing: Iterable[Offer]) -> list[str]:
    """Numbers (or letters) in a row that nothing else in this chat goes by; none where words are enough."""
    if marks is Marks.WORDS or len(buttons) == 1:
        return [""] * len(buttons)
    taken = {choice.mark for offer in standing if offer.slot != slot for choice in offer.open_choices}
    row = list(string.ascii_lowercase) if marks is Marks.LETTERS else [str(number) for number in range(1, 1000)]
    starts = range(len(row) - len(buttons) + 1)
    start = next((n for n in starts if taken.isdisjoint(row[n : n + len(buttons)])), 0)
    return row[start : start + len(buttons)]


def _title(text: str) -> str:
    """What the message was: its first two lines."""
    lines = [line.strip(" 📋🚨🔔⏰✅" + BOLD_ON + BOLD_OFF) for line in text.splitlines()]
    return " · ".join([line for line in lines if line][:2])[:LONGEST_TITLE]


def _how_to_answer(tx: Connection, platform: str) -> str:
    """ "tin này (hoặc nhắc @Bot Trực Ban)"."""
    identity = option(tx, f"identity/{platform}", {})
    name = identity.get("name") or identity.get("username")
    return f" tin này (hoặc nhắc @{name})" if name else " tin này"


def _please(how: str) -> str:
    return f"👉 Xin trả lời{how} ạ." if how else ""


def _ending(marks: Marks, choices: Sequence[Choice], how: str) -> str:
    if marks is Marks.WORDS:
        return f"👉 Nếu cần, trả lời{how} {_quoted(choices)}."
    lead = f"👉 Trả lời{how}"
    if marks is Marks.LETTERS:  # what is asked for is a figure: the choices stand beside it
        lead = f"👉 Xin trả lời{how}, hoặc chọn" if how else "👉 Hoặc chọn"
    if len(choices) == 1:
        return f"{lead} {_quoted(choices)}."
    named = [f"{choice.mark}: {choice.label}" for choice in choices]
    return f"{lead} {' · '.join(named)}" if len(named) <= MOST_IN_A_LINE else "\n".join([f"{lead}:", *named])


def _quoted(choices: Sequence[Choice]) -> str:
    """ "“Sửa” hoặc “Rút lại”", without what stands in brackets on a button."""
    return " hoặc ".join(f"“{re.sub(r' *[(].*?[)]', '', choice.label)}”" for choice in choices)

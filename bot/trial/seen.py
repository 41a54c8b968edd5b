"""Messages as people see them: whether one is what was expected, and how it reads."""

from __future__ import annotations

import re
from typing import Any

from bot.trial.play import Expected

Message = dict[str, Any]
SIGNS = {"photo": "🖼", "video": "🎬", "video_note": "🎬", "voice": "🎤"}
LONGEST_QUOTE = 12


def text_of(message: Message) -> str:
    text = str(message.get("text") or message.get("caption") or "")
    sign = next((sign for kind, sign in SIGNS.items() if message.get(kind)), None)
    if sign is not None:
        return f"{sign} {text}".rstrip()
    file = message.get("document")
    return f"📎 {file.get('file_name', '')} {text}".rstrip() if file else text


def buttons_of(message: Message) -> list[list[str]]:
    return [[button["text"] for button in row] for row in message.get("reply_markup", {}).get("inline_keyboard", [])]


def has_button(message: Message, label: str) -> str | None:
    """The button that is called so; "Như …" is any that begins like this."""
    labels = [text for row in buttons_of(message) for text in row]
    start = label.removesuffix("…").strip()
    return next((text for text in labels if text == label or (start != label and text.startswith(start))), None)


def answer_that_picks(message: Message, label: str) -> str | None:
    """What to answer where the choices are words at the end: "2" of "👉 Trả lời 1: Đúng · 2: Chưa đúng"."""
    _, is_there, offered = text_of(message).rpartition("👉")
    start = label.removeprefix("✅ ").removesuffix("…").strip()
    if not is_there or start not in offered:
        return None
    found = re.search(rf"(?:^|[ \n])(\d+|[a-z]): {re.escape(start)}", offered)
    return start if found is None else found[1]


def is_by_bot(message: Message) -> bool:
    return bool(message["from"]["is_bot"]) and "sender_chat" not in message  # a hidden administrator is no bot


def is_new(message: Message) -> bool:
    """Said, not an earlier message changed."""
    return "edit_date" not in message and not message.get("reactions")


def holds(message: Message, words: str) -> bool:
    return words in text_of(message)


def fits(message: Message, expected: Expected, *, by_words: bool = False) -> bool:
    offers = answer_that_picks if by_words else has_button
    if expected.reaction:
        return any(reaction["emoji"] == expected.reaction for reaction in message.get("reactions", ()))
    return (
        is_by_bot(message)
        and _holds_in_order(text_of(message), expected.pieces)
        and all(offers(message, label) for label in expected.buttons)
    )


def _holds_in_order(text: str, pieces: tuple[str, ...]) -> bool:
    start = 0
    for piece in pieces:
        found = text.find(piece, start)
        if found < 0:
            return False
        start = found + len(piece)
    return True


def quote(messages: list[Message]) -> str:
    """What is there instead, for whoever mends the play or the house."""
    if not messages:
        return ": không có gì mới"
    return "".join(f"\n      · {_line(message)}" for message in messages[-LONGEST_QUOTE:])


def _line(message: Message) -> str:
    rows = " ".join(f"[{label}]" for row in buttons_of(message) for label in row)
    emojis = " ".join(reaction["emoji"] for reaction in message.get("reactions", ()))
    text = text_of(message).replace("\n", " ⏎ ")
    return " ".join(part for part in (f"{message['from']['first_name']}:", text, rows, emojis) if part)

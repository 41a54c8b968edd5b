"""One way of typing a message otherwise without changing what it says, or changing what it says in a known way."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from understanding.phrases.normalize import FOLDED

Row = dict[str, Any]
BARE = {code: letter for code, letter in FOLDED.items() if chr(code).islower()} | {
    code: letter.upper() for code, letter in FOLDED.items() if chr(code).isupper()
}
QUOTED = re.compile(r'^\s*(?:>|"|“|\[|fwd?:|re:)|[”"»]\s*$', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dress:
    """A name people can read, and a function that gives the dressed row, or None where nobody would type so or the meaning would change."""

    name: str
    put_on: Callable[[Row], Row | None]


def of_text(name: str, change: Callable[[str], str | None], fits: Callable[[Row], bool] = lambda _row: True) -> Dress:
    """A dress that leaves the labels alone."""

    def put_on(row: Row) -> Row | None:
        text = change(row["text"]) if fits(row) else None
        return None if text is None or text == row["text"] else {**row, "text": text}

    return Dress(name, put_on)


def chance(row: Row, name: str) -> random.Random:
    """The same dice for the same message and dress, always."""
    return random.Random(f"{row['id']} {name}")


def replaced(pattern: str, new: str) -> Callable[[str], str]:
    """Whole words only; a capital stays a capital."""
    told = re.compile(rf"(?<![\w@#])(?:{pattern})(?!\w)", re.IGNORECASE)

    def change(text: str) -> str:
        typed = like(text, new)
        return told.sub(lambda found: typed[:1].upper() + typed[1:] if found[0][:1].isupper() else typed, text)

    return change


def like(text: str, inserted: str) -> str:
    """What is put into a text as its writer types: without marks, or all in capitals."""
    typed = inserted.translate(BARE) if text.isascii() else inserted
    return typed.upper() if text.isupper() else typed


def one_liner(row: Row) -> bool:
    return "\n" not in row["text"].strip()


def own_words(row: Row) -> bool:
    """No quote, forwarded text or table: what stands before or after it would belong to somebody else."""
    return one_liner(row) and not QUOTED.search(row["text"]) and '"' not in row["text"] and "“" not in row["text"]


def asks(row: Row) -> bool:
    return "?" in row["text"]

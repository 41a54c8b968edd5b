"""The contract of a command: its name in the menu, the words that mean the same, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from handlers.access import Right
from handlers.visit import Visit


class Place(StrEnum):
    """Where a command is offered; typed elsewhere, it is answered in private."""

    ANYWHERE = "anywhere"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`run(visit, rest)` gets what stands after the command's name. Names are a-z, 0-9 and _ (Bot API, BotCommand)."""

    name: str
    menu: str  # the line beside it in the menu
    run: Callable[[Visit, str], None]
    words: tuple[str, ...] = ()  # whole lines that mean the same; compared without case and diacritics
    right: Right | None = None
    place: Place = Place.ANYWHERE
    needs_person: bool = True  # false: strangers may use it too
    order: int = 50  # place in the menu and in the help


Press = Callable[[Visit, list[str]], None]
"""What a button does: gets the parts of its data after the verb ("ack:12:x" → ["12", "x"])."""

Continue = Callable[[Visit, dict[str, object]], bool]
"""Goes on with a dialogue: gets its state; false if these words were not meant for it."""

"""A kind as the office defined it: what is kept in the table, and nothing that can only be said in Python."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handlers.check_in import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnQuestion:
    name: str
    title: str
    type: str  # a name in handlers/own_kinds/question_types.py
    choices: tuple[str, ...] = ()
    is_skippable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When it is asked: local times of working days, perhaps only of some weekdays (0 is Monday)."""

    opens: str
    due: str
    weekdays: tuple[int, ...] = ()
    first_day: str = ""  # ISO date; set when it is saved


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    title: str
    about: Literal["unit", "person"]
    questions: tuple[OwnQuestion, ...]
    is_private: bool = False
    opens_with: tuple[str, ...] = ()  # beside the title
    schedule: Schedule | None = None  # none: only reported when there is something
    tells: tuple[Told, ...] = ()
    retired: tuple[OwnQuestion, ...] = ()  # asked once; their answers stay readable

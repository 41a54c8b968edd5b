"""The list of kinds: those in `check_ins/` and those the office defined itself."""

from __future__ import annotations

from functools import cache

from handlers import check_ins
from handlers.check_in import CheckInKind
from handlers.family import gather


@cache
def built_in_kinds() -> dict[str, CheckInKind]:
    """Every built-in kind by its name."""
    return {kind.name: kind for kind in gather(check_ins, "KIND")}


def kind_named(name: str) -> CheckInKind:
    """The kind with this name; KeyError for one that no longer exists."""
    return built_in_kinds()[name]


def asked_kinds() -> list[CheckInKind]:
    """The kinds that every unit is asked for in rounds."""
    return [kind for kind in built_in_kinds().values() if kind.plan is not None and kind.about == "unit"]

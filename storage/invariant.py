"""The contract of an invariant: a sentence that must hold, and the query that finds the rows which break it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Invariant:
    """`breaches` selects what to call each broken row by: one column, or several."""

    broken: str  # what is wrong, in Vietnamese, for whoever runs the check
    breaches: Select[Any]

    def check(self, tx: Connection) -> str | None:
        """The sentence with the rows that break it; None where it holds."""
        return sentence(self.broken, [" ".join(map(str, row)) for row in tx.execute(self.breaches)])


Check = Callable[[Connection], list[str]]
"""What a query alone cannot say: returns the sentences."""


def sentence(broken: str, found: list[str]) -> str | None:
    if not found:
        return None
    named = ", ".join(found[:MOST_NAMED])
    more = f" và {len(found) - MOST_NAMED} chỗ nữa" if len(found) > MOST_NAMED else ""
    return f"{broken}: {named}{more}."

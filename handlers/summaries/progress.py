"""How far a round has come: of those who owe, how many have answered, how many late."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from storage.records.rounds import ANSWERED, Expected, count_states


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    answered: int
    owed: int
    late: int


def progress_of(tx: Connection, round_id: int) -> Progress:
    """Counted over the expectations as they stand; who is excused does not owe."""
    states = count_states(tx, round_id)
    return Progress(
        answered=sum(states.get(state, 0) for state in ANSWERED),
        owed=sum(count for state, count in states.items() if state is not Expected.EXCUSED),
        late=states.get(Expected.LATE, 0),
    )

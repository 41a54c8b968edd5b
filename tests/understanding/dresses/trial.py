"""A dress tried on by many messages: who is still read as before, who is lost, and who is now wrong and certain."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.understanding.dresses.dress import Dress, Row
from tests.understanding.scoring import is_exact, reading_of
from understanding import Reading


@dataclass(slots=True)
class Trial:
    """Counts of messages read exactly before they were dressed; the dressed rows of the losses."""

    worn: int = 0
    exact: int = 0
    asks_now: int = 0
    lost: list[Row] = field(default_factory=list)
    wrong_and_certain: list[Row] = field(default_factory=list)
    alarms: list[Row] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.exact / self.worn if self.worn else 1.0


def is_certain(reading: Reading) -> bool:
    return bool(reading.reports) and all(report.is_certain for report in reading.reports)


def read_exactly(rows: Iterable[Row]) -> list[tuple[Row, bool]]:
    """The rows that are read as labelled, each with whether it needs no question."""
    readings = ((row, reading_of(row)) for row in rows)
    return [(row, is_certain(reading)) for row, reading in readings if is_exact(row, reading.reports)]


def try_on(dress: Dress, rows: Sequence[tuple[Row, bool]]) -> Trial:
    trial = Trial()
    for row, was_certain in rows:
        dressed = dress.put_on(row)
        if dressed is not None:
            _weigh(trial, dressed, was_certain)
    return trial


def _weigh(trial: Trial, dressed: Row, was_certain: bool) -> None:
    reading = reading_of(dressed)
    trial.worn += 1
    if is_exact(dressed, reading.reports):
        trial.exact += 1
        trial.asks_now += was_certain and not is_certain(reading)
        return
    trial.lost.append(dressed)
    if is_certain(reading):
        trial.wrong_and_certain.append(dressed)
    if not dressed["reports"]:
        trial.alarms.append(dressed)

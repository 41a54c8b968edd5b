"""A journey as the words tell it: where its verb stands, the places, and from when to when."""

from datetime import date
from typing import NamedTuple

from understanding.journeys.places import Place


class Trip(NamedTuple):
    """A verb of motion with the places it leads to; `back` when the places are where one returns from."""

    verb: int
    places: tuple[Place, ...]
    back: bool = False


class Stay(NamedTuple):
    """The day of going, the day of coming back, and how sure they are."""

    depart: date | None = None
    back: date | None = None
    certainty: float = 1.0

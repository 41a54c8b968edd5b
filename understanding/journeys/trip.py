"""A journey as the words tell it: where its verb stands, and the places."""

from typing import NamedTuple

from understanding.journeys.places import Place


class Trip(NamedTuple):
    """A verb of motion with the places it leads to; `back` when the places are where one returns from."""

    verb: int
    places: tuple[Place, ...]
    back: bool = False

"""The days of an absence or a presence: from when, until when, which apart, or how many when nobody says which."""

from datetime import date
from typing import NamedTuple

from understanding.dates import When
from understanding.phrases.settle import Match
from understanding.presences.absence_days import (
    days_apart,
    days_left_open,
    edge_of_week,
    is_end,
    length_until,
    listed_end,
    named_end,
)
from understanding.scene import Scene


class ToldDays(NamedTuple):
    first: date | None
    last: date | None = None
    apart: tuple[date, ...] = ()  # each of them, where working days lie between
    how_many: int | None = None  # of a week or month to come, where none is named


def told_days(scene: Scene, match: Match, when: When | None) -> ToldDays:
    first = when.first if when else scene.today
    last = when.last if when and when.last != when.first else length_until(scene, match, when)
    apart: tuple[date, ...] = ()
    if when and when.first == when.last and (listed := listed_end(scene, match, when)):
        last, apart = listed, tuple(days_apart(scene, when, listed))
    edge = edge_of_week(scene, when) if when and when.sort == "period" else None
    if edge is None and (how_many := days_left_open(scene, match, when)):
        return ToldDays(None, how_many=how_many)
    if edge:
        first, last = edge
    if when and when.sort == "period":
        first = max(first, scene.today)
    if when and when.first == when.last and when.first > scene.today and is_end(scene, when):
        first, last = scene.today, when.last
    return ToldDays(first, last or named_end(scene, match, first), apart)

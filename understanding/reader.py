"""The front of the room: one message in, its reading out."""

from datetime import datetime

from understanding.kind import Found, ReadKind
from understanding.kinds.ack import read_ack
from understanding.kinds.correction import read_correction
from understanding.kinds.count import read_count
from understanding.kinds.incident import read_incident
from understanding.kinds.presence import read_presence
from understanding.kinds.symptom import read_symptom
from understanding.kinds.travel import read_travel
from understanding.lexicon import Node, plant
from understanding.normalize import lower
from understanding.reading import Nicknames, Reading
from understanding.scene import Scene

KINDS: tuple[ReadKind, ...] = (
    read_correction,
    read_count,
    read_incident,
    read_symptom,
    read_travel,
    read_presence,
    read_ack,
)
LONGEST = 4096
LEAST = 0.5
"""What is less likely than this is not even asked about."""


def read(text: str, sent_at: datetime, context: str | None = None, nicknames: Nicknames | None = None) -> Reading:
    scene = scene_of(text, sent_at, context, nicknames)
    found = Found()
    for read_kind in KINDS:
        more = read_kind(scene, frozenset(found.words))
        found.reports += more.reports
        found.doubts += more.doubts
        found.words |= more.words
        if read_kind is read_correction and more.reports:
            break
    reports = tuple(each for each in found.reports if each.certainty >= LEAST)
    return Reading(reports, tuple(found.doubts))


def scene_of(text: str, sent_at: datetime, context: str | None, nicknames: Nicknames | None) -> Scene:
    return Scene(text[:LONGEST], sent_at.date(), context, nicknames, _tree_of(nicknames))


def _tree_of(nicknames: Nicknames | None) -> Node | None:
    if nicknames is None:
        return None
    tree: Node = {}
    for kind, names in (("office_units", nicknames.units), ("office_people", nicknames.people)):
        for typed, full in names.items():
            plant(tree, kind, lower(typed), full)
    return tree

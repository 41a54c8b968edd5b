"""Which kind of incident a first report is of."""

from __future__ import annotations

import re
from functools import cache

from handlers.family import gather
from handlers.incidents import kinds
from handlers.incidents.kind import IncidentKind
from understanding.phrases.normalize import fold

WATER = re.compile(r"\b(ngap|lu|lut|bao|sat lo|nuoc dang|nuoc tran|toc mai|mai toc|giong|loc|vo de|lu quet)\b")
"""What makes a flood or storm of "another urgent event"."""


@cache
def all_incident_kinds() -> dict[str, IncidentKind]:
    """Every kind by its name."""
    return {kind.name: kind for kind in gather(kinds, "KIND")}


def incident_kind(name: str) -> IncidentKind:
    return all_incident_kinds()[name]


def kind_for(type_: str, words: str) -> IncidentKind:
    """The kind of a report of this type (handlers/check_ins/incident.py) in these words."""
    if type_ == "other" and WATER.search(fold(words)):
        return incident_kind("flood_storm")
    found = (kind for kind in all_incident_kinds().values() if type_ in kind.types)
    return next(found, incident_kind("other"))

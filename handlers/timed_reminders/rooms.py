"""Which rooms a reminder goes to, as they are when it is asked: said before it is set and looked up again when it is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from storage.record import find_all
from storage.records.chats import Audience, ChatState, GroupChat, chats, rooms_by_unit, rooms_for
from storage.records.units import UnitKind, units_on, whom_it_was_merged_into


def rooms_meant(tx: Connection, audience: Mapping[str, Any], day: date) -> list[GroupChat]:
    """Each room once; of a unit its own rooms only."""
    units = _units_meant(tx, audience, day)
    by_unit = rooms_by_unit(tx) if units else {}
    found = [room for unit in units for room in by_unit.get(unit, ()) if room.audience == Audience.UNIT]
    if audience["rooms"]:
        where = (chats.c.id.in_(audience["rooms"]), chats.c.state == ChatState.ACTIVE)
        found += find_all(tx, GroupChat, chats, *where)
    if audience["audiences"]:
        found += rooms_for(tx, *(Audience(one) for one in audience["audiences"]))
    return list({room.id: room for room in found}.values())


def units_without_room(tx: Connection, audience: Mapping[str, Any], day: date) -> list[int]:
    units = _units_meant(tx, audience, day)
    by_unit = rooms_by_unit(tx) if units else {}
    return [unit for unit in units if not any(one.audience == Audience.UNIT for one in by_unit.get(unit, ()))]


def _units_meant(tx: Connection, audience: Mapping[str, Any], day: date) -> list[int]:
    """ "các đơn vị" are those of the day: what comes again reaches those that came later."""
    if not audience.get("every_unit"):
        into = whom_it_was_merged_into(tx) if audience["units"] else {}
        return [into.get(unit, unit) for unit in audience["units"]]
    return [unit.id for unit in units_on(tx, day) if unit.kind in (UnitKind.DIVISION, UnitKind.OFFICE)]

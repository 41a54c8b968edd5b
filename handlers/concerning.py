"""Whom a check-in is about, as those entitled read it."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.records.check_ins import CheckIn
from storage.records.people import find_person
from storage.records.units import find_unit


def whom_it_concerns(tx: Connection, check_in: CheckIn) -> str:
    """ "chị Vũ Thị Lan (Phòng KT)", or the unit alone."""
    unit = find_unit(tx, check_in.unit_id)
    unit_name = unit.short_name if unit else ""
    person = find_person(tx, check_in.person_id) if check_in.person_id else None
    return f"{person.in_full} ({unit_name})" if person else unit_name

"""Founds the ready-made organization in an empty database, from a staff file like any other."""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files

from sqlalchemy import Connection, func, select

from handlers.setting_up import BadStaffFile, apply_staff, read_staff
from storage.records.people import people

STAFF_FILE = "staff.csv"


def found_organization(tx: Connection, now: datetime) -> bool:
    """False where people are known already: a second start goes on where the first stopped."""
    if tx.execute(select(func.count()).select_from(people)).scalar_one():
        return False
    staff = read_staff(files("bot.trial").joinpath(STAFF_FILE).read_bytes(), STAFF_FILE)
    outcome = staff if isinstance(staff, BadStaffFile) else apply_staff(tx, staff, now, None)
    if isinstance(outcome, BadStaffFile):
        raise RuntimeError("; ".join(str(problem) for problem in outcome.problems))  # noqa: TRY004 - no wrong type
    return True

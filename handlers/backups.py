"""The nightly backup as the tables know it: asked for by the clock, made by whichever process has the folder, told if it fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from handlers.local_time import local_day
from handlers.telling import tell_office, tell_people
from storage.bells import ring
from storage.messages import Lane
from storage.records.options import option, set_option
from storage.records.people import Role, people_with

BELL = "backups"
WANTED, DONE, MADE = "backup/wanted", "backup/done", "backup/made"
"""Options: the tick that asked last, the tick that was seen to (well or not), and when a backup last went well."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no backup this night, in words for the office."""

    sentence: str


def want_backup(tx: Connection, due_at: datetime) -> None:
    set_option(tx, WANTED, due_at.isoformat())
    ring(tx, BELL)


def wanted_backup(tx: Connection, _now: datetime) -> str | None:
    """The tick whose backup nobody has seen to yet."""
    wanted: str | None = option(tx, WANTED)
    return None if wanted == option(tx, DONE) else wanted


def last_backup_at(tx: Connection) -> datetime | None:
    made: str | None = option(tx, MADE)
    return None if made is None else datetime.fromisoformat(made)


def settle_backup(tx: Connection, now: datetime, *, wanted: str, failure: Failure | None) -> None:
    """It went well, or the office and the administrators hear why not; the next night tries again."""
    set_option(tx, DONE, wanted)
    if failure is None:
        set_option(tx, MADE, now.isoformat())
        return
    text = f"⚠️ Đêm nay chưa sao lưu được dữ liệu. {failure.sentence} Xin báo người quản trị hệ thống."
    key = f"backup/{wanted}"
    tell_office(tx, text, key=key, lane=Lane.REMINDER, now=now)
    administrators = people_with(tx, local_day(now), Role.ADMINISTRATOR)
    tell_people(tx, administrators, text, key=key, lane=Lane.REMINDER, now=now)

"""Import from the command line: the administrator has the file on the machine and nobody has joined yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from handlers.access import RIGHTS, Right
from handlers.local_time import local_day
from handlers.membership.joining import who_has_joined
from handlers.membership.links import join_link
from handlers.setting_up.applying import apply_staff
from handlers.setting_up.reading import read_staff
from handlers.setting_up.report import say_changes
from handlers.setting_up.staff_file import BadStaffFile
from storage.database import Database
from storage.records.people import people_with

TEMPLATE = "Tệp mẫu: handlers/setting_up/template.xlsx trong mã nguồn; cách ghi từng cột: docs/setting-up.md."


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    is_taken: bool
    text: str  # for the terminal: every problem, or what has changed


async def import_file(database: Database, path: Path, now: datetime) -> ImportOutcome:
    """Write the file into the tables: all of it, or nothing."""
    try:
        content = path.read_bytes()  # noqa: ASYNC240 - a command of its own, nothing else waits
    except OSError:
        return ImportOutcome(is_taken=False, text=f"Không đọc được tệp {path}. Xin kiểm tra tên tệp và quyền đọc.")
    staff = read_staff(content, path.name)
    if isinstance(staff, BadStaffFile):
        return _refuse(staff)

    def work(tx: Connection, now: datetime) -> ImportOutcome:
        changes = apply_staff(tx, staff, now, None)
        if isinstance(changes, BadStaffFile):
            return _refuse(changes)
        return ImportOutcome(is_taken=True, text=say_changes(changes) + _first_in(tx, now))

    return await database.run(work, now)


def _first_in(tx: Connection, now: datetime) -> str:
    """The codes of those who hand out all the others: somebody has to come in first."""
    roles = tuple(RIGHTS[Right.SET_UP])
    joined = who_has_joined(tx)
    waiting = [person for person in people_with(tx, local_day(now), *roles) if person.id not in joined]
    lines = [
        f"  {person.full_name}: {person.join_code} {join_link(tx, person.join_code)}".rstrip() for person in waiting
    ]
    return "\n".join(["", "Mã cá nhân của người thiết lập (nhắn riêng cho Trực Ban):", *lines]) if lines else ""


def _refuse(bad: BadStaffFile) -> ImportOutcome:
    lines = "\n".join(str(problem) for problem in bad.problems)
    return ImportOutcome(
        is_taken=False, text=f"Chưa nhập gì cả. Có {len(bad.problems)} chỗ cần sửa:\n{lines}\n{TEMPLATE}"
    )

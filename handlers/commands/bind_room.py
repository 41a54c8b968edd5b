"""/noi: ties this group to the leaders, everyone, the office or a unit, by the room's code."""

from __future__ import annotations

from handlers.command import Command
from handlers.membership import rooms
from handlers.visit import Visit


def run(visit: Visit, rest: str) -> None:
    if rest or visit.room is None:
        rooms.bind(visit, rest)
    else:
        visit.reply(rooms.HOW_TO_BIND)


COMMAND = Command(name="noi", menu="Nối nhóm này với đơn vị bằng mã nhóm", run=run, needs_person=False, order=92)

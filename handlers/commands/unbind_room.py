"""/thaonhom: this group serves nobody any more, until another code is typed in it."""

from __future__ import annotations

from handlers.access import Right
from handlers.command import Command
from handlers.membership import rooms
from handlers.visit import Visit


def run(visit: Visit, _rest: str) -> None:
    rooms.unbind(visit)


COMMAND = Command(name="thaonhom", menu="Tháo nhóm này khỏi đơn vị", run=run, right=Right.SET_UP, order=93)

"""/dientap: rehearse a playbook; nothing of it is real."""

from __future__ import annotations

from handlers.access import Right
from handlers.command import Command, Place
from handlers.playbooks import list_drills
from handlers.visit import Visit


def run(visit: Visit, _rest: str) -> None:
    list_drills(visit)


COMMAND = Command(
    name="dientap",
    menu="Diễn tập một phương án",
    run=run,
    words=("diễn tập", "chạy diễn tập"),
    right=Right.RUN_PLAYBOOKS,
    place=Place.PRIVATE,
    order=37,
)

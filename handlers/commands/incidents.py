"""/suviec: the urgent events still followed up, and whom outside they must be told to."""

from __future__ import annotations

from handlers.command import Command, Place
from handlers.incidents import list_incidents
from handlers.visit import Visit


def run(visit: Visit, _rest: str) -> None:
    list_incidents(visit)


COMMAND = Command(
    name="suviec",
    menu="Sự việc khẩn đang theo dõi, việc phải báo ra ngoài",
    run=run,
    words=("sự việc", "sự việc khẩn", "sự việc đang mở"),
    place=Place.PRIVATE,
    order=35,
)

"""/tinhhinh: how things stand now, on one screen: what is urgent, who has reported, who is away, what waits."""

from __future__ import annotations

from handlers.access import Right
from handlers.command import Command, Place
from handlers.summaries import situation_text
from handlers.visit import Visit


def run(visit: Visit, _rest: str) -> None:
    visit.reply(situation_text(visit.tx, visit.now))


COMMAND = Command(
    name="tinhhinh",
    menu="Tình hình lúc này, gọn một màn hình",
    run=run,
    right=Right.SEE_ALL_UNITS,
    place=Place.PRIVATE,
    order=38,
)

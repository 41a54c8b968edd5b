"""/baodi: tell of a journey."""

from __future__ import annotations

from handlers.command import Command, Place
from handlers.reporting.asking import begin
from handlers.visit import Visit


def run(visit: Visit, _rest: str) -> None:
    begin(visit, "travel_notice")


COMMAND = Command(name="baodi", menu="Báo đi khỏi tỉnh", run=run, place=Place.PRIVATE, order=3)

"""/diemdanh: say where one works today."""

from __future__ import annotations

from handlers.command import Command, Place
from handlers.reporting.asking import begin
from handlers.visit import Visit


def run(visit: Visit, _rest: str) -> None:
    begin(visit, "presence")


COMMAND = Command(name="diemdanh", menu="Báo hôm nay làm việc ở đâu", run=run, place=Place.PRIVATE, order=2)

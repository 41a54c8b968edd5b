"""/baokhan: tell of something urgent."""

from __future__ import annotations

from handlers.command import Command, Place
from handlers.reporting.asking import begin
from handlers.visit import Visit


def run(visit: Visit, _rest: str) -> None:
    begin(visit, "incident")


COMMAND = Command(name="baokhan", menu="Báo việc khẩn: tai nạn, cháy, ca bệnh…", run=run, place=Place.PRIVATE, order=4)

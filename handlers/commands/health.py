"""/suckhoe: tell how one is; always in private."""

from __future__ import annotations

from handlers.command import Command, Place
from handlers.reporting.asking import begin
from handlers.visit import Visit


def run(visit: Visit, _rest: str) -> None:
    begin(visit, "symptom_report")


COMMAND = Command(name="suckhoe", menu="Báo triệu chứng, sức khỏe (riêng tư)", run=run, place=Place.PRIVATE, order=4)

"""/chuanhan: which directives I have not acknowledged, and who has not received mine."""

from __future__ import annotations

from handlers.command import Command, Place
from handlers.directives import as_typed, list_receipts
from handlers.visit import Visit


def run(visit: Visit, rest: str) -> None:
    list_receipts(visit, as_typed(rest))


COMMAND = Command(
    name="chuanhan",
    menu="Chỉ đạo chưa nhận, ai chưa nhận",
    run=run,
    words=("ai chưa nhận", "chưa nhận", "chưa xác nhận", "chỉ đạo chưa nhận", "ai chưa nhận chỉ đạo"),
    place=Place.PRIVATE,
    order=35,
)

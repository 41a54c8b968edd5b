"""/duyet: what waits for my decision, and what became of my own requests."""

from __future__ import annotations

from handlers.approvals import list_approvals
from handlers.command import Command, Place
from handlers.visit import Visit


def run(visit: Visit, _rest: str) -> None:
    list_approvals(visit)


COMMAND = Command(
    name="duyet",
    menu="Đơn chờ tôi duyệt, đơn của tôi",
    run=run,
    words=("chờ duyệt", "đơn chờ duyệt", "ai xin phép", "đơn của tôi"),
    place=Place.PRIVATE,
    order=7,
)

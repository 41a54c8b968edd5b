"""/loaibao: the kinds of report that the office defines itself: seen, defined, stopped, reopened."""

from __future__ import annotations

from handlers.access import Right
from handlers.command import Command, Place
from handlers.defining import begin_with, list_kinds
from handlers.visit import Visit


def run(visit: Visit, rest: str) -> None:
    if rest.strip():
        begin_with(visit, rest)
    else:
        list_kinds(visit)


COMMAND = Command(
    name="loaibao",
    menu="Loại báo cáo tự đặt: xem, tạo, dừng",
    run=run,
    right=Right.SET_UP,
    words=("loại báo cáo", "tạo loại báo cáo"),
    place=Place.PRIVATE,
    order=72,
)

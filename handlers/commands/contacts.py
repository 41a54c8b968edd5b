"""/lienhe: how the authorities are reached that must be told of an event."""

from __future__ import annotations

from handlers.access import Right
from handlers.command import Command, Place
from handlers.incidents.contacts import run_command

COMMAND = Command(
    name="lienhe",
    menu="Số điện thoại nơi phải báo khi có sự việc",
    run=run_command,
    right=Right.SEE_PLAYBOOKS,
    place=Place.PRIVATE,
    order=38,
)

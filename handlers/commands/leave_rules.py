"""/quydinhduyet: whose leave is needed for a journey; the office changes it."""

from __future__ import annotations

from handlers.access import Right
from handlers.approvals import change_policy
from handlers.command import Command, Place

COMMAND = Command(
    name="quydinhduyet",
    menu="Ai duyệt đơn đi khỏi tỉnh: xem và sửa",
    run=change_policy,
    right=Right.SET_UP,
    place=Place.PRIVATE,
    order=71,
)

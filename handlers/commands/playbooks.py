"""/phuongan: the playbooks; seen, begun, written and changed."""

from __future__ import annotations

from handlers.access import Right
from handlers.command import Command, Place
from handlers.playbooks import run_command

COMMAND = Command(
    name="phuongan",
    menu="Phương án ứng phó: xem, chạy, sửa",
    run=run_command,
    words=("phương án", "các phương án", "kịch bản"),
    right=Right.SEE_PLAYBOOKS,
    place=Place.PRIVATE,
    order=36,
)

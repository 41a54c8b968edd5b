"""/theodoi: the people under watch, for those entitled."""

from __future__ import annotations

from handlers import follow_ups
from handlers.access import Right
from handlers.command import Command, Place

COMMAND = Command(
    name="theodoi",
    menu="Người đang theo dõi sức khỏe",
    run=follow_ups.run,
    words=("ai đang theo dõi", "danh sách theo dõi"),
    right=Right.FOLLOW_HEALTH,
    place=Place.PRIVATE,
    order=42,
)

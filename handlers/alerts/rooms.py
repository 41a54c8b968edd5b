"""The room where an urgent event was told learns that it is in somebody's hands: the state, never the person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.telling import tell_room
from storage.messages import Lane
from storage.records.alerts import Alert, reports_of
from storage.records.chats import ChatState, chat_of
from storage.records.check_ins import find_check_in
from storage.records.incidents import incident_of

IN_HAND = "🚨 Sự việc khẩn: lãnh đạo đã nhận và đang xử lý."


def reassure_rooms(tx: Connection, alert: Alert, now: datetime) -> None:
    """Once for each room. Somebody's symptoms are no event of the room: of them it hears nothing at all."""
    for check_in_id in reports_of(tx, alert.id):
        check_in = find_check_in(tx, check_in_id)
        if check_in is None or incident_of(tx, check_in_id) is None:
            continue
        room = chat_of(tx, check_in.platform, check_in.chat_id)
        if room is not None and room.state == ChatState.ACTIVE:
            tell_room(tx, room, IN_HAND, key=f"alert/{alert.id}/in_hand", lane=Lane.ANSWER, now=now)

"""Raw updates as Telegram sends them, with all the fields we do not read, and the people who caused them."""

from __future__ import annotations

import json
from typing import Any

from bot.platform import Identity

ME = Identity(platform="telegram", account="7000", username="truc_ban_bot", display_name="Trực Ban")
ROOM_ID = -1001234567890

LAN = {"id": 1005, "is_bot": False, "first_name": "Lan", "last_name": "Vũ Thị", "language_code": "vi"}
MINH = {"id": 1004, "is_bot": False, "first_name": "Minh", "username": "minhpq"}
BOT = {"id": 7000, "is_bot": True, "first_name": "Trực Ban", "username": "truc_ban_bot"}
OTHER_BOT = {"id": 7001, "is_bot": True, "first_name": "Thời tiết", "username": "thoi_tiet_bot"}
HIDDEN = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
ROOM = {"id": ROOM_ID, "title": "Phòng Kinh tế", "type": "supergroup"}
PRIVATE = {"id": 1005, "first_name": "Lan", "last_name": "Vũ Thị", "type": "private"}

PHOTO = [
    {"file_id": "small", "file_unique_id": "a", "width": 90, "height": 67, "file_size": 1200},
    {"file_id": "large", "file_unique_id": "b", "width": 1280, "height": 960, "file_size": 150000},
    {"file_id": "middle", "file_unique_id": "c", "width": 320, "height": 240, "file_size": 20000},
]
DOCUMENT = {
    "file_id": "BQAC-1",
    "file_unique_id": "d",
    "file_name": "Kế hoạch 1722.pdf",
    "mime_type": "application/pdf",
    "file_size": 52341,
    "thumbnail": PHOTO[0],
}


def message(**fields: Any) -> dict[str, Any]:
    """A message of chị Lan in the room of Phòng Kinh tế, unless said otherwise."""
    return {"message_id": 41, "from": LAN, "chat": ROOM, "date": 1795395600} | fields


def update(number: int = 9001, **fields: Any) -> bytes:
    return json.dumps({"update_id": number} | fields, ensure_ascii=False).encode()


def says(text: str, number: int = 9001, **fields: Any) -> bytes:
    return update(number, message=message(text=text, **fields))

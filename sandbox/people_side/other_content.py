"""What people send on Telegram besides words and files: a sticker, a point on the map, a card, somebody else's words."""

import secrets

from sandbox.people_side.rooms import Wish
from sandbox.refusal import Refusal
from sandbox.telegram.entities import plain_text
from sandbox.telegram.messages import Body

WAYS = "«sticker», «location» (vĩ độ, kinh độ), «contact» hoặc «forward» (lời của người khác)"


def content_of(wish: Wish) -> Body:
    """`sticker` with its emoji, `location` as "10.04,105.74", `contact` with a number, `forward` with the words and `from`."""
    if wish.get("sticker"):
        return {"sticker": _sticker(str(wish["sticker"]))}
    if wish.get("location"):
        return {"location": _location(str(wish["location"]))}
    if wish.get("contact"):
        return {"contact": {"phone_number": str(wish["contact"]), "first_name": str(wish.get("name") or "Danh thiếp")}}
    if wish.get("forward"):
        origin = {"type": "hidden_user", "sender_user_name": str(wish.get("from") or "Người khác"), "date": 0}
        return plain_text(str(wish["forward"])).fields() | {"forward_origin": origin}
    raise Refusal(f"Cần {WAYS}.")


def _sticker(emoji: str) -> Body:
    number = secrets.token_hex(8)
    kind = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return {"file_id": f"sticker{number}", "file_unique_id": number, "emoji": emoji} | kind


def _location(text: str) -> Body:
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        raise Refusal("Vị trí cần dạng «vĩ độ,kinh độ», ví dụ 10.04521,105.7469.") from None
    return {"latitude": latitude, "longitude": longitude}

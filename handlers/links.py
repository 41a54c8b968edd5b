"""Links that open the bot: with a personal code, or to take it into a group with the group's code."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.records.options import option


def join_link(tx: Connection, code: str) -> str:
    """Pressing Start behind it types the code; empty while we do not know our own name there."""
    username = _username(tx)
    return f"https://t.me/{username}?start={code}" if username else ""


def room_link(tx: Connection, code: str) -> str:
    """Chooses a group, takes the bot into it and types the group's code there."""
    username = _username(tx)
    return f"https://t.me/{username}?startgroup={code}" if username else ""


def _username(tx: Connection) -> str:
    identity = option(tx, "identity/telegram", {})
    return str(identity.get("username", "")).removeprefix("@")


def private_link(tx: Connection) -> str:
    """Opens the private chat with us; the bare advice where we do not know our own name."""
    username = _username(tx)
    return f"https://t.me/{username}?start=chao" if username else "bấm vào tên tôi rồi chọn nhắn tin"

"""Links that open the bot: with a personal code, or to take it into a group with the group's code."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from storage.records.options import option, options_under


def join_link(tx: Connection, code: str) -> str:
    """Pressing Start behind it types the code; empty while we do not know our own name there."""
    return join_links(tx, [code])[0]


def join_links(tx: Connection, codes: Iterable[str]) -> list[str]:
    """The same for each of many."""
    username = _username(tx)
    return [f"https://t.me/{username}?start={code}" if username else "" for code in codes]


def room_link(tx: Connection, code: str) -> str:
    """Chooses a group, takes the bot into it and types the group's code there."""
    username = _username(tx)
    return f"https://t.me/{username}?startgroup={code}" if username else ""


def _username(tx: Connection) -> str:
    identity = option(tx, "identity/telegram", {})
    return str(identity.get("username", "")).removeprefix("@")


def ways_in(tx: Connection) -> list[str]:
    """How to come to us on the platforms that know no links with codes, a sentence each."""
    return [who["way_in"] for who in options_under(tx, "identity/").values() if who.get("way_in")]


def ways_into_rooms(tx: Connection) -> list[str]:
    """How we are brought into groups there, and the group's code is typed, a sentence each."""
    return [who["way_into_rooms"] for who in options_under(tx, "identity/").values() if who.get("way_into_rooms")]


def private_link(tx: Connection, platform: str) -> str:
    """Opens the private chat with us; the bare advice where we do not know our own name."""
    if way := option(tx, f"identity/{platform}", {}).get("way_in"):
        return str(way)
    username = _username(tx)
    return f"https://t.me/{username}?start=chao" if username else "bấm vào tên tôi rồi chọn nhắn tin"

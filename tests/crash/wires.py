"""The platforms the crash office can live on: what people, rooms and messages are called there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.zalo.ids import group_id, user_id

ZALO_BOT = 8800


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """`account` and `group`: how the bot's records name the person or room of that number."""

    platform: str
    token: str
    bot: str
    name: str
    path: str = ""  # of the API on the messenger
    room_type: str = "supergroup"
    account: Callable[[int], str] = str
    group: Callable[[int], str] = str
    declared: dict[str, Any] = field(default_factory=dict)


TELEGRAM = Wire(
    platform="telegram",
    token="7000:AAE-crash",
    bot="@truc_ban_bot",
    name="Trực Ban",
    declared={"can_read_all_group_messages": True},
)


def zalo(updates: str = "consume", *, repeats: int = 3) -> Wire:
    """With a plan so large that only the kills are in the way; `repeats` of a webhook's call that nobody took."""
    account = {"updates": updates, "webhook_repeats": repeats, "groups": 1_000, "users": 1_000, "messages": 1_000_000}
    return Wire(
        platform="zalo",
        token=f"{ZALO_BOT}:AAZ-crash",
        bot="@bot.trucban",
        name="Bot Trực Ban",
        path="/zalo",
        room_type="group",
        account=lambda number: user_id(ZALO_BOT, number),
        group=group_id,
        declared={"platform": "zalo", "account": account},
    )

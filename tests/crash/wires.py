"""The platforms the crash office can live on: what people, rooms and messages are called there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.zalo import ids as zalo_ids
from sandbox.zalo_oa import ids as oa_ids

ZALO_BOT, OA_BOT = 8800, 8900
OA_KEYS = {
    "app_id": "1000000000000008900",
    "app_secret": "app-secret",
    "webhook_key": "webhook-key",
    "refresh": "first",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """`account` and `group`: how the bot's records name the person or room of that number; `settings`: at this messenger."""

    platform: str
    token: str
    bot: str
    name: str
    settings: Callable[[str], dict[str, str]]
    room_type: str = "supergroup"
    account: Callable[[int], str] = str
    group: Callable[[int], str] = str
    declared: dict[str, Any] = field(default_factory=dict)
    is_called_from_the_console: bool = False  # where the webhook's address is set in the messenger, not by the bot


TELEGRAM = Wire(
    platform="telegram",
    token="7000:AAE-crash",
    bot="@truc_ban_bot",
    name="Trực Ban",
    settings=lambda messenger: {"TELEGRAM__TOKEN": "7000:AAE-crash", "TELEGRAM__BASE_URL": messenger},
    declared={"can_read_all_group_messages": True},
)


def zalo(updates: str = "consume", *, repeats: int = 3, order: str = "kept") -> Wire:
    """With a plan so large that only the kills are in the way; `repeats` of a webhook's call that nobody took."""
    plan = {"groups": 1_000, "users": 1_000, "messages": 1_000_000}
    account = {"updates": updates, "webhook_repeats": repeats, "webhook_order": order} | plan
    token = f"{ZALO_BOT}:AAZ-crash"
    return Wire(
        platform="zalo",
        token=token,
        bot="@bot.trucban",
        name="Bot Trực Ban",
        settings=lambda messenger: {"ZALO__TOKEN": token, "ZALO__BASE_URL": f"{messenger}/zalo"},
        room_type="group",
        account=lambda number: zalo_ids.user_id(ZALO_BOT, number),
        group=zalo_ids.group_id,
        declared={"platform": "zalo", "account": account},
    )


def zalo_oa() -> Wire:
    """An Official Account, which only hears by webhook; an event that nobody took is repeated every few seconds."""
    return Wire(
        platform="zalo_oa",
        token=f"{OA_BOT}:AAO-crash",
        bot="@oa.trucban",
        name="Trực Ban",
        settings=lambda messenger: {
            "ZALO_OA__APP_ID": OA_KEYS["app_id"],
            "ZALO_OA__APP_SECRET": OA_KEYS["app_secret"],
            "ZALO_OA__WEBHOOK_KEY": OA_KEYS["webhook_key"],
            "ZALO_OA__REFRESH_TOKEN": OA_KEYS["refresh"],
            "ZALO_OA__BASE_URL": f"{messenger}/zalo-oa/api",
            "ZALO_OA__OAUTH_URL": f"{messenger}/zalo-oa/oauth",
        },
        room_type="group",
        account=lambda number: oa_ids.user_id(OA_BOT, number),
        group=oa_ids.group_id,
        declared={"platform": "zalo_oa", "account": OA_KEYS | {"repeats": [3.0] * 2_000, "is_subscribed": False}},
        is_called_from_the_console=True,
    )

"""The allowance of a platform that counts messages by the month: how it stands, how far it will reach, what goes first.

The count is ours (Zalo tells none). Short of messages, receipts are left out first, then campaigns; alerts never.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from sqlalchemy import Connection, select

from handlers.days.working_days import is_working_day
from handlers.local_time import local_day
from handlers.telling import tell_office
from handlers.wording import bold, number, platform_name
from storage.messages import Lane, OutgoingMessage
from storage.records.options import option, options, set_option
from storage.records.schedules import exceptional_days
from storage.records.traffic import RECEIVED, Traffic, count_messages, traffic_between

PLAN = "allowance/"
"""The option that says what a platform allows us, written when it has started."""
WARN_AT = (80, 95, 100)  # per cent
SPARE_RECEIPTS_AT = 80
SPARE_CAMPAIGNS_AT = 90
DAYS_FOR_A_FORECAST = 3  # working days; fewer say nothing of a month


class Thrift(IntEnum):
    """What is left out while messages are short."""

    NONE = 0
    RECEIPTS = 1
    CAMPAIGNS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the platform allows a bot; `counts_received`: what people write uses it up as well."""

    messages: int
    users: int
    groups: int
    counts_received: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One bot in the running month."""

    platform: str
    month: date
    plan: Plan
    traffic: Traffic
    forecast: int | None  # messages used by the end of the month, at the pace of its working days

    @property
    def used(self) -> int:
        return self.traffic.sent + (self.traffic.received if self.plan.counts_received else 0)

    @property
    def share(self) -> int:
        """Per cent of the allowance."""
        return 100 * self.used // max(1, self.plan.messages)

    @property
    def left(self) -> int:
        return max(0, self.plan.messages - self.used)

    @property
    def is_running_short(self) -> bool:
        return self.forecast is not None and self.forecast > self.plan.messages

    @property
    def thrift(self) -> Thrift:
        if self.share >= SPARE_CAMPAIGNS_AT:
            return Thrift.CAMPAIGNS
        return Thrift.RECEIPTS if self.share >= SPARE_RECEIPTS_AT or self.is_running_short else Thrift.NONE


def keep_plan(tx: Connection, platform: str, plan: Plan) -> None:
    values = {"messages": plan.messages, "users": plan.users, "groups": plan.groups}
    set_option(tx, PLAN + platform, values | {"counts_received": plan.counts_received})


def standing(tx: Connection, platform: str, now: datetime) -> Standing | None:
    """How this platform's allowance stands; None where it has none."""
    kept = option(tx, PLAN + platform)
    if kept is None:
        return None
    day = local_day(now)
    first = day.replace(day=1)
    counted = traffic_between(tx, platform, _bot(tx, platform), first, day)
    plan = Plan(**kept)
    used = counted.sent + (counted.received if plan.counts_received else 0)
    forecast = _forecast(used, day, exceptional_days(tx))
    return Standing(platform=platform, month=first, plan=plan, traffic=counted, forecast=forecast)


def standings(tx: Connection, now: datetime) -> list[Standing]:
    """Every platform that counts."""
    names = tx.execute(select(options.c.name).where(options.c.name.startswith(PLAN)).order_by(options.c.name)).scalars()
    found = (standing(tx, name.removeprefix(PLAN), now) for name in list(names))
    return [each for each in found if each is not None]


def note_sent(tx: Connection, platform: str, lane: Lane, messages: int, now: datetime) -> None:
    """Count what went out, and warn the office where a mark is passed."""
    count_messages(tx, platform, _bot(tx, platform), day=local_day(now), lane=lane, messages=messages)
    now_used = standing(tx, platform, now)
    if now_used is not None:
        _warn(tx, now_used, now)


def note_received(tx: Connection, platform: str, bot: str, now: datetime) -> None:
    count_messages(tx, platform, bot, day=local_day(now), lane=RECEIVED)


def is_spared(message: OutgoingMessage, lane: int, thrift: Thrift) -> bool:
    """Whether this is left out now."""
    if message.is_receipt and lane != Lane.ALERT.rank:
        return thrift >= Thrift.RECEIPTS
    return lane == Lane.CAMPAIGN.rank and thrift >= Thrift.CAMPAIGNS


def line_for_summary(tx: Connection, now: datetime) -> list[str]:
    return [describe(each) for each in standings(tx, now)]


def describe(stands: Standing) -> str:
    """ "Zalo tháng 11: đã gửi 812/3.000 tin (27%), nhận 430; theo nhịp này cuối tháng khoảng 1.150 tin." """
    name = platform_name(stands.platform)
    sent = f"đã gửi {number(stands.traffic.sent)}/{number(stands.plan.messages)} tin ({stands.share}%)"
    ahead = "" if stands.forecast is None else f"; theo nhịp này cuối tháng khoảng {number(stands.forecast)} tin"
    short = " ⚠️ sẽ thiếu" if stands.is_running_short else ""
    return f"{name} tháng {stands.month.month}: {sent}, nhận {number(stands.traffic.received)}{ahead}{short}."


def _warn(tx: Connection, stands: Standing, now: datetime) -> None:
    passed = [mark for mark in WARN_AT if stands.share >= mark]
    if not passed:
        return
    name = platform_name(stands.platform)
    text = (
        f"⚠️ {bold(f'{name} đã dùng {passed[-1]}% số tin của tháng')}\n{describe(stands)}\n"
        f"Còn {number(stands.left)} tin. {WHAT_GOES_FIRST}"
    )
    key = f"{PLAN}{stands.platform}/{stands.month:%Y-%m}/{passed[-1]}"
    tell_office(tx, text, key=key, lane=Lane.ANSWER, now=now)


WHAT_GOES_FIRST = (
    "Từ nay tôi bớt tin xác nhận “đã ghi” trước, rồi tới tin tuyên truyền; tin khẩn luôn được gửi. "
    "Nhóm nào có Telegram, xin ưu tiên dùng Telegram đến hết tháng."
)


def _bot(tx: Connection, platform: str) -> str:
    return str(option(tx, f"identity/{platform}", {}).get("account", ""))


def _forecast(used: int, day: date, exceptions: Mapping[date, str]) -> int | None:
    """At the pace of the month's working days so far; None while they are too few."""
    first, length = day.replace(day=1), monthrange(day.year, day.month)[1]
    days = [first + timedelta(days=n) for n in range(length)]
    working = [each for each in days if is_working_day(each, exceptions)]
    past = [each for each in working if each <= day]
    if len(past) < DAYS_FOR_A_FORECAST:
        return None
    return used * len(working) // len(past)

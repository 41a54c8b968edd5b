"""Traffic: how many messages a bot sent (by lane) and received on each day, where a platform counts them by the month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Column, Connection, Date, Executable, Integer, String, Table, func, select

from storage.inserts import insert_for
from storage.record import metadata

RECEIVED = "received"
"""Stands where the lane does, for what people wrote to us."""

traffic = Table(
    "traffic",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("bot", String(64), primary_key=True),
    Column("day", Date, primary_key=True),  # as the office counts days
    Column("lane", String(10), primary_key=True),
    Column("messages", Integer, nullable=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """Messages of a span of days."""

    by_lane: dict[str, int]
    received: int

    @property
    def sent(self) -> int:
        return sum(self.by_lane.values())


def count_messages(tx: Connection, platform: str, bot: str, *, day: date, lane: str, messages: int = 1) -> None:
    values = {"platform": platform, "bot": bot, "day": day, "lane": lane, "messages": messages}
    tx.execute(_count(tx.dialect.name), values)


@cache
def _count(dialect: str) -> Executable:
    statement = insert_for(traffic, dialect)
    more = traffic.c.messages + statement.excluded.messages
    key = ["platform", "bot", "day", "lane"]
    return statement.on_conflict_do_update(index_elements=key, set_={"messages": more})


def traffic_between(tx: Connection, platform: str, bot: str, first: date, last: date) -> Traffic:
    """Both days included."""
    statement = (
        select(traffic.c.lane, func.sum(traffic.c.messages))
        .where(traffic.c.platform == platform, traffic.c.bot == bot, traffic.c.day.between(first, last))
        .group_by(traffic.c.lane)
    )
    counted = {lane: int(messages) for lane, messages in tx.execute(statement)}
    received = counted.pop(RECEIVED, 0)
    return Traffic(by_lane=counted, received=received)

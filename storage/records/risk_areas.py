"""Areas of risk, as the office lists them, and the check-ins that lead into one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Column, Connection, Date, ForeignKey, Integer, String, Table, Text, UniqueConstraint, or_

from storage.inserts import insert_or_ignore
from storage.record import Moment, change, find_all, find_one, identity, metadata, selection

risk_areas = Table(
    "risk_areas",
    metadata,
    identity(),
    Column("province", String(60), nullable=False),  # or country, as `understanding` calls it; old names stay old
    Column("name", String(200), nullable=False),  # as the office wrote it: "xã Hòa Vang, Đà Nẵng"
    Column("level", Integer),  # 1 to 5, where the source gives one
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("source", String(300), nullable=False),
    Column("advice", Text, nullable=False),
    Column("added_by", ForeignKey("people.id"), nullable=False),
    Column("added_at", Moment(), nullable=False),
    Column("removed_by", ForeignKey("people.id")),
    Column("removed_at", Moment()),  # from then on it warns nobody; what it marked stays marked
)

risk_marks = Table(
    "risk_marks",
    metadata,
    identity(),
    Column("check_in_id", ForeignKey("check_ins.id"), nullable=False),
    Column("risk_area_id", ForeignKey("risk_areas.id"), nullable=False, index=True),
    Column("marked_at", Moment(), nullable=False),
    UniqueConstraint("check_in_id", "risk_area_id"),
)


@dataclass(frozen=True, slots=True)
class RiskArea:
    id: int
    province: str
    name: str
    level: int | None
    valid_from: date
    valid_to: date | None
    source: str
    advice: str


def risk_areas_since(tx: Connection, day: date) -> list[RiskArea]:
    """Those that stand on this day or later, the province first in the alphabet on top."""
    where = (risk_areas.c.removed_at.is_(None), or_(risk_areas.c.valid_to.is_(None), risk_areas.c.valid_to >= day))
    return find_all(tx, RiskArea, risk_areas, *where, order_by=(risk_areas.c.province, risk_areas.c.id))


def find_risk_area(tx: Connection, area_id: int) -> RiskArea | None:
    return find_one(tx, RiskArea, risk_areas, risk_areas.c.removed_at.is_(None), id=area_id)


def remove_risk_area(tx: Connection, area_id: int, *, by: int, now: datetime) -> bool:
    """False if somebody was faster."""
    where = (risk_areas.c.id == area_id, risk_areas.c.removed_at.is_(None))
    return change(tx, risk_areas, *where, removed_by=by, removed_at=now) == 1


def mark(tx: Connection, check_in_id: int, area_id: int, now: datetime) -> bool:
    """Note that this check-in leads there; false if that is known."""
    return insert_or_ignore(tx, risk_marks, {"check_in_id": check_in_id, "risk_area_id": area_id, "marked_at": now})


def marks_of(tx: Connection, check_in_ids: Collection[int]) -> dict[int, list[RiskArea]]:
    """Check-in → the areas it leads into."""
    statement = (
        selection(RiskArea, risk_areas)
        .add_columns(risk_marks.c.check_in_id)
        .join(risk_marks, risk_marks.c.risk_area_id == risk_areas.c.id)
        .where(risk_marks.c.check_in_id.in_(check_in_ids))
        .order_by(risk_marks.c.id)
    )
    found: dict[int, list[RiskArea]] = {}
    for *values, check_in_id in tx.execute(statement):
        found.setdefault(check_in_id, []).append(RiskArea(*values))
    return found

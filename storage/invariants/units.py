"""The tree of units: one body at its root, everybody else under somebody, no circles."""

from __future__ import annotations

from sqlalchemy import Connection, select

from storage.invariant import Invariant, sentence
from storage.records.units import UnitKind, units

_above = units.alias("above")

INVARIANTS = (
    Invariant("Đơn vị thuộc loại lạ", select(units.c.code).where(units.c.kind.not_in(list(UnitKind)))),
    Invariant(
        "Đơn vị không có đơn vị cấp trên",
        select(units.c.code).where(
            units.c.kind != UnitKind.ORGANIZATION, units.c.parent_id.is_(None), units.c.valid_to.is_(None)
        ),
    ),
    Invariant(
        "Đơn vị còn hoạt động dưới một đơn vị đã giải thể",
        select(units.c.code)
        .join(_above, _above.c.id == units.c.parent_id)
        .where(units.c.valid_to.is_(None), _above.c.valid_to.is_not(None)),
    ),
    Invariant(
        "Đơn vị có ngày kết thúc trước ngày bắt đầu", select(units.c.code).where(units.c.valid_to < units.c.valid_from)
    ),
)


def find_circles(tx: Connection) -> list[str]:
    """Units from which the way up never ends."""
    rows = list(tx.execute(select(units.c.id, units.c.code, units.c.parent_id).order_by(units.c.id)))
    parents = {row.id: row.parent_id for row in rows}
    circling = [row.code for row in rows if _never_ends(row.id, parents)]
    found = sentence("Đơn vị phụ trách vòng tròn", circling)
    return [] if found is None else [found]


def _never_ends(unit_id: int, parents: dict[int, int | None]) -> bool:
    seen: set[int] = set()
    step: int | None = unit_id
    while step is not None and step not in seen:
        seen.add(step)
        step = parents.get(step)
    return step is not None

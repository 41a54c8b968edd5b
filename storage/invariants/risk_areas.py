"""Areas of risk: days in their order, and what was taken away was taken away by somebody."""

from __future__ import annotations

from sqlalchemy import select

from storage.invariant import Invariant
from storage.records.risk_areas import risk_areas

INVARIANTS = (
    Invariant(
        "Vùng nguy cơ hết hạn trước lúc bắt đầu (số)",
        select(risk_areas.c.id).where(risk_areas.c.valid_to < risk_areas.c.valid_from),
    ),
    Invariant(
        "Vùng nguy cơ đã bỏ mà không ghi ai bỏ (số)",
        select(risk_areas.c.id).where(risk_areas.c.removed_by.is_(None) != risk_areas.c.removed_at.is_(None)),
    ),
)

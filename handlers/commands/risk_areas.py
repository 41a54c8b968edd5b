"""/vungnguyco: the areas of risk; those entitled add and take away."""

from __future__ import annotations

from handlers import risk_areas
from handlers.command import Command

COMMAND = Command(
    name="vungnguyco",
    menu="Vùng nguy cơ: xem và sửa",
    run=risk_areas.run,
    words=("vùng nguy cơ", "vùng dịch", "danh sách vùng dịch"),
    order=8,
)

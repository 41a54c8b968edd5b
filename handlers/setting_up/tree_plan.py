"""The tree of units as it will stand once a staff file is taken, and what is wrong with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from handlers.setting_up.staff_file import Problem, StaffFile, UnitLine
from storage.record import find_all
from storage.records.units import Unit, UnitKind, units


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedUnit:
    code: str
    name: str
    short_name: str
    kind: str
    parent_code: str
    row: int | None  # none: not in the file
    standing: Unit | None  # none: it is new


class TreePlan:
    """Every unit by its code, and the problems of the whole."""

    def __init__(self, tx: Connection, staff: StaffFile) -> None:
        standing = find_all(tx, Unit, units, order_by=(units.c.id,))
        self._codes = {unit.id: unit.code for unit in standing}
        self._lines = {line.code: line for line in staff.units}
        self._ended = {unit.code for unit in standing if unit.valid_to is not None}
        self.problems: list[Problem] = []
        self.units = {unit.code: self._keep(unit) for unit in standing if unit.valid_to is None}
        for line in staff.units:
            if line.code not in self.units:
                self._found(line)
        self._hang_under_the_body()
        self._check_parents()
        self._check_short_names()

    def _keep(self, unit: Unit) -> PlannedUnit:
        line = self._lines.get(unit.code)
        parent_code = "" if unit.parent_id is None else self._codes[unit.parent_id]
        if line is None:
            row, name, short_name, kind = None, unit.name, unit.short_name, unit.kind
        else:
            row, name, kind = line.row, line.name or unit.name, line.kind or unit.kind
            short_name, parent_code = line.short_name or unit.short_name, line.parent_code or parent_code
        return PlannedUnit(
            code=unit.code, name=name, short_name=short_name, kind=kind, parent_code=parent_code, row=row, standing=unit
        )

    def _found(self, line: UnitLine) -> None:
        if line.code in self._ended:
            self._complain(line.row, f"Mã đơn vị {line.code} là của một đơn vị đã giải thể. Xin đặt mã mới.")
        elif not line.name:
            self._complain(line.row, f"Đơn vị {line.code} chưa có trong hệ thống; xin ghi tên đơn vị.")
        self.units[line.code] = PlannedUnit(
            code=line.code,
            name=line.name,
            short_name=line.short_name or line.name[:60],
            kind=line.kind or UnitKind.DIVISION,
            parent_code=line.parent_code,
            row=line.row,
            standing=None,
        )

    def _hang_under_the_body(self) -> None:
        """A unit that names nobody above it stands right under the body itself."""
        roots = [unit for unit in self.units.values() if unit.kind == UnitKind.ORGANIZATION]
        if len(roots) != 1:
            codes = f" (đang có: {', '.join(unit.code for unit in roots)})" if roots else ""
            self._complain(None, f"Cần đúng một đơn vị loại “cơ quan”, là gốc của cây đơn vị{codes}.")
            return
        root = roots[0]
        if root.parent_code:
            self._complain(root.row, f"{root.code} là cơ quan, không có đơn vị phụ trách.")
        for code, unit in self.units.items():
            if unit.parent_code or code == root.code:
                continue
            if unit.kind == UnitKind.ZONE:
                self._complain(unit.row, f"Khu công nghiệp {code} chưa ghi mã đơn vị phụ trách.")
            self.units[code] = replace(unit, parent_code=root.code)

    def _check_parents(self) -> None:
        for unit in self.units.values():
            if unit.parent_code and unit.parent_code not in self.units:
                self._complain(unit.row, f"Đơn vị phụ trách {unit.parent_code} của {unit.code} không có trong tệp.")
            elif self._hangs_in_a_circle(unit):
                self._complain(unit.row, f"Đơn vị {unit.code} phụ trách vòng tròn: đi lên mãi lại gặp chính nó.")

    def _hangs_in_a_circle(self, unit: PlannedUnit) -> bool:
        above, seen = unit.parent_code, {""}
        while above not in seen and above in self.units:
            if above == unit.code:
                return True
            seen.add(above)
            above = self.units[above].parent_code
        return False

    def _check_short_names(self) -> None:
        often = Counter(unit.short_name.casefold() for unit in self.units.values())
        for unit in self.units.values():
            if unit.row is not None and often[unit.short_name.casefold()] > 1:
                self._complain(unit.row, f"Tên gọi tắt “{unit.short_name}” bị dùng cho hai đơn vị.")

    def _complain(self, row: int | None, reason: str) -> None:
        self.problems.append(Problem(reason, row))

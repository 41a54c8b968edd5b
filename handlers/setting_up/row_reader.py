"""Takes the rows of a staff file one by one, and keeps every problem with the number of its row."""

from __future__ import annotations

from handlers.setting_up.cells import Cells
from handlers.setting_up.staff_file import BadStaffFile, PersonLine, PostLine, Problem, StaffFile, UnitLine
from handlers.setting_up.vocabulary import (
    HONORIFICS,
    KINDS_OFFERED,
    ROLES_OFFERED,
    SEXES,
    TITLES,
    read_email,
    read_honorific,
    read_kind,
    read_phone,
    read_roles,
)
from storage.records.people import Role
from understanding.phrases.normalize import fold


class RowReader:
    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._units: dict[str, UnitLine] = {}
        self._people: dict[str, PersonLine] = {}
        self._posts: dict[tuple[str, str, Role], PostLine] = {}

    def take(self, row: int, cells_by_name: dict[str, str]) -> None:
        cells = Cells(row, cells_by_name, self._problems)
        unit_code = cells.code("unit_code")
        if not unit_code and cells.is_sound("unit_code"):
            cells.complain("Thiếu mã đơn vị (ô gộp thì ghi lại ở từng dòng).")
        if unit_code:
            self._keep_unit(cells, unit_code)
        self._keep_person(cells, unit_code)

    def finish(self, *, remarks: tuple[str, ...]) -> StaffFile | BadStaffFile:
        for person in self._people.values():
            if not person.full_name:
                self._problems.append(Problem(f"Mã cán bộ {person.code} chưa có họ và tên.", person.row))
        if not self._problems and not self._posts:
            self._problems.append(Problem("Tệp chưa có người nào."))
        if self._problems:
            return BadStaffFile(tuple(sorted(self._problems, key=lambda problem: problem.row or 0)))
        return StaffFile(
            tuple(self._units.values()),
            tuple(self._people.values()),
            tuple(self._posts.values()),
            remarks + self._shared_phones() + self._shared_names() + self._several_heads(),
        )

    def _shared_phones(self) -> tuple[str, ...]:
        """Perhaps meant, more often a slip of the fill handle: a short message would go to somebody else."""
        of_phone: dict[str, list[PersonLine]] = {}
        for person in self._people.values():
            if person.phone:
                of_phone.setdefault(person.phone, []).append(person)
        return tuple(
            f"Điện thoại {phone} ghi cho {len(people)} người: "
            + ", ".join(f"{each.full_name} (dòng {each.row})" for each in people[:5])
            + ". Xin xem lại."
            for phone, people in of_phone.items()
            if len(people) > 1
        )

    def _shared_names(self) -> tuple[str, ...]:
        """Two colleagues of one name, or one who was given a second code."""
        of_name: dict[str, list[PersonLine]] = {}
        for person in self._people.values():
            of_name.setdefault(fold(person.full_name), []).append(person)
        return tuple(
            f"{people[0].full_name}: {len(people)} mã cán bộ, "
            + ", ".join(f"{each.code} (dòng {each.row})" for each in people[:5])
            + ". Nếu là một người thì chỉ ghi một mã."
            for people in of_name.values()
            if len(people) > 1
        )

    def _several_heads(self) -> tuple[str, ...]:
        heads: dict[str, list[str]] = {}
        for post in self._posts.values():
            if post.role is Role.HEAD_OF_UNIT:
                heads.setdefault(post.unit_code, []).append(self._people[post.person_code].full_name)
        return tuple(
            f"Đơn vị {code} có {len(names)} trưởng đơn vị: {', '.join(names[:5])}. Xin xem lại."
            for code, names in heads.items()
            if len(names) > 1
        )

    def _keep_unit(self, cells: Cells, code: str) -> None:
        said = UnitLine(
            row=cells.row,
            code=code,
            name=cells.text("unit_name", 200),
            short_name=cells.text("short_name", 60),
            kind=cells.read("kind", read_kind, f"Xin dùng: {KINDS_OFFERED}."),
            parent_code=cells.code("parent_code"),
        )
        before = self._units.get(code)
        self._units[code] = said if before is None else _merge_units(before, said, cells)

    def _keep_person(self, cells: Cells, unit_code: str) -> None:
        code, full_name = cells.code("staff_code"), cells.text("full_name", 120)
        if not code:
            _complain_of_nobody(cells, full_name)
            return
        if any(letter.isdigit() for letter in full_name):
            cells.complain(f"Họ và tên “{full_name}” có chữ số.")
        said = PersonLine(
            row=cells.row,
            code=code,
            full_name=full_name,
            honorific=cells.read("honorific", read_honorific, f"Xin dùng: {', '.join(HONORIFICS)}.")
            or SEXES.get(fold(cells.values.get("sex", "")), ""),
            phone=cells.read("phone", read_phone, "Ví dụ: 0912345678.") or "",
            email=cells.read("email", read_email, "Ví dụ: ten@coquan.gov.vn.") or "",
        )
        before = self._people.get(code)
        self._people[code] = said if before is None else _merge_people(before, said, cells)
        if unit_code:
            self._keep_posts(cells, code, unit_code)

    def _keep_posts(self, cells: Cells, person_code: str, unit_code: str) -> None:
        roles = read_roles(cells.values.get("roles", ""))
        if roles is None:
            cells.complain(f"Vai trò “{cells.values['roles']}” không đọc được. Xin dùng: {ROLES_OFFERED}.")
            return
        for role in roles:
            key = (person_code, unit_code, role)
            if key in self._posts:
                cells.complain(f"Trùng với dòng {self._posts[key].row}: cùng người, cùng đơn vị, cùng vai trò.")
                continue
            title = cells.text("title", 120) or TITLES[role]
            self._posts[key] = PostLine(
                row=cells.row, person_code=person_code, unit_code=unit_code, role=role, title=title
            )


def _complain_of_nobody(cells: Cells, full_name: str) -> None:
    """A row without a code tells of a unit alone, or it lacks somebody."""
    if full_name and cells.is_sound("staff_code"):
        cells.complain("Thiếu mã cán bộ.")
    elif any(cells.values.get(name) for name in ("title", "roles", "phone", "email", "honorific")):
        cells.complain("Có chức vụ, vai trò hoặc liên hệ mà không có người.")


def _merge_units(before: UnitLine, said: UnitLine, cells: Cells) -> UnitLine:
    """What was left empty in one row may stand in another; two different words are a problem."""
    return UnitLine(
        row=before.row,
        code=before.code,
        name=cells.agree("Tên đơn vị", before.name, said.name, before.row),
        short_name=cells.agree("Tên gọi tắt", before.short_name, said.short_name, before.row),
        kind=cells.agree("Loại đơn vị", before.kind, said.kind, before.row),
        parent_code=cells.agree("Đơn vị phụ trách", before.parent_code, said.parent_code, before.row),
    )


def _merge_people(before: PersonLine, said: PersonLine, cells: Cells) -> PersonLine:
    return PersonLine(
        row=before.row,
        code=before.code,
        full_name=cells.agree(f"Họ và tên của mã {before.code}", before.full_name, said.full_name, before.row),
        honorific=cells.agree("Xưng hô", before.honorific, said.honorific, before.row),
        phone=cells.agree("Điện thoại", before.phone, said.phone, before.row),
        email=cells.agree("Thư điện tử", before.email, said.email, before.row),
    )

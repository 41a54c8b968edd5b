"""A staff file is written whole or not at all; a second one brings people, units and posts up to date."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from handlers.local_time import local_day
from handlers.setting_up import BadStaffFile, apply_staff, import_file
from handlers.setting_up.comparing import Changes, compare_staff
from handlers.setting_up.report import say_changes, warn_of_leavers
from storage.database import Database
from storage.record import change
from storage.records.accounts import accounts
from storage.records.audit import audit_entries
from storage.records.chats import Audience, room_codes
from storage.records.people import Role, everyone, members_of, people, people_with, posts
from storage.records.units import units, with_all_above
from tests.cast import Cast, unit_with_code
from tests.handlers.setting_up.staff_rows import (
    BODY,
    DIVISION,
    HOA,
    LAN,
    MINH,
    NGA,
    OFFICE,
    SMALL_OFFICE,
    ZONE,
    as_csv,
    staff_of,
)


def write(tx: Connection, now: datetime, *rows: dict[str, str]) -> Changes:
    changes = apply_staff(tx, staff_of(*rows), now, None)
    assert isinstance(changes, Changes), changes
    return changes


def refusal(tx: Connection, now: datetime, *rows: dict[str, str]) -> list[str]:
    outcome = apply_staff(tx, staff_of(*rows), now, None)
    assert isinstance(outcome, BadStaffFile)
    return [str(problem) for problem in outcome.problems]


def _code_of(tx: Connection, staff_code: str) -> str:
    return tx.execute(select(people.c.join_code).where(people.c.staff_code == staff_code)).scalar_one()


def count(tx: Connection, table) -> int:
    return tx.execute(select(func.count()).select_from(table)).scalar_one()


async def test_the_first_file_founds_the_office(database: Database, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        changes = write(tx, now, *SMALL_OFFICE)
        assert say_changes(changes) == ("4 người, 4 đơn vị.\n• Đơn vị: thêm 4\n• Người: thêm 4\n• Chức vụ: thêm 4")
        zone = unit_with_code(tx, "KCN1")
        above = [
            row.code for row in tx.execute(select(units.c.code).where(units.c.id.in_(with_all_above(tx, zone.id))))
        ]
        assert sorted(above) == ["KCN1", "KT", "SO"]
        assert [person.called for person in everyone(tx)] == ["chị Hoa", "chị Lan", "anh Minh", "bà Nga"]
        codes = list(tx.execute(select(room_codes.c.audience, room_codes.c.unit_id)))
        assert len(codes) == 7
        assert {row.audience for row in codes} == set(Audience)

    await database.run(work, now)


async def test_units_may_be_named_before_the_unit_above_them(database: Database, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        write(tx, now, ZONE, MINH, DIVISION, HOA, OFFICE, NGA, BODY)
        assert unit_with_code(tx, "KCN1").parent_id == unit_with_code(tx, "KT").id

    await database.run(work, now)


async def test_the_same_file_again_changes_nothing(database: Database, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        write(tx, now, *SMALL_OFFICE)
        before = [count(tx, table) for table in (units, people, posts, room_codes, audit_entries)]
        changes = write(tx, now + timedelta(days=3), *SMALL_OFFICE)
        assert changes.is_empty
        assert say_changes(changes) == "4 người, 4 đơn vị. Không có gì khác với danh sách đang dùng."
        assert [count(tx, table) for table in (units, people, posts, room_codes, audit_entries)] == before

    await database.run(work, now)


async def test_a_second_file_updates_and_deletes_nobody(database: Database, now: datetime) -> None:
    """Chị Lan becomes deputy head, anh Minh leaves, the division gets a new name; a code that was given out stays."""

    def work(tx: Connection, now: datetime) -> None:
        write(tx, now, *SMALL_OFFICE)
        code = _code_of(tx, "CB05")
        later = now + timedelta(days=10)
        changes = write(
            tx,
            later,
            BODY,
            OFFICE,
            DIVISION | {"unit_name": "Phòng Kinh tế tổng hợp"},
            ZONE,
            NGA,
            HOA,
            LAN | {"roles": "phó", "title": "Phó Trưởng phòng", "phone": "0912345678"},
        )
        assert say_changes(changes) == (
            "3 người, 4 đơn vị.\n"
            "• Đơn vị: sửa 1\n"
            "• Người: sửa 1\n"
            "• Chức vụ: thêm 1, thôi giữ 2\n"
            "• Phạm Quang Minh thôi: Trưởng phòng, Phòng KT\n"
            "• Vũ Thị Lan thôi: Chuyên viên, Phòng KT (nay giữ: Phó Trưởng phòng, Phòng KT)\n"
            "• Không còn trong danh sách: Phạm Quang Minh"
        )
        unit = unit_with_code(tx, "KT")
        assert unit.name == "Phòng Kinh tế tổng hợp"
        assert [person.full_name for person in members_of(tx, [unit.id], local_day(later))] == ["Vũ Thị Lan"]
        assert [person.full_name for person in members_of(tx, [unit.id], local_day(now))] == ["Vũ Thị Lan"]
        held_before = people_with(tx, local_day(now), Role.STAFF)
        assert [person.full_name for person in held_before] == ["Vũ Thị Lan"]
        assert count(tx, people) == 4
        assert _code_of(tx, "CB05") == code

    await database.run(work, now)


async def test_who_comes_back_is_the_same_person_with_the_same_account(
    database: Database, cast: Cast, now: datetime
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        office = (BODY, OFFICE, DIVISION, NGA, HOA)
        write(tx, now, *office, MINH)
        where = accounts.c.person_id == cast.lan.person_id
        assert tx.execute(select(people.c.is_active).where(people.c.id == cast.lan.person_id)).scalar_one() is False
        assert tx.execute(select(accounts.c.external_id).where(where)).scalar_one() == cast.lan.account
        write(tx, now, *office, MINH, LAN)
        assert tx.execute(select(people.c.is_active).where(people.c.id == cast.lan.person_id)).scalar_one() is True

    await database.run(work, now)


async def test_a_post_ended_and_given_back_on_one_day_is_one_row(database: Database, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        write(tx, now, *SMALL_OFFICE)
        write(tx, now, BODY, OFFICE, DIVISION, ZONE, NGA, HOA, MINH)
        write(tx, now, *SMALL_OFFICE)
        held = tx.execute(select(posts.c.valid_to).join(people).where(people.c.staff_code == "CB05")).all()
        assert [row.valid_to for row in held] == [None]

    await database.run(work, now)


async def test_an_empty_cell_leaves_what_stands(database: Database, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        write(tx, now, *SMALL_OFFICE[:-1], LAN | {"phone": "0912345678"})
        write(tx, now, {"unit_code": "KT"}, NGA, HOA, MINH, LAN | {"honorific": "", "full_name": "Vũ Thị Phương Lan"})
        row = tx.execute(select(people).where(people.c.staff_code == "CB05")).one()
        assert (row.full_name, row.honorific, row.phone) == ("Vũ Thị Phương Lan", "chị", "0912345678")
        assert unit_with_code(tx, "KCN1").valid_to is None

    await database.run(work, now)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ((BODY, NGA, MINH, HOA | {"unit_code": "SO"}), "Dòng 4: Đơn vị KT chưa có trong hệ thống; xin ghi tên đơn vị."),
        ((DIVISION, MINH | {"roles": "văn phòng"}), "Cần đúng một đơn vị loại “cơ quan”, là gốc của cây đơn vị."),
        (
            (BODY, OFFICE | {"kind": "cơ quan"}, NGA, HOA),
            "Cần đúng một đơn vị loại “cơ quan”, là gốc của cây đơn vị (đang có: SO, VP).",
        ),
        ((BODY, OFFICE, ZONE | {"parent_code": ""}, HOA), "Dòng 4: Khu công nghiệp KCN1 chưa ghi mã đơn vị phụ trách."),
        ((BODY, OFFICE, ZONE, HOA), "Dòng 4: Đơn vị phụ trách KT của KCN1 không có trong tệp."),
        (
            (BODY, OFFICE, DIVISION, DIVISION | {"unit_code": "TM", "unit_name": "Phòng Thương mại"}, HOA),
            "Dòng 4: Tên gọi tắt “Phòng KT” bị dùng cho hai đơn vị.",
        ),
        ((BODY, DIVISION, MINH), "Chưa có ai giữ vai trò “văn phòng” hoặc “quản trị”: sẽ không còn ai cập nhật"),
        ((BODY | {"parent_code": "VP"}, OFFICE, HOA), "Dòng 2: SO là cơ quan, không có đơn vị phụ trách."),
    ],
)
async def test_a_tree_that_cannot_stand_is_refused_and_nothing_is_written(
    database: Database, now: datetime, rows: tuple[dict[str, str], ...], problem: str
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        assert refusal(tx, now, *rows)[0].startswith(problem)
        assert count(tx, units) == count(tx, people) == 0

    await database.run(work, now)


async def test_units_in_a_circle_are_refused(database: Database, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        trade = {"unit_code": "TM", "unit_name": "Phòng Thương mại", "parent_code": "KT"}
        problems = refusal(tx, now, BODY, OFFICE, DIVISION | {"parent_code": "TM"}, trade, HOA)
        assert problems == [
            "Dòng 4: Đơn vị KT phụ trách vòng tròn: đi lên mãi lại gặp chính nó.",
            "Dòng 5: Đơn vị TM phụ trách vòng tròn: đi lên mãi lại gặp chính nó.",
        ]

    await database.run(work, now)


async def test_the_code_of_a_closed_unit_is_not_used_again(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        change(tx, units, units.c.code == "TM", valid_to=local_day(now) - timedelta(days=1))
        problems = refusal(tx, now, BODY, OFFICE, {"unit_code": "TM", "unit_name": "Phòng Thương mại"}, HOA)
        assert problems[0] == "Dòng 4: Mã đơn vị TM là của một đơn vị đã giải thể. Xin đặt mã mới."

    await database.run(work, now)


async def test_a_file_of_one_unit_only_is_warned_of(database: Database, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        write(tx, now, *SMALL_OFFICE)
        changes = compare_staff(tx, staff_of({"unit_code": "SO"}, HOA), now)
        assert isinstance(changes, Changes)
        assert "3 người" in warn_of_leavers(changes)

    await database.run(work, now)


async def test_the_administrator_imports_from_the_command_line(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    path = tmp_path / "danhsach.csv"
    path.write_bytes(as_csv(*SMALL_OFFICE, encoding="utf-8-sig", delimiter=";"))
    taken = await import_file(database, path, now)
    assert taken.is_taken
    assert "Người: thêm 4" in taken.text
    code = await database.read(lambda tx, _: _code_of(tx, "CB03"), now)
    assert f"  Nguyễn Thị Hoa: {code}" in taken.text  # somebody has to come in first
    assert "Vũ Thị Lan:" not in taken.text
    path.write_bytes(as_csv(BODY, MINH | {"roles": "x"}))
    refused = await import_file(database, path, now)
    assert (refused.is_taken, refused.text.splitlines()[0]) == (False, "Chưa nhập gì cả. Có 1 chỗ cần sửa:")
    missing = await import_file(database, tmp_path / "khong-co.csv", now)
    assert missing.text.startswith("Không đọc được tệp")

"""Areas of risk: read from a line, matched by old and new province names, and told to whoever goes there."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.risk_areas.matching import areas_on_the_way, may_be_in
from handlers.risk_areas.reading import ReadArea, read_area
from storage.database import Database
from storage.invariants import broken_invariants
from storage.records.risk_areas import RiskArea
from tests.cast import Cast
from tests.handlers.playing import play
from tests.handlers.speaking import Desk

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Đà Nẵng", ("Đà Nẵng", "Đà Nẵng", None, TODAY, None, "", "")),
        (
            "Đà Nẵng cấp 2 từ 20/11 đến 30/11 nguồn CV 1722/UBND lưu ý hạn chế đi lại",
            ("Đà Nẵng", "Đà Nẵng", 2, date(2026, 11, 20), date(2026, 11, 30), "CV 1722/UBND", "hạn chế đi lại"),
        ),
        (
            "xã Trà My, Quảng Nam; cấp độ 3; đến ngày 05/12/2026; theo thông báo từ Bộ Y tế; khuyến cáo: không đến chợ",
            (
                "Quảng Nam",
                "xã Trà My, Quảng Nam",
                3,
                TODAY,
                date(2026, 12, 5),
                "thông báo từ Bộ Y tế",
                "không đến chợ",
            ),
        ),
        ("tp hcm den 2/12", ("Thành phố Hồ Chí Minh", "tp hcm", None, TODAY, date(2026, 12, 2), "", "")),
        ("Campuchia từ hôm nay", ("Campuchia", "Campuchia", None, TODAY, None, "", "")),
    ],
)
def test_a_line_is_read(line: str, expected: tuple[object, ...]) -> None:
    read = read_area(line, TODAY)
    assert isinstance(read, ReadArea)
    assert (
        read.province,
        read.name,
        read.level,
        read.valid_from,
        read.valid_to,
        read.source,
        read.advice,
    ) == expected


@pytest.mark.parametrize(
    ("line", "trouble"),
    [
        ("chợ đầu mối", "xin ghi rõ một tỉnh"),
        ("Đà Nẵng và Huế", "xin ghi rõ một tỉnh"),
        ("Đà Nẵng từ 31/2", "ngày chưa đọc được"),
        ("Đà Nẵng từ 30/11 đến 20/11", "trước ngày bắt đầu"),
        ("Đà Nẵng cấp 9", "cấp chỉ từ 1 đến 5"),
    ],
)
def test_what_is_wrong_is_said(line: str, trouble: str) -> None:
    read = read_area(line, TODAY)
    assert isinstance(read, str)
    assert trouble in read


@given(st.text(max_size=80))
def test_any_line_is_an_area_or_a_sentence(line: str) -> None:
    read = read_area(f"thêm {line}", TODAY)
    assert isinstance(read, ReadArea) or read.endswith(".")


@pytest.mark.parametrize(
    ("goes_to", "area", "expected"),
    [
        ("Đà Nẵng", "Đà Nẵng", True),
        ("Quảng Nam", "Đà Nẵng", True),  # since 2025 a part of it
        ("Đà Nẵng", "Quảng Nam", True),  # today's Đà Nẵng holds it
        ("Bình Dương", "Bà Rịa - Vũng Tàu", False),  # two old provinces of one new one
        ("Hà Nội", "Đà Nẵng", False),
        ("Campuchia", "Campuchia", True),
    ],
)
def test_old_and_new_names(goes_to: str, area: str, expected: bool) -> None:
    assert may_be_in(goes_to, area) is expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 11, 18), date(2026, 11, 19), False),
        (date(2026, 11, 18), date(2026, 11, 20), True),
        (date(2026, 11, 30), None, True),
        (date(2026, 12, 1), date(2026, 12, 2), False),
    ],
)
def test_days_that_touch_count(first: date, last: date | None, expected: bool) -> None:
    area = RiskArea(1, "Đà Nẵng", "Đà Nẵng", None, date(2026, 11, 20), date(2026, 11, 30), "", "")
    assert bool(areas_on_the_way(["Đà Nẵng"], first, last, [area])) is expected


async def test_the_traveller_is_warned_at_once_and_those_who_watch_hear(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, "/vungnguyco thêm Đà Nẵng cấp 2 đến 30/11 nguồn CV 1722 lưu ý hạn chế đi lại")
        assert "Đã thêm 1 vùng" in desk.last(cast.hoa.account)
        desk.say(cast.lan, "thứ Tư em đi Quảng Nam họp, thứ Sáu về")
        assert "Vùng nguy cơ" in desk.last(cast.lan.account)
        assert "Lưu ý: hạn chế đi lại." in desk.last(cast.lan.account)
        for watcher in (cast.minh, cast.nga, cast.dung):
            assert "⚠️ Vùng nguy cơ: Đà Nẵng, cấp 2." in desk.last(watcher.account)
        assert "Vùng nguy cơ" not in " ".join(desk.heard(cast.rooms["KT"]))
        assert broken_invariants(desk.tx) == []

    await play(database, now, scene)


async def test_who_goes_elsewhere_hears_nothing_of_it(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, "/vungnguyco thêm Đà Nẵng")
        desk.say(cast.lan, "thứ Tư em đi Hải Phòng họp, thứ Sáu về")
        assert "Vùng nguy cơ" not in desk.last(cast.lan.account)
        assert desk.heard(cast.dung.account) == []

    await play(database, now, scene)


async def test_an_area_listed_later_finds_who_told_of_it_before(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "thứ Tư em đi Đà Nẵng họp, thứ Sáu về")
        desk.say(cast.phuc, "thứ Tư em đi Hải Phòng họp, thứ Sáu về")
        desk.forget()
        desk.say(cast.dung, "/vungnguyco thêm\nĐà Nẵng cấp 2\nchỗ nào đó")
        assert "Đã báo 1 người" in desk.last(cast.dung.account)
        assert "xin ghi rõ một tỉnh" in desk.last(cast.dung.account)
        assert "Vùng nguy cơ" in desk.last(cast.lan.account)
        assert "chị Vũ Thị Lan" in desk.last(cast.minh.account)
        assert desk.heard(cast.phuc.account) == []
        assert desk.heard(cast.thu.account) == []

    await play(database, now, scene)


async def test_everybody_reads_the_list_and_few_change_it(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "/vungnguyco thêm Đà Nẵng")
        assert "thẩm quyền khác" in desk.last(cast.lan.account)
        desk.say(cast.hoa, "/vungnguyco thêm Đà Nẵng cấp 2")
        desk.say(cast.hoa, "/vungnguyco thêm Đà Nẵng cấp 3")  # the same name: in its place
        desk.say(cast.lan, "vùng nguy cơ")
        assert "1. Đà Nẵng, cấp 3" in desk.last(cast.lan.account)
        assert "2." not in desk.last(cast.lan.account)
        desk.say(cast.hoa, "/vungnguyco bỏ da nang")
        assert "Đã bỏ khỏi danh sách" in desk.last(cast.hoa.account)
        desk.say(cast.lan, "vùng nguy cơ")
        assert "chưa có vùng nào" in desk.last(cast.lan.account)

    await play(database, now, scene)


async def test_an_area_is_taken_away_by_its_button_once(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, "/vungnguyco thêm Đà Nẵng")
        desk.say(cast.hoa, "/vungnguyco")
        button = desk.button("Bỏ 1", cast.hoa.account)
        desk.press_data(cast.lan, button)
        assert "thẩm quyền khác" in desk.messages(cast.lan.account)[-1].text
        desk.press_data(cast.hoa, button)
        desk.press_data(cast.dung, button)
        assert "đã được bỏ trước đó" in desk.messages(cast.dung.account)[-1].text

    await play(database, now, scene)

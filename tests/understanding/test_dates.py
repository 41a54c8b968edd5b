"""Days as people say them, from a Wednesday: 10 June 2026."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understanding.dates import durations, read_dates
from understanding.phrases.line import Line

WEDNESDAY = datetime(2026, 6, 10, 9, 0)  # noqa: DTZ001  the office's own clock
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def days(text, sent_at=WEDNESDAY):
    return [slot.value for slot in read_dates(text, sent_at)]


@pytest.mark.parametrize(
    ("text", "month", "day"),
    [
        ("hôm nay", 6, 10),
        ("bữa ni", 6, 10),
        ("sáng nay", 6, 10),
        ("mai", 6, 11),
        ("sáng mai", 6, 11),
        ("mốt", 6, 12),
        ("ngày kia", 6, 12),
        ("hôm qua", 6, 9),
        ("tối qua", 6, 9),
        ("hôm kia", 6, 8),
        ("bữa kia", 6, 8),
        ("3 ngày nữa", 6, 13),
        ("cách đây 2 ngày", 6, 8),
        ("2 ngày trước", 6, 8),
        ("thứ sáu", 6, 12),
        ("t6", 6, 12),
        ("chủ nhật", 6, 14),
        ("chiều CN", 6, 14),
        ("thứ hai tuần sau", 6, 15),
        ("t2 tuan sau", 6, 15),
        ("thứ 7 tuần này", 6, 13),
        ("thứ 2 tuần trước", 6, 1),
        ("hôm thứ 7", 6, 6),
        ("15/6", 6, 15),
        ("ngày 15", 6, 15),
        ("mùng 4", 7, 4),
        ("ngày 20 tháng 6", 6, 20),
        ("20-6-2026", 6, 20),
        ("2026-06-20", 6, 20),
        ("thứ ba 16/6", 6, 16),
        ("thứ sáu ngày 12 tháng 6", 6, 12),
        ("hết tháng 6", 6, 30),
        ("Tuần tới, thứ ba", 6, 16),
        ("20 tây", 6, 20),
        ("ngày 2 tháng bảy", 7, 2),
        ("ngày 5 tháng sau", 7, 5),
        ("hum wa", 6, 9),
    ],
)
def test_a_single_day_is_read(text, month, day):
    assert days(text) == [date(2026, month, day)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("từ 12-15/6", (6, 12), (6, 15)),
        ("từ ngày 15/6 đến hết ngày 17/6", (6, 15), (6, 17)),
        ("20-22/6", (6, 20), (6, 22)),
        ("1 đến 3/9", (9, 1), (9, 3)),
        ("28/6-3/7", (6, 28), (7, 3)),
        ("15,16/6", (6, 15), (6, 16)),
        ("11.7 tới 22.7", (7, 11), (7, 22)),
        ("trực cả 1.7 với 2.7", (7, 1), (7, 2)),
        ("từ 28 đến hết tháng", (6, 28), (6, 30)),
        ("từ mai đến thứ 6", (6, 11), (6, 12)),
        ("thứ bảy và chủ nhật tuần này", (6, 13), (6, 14)),
        ("t3-t5 tuần sau", (6, 16), (6, 18)),
        ("hôm nay và ngày mai", (6, 10), (6, 11)),
        ("thứ 2 đến thứ 4 tuần sau", (6, 15), (6, 17)),
        ("ngày 30, mùng 2", (6, 30), (7, 2)),
        ("tuần sau", (6, 15), (6, 21)),
        ("tuần sau cả đội đi T5-T6", (6, 18), (6, 19)),
        ("cuối tuần này", (6, 13), (6, 14)),
        ("từ ngày 2 đến ngày 4 tháng bảy", (7, 2), (7, 4)),
        ("từ ngày hai đến ngày bốn tháng mười một", (11, 2), (11, 4)),
        ("11-13.6", (6, 11), (6, 13)),
        ("28.6 đến 3.7", (6, 28), (7, 3)),
        ("từ 29 đến mùng 3", (6, 29), (7, 3)),
        ("thứ 3-5 tuần sau", (6, 16), (6, 18)),
        ("thứ 3,4,5 tuần sau", (6, 16), (6, 18)),
        ("t3, t4, t5 tuần sau", (6, 16), (6, 18)),
        ("thứ 3, thứ 4 và thứ 5", (6, 16), (6, 18)),
        ("thứ 3 và 4 tuần tới", (6, 16), (6, 17)),
        ("tu thu 2 den 6", (6, 15), (6, 19)),
        ("t2->6 anh Nam nghỉ", (6, 15), (6, 19)),
        ("sang tuần", (6, 15), (6, 21)),
        ("từ 21/12 đến hết năm", (12, 21), (12, 31)),
        ("qua tuần em mới làm", (6, 15), (6, 21)),
    ],
)
def test_several_days_are_read_from_one_line(text, first, last):
    assert days(text) == [(date(2026, *first), date(2026, *last))]


@pytest.mark.parametrize(
    "text",
    ["thứ 3, 4 người vắng", "thứ 3 - 4h chiều", "thứ 3: 4 khách", "thứ 3, 4 phòng họp", "thứ 3 và 5 khách", "thứ 3, 2"],
)
def test_a_figure_behind_a_weekday_may_count_something(text):
    assert days(text) == [date(2026, 6, 16)]


@pytest.mark.parametrize(
    "text",
    [
        "2 ngày công",
        "sốt 38.5",
        "2.5 tỷ",
        "mục 3.4",
        "sao kê 5.8",
        "phòng 15",
        "3-0",
        "12 triệu",
        "sáng 5 chiều 7 lượt",
        "năm nay",
        "mai mốt",
        "anh Mai",
        "lớp 6A",
        "",
    ],
)
def test_what_is_no_day(text):
    assert days(text) == []


def test_lunar_days_are_read():
    winter = datetime(2026, 2, 3, 9, 0)  # noqa: DTZ001
    assert days("26 Tết tới mùng 8", winter) == [(date(2026, 2, 13), date(2026, 2, 24))]
    assert days("mùng 2 Tết", winter) == [date(2026, 2, 18)]
    assert days("rằm tháng bảy") == [date(2026, 8, 27)]
    assert days("23 tháng chạp") == [date(2027, 1, 30)]


def test_a_day_without_a_year_is_of_the_sensible_one():
    november = datetime(2026, 11, 12, 9, 0)  # noqa: DTZ001
    assert days("12/6", november) == [date(2027, 6, 12)]
    assert days("5/11", november) == [date(2026, 11, 5)]
    assert days("5/1", november) == [date(2027, 1, 5)]


def test_lengths_of_time_are_read():
    assert [(each.days, each.sort) for each in durations(Line("3 ngày, hai bữa, 2 tuần, 4 hôm nay"))] == [
        (3, "length"),
        (2, "length"),
        (14, "length"),
        (4, "since"),
    ]


@given(
    DAYS,
    st.sampled_from(
        ["{d}/{m}/{y}", "ngày {d} tháng {m} năm {y}", "{d}-{m}-{y}", "{y}-{m:02}-{d:02}", "Ngày {d}/{m}/{y} em đi"]
    ),
)
def test_a_full_date_reads_back(day, shape):
    assert days(shape.format(d=day.day, m=day.month, y=day.year)) == [day]


@given(DAYS, st.integers(-50, 150))
def test_a_day_near_today_needs_no_year(today, away):
    day = today + timedelta(days=away)
    assert days(f"ngày {day.day}/{day.month}", datetime(today.year, today.month, today.day, 8)) == [day]  # noqa: DTZ001


@given(DAYS, st.integers(1, 26), st.integers(1, 20))
def test_a_range_reads_back(today, first, length):
    start = today.replace(day=first)
    end = start + timedelta(days=length)
    text = f"từ {start.day}/{start.month}/{start.year} đến {end.day}/{end.month}/{end.year}"
    assert days(text, datetime(today.year, today.month, today.day)) == [(start, end)]  # noqa: DTZ001


def test_a_range_of_the_sun_and_the_moon_is_asked_about():
    february = datetime(2027, 2, 1, 9, 0)  # noqa: DTZ001  the office's own clock
    (slot,) = read_dates("từ 3/2 tới mùng 10 em về quê ăn tết", february)
    assert slot.value == (date(2027, 2, 3), date(2027, 2, 15))
    assert not slot.is_certain


def test_the_last_day_before_the_new_year_of_the_moon_needs_no_thirtieth():
    december = datetime(2026, 12, 28, 9, 0)  # noqa: DTZ001  the office's own clock
    assert days("30 tết", december) == [date(2027, 2, 5)]


def test_the_evening_of_the_same_day_and_some_days_later_count_from_the_day_named_before():
    assert days("mùng 8 tháng 7 đi, tối cùng ngày về") == [date(2026, 7, 8), date(2026, 7, 8)]
    assert days("đi thứ sáu, 3 ngày sau về") == [date(2026, 6, 12), date(2026, 6, 15)]

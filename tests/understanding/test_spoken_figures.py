"""Tens and ones said in one breath, days with a dash or a dot, and messages all in capitals or titles."""

from datetime import date, datetime

import pytest

from understanding import read
from understanding.numbers import numbers
from understanding.phrases.line import Line

AT = datetime(2026, 5, 19, 9, 0)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("có mặt hai mốt, vắng một", [21, 1]),
        ("tiếp tám lăm lượt khách", [85]),
        ("bảy bảy lượt khách", [77]),
        ("có mặt ba tám nghỉ bốn", [38, 4]),
        ("tiếp hai ba lượt", [2, 3]),
        ("tổ hai năm người", [2, 5]),
        ("nghỉ năm năm", [5, 5]),
    ],
)
def test_tens_and_ones_in_one_breath(text, values):
    assert [number.value for number in numbers(Line(text))] == values


def test_the_ones_of_tens_are_no_day():
    count = read("tổ em có mặt hai mốt, vắng một", AT).first("count")
    assert count.get("date") == AT.date()
    assert count.get("values") == {"present": 21, "absent": 1}


@pytest.mark.parametrize(
    "text",
    [
        "Mình đi Quảng Trị từ 21-5, dự kiến 25-5 về",
        "em đi Quảng Trị 21-5, 25-5 em về",
        "21.5 em đi Quảng Trị, 25.5 em về",
        "em đi Quảng Trị từ ngày 21-5 đến hết ngày 25-5 ạ",
    ],
)
def test_a_day_and_its_month_with_a_dash_or_a_dot(text):
    trip = read(text, AT).first("travel")
    assert (trip.get("depart"), trip.get("return")) == (date(2026, 5, 21), date(2026, 5, 25))


def test_days_in_a_row_stay_days_in_a_row():
    trip = read("em đi Cà Mau 26-28", AT).first("travel")
    assert (trip.get("depart"), trip.get("return")) == (date(2026, 5, 26), date(2026, 5, 28))


def test_what_may_be_a_day_or_days_in_a_row_is_asked_about():
    assert not read("em nghỉ phép từ 1-6", AT).first("presence").is_certain


def test_titles_at_every_word_say_nothing():
    trip = read("Mai Em Xin Đi Huế Họp, Thứ Sáu Em Về", AT).first("travel")
    assert (trip.get("who"), trip.get("name")) == ("self", None)

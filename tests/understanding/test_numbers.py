"""Numbers in digits and words, parts of a whole, times, temperatures."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understanding.illness.temperature import temperatures
from understanding.numbers import numbers, ratios, read_number
from understanding.phrases.line import Line
from understanding.times import read_times


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("01", 1),
        ("3.412", 3412),
        ("62.480 lao động", 62480),
        ("38,9", 38.9),
        ("37.8", 37.8),
        ("mười hai", 12),
        ("hai mươi mốt", 21),
        ("ba chục", 30),
        ("năm mươi ba lao động", 53),
        ("một trăm lẻ năm", 105),
        ("hai nghìn", 2000),
        ("mười lăm ạ", 15),
        ("dạ 7 chị", 7),
    ],
)
def test_one_number_is_read(text, value):
    assert read_number(text).value == value


@pytest.mark.parametrize("text", ["không có", "năm nay", "", "0912345678901", "trăm sự nhờ anh"])
def test_what_is_no_number_is_left(text):
    assert read_number(text) is None


def test_the_span_covers_what_was_read():
    text = "tiếp 1.250 lượt"
    slot = read_number(text)
    assert text[slice(*slot.span)] == "1.250"


def test_parts_of_a_whole():
    found = ratios(Line("có mặt 418/430, lớp 27/31"))
    assert [(each.part, each.whole) for each in found] == [(418, 430), (27, 31)]


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("8h30", 8, 30),
        ("16g", 16, 0),
        ("6g rưỡi", 6, 30),
        ("7 giờ kém 15", 6, 45),
        ("16:30", 16, 30),
        ("lúc 2h sáng", 2, 0),
        ("lúc 9 rưỡi", 9, 30),
        ("từ 10 rưỡi", 10, 30),
    ],
)
def test_times_of_day_are_read(text, hour, minute):
    assert [slot.value for slot in read_times(text)] == [time(hour, minute)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("38 độ rưỡi", 38.5),
        ("38 độ 2", 38.2),
        ("38.7", 38.7),
        ("37,9 độ", 37.9),
        ("sốt 39", 39.0),
        ("ba tám độ rưỡi", 38.5),
        ("38 do 5", 38.5),
    ],
)
def test_temperatures_are_read(text, value):
    assert [each.value for each in temperatures(Line(text))] == [value]


@given(st.integers(0, 999_999_999))
def test_digits_grouped_by_dots_read_back(value):
    assert read_number(f"tổng {value:,}".replace(",", ".")).value == value


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_two_numbers_are_two(first, second):
    assert [each.value for each in numbers(Line(f"vắng {first}; ốm {second}"))] == [first, second]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ba ngàn hai trăm mười lăm", 3215),
        ("một trăm mười", 110),
        ("hai trăm mốt", 210),
        ("trăm hai", 120),
        ("trăm hai tám", 128),
        ("hai ngàn tư", 2400),
        ("chín trăm rưỡi", 950),
        ("một trăm linh sáu", 106),
        ("ba trăm hai mươi", 320),
    ],
)
def test_hundreds_are_said_in_short(text, value):
    assert read_number(text).value == value

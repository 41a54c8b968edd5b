"""Bold as Zalo counts it, and texts of any length in pieces."""

from __future__ import annotations

import unicodedata

import pytest

from bot.marked_text import as_plain, split, units
from bot.platforms.zalo.markup import styled
from storage.messages import BOLD_OFF, BOLD_ON


def bold(text: str) -> str:
    return f"{BOLD_ON}{text}{BOLD_OFF}"


def cut(text: str, start: int, length: int) -> str:
    return text.encode("utf-16-le")[2 * start : 2 * (start + length)].decode("utf-16-le")


@pytest.mark.parametrize(
    ("marked", "plain", "parts"),
    [
        ("Hạn 16:30", "Hạn 16:30", []),
        (f"Hạn {bold('16:30')} nhé", "Hạn 16:30 nhé", ["16:30"]),
        (f"😀 {bold('Đã nhận 😀')} rồi {bold('ạ')}", "😀 Đã nhận 😀 rồi ạ", ["Đã nhận 😀", "ạ"]),
        (f"{BOLD_ON}không đóng", "không đóng", ["không đóng"]),
        (f"{BOLD_OFF}không mở{BOLD_ON}", "không mở", []),
        (f"{BOLD_ON}{BOLD_ON}hai lần{BOLD_OFF}{BOLD_OFF} x", "hai lần x", ["hai lần"]),
        (bold(""), "", []),
    ],
)
def test_marks_become_spans_in_utf16_units(marked: str, plain: str, parts: list[str]) -> None:
    words = styled(marked)
    assert words.text == plain
    assert [cut(plain, start, length) for start, length in words.bold] == parts
    assert words.styles == [{"start": start, "len": length, "st": ["b"]} for start, length in words.bold]


def test_a_text_that_fits_exactly_stays_whole() -> None:
    assert split("ạ" * 2000, 2000) == ["ạ" * 2000]
    assert len(split("ạ" * 2001, 2000)) == 2


def test_decomposed_letters_are_composed_before_they_are_counted() -> None:
    [piece] = split(unicodedata.normalize("NFD", "ạ" * 2000), 2000)
    assert units(piece) == 2000


def test_a_character_of_two_units_is_never_parted() -> None:
    pieces = split("a" + "😀" * 1500, 2000)
    assert [units(piece) for piece in pieces] == [1999, 1002]
    assert "".join(pieces) == "a" + "😀" * 1500


def test_a_long_text_is_parted_at_paragraphs_and_loses_no_word_and_no_bold() -> None:
    text = "\n\n".join(f"{bold(f'Điều {number}.')} " + "nội dung " * 60 for number in range(1, 16))
    pieces = split(text, 2000)
    assert all(units(as_plain(piece)) <= 2000 for piece in pieces)
    assert " ".join(map(as_plain, pieces)).split() == as_plain(text).split()
    assert sum(len(styled(piece).bold) for piece in pieces) == 15
    assert all(as_plain(piece).startswith("Điều") for piece in pieces)


def test_bold_over_a_cut_goes_on_behind_it() -> None:
    pieces = split(bold("chữ " * 900), 2000)
    assert [bool(styled(piece).bold) for piece in pieces] == [True] * len(pieces)

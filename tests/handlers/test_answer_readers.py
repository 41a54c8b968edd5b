"""Readers of single answers: certain, or None."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.answers.readers import whole_number

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("12", 12),
        ("12.", 12),
        ("12 lượt ạ", 12),
        ("dạ 12 khách ạ", 12),
        ("mười hai", 12),
        ("hôm nay có 12 lượt khách", 12),
        ("tổng số 1.846", 1846),
        ("không có", 0),
        ("không ạ", 0),
    ],
)
def test_a_number_and_what_it_counts(said: str, meant: int) -> None:
    assert whole_number(said, NOW) == meant


@pytest.mark.parametrize(
    "said",
    [
        "em ghi nhầm, thứ Bảy mới về",
        "20/11",
        "16:30",
        "8 giờ sáng",
        "khoảng 12",
        "phòng 12",
        "12, à nhầm 13",
        "12 hay 13",
        "hôm nay 16 lượt chứ không phải 15",
        "0912345678",
        "mai em báo",
    ],
)
def test_a_number_in_other_words_is_no_answer(said: str) -> None:
    """It is asked again rather than guessed."""
    assert whole_number(said, NOW) is None

"""Moments in people's words: which day, which half of it, and nothing taken for an hour that is none."""

from __future__ import annotations

from datetime import datetime

import pytest

from handlers.days.named_moments import last_moment_in, moments_in
from handlers.local_time import VIETNAM

TUESDAY = datetime(2026, 11, 24, 7, 16, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("nhắc cả phòng 16:00 nộp báo cáo", "24/11 16:00"),
        ("8 giờ sáng mai họp toàn cơ quan", "25/11 08:00"),
        ("3h chiều nay họp", "24/11 15:00"),
        ("chieu mai luc 2h", "25/11 14:00"),
        ("thứ 6 9h nộp", "27/11 09:00"),
        ("mai nộp báo cáo lúc 9h", "25/11 09:00"),
        ("14h30' ngày 25/11", "25/11 14:30"),
        ("8 giờ 00 phút, ngày 26 tháng 11 năm 2026", "26/11 08:00"),
        ("tối nay 7 giờ", "24/11 19:00"),
        ("nửa tiếng nữa gọi", "24/11 07:46"),
        ("sau 45 phút", "24/11 08:01"),
        ("2 tiếng nữa", "24/11 09:16"),
    ],
)
def test_an_hour_finds_its_day(said: str, meant: str) -> None:
    assert [one.at.strftime("%d/%m %H:%M") for one in moments_in(said, TUESDAY)] == [meant]


def test_a_limit_is_told_from_a_moment() -> None:
    assert [one.is_limit for one in moments_in("15h nhắc nộp trước 17h ngày 25/11", TUESDAY)] == [False, True]


@pytest.mark.parametrize("said", ["", "nộp báo cáo quý", "12 khách", "số 22/KH-SCT", "16:99"])
def test_no_hour_no_moment(said: str) -> None:
    assert moments_in(said, TUESDAY) == []


def test_the_last_moment_is_an_hour_or_the_end_of_a_day() -> None:
    assert last_moment_in("họp 8h ngày 25/11, gửi tài liệu trong ngày 26/11", TUESDAY) == datetime(
        2026, 11, 26, 23, 59, tzinfo=VIETNAM
    )
    assert last_moment_in("họp 8h-10h ngày 25/11", TUESDAY) == datetime(2026, 11, 25, 10, tzinfo=VIETNAM)
    assert last_moment_in("họp toàn cơ quan", TUESDAY) is None

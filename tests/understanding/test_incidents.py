"""Incidents that no list of phrases holds, whom they happened to, and what only sounds like one."""

from datetime import UTC, datetime

import pytest

from understanding import read

AT = datetime(2026, 9, 8, 8, 0, tzinfo=UTC)


def incident(text):
    return read(text, AT).first("incident")


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("Thụ lái xe bị cần ép kẹp ngón tay. Đi viện.", "accident"),
        ("Giàn giáo trục B sập 1 nhịp lúc 15h40, không có ai bên dưới", "accident"),
        ("Phòng 305 vừa vỡ bình HNO3 trong tủ hút", "chemical"),
        ("dầu loang quanh cầu cảng số 3 cỡ 200m2, anh em ra quây phao gấp", "chemical"),
        ("bể ống D300 đường Trần Hưng Đạo nha mấy anh, nước phun lên cả thước", "other"),
        ("MẤT MỘT CHIẾC AIR BLADE BIỂN 71 Ở NHÀ XE, ĐANG COI LẠI CAMERA", "security"),
    ],
)
def test_what_happened_is_put_together_from_its_words(text, sort):
    assert incident(text).get("type") == sort


@pytest.mark.parametrize(
    "text",
    [
        "mai t ra Ninh Binh lay may cat, di ve trong ngay",
        "em đi cắt tóc ở đầu ngõ rồi về",
        "nhớ đổ xăng xe trước khi đi nha",
        "mất 2 ngày mới xong hồ sơ",
        "mẫu 14 dương tính E.coli nhé, huỷ cả lô",
    ],
)
def test_what_only_sounds_like_it_is_none(text):
    assert incident(text) is None


@pytest.mark.parametrize(
    ("text", "who", "name"),
    [
        ("chị Như kế bên bàn em test lên 2 vạch òi", "other", "Như"),
        ("dạ bạn cùng phòng trọ với em mới lên hai vạch tối ni", "other", None),
        ("Dạ có 1 ca test nhanh lên 2 vạch, là cháu Bảo con chú Sáu kế bên cơ quan mình ạ", "other", "Bảo"),
        ("Phòng 204 nhà B có 2 em F1, thầy bảo các em ở yên tại phòng rồi", "other", None),
        ("em test nhanh lên 2 vạch rồi ạ", "self", None),
    ],
)
def test_whom_it_happened_to(text, who, name):
    assert (incident(text).get("who"), incident(text).get("name")) == (who, name)


def test_those_to_whom_it_happened_are_no_count():
    reading = read("chiều ông ấy báo dương tính, 2 bạn trực quầy tiếp xúc gần", AT)

    assert reading.first("incident").get("people") == 2
    assert not reading.of("count")

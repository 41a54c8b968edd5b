"""Words of accidents and illness that tell of none, and the same words when they do."""

from datetime import UTC, datetime

import pytest

from understanding import read

AT = datetime(2026, 6, 10, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "em chỉ bốc cháy bên trong thôi",
        "tài Hợi hổm rày né tui như né f0",
        "nổ như bắp rang, anh Tài nổ dữ",
        "xe số 7 đề ba lần mới nổ",
        "rò rỉ đề thi là bị kỷ luật hết đó nghe",
        "tụi nhỏ chơi đánh nhau ngoài sân ồn quá",
        "đi đường thấy tai nạn ở ngã tư Hàng Xanh, kẹt xe ghê",
        "tiền đạo số 9 bị chấn thương đầu gối, nghỉ hết mùa",
        "Hà Nội có 3 ca dương tính mới",
        "bữa trước tổ 2 có người bị f0 mà giờ khỏi hết rồi",
        "em chết đuối trong đống deadline rồi",
        "tường đổ mồ hôi như người ốm",
        "container lạnh bị sốt nhiệt rồi",
        "Mẹo hay: ngạt mũi thì ngửi hành lá",
        "tuần rồi 142 cont ra cảng, còn tồn 37",
        "tháng sau công ty cho làm ở nhà thứ sáu hàng tuần nha",
        "con em biết đi làm việc nhà rồi",
    ],
)
def test_what_is_only_a_way_of_speaking_is_no_report(text):
    assert read(text, AT).reports == ()


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("xe nang quet trung chan 1 cong nhan kho Dinh Vu, da goi 115", "accident"),
        ("máy ép kẹp trúng tay chị Liễu tổ 3", "accident"),
        ("kho sơn đổ mất 1 thùng dung môi mùi hắc lắm", "chemical"),
        ("bể phốt khu B tràn ra sân hôi quá", "other"),
        ("có người lạ mặt leo vô kho vật tư, bảo vệ đang giữ lại", "security"),
        ("đêm qua cháy quầy bánh mì trước cổng", "fire"),
        ("nhà em cháy hết rồi chị ơi", "fire"),
        ("sáng nay nổ bình gas ở bếp ăn", "fire"),
    ],
)
def test_what_did_happen_is_told(text, sort):
    assert read(text, AT).first("incident").get("type") == sort


@pytest.mark.parametrize(
    "text",
    [
        "Em vô tới khoa rồi hí",
        "e lên vp r nha, đag setup livestream",
        "em xuống tới trạm rồi anh ơi",
        "hôm ni em ngồi ở phòng một cửa học việc với chị Sương ạ",
    ],
)
def test_who_has_come_to_the_place_of_work_is_there(text):
    assert read(text, AT).first("presence").get("status") == "office"


def test_whose_kin_is_ill_is_told_of_nobody_of_the_house():
    case = read("Chị Bế Thị Mai nhờ em báo: chồng chị ấy dương tính sáng nay", AT).first("incident")
    assert (case.get("who"), case.get("name")) == ("other", None)


def test_an_absence_ends_the_day_before_one_comes_back():
    absence = read("tui nghỉ tới thứ hai mới vô nghen bà con", AT).first("presence")
    assert absence.get("until").isoformat() == "2026-06-14"


def test_another_day_takes_the_place_of_the_one_worked():
    change = read("á nhầm, thứ 3 e mới thi, thứ 2 e vẫn đi lm nha", AT, "after:presence").first("correction")
    assert (change.get("action"), change.get("date").isoformat()) == ("update", "2026-06-16")


def test_who_sits_on_the_vehicle_that_was_hit_is_the_one():
    hit = read("xe máy em bị xe container quẹt ngã, trầy đầu gối", AT).first("incident")
    assert (hit.get("type"), hit.get("who")) == ("accident", "self")

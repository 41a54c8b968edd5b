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


@pytest.mark.parametrize(
    ("text", "sort", "name"),
    [
        ("thằng Cu Em bửa củi phạm dao vô ống quyển, may bảy mũi", "accident", "Cu Em"),
        ("con trâu húc chị Lành té xuống ruộng", "accident", "Lành"),
        ("ghe dan dung tau kiem ngu, anh Dom vang xuong nuoc", "accident", "Dom"),
        ("em bị con chó nghi dại táp vô bắp tay", "accident", None),
        ("thầy Hòa đang dạy thì gục xuống bàn, gọi không thưa", "other", "Hòa"),
        ("đường ống cấp nước khu B bị vỡ, ngập hết sân", "other", None),
        ("phòng lạnh có mùi khai xộc lên mũi, ai vô cũng chảy nước mắt", "chemical", None),
        ("mất sạch dây đồng ở trạm biến áp số 3 rồi anh ơi", "security", None),
        ("đêm qua đứa nào cạy cốp xe chị Hạnh lấy mất cái máy tính", "security", None),
    ],
)
def test_what_happened_is_told_by_its_traces(text, sort, name):
    report = read(text, AT).first("incident")

    assert (report.get("type"), report.get("name")) == (sort, name)


@pytest.mark.parametrize(
    "text",
    [
        "suýt nữa là té sông, hú hồn",
        "cái ghế gãy chân rồi, xin thay",
        "con bò bị trâu húc tét bụng, e khâu 18 mũi xong mệt bở hơi tai",
        "mùi bún đậu hắc lên thơm quá",
        "em mất cái bút rồi ai thấy hông",
        "mai đi sửa ống vỡ ở xã Liên Sơn",
    ],
)
def test_what_was_feared_befell_a_beast_or_was_only_mislaid_is_none(text):
    assert read(text, AT).first("incident") is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("CHÁY TRƯỜNG MẦM NON HOA SEN Ở KCN VĨNH LẠC RỒI AI TRỰC GỌI NGAY", "trường mầm non hoa sen"),
        ("cháy trường rồi ai trực gọi 114 với", None),
        ("cháy thật ở KCN Vĩnh Lạc, không phải diễn tập", "KCN Vĩnh Lạc"),
        ("cháy nhà kho trường rồi mọi người ơi cứu với", "nhà kho trường"),
    ],
)
def test_who_cries_for_help_at_night_is_heard_for_certain(text, unit):
    (fire,) = read(text, AT).reports

    assert (fire.get("type"), fire.get("unit"), fire.is_certain) == ("fire", unit, True)


@pytest.mark.parametrize(
    "text",
    [
        "tối nay ai trực vậy cả nhà",
        "ai trực hôm nay gọi chị một tiếng nha",
        "chiều nay 15h diễn tập chữa cháy ở sân sau, ai trực nhớ mở cổng",
    ],
)
def test_who_only_asks_who_is_on_duty_alarms_nobody(text):
    assert read(text, AT).reports == ()

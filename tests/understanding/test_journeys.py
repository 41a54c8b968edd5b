"""Journeys as travellers tell them: lists of trips, landings, airports passed through, memories, and days that only the calendar tells."""

from datetime import UTC, date, datetime

import pytest

from understanding import read

AT = datetime(2026, 6, 10, 2, 0, tzinfo=UTC)
"""A Wednesday."""


def trips(text, context=None, at=AT):
    slots = ("destinations", "depart", "return", "who", "name")
    reading = read(text, at, context)
    return [tuple(report.get(slot) for slot in slots) for report in reading.reports if report.kind == "travel"]


def june(day):
    return date(2026, 6, day)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Q3 em có 2 trip: Jakarta 5–8/7, Seoul 19–23/7",
            [
                (["Indonesia"], date(2026, 7, 5), date(2026, 7, 8), "self", None),
                (["Hàn Quốc"], date(2026, 7, 19), date(2026, 7, 23), "self", None),
            ],
        ),
        (
            "Đi tỉnh tuần sau:\n- Phi: Lạng Sơn 15-17/6\n- Nhung: Cao Bằng 16-19/6",
            [
                (["Lạng Sơn"], june(15), june(17), "other", "Phi"),
                (["Cao Bằng"], june(16), june(19), "other", "Nhung"),
            ],
        ),
        (
            "Tháng 7 anh đi 2 chuyến:\n3-5: Huế\n20-22: Cần Thơ",
            [
                (["Thừa Thiên Huế"], date(2026, 7, 3), date(2026, 7, 5), "self", None),
                (["Cần Thơ"], date(2026, 7, 20), date(2026, 7, 22), "self", None),
            ],
        ),
    ],
)
def test_a_list_of_places_and_days_is_one_trip_each_and_asked_about(text, told):
    assert trips(text) == told
    assert not any(report.is_certain for report in read(text, AT, None).reports)


@pytest.mark.parametrize(
    "text",
    [
        "Tour hè: Đà Nẵng 15-17/6, Huế 20-22/6 giá 3tr5",
        "Mưa lớn ở Hà Giang 10-12/6, Lào Cai 12-14/6",
        "Lịch thi: Hà Nội 12-14/6, Huế 20-22/6",
        "Nhớ năm 1986 tôi lên Lạng Sơn bằng xe khách, mất ba ngày mới tới nơi",
        "Hồi 2015 em đi Hà Giang ba ngày bị sốt suốt",
    ],
)
def test_prices_weather_examinations_and_memories_are_no_trips(text):
    assert trips(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Em bay Geneva họp ngày 21/6, transit Doha, sáng thứ Bảy 27 hạ cánh Nội Bài", ("Thụy Sĩ", june(21), june(27))),
        ("Tôi đi Berlin ngày 15/6, quá cảnh Dubai, 22/6 về tới Tân Sơn Nhất", ("Đức", june(15), june(22))),
        ("Vừa landing từ Nairobi, mai em remote cho đỡ jet lag", ("Kenya", None, june(10))),
        ("Hội thảo bên Thái Lan bổ ích lắm, mình về tới nhà từ tối thứ Bảy", ("Thái Lan", None, june(6))),
        ("Cuối tháng này, từ 27 đến 30, tôi lên Điện Biên thắp hương", ("Điện Biên", june(27), june(30))),
        ("em tháp tùng xuống Bạc Liêu từ mai tới 13", ("Bạc Liêu", june(11), june(13))),
        ("Ngày kia tôi vào Sóc Trăng dự giỗ tổ họ, ở lại hai đêm", ("Sóc Trăng", june(12), june(14))),
        ("Em xin về Phan Thiết dự lễ vào thứ Sáu này, tối Chủ nhật em lên lại ạ", ("Bình Thuận", june(12), june(14))),
    ],
)
def test_the_way_out_and_the_way_home(text, told):
    assert [(places[0], depart, back) for places, depart, back, _, _ in trips(text)] == [told]


def test_before_the_feast_the_last_days_of_the_old_year_lead_to_the_first_of_the_new_one():
    before_tet = datetime(2026, 2, 11, 2, 0, tzinfo=UTC)

    assert trips("tet nay toi ve que vo o nam dinh tu 28 den mung 5", at=before_tet) == [
        (["Nam Định"], date(2026, 2, 15), date(2026, 2, 21), "self", None)
    ]


def test_who_lets_the_writer_say_it_is_the_one_who_goes():
    assert trips("Anh Nam báo nhà có tang, anh về Nghệ An ngay tối nay") == [
        (["Nghệ An"], june(10), None, "other", "Nam")
    ]


def test_capitals_and_cities_of_the_world_are_known_by_their_countries():
    cities = {
        "Nairobi": "Kenya",
        "Giơ-ne-vơ": "Thụy Sĩ",
        "Addis Ababa": "Ethiopia",
        "Tashkent": "Uzbekistan",
        "Lima Peru": "Peru",
    }

    for city, country in cities.items():
        assert trips(f"Mai em bay {city} 5 ngày")[0][0] == [country]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("em đang kẹt ở Đà Nẵng, ngày mai mới về được Buôn Ma Thuột", (["Đà Nẵng"], None, june(11), "self", None)),
        (
            "mình bay Thượng Hải 12/6, transit Quảng Châu, 15/6 về tới TSN",
            (["Trung Quốc"], june(12), june(15), "self", None),
        ),
        ("em mới từ Tây Ninh xuống, cúng bà xong rồi", (["Tây Ninh"], None, june(10), "self", None)),
        ("em đi Kon Tum từ hôm thứ hai giờ mới về tới nhà", (["Kon Tum"], june(8), june(10), "self", None)),
        ("em mới ở Trà Vinh về hồi sáng, đi coi lúa từ hôm thứ hai", (["Trà Vinh"], june(8), june(10), "self", None)),
        (
            "bà xã tui theo đoàn đi Châu Đốc hôm chủ nhật, mốt mới về",
            (["An Giang"], june(7), june(12), "family", None),
        ),
        (
            "Thứ Sáu tuần trước em đưa vợ về ngoại ở Kon Tum, đến tối Chủ nhật mới quay lại",
            (["Kon Tum"], june(5), june(7), "self", None),
        ),
        ("Chừ em vô Đà Nẵng nhận vắc xin, chiều ni ra", (["Đà Nẵng"], june(10), june(10), "self", None)),
        (
            "Em đang ở sân bay Pleiku chờ bay ra Hà Nội, thứ Sáu em vào",
            (["Hà Nội"], june(10), june(12), "self", None),
        ),
    ],
)
def test_where_one_was_passed_and_comes_home_to_is_told_apart(text, told):
    assert trips(text) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "Báo Đắk Lắk hôm nay đăng bài về voi Buôn Đôn, anh chị đọc thử nhé",
        "Hợp đồng bên Công ty CP Thép Thái Nguyên 25/6 hết hạn, a/c lưu ý",
        "Team Hà Nội vô họp thứ 5 nha mn",
        "ETA Hải Phòng 12/6, ETD Cái Mép 9/6, các em check lại B/L",
        "mẹ vợ em ngoài Thanh Hóa vô chơi tới mai",
        "Bão số 2 đang hướng vào Quảng Ngãi, ngày mai có thể đổ bộ",
        "mấy chú bên sở nông nghiệp Bạc Liêu mai xuống mình coi cống nha",
        "hàng từ Sài Gòn lên tới Pleiku lúc bốn giờ sáng",
    ],
)
def test_papers_offices_vessels_visitors_and_storms_make_no_trip(text):
    assert trips(text) == []

"""Figures in a sentence, in a sum, in a table with short heads, as an answer; and how they are set right afterwards."""

from datetime import UTC, datetime

import pytest

from understanding import read

AT = datetime(2026, 6, 10, 2, 0, tzinfo=UTC)


def counts(text, context=None):
    reports = [report for report in read(text, AT, context).reports if report.kind == "count"]
    return [(report.get("unit"), report.get("values")) for report in reports]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("phòng 7 ng hnay đi 5 thôi nhé c Mai phép", {"total": 7, "present": 5}),
        (
            "Trạm mình tám người mà nay ngồi đây có năm, ba người kia xuống buôn cả rồi",
            {"total": 8, "present": 5, "field": 3},
        ),
        ("hôm nay trạm có bảy anh em đi tuần năm người ở lại trạm hai người", {"total": 7, "present": 2, "field": 5}),
        ("sáng 12+9+4, chiều 7, vị chi 32 lượt ạ", {"visitors": 32}),
        ("8+6+3 = 17 lượt hôm nay", {"visitors": 17}),
    ],
)
def test_heads_and_sums_told_in_a_sentence_are_read_and_asked_about(text, values):
    assert counts(text) == [(None, values)]
    assert not read(text, AT, None).reports[0].is_certain


def test_guests_may_be_uncles_and_aunts():
    assert counts("hôm nay quầy Hộ tịch tiếp 18 bác ạ, trong đó 3 bác quay lại bổ sung giấy tờ") == [
        ("quầy Hộ tịch", {"visitors": 18})
    ]


def test_a_table_may_have_short_heads_and_classes_for_rows():
    assert counts("Quân số 10/6\nLớp | Có | Vắng\nHoa Mai | 24 | 3\n6A | 35 | 0") == [
        ("Hoa Mai", {"present": 24, "absent": 3}),
        ("6A", {"present": 35, "absent": 0}),
    ]


@pytest.mark.parametrize(
    ("text", "asked", "values"),
    [
        ("phòng em đủ quân", "", {"absent": 0}),
        ("Khoa chị chưa thấy ai", ":from_epidemic_area", {"from_epidemic_area": 0}),
        ("1thôi,a Dũng chưa lên", ":absent", {"absent": 1}),
    ],
)
def test_a_short_answer_is_the_figure_that_was_asked_for(text, asked, values):
    assert counts(text, f"reply_to:daily_count{asked}") == [(None, values)]


@pytest.mark.parametrize(
    ("text", "after", "changed"),
    [
        (
            "Tôi đọc lệch dòng: cột nghỉ phép là 6, cột đi công tác mới là 9",
            "count",
            {"values": {"leave": 6, "field": 9}},
        ),
        (
            "điều chỉnh lại: đồng chí Mão đã tới nên có mặt là sáu và không còn ai nghỉ phép",
            "count",
            {"values": {"present": 6, "leave": 0}},
        ),
        ("Em cộng thiếu ca chiều, cả ngày là 45 lượt", "count", {"values": {"visitors": 45}}),
        ("chị Hà mới đến rồi, giờ còn vắng 1 thôi", "count", {"values": {"absent": 1}}),
        ("Nhiệt kế hỏng, cặp cái khác có 36,8 thôi", "symptom", {"temperature_c": 36.8}),
        ("tôi trực nốt tuần này, không nghỉ bù nữa", "presence", {}),
        ("do bang may cam tay ra 0, em rut lai tin luc nay", "incident", {}),
        ("bỏcái báo đi BắcGiang sáng nay hộ e", "travel", {"destinations": ["Bắc Giang"]}),
    ],
)
def test_what_is_set_right_afterwards(text, after, changed):
    report = read(text, AT, f"after:{after}").first("correction")

    slots = {name: slot.value for name, slot in report.slots.items()}
    is_cancelled = not changed or after == "travel"
    assert slots == {"target": after, "action": "cancel" if is_cancelled else "update", **changed}


def test_not_everybody_is_here_yet():
    assert counts("chưa đủ, thiếu anh Tài", "reply_to:daily_count") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("trung đội 30 đồng chí, vắng 2 có lý do", [(None, {"total": 30, "absent": 2})]),
        ("Tổ 1 đủ, tổ 2 thiếu Hùng, tổ 3 đủ", [("Tổ 1", {"absent": 0}), ("tổ 3", {"absent": 0})]),
        (
            "10A 45/45, 10B 43/45, 10C 44/45",
            [
                ("10A", {"present": 45, "total": 45}),
                ("10B", {"present": 43, "total": 45}),
                ("10C", {"present": 44, "total": 45}),
            ],
        ),
        ("Hôm nay quầy thuế vắng hoe, được mỗi 3 người", [("quầy thuế", {"visitors": 3})]),
    ],
)
def test_whose_figure_it_is(text, told):
    assert counts(text) == told

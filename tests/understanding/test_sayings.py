"""Ways of speaking that strangers' messages taught: each with the sentence it was learnt from, or one of its kind."""

from datetime import UTC, date, datetime

import pytest

from understanding import read

AT = datetime(2026, 5, 21, 2, 0, tzinfo=UTC)
"""A Thursday."""


def told(text, kind, *slots, context=None):
    report = read(text, AT, context).first(kind)
    return tuple(report.get(name) for name in slots) if report else None


@pytest.mark.parametrize(
    ("text", "depart", "back"),
    [
        ("Anh đang ở Quảng Trị, chủ nhật anh ra", None, date(2026, 5, 24)),
        ("em đang trên xe ra Quảng Ngãi, mai em dìa", date(2026, 5, 21), date(2026, 5, 22)),
        ("Hôm qua chị mới đi Quảng Nam về, chị báo để cơ quan biết", None, date(2026, 5, 20)),
        ("em vừa từ Hòa Bình về tối qua ạ, đi từ thứ sáu", date(2026, 5, 15), date(2026, 5, 20)),
        ("em đi Phú Yên từ ngày hai ba đến ngày hai sáu", date(2026, 5, 23), date(2026, 5, 26)),
        ("mùng một em về Thái Bình mùng ba em lên", date(2026, 6, 1), date(2026, 6, 3)),
        ("Hôm 14, 15 vừa rồi em có về quê ở Nghệ An", date(2026, 5, 14), date(2026, 5, 15)),
        ("mốt mình dẫn đội vô Ninh Thuận lấy mẫu, 25.5 mới ra", date(2026, 5, 23), date(2026, 5, 25)),
        ("sếp Hùng đi Long An họp chiều mới về ai kiếm thì đợi", date(2026, 5, 21), date(2026, 5, 21)),
        ("em đi Long An giao hàng sáng đi chiều về", date(2026, 5, 21), date(2026, 5, 21)),
    ],
)
def test_a_journey_begins_and_ends_as_it_is_said(text, depart, back):
    assert told(text, "travel", "depart", "return") == (depart, back)


def test_the_other_name_of_a_place_is_no_second_destination():
    assert told("mai em đi Quy Nhơn (nay là Gia Lai) 3 ngày", "travel", "destinations") == (["Bình Định"],)


@pytest.mark.parametrize(
    ("text", "context", "changed"),
    [
        ("à không, 22 mới lên", "travel", {"return": date(2026, 5, 22)}),
        ("lộn nha a, sáng t2 e mới lên lại", "travel", {"return": date(2026, 5, 25)}),
        ("em không ra Huế mà ra Vinh ạ", "travel", {"destinations": ["Nghệ An"]}),
        ("cặp lại có 37.4 thôi anh", "symptom", {"temperature_c": 37.4}),
        ("à 46 lượt nghe chị, em gõ ngược", "count", {"values": {"visitors": 46}}),
        ("à kho B ạ, em ghi nhầm kho A", "incident", {"unit": "kho B"}),
        ("em không nghỉ 28/5 nữa, em chỉ nghỉ 29/5 thôi ạ", "presence", {"date": date(2026, 5, 29), "status": "leave"}),
        ("GỬI NHẦM NHÓM, ANH EM HỦY GIÚP TIN ĐIỂM DANH VỪA RỒI", "count", {}),
    ],
)
def test_a_correction_changes_only_what_it_names(text, context, changed):
    report = read(text, AT, f"after:{context}").first("correction")

    slots = {name: slot.value for name, slot in report.slots.items()}
    assert slots == {"target": context, "action": "update" if changed else "cancel", **changed}


@pytest.mark.parametrize(
    ("text", "unit", "values"),
    [
        ("Phòng TCHC ghi giúp tôi: trạm 5 hôm nay đi làm 12, nghỉ 1", "trạm 5", {"present": 12, "absent": 1}),
        ("chuyeefn 12 ddi lamf 41, nghir 2", "chuyền 12", {"present": 41, "absent": 2}),
        ("Lễ tân hôm nay vắng 2 bạn, còn 5", "Lễ tân", {"absent": 2, "present": 5}),
        ("khoa XN: lấy mẫu 214 người, dương 3, đang chờ 40", "khoa XN", {"tested": 214, "f0": 3}),
        ("ca 3 7/7", "ca 3", {"present": 7, "total": 7}),
        ("hôm nay ấp 3 có 4 người dân từ vùng dịch về, 1 F0", "ấp 3", {"from_epidemic_area": 4, "f0": 1}),
        ("hôm nay đội có hai tám người đi làm nghỉ hai trong đó một ốm", None, {"present": 28, "absent": 2, "sick": 1}),
    ],
)
def test_figures_belong_to_who_is_counted(text, unit, values):
    assert told(text, "count", "unit", "values") == (unit, values)


def test_who_goes_out_to_work_is_out_until_the_day_of_coming_back():
    text = "Tổ tuần rừng 5 anh em tôi vào tiểu khu 148 tới thứ hai mới ra"

    assert told(text, "presence", "status", "until") == ("field", date(2026, 5, 25))


@pytest.mark.parametrize(
    "text",
    [
        "chị Vân có đang ở office hông, em quên thẻ rồi",
        "khách hỏi sốt 39 uống j, e tư vấn sao đây c",
    ],
)
def test_who_asks_reports_nothing(text):
    assert read(text, AT).reports == ()


def test_who_met_the_one_who_is_ill_now_is_a_contact():
    text = "hôm qua em ngồi uống nước với ông chủ trại, sáng nay ổng test dương tính rồi anh ơi"

    assert told(text, "incident", "type", "who") == ("f1_contact", "self")


def test_the_number_of_a_unit_hurts_nobody():
    assert told("chị công nhân chuyền 5 bị kim đâm vào tay", "incident", "people") == (None,)


def test_an_illness_begins_before_the_leave_that_is_asked_for_it():
    assert told("em xin sick leave hôm nay ạ, sốt từ tối qua", "symptom", "onset") == (date(2026, 5, 20),)


@pytest.mark.parametrize(
    ("text", "context", "status"),
    [
        ("em ở trụ sở nha", None, "office"),
        ("tối nay em trực đêm", None, "office"),
        ("Dạ em ngồi quầy từ bảy giờ kém rồi ạ", "reply_to:checkin", "office"),
        ("chiều nay a Phong với e xuống mấy hộ dưới ấp tiêm phòng", None, "field"),
        ("mai tôi theo xe lưu động xuống các xã, hết thứ bảy mới về lại cơ quan", None, "field"),
        ("chú Bảy kiếu một bữa mai", None, "leave"),
        ("gặp em ở trụ sở nhé", None, None),
        ("con đường xuống xã hư hết rồi", None, None),
        ("tối em ra vườn hái ít rau cho chị", None, None),
    ],
)
def test_where_somebody_is_may_be_told_in_passing(text, context, status):
    report = read(text, AT, context).first("presence")

    assert (report and report.get("status")) == status


def test_two_days_of_one_sentence_are_two_statements():
    reports = read("hôm nay em trực ban tại cơ quan, mai nghỉ bù", AT).reports

    assert [(each.get("status"), each.get("date").day) for each in reports] == [("office", 21), ("leave", 22)]


@pytest.mark.parametrize(
    ("text", "context", "unit", "values"),
    [
        ("Nhân lực: 8. Trực trạm: 6. Ốm: 1. Tiêm lưu động ấp Kinh Hòn: 1.", None, None, (8, 6, 1)),
        ("đội 2: quân số 14, gác 10, ốm 2, học 2", None, "đội 2", (14, 10, 2)),
        (
            "Tổ Thanh tra 18 người: có mặt 15, phép 2, đang đối chiếu hóa đơn tại doanh nghiệp 1.",
            None,
            "Tổ Thanh tra",
            (18, 15, 1),
        ),
        ("Chi cục 31 ng, sáng nay có mặt 27, 3 ng đi chốt, 1 ng nghỉ ốm", None, None, (31, 27, 3)),
    ],
)
def test_a_figure_without_a_known_name_is_told_by_the_sum(text, context, unit, values):
    report = read(text, AT, context).first("count")

    assert report.get("unit") == unit
    assert tuple(report.get("values").get(name) for name in ("total", "present", "field")) == values


@pytest.mark.parametrize(
    ("text", "context", "values"),
    [
        ("phòng em tám người mà nay ngồi đây có năm", None, {"total": 8, "present": 5}),
        ("bếp có năm người mà bữa nay hai người hông vô", None, {"total": 5, "absent": 2}),
        ("Xe qua cổng 2 trong ngày: 418 lượt. Khách liên hệ: 37.", None, {"visitors": 37}),
        ("Khách đến cơ quan: không. Bưu phẩm: 05.", None, {"visitors": 0}),
        ("Dạ hông có ai hết trơn", "reply_to:daily_count:f0", {"f0": 0}),
        ("hết thảy 32 nghe", "reply_to:daily_count:visitors", {"visitors": 32}),
        ("bảo tàng bữa nay trăm hai khách", None, {"visitors": 120}),
    ],
)
def test_figures_are_said_as_people_say_them(text, context, values):
    reports = [each for each in read(text, AT, context).reports if each.kind == "count"]

    assert [each.get("values") for each in reports] == [values]


@pytest.mark.parametrize(
    "text",
    [
        "kết quả PCR của a Phong tài xế: dương, CT 22",
        "đổ chai formol phòng 204, đã mở cửa thông gió, đừng ai vô",
        "ba Năm quét lầu 3 té cầu thang gãy chân rồi có ai xuống phụ tui",
    ],
)
def test_what_happened_stands_before_orders_and_calls_for_help(text):
    assert [report.kind for report in read(text, AT).reports] == ["incident"]


def test_who_must_ask_first_acknowledges_nothing():
    assert read("Đợi tôi hỏi lại văn phòng đã.", AT, "reply_to:daily_count").reports == ()


@pytest.mark.parametrize(
    "text",
    [
        "em sốt 39 độ",
        "con em sốt 39 độ",
        "tôi sốt 38,5 độ",
        "em bị sốt 38 độ từ tối qua",
        "em bị ho và đau họng",
        "em đi công tác Huế từ 12/6 đến 15/6",
        "em xin nghỉ phép ngày mai",
        "em nghỉ ốm hôm nay",
        "hôm nay em làm ở nhà",
        "em có mặt ở cơ quan",
        "có cháy ở kho",
        "em dương tính",
        "phòng em có mặt 12/14",
        "đã nhận",
    ],
)
def test_the_plainest_words_need_no_question(text):
    [report] = read(text, AT).reports

    assert report.is_certain

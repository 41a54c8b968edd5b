"""What people ask in the evening and in the room, in their own words; the answer stays with those whose duty it is."""

from __future__ import annotations

from tests.journeys.stage import Journey


async def test_the_director_and_the_head_ask(stage: Journey) -> None:
    """One screen, the names, the week; a head hears of his own people, in private though he asked in the room."""
    await stage.play("""
        chị Lan → Trực Ban: hôm nay em làm ở nhà
        Trực Ban → chị Lan: ✅ Đã ghi
        bà Nga → Trực Ban: tình hình hôm nay thế nào?
        Trực Ban → bà Nga: Tình hình 23/11/2026 … Không có tin khẩn … Không ở cơ quan: 1 làm ở nhà … /tonghop tuần
        bà Nga → Trực Ban: /tinhhinh
        Trực Ban → bà Nga: Tình hình 23/11/2026
        bà Nga → Trực Ban: ai đang ở nhà?
        Trực Ban → bà Nga: toàn cơ quan … chị Vũ Thị Lan (Phòng KT): làm ở nhà ngày 23/11
        anh Minh → Phòng KT: /vang
        Trực Ban → Phòng KT: (im lặng)
        Trực Ban → anh Minh: đơn vị của anh … chị Vũ Thị Lan
        anh Tú → Trực Ban: /vang
        Trực Ban → anh Tú: thẩm quyền khác
        bà Nga → Trực Ban: xem lại tuần này
        Trực Ban → bà Nga: Tuần 23/11 đến 29/11 … Tin khẩn: 0
        chị Lan → Phòng KT: ai chưa báo?
        Trực Ban → Phòng KT: (im lặng)
        chị Lan → Phòng KT: @truc_ban_bot ai chưa báo?
        Trực Ban → Phòng KT: Không còn thiếu gì ạ.
        chị Lan → Trực Ban: mai ai trực?
        Trực Ban → chị Lan: 24/11/2026 … Chưa có lịch trực
    """)


async def test_a_unit_that_does_not_exist_is_told(stage: Journey) -> None:
    """What a command cannot serve is said, never passed over; a unit that exists is served."""
    await stage.play("""
        chị Hoa → Trực Ban: /conthieu Phòng XYZ
        Trực Ban → chị Hoa: chưa thấy đơn vị “Phòng XYZ” trong danh sách. Hiện có: … Phòng KT
        chị Hoa → Trực Ban: /vang Phong XYZ mai
        Trực Ban → chị Hoa: chưa thấy đơn vị “Phong XYZ … /vang Phòng KT 28/11
        chị Hoa → Trực Ban: /xem Phòng XYZ 20/11
        Trực Ban → chị Hoa: chưa thấy đơn vị “Phòng XYZ”
        chị Hoa → Trực Ban: /tinhhinh Phòng XYZ
        Trực Ban → chị Hoa: chưa lọc theo “Phòng XYZ” … Tình hình 23/11/2026
        chị Hoa → Trực Ban: /tonghop Phòng XYZ
        Trực Ban → chị Hoa: “Phòng XYZ” không phải là ngày … /xem
        chị Lan → Trực Ban: hôm nay em làm ở nhà
        Trực Ban → chị Lan: ✅ Đã ghi
        chị Hoa → Trực Ban: /vang phong kt
        Trực Ban → chị Hoa: Không ở cơ quan ngày 23/11/2026, Phòng KT … chị Vũ Thị Lan
        anh Minh → Trực Ban: /vang Phòng TM
        Trực Ban → anh Minh: thẩm quyền khác
        chị Hoa → Trực Ban: /conthieu Phòng KT
        Trực Ban → chị Hoa: Phòng KT: không còn thiếu gì
        lúc 16:01
        chị Hoa → Trực Ban: /conthieu Phòng KT
        Trực Ban → chị Hoa: Phòng KT còn phải báo: … Số lượt khách
        anh Tú → Trực Ban: /conthieu Phòng TM
        Trực Ban → anh Tú: thẩm quyền khác
    """)


async def test_paper_is_made_from_the_sheet(stage: Journey) -> None:
    """The house writes Excel and Word; who wants PDF gets the sheet and how it becomes one, of the day he named."""
    await stage.play("""
        lúc 16:31
        chị Hoa → Trực Ban: xuất pdf tổng hợp hôm nay
        Trực Ban → chị Hoa: 📎 tong-hop … Bảng tổng hợp 23/11/2026 … Cần PDF: mở tệp này, chọn In
        chị Hoa → Trực Ban: /tonghop 20/11 pdf
        Trực Ban → chị Hoa: Ngày 20/11/2026 không có đợt báo cáo nào
        chị Hoa → Trực Ban: gửi bản pdf hôm qua
        Trực Ban → chị Hoa: Ngày 22/11/2026 không có đợt báo cáo nào
    """)

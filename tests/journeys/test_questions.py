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
        Trực Ban → anh Minh: đơn vị của anh/chị … chị Vũ Thị Lan
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

"""A kind that the office defines itself, from the first word to the summary."""

from __future__ import annotations

from tests.journeys.stage import Journey


async def test_a_kind_of_the_offices_own(stage: Journey) -> None:
    """Defined question by question, asked by the clock, answered in the room, summed up, stopped."""
    await stage.play("""
        chị Hoa → Trực Ban: /loaibao
        Trực Ban → chị Hoa: Chưa có loại nào [Tạo loại mới]
        chị Hoa → Trực Ban [Tạo loại mới]
        Trực Ban → chị Hoa: Loại báo cáo mới tên là gì [Bỏ]
        chị Hoa → Trực Ban: Kiểm tra phòng cháy
        Trực Ban → chị Hoa: Hỏi ai và khi nào
        chị Hoa → Trực Ban: đơn vị, hằng ngày 8:30-9:30
        Trực Ban → chị Hoa: Xin ghi các câu hỏi
        chị Hoa → Trực Ban: Số bình chữa cháy (số)
        Trực Ban → chị Hoa: Đã có 1 câu hỏi [Xong] [Bỏ]
        chị Hoa → Trực Ban: Tình trạng (chọn: tốt, cần thay)
        Trực Ban → chị Hoa: Đã có 2 câu hỏi [Xong] [Bỏ]
        chị Hoa → Trực Ban [Xong]
        Trực Ban → chị Hoa: Tôi hiểu là … Kiểm tra phòng cháy … Lưu chứ ạ? [Lưu] [Sửa lại] [Bỏ]
        chị Hoa → Trực Ban [Lưu]
        Trực Ban → chị Hoa: ✅ Đã lưu: Kiểm tra phòng cháy
        lúc 8:30
        Trực Ban → Phòng KT: Kiểm tra phòng cháy · Phòng KT … 1. Số bình chữa cháy (số) … Hạn 09:30 [Trả lời]
        chị Lan → Phòng KT [Trả lời]
        Trực Ban → Phòng KT: Số bình chữa cháy: bao nhiêu ạ? [Bỏ]
        chị Lan → Phòng KT ↩ “Số bình chữa cháy: bao nhiêu ạ?”: 12 bình
        Trực Ban → Phòng KT: Tình trạng: xin chọn một. [tốt] [cần thay] [Bỏ]
        chị Lan → Phòng KT [tốt]
        Trực Ban → Phòng KT: ✅ số bình chữa cháy: 12; tình trạng: tốt (chị Lan
        lúc 9:30
        Trực Ban → Trực tổng hợp: Tổng hợp ngày … Kiểm tra phòng cháy … số bình chữa cháy 12 … Chưa báo cáo
        chị Hoa → Trực Ban: /loaibao
        Trực Ban → chị Hoa: Kiểm tra phòng cháy [Dừng]
        chị Hoa → Trực Ban [Dừng]
        Trực Ban → chị Hoa: Đã dừng “Kiểm tra phòng cháy”
    """)

"""A unit is merged into another or dissolved: told before it is done, in force from the next day, the past stays."""

from __future__ import annotations

from tests.journeys.stage import Journey


async def test_a_unit_is_merged(stage: Journey) -> None:
    """Phòng TM goes into Phòng KT: tomorrow only one is asked, its room and its zone are the other's, chị Thu leads no more."""
    await stage.play("""
        chị Lan → Trực Ban: /donvi
        Trực Ban → chị Lan: thẩm quyền khác
        chị Hoa → Trực Ban: /donvi
        Trực Ban → chị Hoa: Các đơn vị … Phòng TM (TM): 2 người … KCN Bình An (KCN1): 0 người, Phòng TM phụ trách
        chị Hoa → Trực Ban: /donvi sáp nhập phòng tm vào phòng tm
        Trực Ban → chị Hoa: Hai đơn vị phải khác nhau
        chị Hoa → Trực Ban: /donvi giải thể Văn phòng
        Trực Ban → chị Hoa: nơi giữ quyền thiết lập
        chị Hoa → Trực Ban: /donvi sáp nhập Phòng Nông nghiệp vào Phòng KT
        Trực Ban → chị Hoa: Tôi chưa thấy đơn vị “Phòng Nông nghiệp”
        chị Hoa → Trực Ban: nhắc Phòng TM 9:00 mai gửi số liệu
        Trực Ban → chị Hoa: Đã hẹn
        chị Hoa → Trực Ban: /donvi sáp nhập Phòng TM vào Phòng KT
        Trực Ban → chị Hoa: Sáp nhập Phòng TM vào Phòng KT … Các khu chuyển về Phòng KT: KCN Bình An … 2 người sang Phòng KT [Làm] [Thôi]
        chị Hoa → Trực Ban [Làm]
        Trực Ban → chị Hoa: ✅ Đã sáp nhập Phòng TM vào Phòng KT
        Trực Ban → Phòng TM: Từ ngày mai Phòng TM sáp nhập vào Phòng KT
        chị Hoa → Trực Ban: /donvi giải thể Phòng TM
        Trực Ban → chị Hoa: Phòng TM đã thôi từ hết 23/11/2026
        lúc 16:00
        Trực Ban → Trực tổng hợp: Số lượt khách … 0/4 đơn vị
        lúc ngày mai 09:01
        Trực Ban → Phòng TM: ⏰ Nhắc: gửi số liệu
        lúc 16:00
        Trực Ban → Trực tổng hợp: Số lượt khách … 0/3 đơn vị đã báo cáo
        Trực Ban → Phòng TM: Số lượt khách · KCN Bình An
        anh Phúc → Phòng TM: Phòng KT: 5 lượt khách
        Trực Ban → Phòng KT: ✅ 5 lượt khách (anh Phúc
        anh Phúc → Phòng TM: Phòng TM: 5 lượt khách
        Trực Ban → Phòng TM: Phòng TM đã thôi từ hết 23/11/2026, nay là Phòng KT. Xin ghi đúng tên đơn vị
        chị Hoa → Trực Ban: /xem Phòng TM 23/11
        Trực Ban → chị Hoa: Phòng Thương mại · 23/11/2026
        chị Hoa → Trực Ban: /donvi mở lại TM
        Trực Ban → chị Hoa: Đã mở lại Phòng TM
        chị Hoa → Trực Ban: /donvi
        Trực Ban → chị Hoa: Phòng TM (TM): 0 người
    """)
    await stage.nothing_is_wrong()


async def test_a_unit_is_dissolved(stage: Journey) -> None:
    """Who has no other post is named before it is done and belongs to the body itself from then on; nothing happens when it is dropped."""
    await stage.play("""
        chị Hoa → Trực Ban: /donvi giải thể TM
        Trực Ban → chị Hoa: Giải thể Phòng TM … Các khu chuyển về đơn vị cấp trên: KCN Bình An … 2 người chưa có đơn vị khác, tạm thuộc cơ quan: … Hoàng Thị Thu [Làm] [Thôi]
        chị Hoa → Trực Ban [Thôi]
        Trực Ban → chị Hoa: các đơn vị giữ nguyên
        chị Hoa → Trực Ban: /donvi giải thể TM
        Trực Ban → chị Hoa: Làm như vậy chứ ạ? [Làm] [Thôi]
        chị Hoa → Trực Ban [Làm]
        Trực Ban → chị Hoa: ✅ Đã giải thể Phòng TM
        lúc ngày mai 08:00
        chị Hoa → Trực Ban: /donvi
        Trực Ban → chị Hoa: Sở (SO): 5 người … Đã thôi: Phòng TM (đến hết 23/11/2026)
        anh Phúc → Trực Ban: mai em đi Đà Nẵng họp, thứ Sáu về
        Trực Ban → anh Phúc: ✅ Đã ghi
    """)

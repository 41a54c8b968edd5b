"""Help, cancel, what I reported, what my unit owes, opening a figure: as commands and as words."""

from __future__ import annotations

from tests.journeys.stage import Journey


async def test_help_says_what_this_person_may(stage: Journey) -> None:
    """chị Lan reads no command of the office; chị Hoa does; an unknown command and nonsense get a helping word."""
    await stage.play("""
        chị Lan → Trực Ban: /trogiup
        Trực Ban → chị Lan: Chị cứ viết như nói … /baodi … /toidabao
        chị Lan → Trực Ban: trợ giúp
        Trực Ban → chị Lan: Chị cứ viết như nói
        chị Hoa → Trực Ban: /trogiup
        Trực Ban → chị Hoa: /chidao … /tonghop
        chị Lan → Trực Ban: asdf qwer
        Trực Ban → chị Lan: Tôi chưa hiểu câu này nên chưa ghi gì
        chị Lan → Trực Ban: /linhtinh
        Trực Ban → chị Lan: Tôi không có lệnh này
        chị Lan → Trực Ban: /help
        Trực Ban → chị Lan: Chị cứ viết như nói
        chị Lan → Phòng KT: /linhtinh
        Trực Ban → Phòng KT: (im lặng)
        chị Lan → Trực Ban: /start
        Trực Ban → chị Lan: Chào chị Lan
    """)
    help_for_lan = await stage.find(stage.seat("chị Lan"), "/baodi")
    assert "/chidao" not in help_for_lan["text"]


async def test_what_i_reported_and_what_we_owe(stage: Journey) -> None:
    """Mending from the list of one's own reports; the unit's debts in its room."""
    await stage.play("""
        chị Lan → Trực Ban: mai đi Đà Nẵng họp, thứ Sáu về
        Trực Ban → chị Lan: ✅ Đã ghi
        chị Lan → Trực Ban: hôm nay em làm ở nhà
        Trực Ban → chị Lan: ✅ Đã ghi
        chị Lan → Trực Ban: tôi đã báo gì
        Trực Ban → chị Lan: 1. … Báo nơi làm việc: làm ở nhà … 2. … Báo đi khỏi tỉnh: đi Đà Nẵng [Sửa 1] [Rút 2]
        chị Lan → Trực Ban [Rút 1] ⇒ Đã rút lại
        Trực Ban → chị Lan: ↩️ Đã rút lại: báo nơi làm việc
        chị Lan → Trực Ban ↩ “Chị đã báo” [Rút 1] ⇒ đã được sửa hoặc rút lại trước đó
        chị Lan → Trực Ban: /conthieu
        Trực Ban → chị Lan: Không còn thiếu gì
        lúc 16:00
        chị Lan → Phòng KT: /conthieu
        Trực Ban → Phòng KT: Còn phải báo … Quân số (Phòng KT) … hạn 16:30 … Số lượt khách (Phòng KT)
        anh Tú → Trực Ban: đơn vị tôi còn thiếu gì
        Trực Ban → anh Tú: Còn phải báo
        chị Thu → Trực Ban: /xem KT
        Trực Ban → chị Thu: Việc này cần thẩm quyền khác
        chị Thu → Trực Ban: /xem
        Trực Ban → chị Thu: Xin ghi tên đơn vị
        bà Nga → Trực Ban: /xem KT
        Trực Ban → bà Nga: Phòng Kinh tế · 23/11/2026 … Chưa có số liệu
        bà Nga → Trực Ban: tổng hợp
        Trực Ban → bà Nga: Tổng hợp ngày 23/11/2026 … 0/4 đơn vị
    """)

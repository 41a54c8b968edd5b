"""Areas of risk: listed by the office, told to whoever goes there, found again by the old name of the province."""

from __future__ import annotations

from tests.journeys.stage import Journey


async def test_the_traveller_is_warned_and_the_notice_is_marked(stage: Journey) -> None:
    """The list is open to everybody; the warning comes with the answer, and those who watch hear of it."""
    await stage.play("""
        chị Lan → Trực Ban: thứ Tư em đi Quảng Nam họp, thứ Sáu về
        Trực Ban → anh Dũng: (im lặng)
        chị Hoa → Trực Ban: /vungnguyco thêm Đà Nẵng cấp 2 đến 30/11 nguồn CV 1722/UBND lưu ý hạn chế đi lại
        Trực Ban → chị Hoa: Đã thêm 1 vùng … Đà Nẵng, cấp 2; từ 23/11 đến 30/11/2026; CV 1722/UBND; hạn chế đi lại. Đã báo 1 người
        Trực Ban → chị Lan: ⚠️ Vùng nguy cơ: Đà Nẵng, cấp 2 (theo CV 1722/UBND). Lưu ý: hạn chế đi lại. … cân nhắc hoãn
        Trực Ban → anh Dũng: Vùng nguy cơ mới … chị Vũ Thị Lan (Phòng KT)
        Trực Ban → anh Minh: Vùng nguy cơ mới … chị Vũ Thị Lan (Phòng KT)
        anh Phúc → Trực Ban: thứ Tư em đi Đà Nẵng công tác, thứ Năm về
        Trực Ban → anh Phúc: ✅ Đã ghi … ⚠️ Vùng nguy cơ: Đà Nẵng, cấp 2 … Trạng thái: chờ chị Thu duyệt
        Trực Ban → chị Thu: xin duyệt … đi Đà Nẵng … ⚠️ Vùng nguy cơ: Đà Nẵng, cấp 2. … Xin chọn bên dưới [Đồng ý] [Trả lại]
        Trực Ban → anh Dũng: Báo đi khỏi tỉnh … anh Bùi Hữu Phúc (Phòng TM): đi Đà Nẵng … ⚠️ Vùng nguy cơ
        Trực Ban → Phòng TM: (im lặng)
        anh Tú → Trực Ban: vùng nguy cơ
        Trực Ban → anh Tú: Vùng nguy cơ … 1. Đà Nẵng, cấp 2
        chị Hoa → Trực Ban: /vungnguyco bỏ đà nẵng
        Trực Ban → chị Hoa: Đã bỏ khỏi danh sách: Đà Nẵng, cấp 2
        anh Tú → Trực Ban: thứ Tư em đi Đà Nẵng công tác, thứ Năm về
        Trực Ban → anh Dũng: (im lặng)
    """)
    await stage.nothing_is_wrong()

"""Leave asked before travelling: agreed, sent back, stood in for, corrected; decided by buttons, replies and bare words."""

from __future__ import annotations

from tests.journeys.stage import Journey


async def test_from_the_notice_to_the_decision(stage: Journey) -> None:
    """The traveller hears every step; the office sees what waits, in the summary as a number only."""
    await stage.play("""
        chị Lan → Trực Ban: thứ Năm em đi Đà Nẵng họp, thứ Sáu về
        Trực Ban → chị Lan: ✅ Đã ghi: báo đi khỏi tỉnh … Trạng thái: chờ anh Minh duyệt (bước 1/2). [Sửa] [Rút lại]
        Trực Ban → anh Minh: Báo đi khỏi tỉnh, xin duyệt … chị Vũ Thị Lan (Phòng KT): đi Đà Nẵng từ 26/11 đến 27/11/2026, công tác … Xin chọn bên dưới, hoặc trả lời “đồng ý” [Đồng ý] [Trả lại]
        Trực Ban → bà Nga: Báo đi khỏi tỉnh … đi Đà Nẵng … chờ anh Minh duyệt
        Trực Ban → Phòng KT: (im lặng)
        anh Minh → Trực Ban [Đồng ý] ⇒ Đơn chuyển tới bà Nga
        Trực Ban → bà Nga: Báo đi khỏi tỉnh, xin duyệt … anh Minh đã đồng ý lúc 08:00 [Đồng ý] [Trả lại]
        Trực Ban → chị Lan: 👍 anh Minh đã đồng ý. Đơn đang chờ bà Nga duyệt
        lúc 16:00
        Trực Ban → Trực tổng hợp: 📊 Quân số
        lúc 16:30
        Trực Ban → Trực tổng hợp: Tổng hợp ngày … Đơn đi khỏi tỉnh chờ duyệt: 1
        chị Hoa → Trực Ban: /duyet
        Trực Ban → chị Hoa: Toàn cơ quan còn 1 đơn chờ duyệt … chị Vũ Thị Lan (Phòng KT): đi Đà Nẵng … chờ bà Nga duyệt (bước 2/2)
        bà Nga → Trực Ban ↩ “anh Minh đã đồng ý”: đồng ý
        Trực Ban → bà Nga: Đã duyệt. Tôi báo chị Lan ngay.
        Trực Ban → chị Lan: ✅ bà Nga đã đồng ý. Đơn đã được duyệt
        chị Lan → Trực Ban: tôi đã báo gì
        Trực Ban → chị Lan: Báo đi khỏi tỉnh: đi Đà Nẵng … Trạng thái: đã duyệt
        chị Lan → Trực Ban: đơn của tôi
        Trực Ban → chị Lan: đi Đà Nẵng … Trạng thái: đã duyệt
    """)
    await stage.nothing_is_wrong()


async def test_sent_back_mended_and_asked_anew(stage: Journey) -> None:
    """Sending back asks for the reason; the mended notice is a new request, and the old button decides nothing."""
    await stage.play("""
        anh Tú → Trực Ban: thứ Tư em đi Hải Phòng họp, thứ Sáu về
        anh Minh → Trực Ban [Trả lại]
        Trực Ban → anh Minh: Xin ghi lý do trả lại … anh Đỗ Anh Tú (Phòng KT): đi Hải Phòng
        anh Minh → Trực Ban: thứ Tư phòng có đoàn kiểm tra
        Trực Ban → anh Minh: Đã trả lại. Tôi báo anh Tú kèm lý do.
        Trực Ban → anh Tú: ↩️ anh Minh trả lại đơn, lý do: thứ Tư phòng có đoàn kiểm tra [Sửa] [Rút lại]
        anh Tú → Trực Ban ✎ “thứ Tư em đi Hải Phòng”: thứ Năm em đi Hải Phòng họp, thứ Sáu về
        Trực Ban → anh Tú: ✅ Đã sửa … đi Hải Phòng từ 26/11 … chờ anh Minh duyệt
        Trực Ban → anh Minh: xin duyệt (đính chính) … đi Hải Phòng từ 26/11
        anh Minh → Trực Ban ↩ “đi Hải Phòng từ 25/11” [Đồng ý] ⇒ Đơn này đã được sửa
        anh Minh → Trực Ban ↩ “đi Hải Phòng từ 26/11” [Đồng ý] ⇒ Đơn chuyển tới bà Nga
        bà Nga → Trực Ban: trả lại: để tuần sau đi cùng đoàn
        Trực Ban → anh Tú: ↩️ bà Nga trả lại đơn, lý do: để tuần sau đi cùng đoàn [Rút lại]
        Trực Ban → anh Minh: bà Nga trả lại đơn anh đã đồng ý
        anh Tú → Trực Ban [Rút lại] ⇒ Đã rút lại
        Trực Ban → anh Minh: (rút lại) … đi Hải Phòng
    """)
    await stage.nothing_is_wrong()


async def test_an_approver_on_leave_and_one_who_keeps_silent(stage: Journey) -> None:
    """The stand-in is asked; after two reminders somebody else is; the day that comes undecided is told to all concerned."""
    await stage.play("""
        anh Minh → Trực Ban: hôm nay và mai tôi nghỉ phép
        chị Lan → Trực Ban: thứ Tư em đi Hải Phòng họp, thứ Sáu về
        Trực Ban → chị Lan: chờ bà Nga duyệt (bước 1/2)
        chị Thu → Trực Ban: thứ Tư chị đi Hà Nội họp, thứ Sáu về
        Trực Ban → chị Thu: chờ bà Nga duyệt
        lúc 10:01
        Trực Ban → bà Nga: Nhắc duyệt: 2 đơn đang chờ bà … 1. chị Vũ Thị Lan … 2. chị Hoàng Thị Thu [Đồng ý 1] [Trả lại 1] [Đồng ý 2] [Trả lại 2]
        bà Nga → Trực Ban [Đồng ý 1] ⇒ Đã duyệt
        Trực Ban → chị Lan: ✅ bà Nga đã đồng ý. Đơn đã được duyệt
        lúc 14:05
        Trực Ban → bà Nga: Nhắc duyệt: một đơn đang chờ bà … chị Hoàng Thị Thu
        lúc 16:10
        Trực Ban → ông Sơn: xin duyệt … chị Hoàng Thị Thu [Đồng ý]
        Trực Ban → chị Thu: bà Nga chưa trả lời, tôi đã chuyển đơn của chị tới ông Sơn
        lúc 2026-11-25T08:01:00+07:00
        Trực Ban → chị Thu: Hôm nay là ngày đi mà đơn chưa có quyết định (đang chờ ông Sơn)
        Trực Ban → Trực tổng hợp: Có người đến ngày đi mà đơn chưa được duyệt
        ông Sơn → Trực Ban: đồng ý
        Trực Ban → chị Thu: ✅ ông Sơn đã đồng ý. Đơn đã được duyệt
    """)
    await stage.nothing_is_wrong()


async def test_the_office_changes_who_decides(stage: Journey) -> None:
    """In one line each; off means that journeys are only told."""
    await stage.play("""
        chị Hoa → Trực Ban: /quydinhduyet
        Trực Ban → chị Hoa: Ai duyệt “Báo đi khỏi tỉnh” (đang bật) … nhân viên: trưởng đơn vị → lãnh đạo phụ trách
        chị Hoa → Trực Ban: /quydinhduyet đi khám bệnh: không cần
        Trực Ban → chị Hoa: Đã đổi … mọi người, đi khám bệnh: không cần duyệt
        chị Lan → Trực Ban: mai em đi Hà Nội khám bệnh, tối về
        Trực Ban → anh Minh: Báo đi khỏi tỉnh … đi Hà Nội
        anh Minh → Trực Ban: /duyet
        Trực Ban → anh Minh: Không có đơn nào chờ duyệt.
        chị Hoa → Trực Ban: /quydinhduyet tắt
        Trực Ban → chị Hoa: đang tắt: chỉ báo, không phải xin phép
        chị Lan → Trực Ban: /quydinhduyet tắt
        Trực Ban → chị Lan: Việc này cần thẩm quyền khác
    """)
    await stage.nothing_is_wrong()

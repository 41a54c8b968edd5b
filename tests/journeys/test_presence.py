"""Presence: office, home, field, leave, ill; by words, by command, corrected the same day."""

from __future__ import annotations

from tests.journeys.stage import Journey


async def test_said_in_the_room_and_changed(stage: Journey) -> None:
    """A thumb is the receipt; the head hears of those who are not in the office; the second word of a day corrects."""
    await stage.play("""
        chị Lan → Phòng KT: hôm nay em làm ở nhà ạ
        Trực Ban → Phòng KT 👍
        Trực Ban → anh Minh: Báo nơi làm việc … chị Vũ Thị Lan (Phòng KT): làm ở nhà ngày 23/11
        chị Lan → Phòng KT: hôm nay em nghỉ phép
        Trực Ban → anh Minh: (đính chính) … chị Vũ Thị Lan (Phòng KT): nghỉ phép
        chị Lan → Trực Ban: /toidabao
        Trực Ban → chị Lan: Chị đã báo trong 7 ngày qua … nghỉ phép [Sửa 1] [Rút 1]
    """)


async def test_by_command_with_buttons(stage: Journey) -> None:
    """/diemdanh typed in a room is answered in private; being in the office is told to nobody."""
    await stage.play("""
        anh Tú → Phòng KT: /diemdanh
        Trực Ban → Phòng KT: (im lặng)
        Trực Ban → anh Tú: Hôm nay anh làm việc ở đâu ạ? [Ở cơ quan] [Làm ở nhà] [Đi cơ sở] [Nghỉ phép] [Nghỉ ốm] [Bỏ]
        anh Tú → Trực Ban: trên mây
        Trực Ban → anh Tú: Xin chọn bên dưới
        anh Tú → Trực Ban ↩ “Xin chọn bên dưới” [Ở cơ quan]
        Trực Ban → anh Tú: ✅ Đã ghi: báo nơi làm việc, ở cơ quan
        Trực Ban → anh Minh: (im lặng)
        anh Tú → Trực Ban ↩ “Hôm nay anh làm việc ở đâu” [Đi cơ sở] ⇒ Câu hỏi này đã xong
    """)


async def test_who_is_away_all_together_owes_nothing(stage: Journey) -> None:
    """Both of Phòng TM are on leave: neither the unit nor its zone is asked."""
    await stage.play("""
        chị Thu → Trực Ban: hôm nay tôi nghỉ phép
        anh Phúc → Trực Ban: hôm nay em nghỉ ốm
        Trực Ban → chị Thu: anh Bùi Hữu Phúc (Phòng TM): nghỉ ốm
        lúc 16:00
        Trực Ban → Phòng TM: (im lặng)
        Trực Ban → Trực tổng hợp: Số lượt khách … 0/2 đơn vị đã báo cáo
    """)


async def test_some_days_of_next_week_are_asked_about(stage: Journey) -> None:
    """Two days of a week are not the week: which, is asked once."""
    await stage.play("""
        chị Lan → Trực Ban: tuần sau em xin nghỉ phép 2 ngày
        Trực Ban → chị Lan: Bắt đầu từ ngày nào ạ?
        chị Lan → Trực Ban: chưa biết nữa
        Trực Ban → chị Lan: Xin ghi một ngày
        chị Lan → Trực Ban: thứ 3 tuần sau
        Trực Ban → chị Lan: ✅ Đã ghi: báo nơi làm việc, nghỉ phép từ 01/12 đến 02/12
        Trực Ban → anh Minh: chị Vũ Thị Lan (Phòng KT): nghỉ phép từ 01/12 đến 02/12
    """)

"""Travel notices: with parts missing, given up half-way, corrected by edit and by words, withdrawn; and coming back."""

from __future__ import annotations

from tests.journeys.stage import Journey


async def test_what_is_missing_is_asked_for(stage: Journey) -> None:
    """From "mai em đi Đà Nẵng" to the record, one question at a time; the head of unit and the directors hear of it."""
    await stage.play("""
        chị Lan → Trực Ban: mai em đi Đà Nẵng ạ
        Trực Ban → chị Lan: Ngày nào về ạ? [Bỏ]
        chị Lan → Trực Ban: chưa biết nữa
        Trực Ban → chị Lan: Xin ghi một ngày, ví dụ: 17/6 … Ngày nào về ạ?
        chị Lan → Trực Ban: thứ Sáu
        Trực Ban → chị Lan: Chị đi việc gì ạ? [Công tác] [Về quê] [Việc riêng]
        chị Lan → Trực Ban [Công tác]
        Trực Ban → chị Lan: ✅ Đã ghi: báo đi khỏi tỉnh, đi Đà Nẵng từ 24/11 đến 27/11/2026, công tác. [Sửa] [Rút lại]
        Trực Ban → anh Minh: Báo đi khỏi tỉnh … chị Vũ Thị Lan (Phòng KT): đi Đà Nẵng từ 24/11 đến 27/11/2026
        Trực Ban → bà Nga: Báo đi khỏi tỉnh … chị Vũ Thị Lan (Phòng KT): đi Đà Nẵng
        Trực Ban → chị Thu: (im lặng)
    """)


async def test_corrected_by_edit_by_words_and_by_button_then_withdrawn(stage: Journey) -> None:
    """Each correction is told to those who had heard; nothing of it is said in a room."""
    await stage.play("""
        anh Tú → Trực Ban: mai đi Hải Phòng họp, thứ Năm về
        Trực Ban → anh Tú: ✅ Đã ghi: báo đi khỏi tỉnh, đi Hải Phòng từ 24/11 đến 26/11/2026, công tác
        anh Tú → Trực Ban ✎ “mai đi Hải Phòng”: mai đi Hải Phòng họp, thứ Sáu về
        Trực Ban → anh Tú: ✅ Đã sửa: báo đi khỏi tỉnh, đi Hải Phòng từ 24/11 đến 27/11/2026
        Trực Ban → anh Minh: (đính chính) … anh Đỗ Anh Tú (Phòng KT): đi Hải Phòng từ 24/11 đến 27/11/2026
        anh Tú → Trực Ban: em ghi nhầm, đi Đà Nẵng chứ không phải Hải Phòng
        Trực Ban → anh Tú: ✅ Đã sửa: báo đi khỏi tỉnh, đi Đà Nẵng từ 24/11 đến 27/11/2026
        anh Tú → Trực Ban [Sửa]
        Trực Ban → anh Tú: Anh đi tỉnh, thành phố nào ạ?
        anh Tú → Trực Ban: Quảng Trị
        Trực Ban → anh Tú: Ngày nào đi ạ? [Hôm nay] [Ngày mai]
        anh Tú → Trực Ban [Ngày mai]
        anh Tú → Trực Ban: thứ Tư
        Trực Ban → anh Tú: Anh đi việc gì ạ?
        anh Tú → Trực Ban: kiểm tra hiện trường
        Trực Ban → anh Tú: ✅ Đã sửa: báo đi khỏi tỉnh, đi Quảng Trị từ 24/11 đến 25/11/2026, kiểm tra hiện trường
        anh Tú → Trực Ban [Rút lại] ⇒ Đã rút lại
        Trực Ban → anh Tú: ↩️ Đã rút lại: báo đi khỏi tỉnh, đi Quảng Trị
        Trực Ban → anh Minh: (rút lại) … đi Quảng Trị
        Trực Ban → bà Nga: (rút lại) … đi Quảng Trị
        Trực Ban → Phòng KT: (im lặng)
    """)


async def test_a_short_form_is_offered_as_buttons_and_hue_is_called_hue(stage: Journey) -> None:
    """ "ĐN" is two places: both are offered; the old long name of Huế is not read back to anybody."""
    await stage.play("""
        anh Tú → Trực Ban: mai em đi ĐN họp, thứ Sáu về
        Trực Ban → anh Tú: Anh đi tỉnh, thành phố nào ạ? [Đà Nẵng] [Đồng Nai] [Bỏ]
        anh Tú → Trực Ban [Đồng Nai]
        Trực Ban → anh Tú: ✅ Đã ghi: báo đi khỏi tỉnh, đi Đồng Nai từ 24/11 đến 27/11/2026, công tác
        chị Lan → Trực Ban: mai em đi Huế họp, thứ Sáu về
        Trực Ban → chị Lan: ✅ Đã ghi: báo đi khỏi tỉnh, đi Huế từ 24/11 đến 27/11/2026, công tác
    """)


async def test_given_up_half_way(stage: Journey) -> None:
    """By /huy, by the button, and by not answering for half an hour: nothing is kept."""
    await stage.play("""
        chị Lan → Trực Ban: /baodi
        Trực Ban → chị Lan: Chị đi tỉnh, thành phố nào ạ? [Bỏ]
        chị Lan → Trực Ban: /huy
        Trực Ban → chị Lan: Đã bỏ việc đang hỏi dở, tôi không ghi gì.
        chị Lan → Trực Ban: /huy
        Trực Ban → chị Lan: Không có việc nào đang hỏi dở
        chị Lan → Trực Ban: mai em đi Hải Phòng
        Trực Ban → chị Lan: Ngày nào về ạ? [Bỏ]
        chị Lan → Trực Ban [Bỏ]
        Trực Ban → chị Lan: Đã bỏ, tôi không ghi gì.
        chị Lan → Trực Ban: mai em đi Hải Phòng
        Trực Ban → chị Lan: Ngày nào về ạ? [Bỏ]
        sau 40 phút
        chị Lan → Trực Ban: thứ Sáu
        Trực Ban → chị Lan: Tôi chưa hiểu câu này nên chưa ghi gì
        chị Lan → Trực Ban: tôi đã báo gì
        Trực Ban → chị Lan: Bảy ngày qua tôi chưa ghi gì của chị.
        Trực Ban → anh Minh: (im lặng)
    """)


async def test_told_in_a_room_it_goes_on_in_private(stage: Journey) -> None:
    """The room sees that it was received; the place and the days are asked and said in private."""
    await stage.play("""
        anh Phúc → Phòng TM: mai em đi Hải Phòng
        Trực Ban → anh Phúc: Ngày nào về ạ?
        Trực Ban → Phòng TM: (im lặng)
        anh Phúc → Trực Ban: thứ Năm
        anh Phúc → Trực Ban: về quê
        Trực Ban → anh Phúc: ✅ Đã ghi: báo đi khỏi tỉnh, đi Hải Phòng từ 24/11 đến 26/11/2026, về quê
        Trực Ban → chị Thu: anh Bùi Hữu Phúc (Phòng TM): đi Hải Phòng
        Trực Ban → Phòng TM: (im lặng)
    """)


async def test_back_before_leaving_cannot_be(stage: Journey) -> None:
    """The days are asked again."""
    await stage.play("""
        chị Lan → Trực Ban: em đi Hải Phòng từ 28/11 đến 26/11 ạ
        Trực Ban → chị Lan: Ngày về đang trước ngày đi. Xin cho tôi biết lại.
        Trực Ban → chị Lan: Ngày nào đi ạ?
        chị Lan → Trực Ban: 26/11
        Trực Ban → chị Lan: Ngày nào về ạ?
        chị Lan → Trực Ban: 28/11
        Trực Ban → chị Lan: Chị đi việc gì ạ?
        chị Lan → Trực Ban [Việc riêng]
        Trực Ban → chị Lan: Tôi hiểu là: đi Hải Phòng từ 26/11 đến 28/11/2026, việc riêng. Đúng không ạ?
        chị Lan → Trực Ban: đúng ạ
        Trực Ban → chị Lan: ✅ Đã ghi: báo đi khỏi tỉnh, đi Hải Phòng từ 26/11 đến 28/11/2026, việc riêng
    """)


async def test_asked_for_the_health_declaration_on_coming_back(stage: Journey) -> None:
    """On the next working morning, in private; answered by words, and the contact alerts those who must know."""
    await stage.play("""
        anh Phúc → Trực Ban: hôm nay em đi Cần Thơ công tác, tối về
        Trực Ban → anh Phúc: ✅ Đã ghi: báo đi khỏi tỉnh, đi Cần Thơ
        chị Lan → Trực Ban: hôm nay em đi Hải Phòng công tác, mai về
        Trực Ban → chị Lan: ✅ Đã ghi: báo đi khỏi tỉnh, đi Hải Phòng
        lúc ngày mai 07:30
        Trực Ban → anh Phúc: Khai báo y tế … Mừng anh đã về [Tôi khỏe, không tiếp xúc]
        Trực Ban → chị Lan: (im lặng)
        anh Phúc → Trực Ban: khai báo y tế
        Trực Ban → anh Phúc: Hôm nay anh có sốt, ho, đau họng
        anh Phúc → Trực Ban: không
        Trực Ban → anh Phúc: có tiếp xúc gần [Không] [Có]
        anh Phúc → Trực Ban [Có]
        Trực Ban → anh Phúc: ✅ Đã ghi: khai báo y tế, không có triệu chứng; có tiếp xúc người nghi nhiễm
        Trực Ban → chị Thu: 🚨 Tin khẩn … anh Bùi Hữu Phúc (Phòng TM): khai báo y tế … có tiếp xúc
        Trực Ban → Trực tổng hợp: Khai báo y tế … 1/1 người đã khai báo
    """)


async def test_two_journeys_on_the_same_days_are_both_kept_and_asked_about(stage: Journey) -> None:
    """The earlier is taken back by a button, never on a guess; to go on, on the day one is back, contradicts nothing."""
    await stage.play("""
        chị Lan → Trực Ban: mai em đi Hải Phòng họp, thứ Sáu về
        Trực Ban → chị Lan: ✅ Đã ghi: báo đi khỏi tỉnh, đi Hải Phòng từ 24/11 đến 27/11/2026, công tác
        chị Lan → Trực Ban: thứ Sáu em đi Huế họp, Chủ nhật về
        Trực Ban → chị Lan: ✅ Đã ghi: báo đi khỏi tỉnh, đi Huế từ 27/11 đến 29/11/2026, công tác. [Sửa] [Rút lại]
        chị Lan → Trực Ban: thứ Tư em đi Đà Nẵng họp, thứ Năm về
        Trực Ban → chị Lan: đi Đà Nẵng từ 25/11 đến 26/11/2026 … Trùng ngày với bản đã báo trước: đi Hải Phòng từ 24/11 đến 27/11 [Rút bản trước]
        chị Lan → Trực Ban [Rút bản trước] ⇒ Đã rút lại
        Trực Ban → chị Lan: ↩️ Đã rút lại: báo đi khỏi tỉnh, đi Hải Phòng
        Trực Ban → anh Minh: (rút lại) … đi Hải Phòng
    """)


async def test_the_receipt_that_is_answered_says_which_was_a_slip(stage: Journey) -> None:
    await stage.play("""
        chị Lan → Trực Ban: mai em đi Hải Phòng họp, thứ Tư về
        chị Lan → Trực Ban: thứ Năm em đi Huế họp, thứ Sáu về
        chị Lan → Trực Ban ↩ “đi Hải Phòng từ”: gửi nhầm ạ
        Trực Ban → chị Lan: đi Hải Phòng từ 24/11 đến 25/11/2026, công tác. Chị muốn sửa hay rút lại ạ? [Sửa] [Rút lại]
    """)


async def test_a_journey_that_is_put_off(stage: Journey) -> None:
    """The new days are taken; where they are not known, what stands is shown; given up, it is taken back."""
    await stage.play("""
        chị Lan → Trực Ban: mai em đi Hải Phòng họp, thứ Sáu về
        chị Lan → Trực Ban: chuyến Hải Phòng dời sang tuần sau
        Trực Ban → chị Lan: Tôi đang ghi … đi Hải Phòng từ 24/11 đến 27/11/2026 … chưa cho tôi biết phải đổi gì [Sửa] [Rút lại]
        chị Lan → Trực Ban: thôi khỏi đi Hải Phòng, dời qua 7/12 đến 9/12
        Trực Ban → chị Lan: Tôi hiểu là: đi Hải Phòng từ 07/12 đến 09/12/2026, công tác. Đúng không ạ?
        chị Lan → Trực Ban: đúng
        Trực Ban → chị Lan: ✅ Đã sửa: báo đi khỏi tỉnh, đi Hải Phòng từ 07/12 đến 09/12/2026
        chị Lan → Trực Ban: thôi khỏi đi Hải Phòng nữa, dời qua tháng sau
        Trực Ban → chị Lan: ↩️ Đã rút lại: báo đi khỏi tỉnh, đi Hải Phòng từ 07/12
    """)

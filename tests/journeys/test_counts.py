"""Counts: every way of answering a round, of correcting an answer, and of not being entitled to one."""

from __future__ import annotations

from tests.journeys.stage import Journey


async def test_a_bare_number_and_its_corrections(stage: Journey) -> None:
    """In answer to the question, edited, corrected in words, answered anew by a colleague: the request shows the state."""
    await stage.play("""
        lúc 16:00
        Trực Ban → Phòng KT: Số lượt khách · Phòng KT … Hạn 16:30 [Không có]
        Trực Ban → Trực tổng hợp: Số lượt khách … 0/4 đơn vị đã báo cáo
        chị Lan → Phòng KT ↩ “Số lượt khách · Phòng KT”: 12
        Trực Ban → Phòng KT 👍
        Trực Ban → Phòng KT: ✅ 12 lượt khách (chị Lan, 16:00)
        Trực Ban → Trực tổng hợp: Số lượt khách … 1/4 đơn vị đã báo cáo
        chị Lan → Phòng KT ✎ “12”: 15
        Trực Ban → Phòng KT: ✅ 15 lượt khách (chị Lan
        chị Lan → Phòng KT: em ghi nhầm, 16 lượt chứ không phải 15
        Trực Ban → Phòng KT: ✅ 16 lượt khách (chị Lan
        anh Tú → Phòng KT ↩ “Số lượt khách · Phòng KT”: 17 ạ
        Trực Ban → Phòng KT: ✅ 17 lượt khách (anh Tú
        chị Hoa → Trực Ban: /xem KT
        Trực Ban → chị Hoa: Phòng Kinh tế … 12 lượt khách … 17 lượt khách
    """)


async def test_a_number_alone_is_taken_where_one_thing_is_owed(stage: Journey) -> None:
    """Without a reply, in the unit's room and in private; in the room of all a number means nothing."""
    await stage.play("""
        lúc 16:00
        Trực Ban → Phòng TM: Số lượt khách · Phòng TM [Không có]
        chị Thu → Toàn cơ quan: 9
        Trực Ban → Toàn cơ quan: (im lặng)
        anh Minh → Trực Ban: 12
        Trực Ban → anh Minh: ✅ Đã ghi: số lượt khách của Phòng KT, 12 lượt khách. [Sửa] [Rút lại]
        Trực Ban → Phòng KT: ✅ 12 lượt khách (anh Minh
        anh Minh → Trực Ban [Rút lại] ⇒ Đã rút lại
        Trực Ban → anh Minh: ↩️ Đã rút lại: số lượt khách của Phòng KT, 12 lượt khách
        Trực Ban → Phòng KT: Hôm nay đơn vị đón bao nhiêu lượt khách? [Không có]
    """)


async def test_a_line_for_a_unit_and_for_its_zone(stage: Journey) -> None:
    """The unit responsible answers for the zone; nobody else may; an unknown unit is asked about."""
    await stage.play("""
        lúc 16:00
        Trực Ban → Phòng TM: Số lượt khách · KCN Bình An [Không có]
        chị Lan → Toàn cơ quan: Phòng KT: 12 lượt khách
        Trực Ban → Toàn cơ quan 👍
        Trực Ban → Phòng KT: ✅ 12 lượt khách (chị Lan
        anh Phúc → Phòng TM: KCN Bình An: 30 lượt
        Trực Ban → Phòng TM: Số lượt khách · KCN Bình An … ✅ 30 lượt khách (anh Phúc
        chị Lan → Phòng KT: Phòng TM: 5 lượt khách
        Trực Ban → Phòng KT: Số liệu của đơn vị khác … chưa ghi
        chị Lan → Phòng KT: KCN Bình An: 31 lượt
        Trực Ban → Phòng KT: chưa ghi
        chị Lan → Phòng KT: Phòng Nông nghiệp: 5 lượt khách
        Trực Ban → Phòng KT: Tôi chưa thấy đơn vị “Phòng Nông nghiệp” … chưa được ghi
        chị Hoa → Trực Ban: Phòng TM: 6 lượt khách
        Trực Ban → chị Hoa: ✅ Đã ghi: số lượt khách của Phòng TM, 6 lượt khách
        Trực Ban → Phòng TM: Số lượt khách · Phòng TM … ✅ 6 lượt khách (chị Hoa
    """)


async def test_a_button_answers_once_and_only_for_whoever_may(stage: Journey) -> None:
    """ "Không có", then a second press; the next day "như hôm qua"; a guest of the room may not press."""
    await stage.play("""
        lúc 16:00
        Trực Ban → Phòng KT: Số lượt khách · Phòng KT [Không có]
        chị Lan → Phòng KT [Không có] ⇒ Đã ghi: không có khách. Cảm ơn chị Lan
        Trực Ban → Phòng KT: ✅ không có khách (chị Lan
        anh Phúc → Phòng TM ↩ “Số lượt khách · Phòng TM”: 7
        Trực Ban → Phòng TM: ✅ 7 lượt khách
        lúc ngày mai 16:00
        Trực Ban → Phòng TM: Số lượt khách · Phòng TM [Như hôm qua (7)] [Không có]
    """)
    await stage.deed("join", **{"as": stage.people["anh Tú"], "room": stage.rooms["Phòng TM"].room})
    await stage.play("""
        anh Tú → Phòng TM [Như hôm qua (7)] ⇒ Câu trả lời này dành cho người của đơn vị được hỏi
        Trực Ban → Phòng TM: (im lặng)
        chị Thu → Phòng TM [Như hôm qua (7)] ⇒ Đã ghi: 7 lượt khách
        Trực Ban → Phòng TM: Số lượt khách · Phòng TM … ✅ 7 lượt khách (chị Thu
        chị Hoa → Phòng KT [Như hôm qua (0)] ⇒ Đã ghi: không có khách
        lúc ngày mai 16:00
        Trực Ban → Phòng TM: Số lượt khách · Phòng TM [Như hôm qua (7)] [Không có]
        anh Phúc → Phòng TM ↩ “Số lượt khách · Phòng TM”: như hôm qua ạ
        Trực Ban → Phòng TM 👍
        Trực Ban → Phòng TM: ✅ 7 lượt khách (anh Phúc
        chị Hoa → Trực tổng hợp ↩ “1/4 đơn vị đã báo cáo”: Phòng KT: 5 lượt khách
        Trực Ban → Phòng KT: ✅ 5 lượt khách (chị Hoa
    """)
    await stage.nothing_is_wrong()


async def test_what_is_not_certain_is_asked_or_left(stage: Journey) -> None:
    """An estimate and chatter are no figures; figures that contradict each other are asked about before they are kept."""
    await stage.play("""
        lúc 16:00
        Trực Ban → Phòng KT: Quân số · Phòng KT
        chị Lan → Phòng KT: trưa nay ăn gì mọi người
        chị Lan → Phòng KT: hôm qua họp hết 3 tiếng luôn
        Trực Ban → Phòng KT: (im lặng)
        chị Lan → Phòng KT ↩ “Số lượt khách · Phòng KT”: chắc khoảng chục lượt
        Trực Ban → Phòng KT: ước chừng chưa phải là số liệu
        chị Lan → Phòng KT ↩ “Số lượt khách · Phòng KT”: lát em báo ạ
        Trực Ban → Phòng KT: (im lặng)
        chị Lan → Phòng KT ↩ “Quân số · Phòng KT”: tổng 4, có mặt 5
        Trực Ban → Phòng KT: Tôi hiểu là: Phòng KT, có mặt 5/4. ⚠️ Xin xem lại: có mặt 5 nhiều hơn tổng số 4. Đúng không ạ? [Đúng] [Chưa đúng] [Bỏ]
        chị Lan → Phòng KT [Chưa đúng]
        Trực Ban → Phòng KT: Tổng số người của đơn vị ạ?
        chị Lan → Phòng KT: 4
        Trực Ban → Phòng KT: Hôm nay có mặt mấy người ạ?
        chị Lan → Phòng KT: 3
        Trực Ban → Phòng KT: Quân số · Phòng KT … ✅ có mặt 3/4
    """)


async def test_several_figures_in_one_line(stage: Journey) -> None:
    """The second kind: total, present, absent with reasons; and a line that answers both questions at once."""
    await stage.play("""
        lúc 16:00
        Trực Ban → Phòng KT: Quân số · Phòng KT … tổng số, có mặt, vắng
        chị Lan → Phòng KT ↩ “Quân số · Phòng KT”: tổng 4, có mặt 2, vắng 2 (1 phép, 1 ốm)
        Trực Ban → Phòng KT: Quân số · Phòng KT … ✅ có mặt 2/4, vắng 2, nghỉ phép 1, ốm 1 (chị Lan
        chị Thu → Phòng TM: Phòng TM: 8 lượt khách, tổng số 2, có mặt 2
        Trực Ban → Phòng TM: Số lượt khách · Phòng TM … ✅ 8 lượt khách
        Trực Ban → Phòng TM: Quân số · Phòng TM … ✅ có mặt 2/2
    """)


async def test_the_dialogue_opened_by_words(stage: Journey) -> None:
    """ "báo khách" asks for the figure; nonsense is asked again with a hint; "hủy" keeps nothing."""
    await stage.play("""
        anh Tú → Trực Ban: báo khách
        Trực Ban → anh Tú: Hôm nay đơn vị đón bao nhiêu lượt khách ạ? [Bỏ]
        anh Tú → Trực Ban: nhiều lắm
        Trực Ban → anh Tú: Xin trả lời bằng một con số
        anh Tú → Trực Ban: hủy
        Trực Ban → anh Tú: Đã bỏ việc đang hỏi dở, tôi không ghi gì.
        anh Tú → Trực Ban: báo quân số
        Trực Ban → anh Tú: Tổng số người của đơn vị ạ?
        anh Tú → Trực Ban: 4
        Trực Ban → anh Tú: Hôm nay có mặt mấy người ạ?
        anh Tú → Trực Ban: đủ 4
        Trực Ban → anh Tú: ✅ Đã ghi: quân số của Phòng KT, có mặt 4/4
    """)


async def test_reminder_chaser_summary_and_supplement(stage: Journey) -> None:
    """Only those who owe hear of it; late is a state; the last answer completes the day for the office."""
    await stage.play("""
        lúc 16:00
        Trực Ban → Văn phòng: Số lượt khách · Văn phòng
        chị Lan → Phòng KT ↩ “Số lượt khách”: 12
        chị Lan → Phòng KT ↩ “Quân số”: tổng 4, có mặt 4
        chị Hoa → Văn phòng ↩ “Số lượt khách”: 3
        chị Hoa → Văn phòng ↩ “Quân số”: tổng 1, có mặt 1
        chị Thu → Phòng TM ↩ “Số lượt khách · Phòng TM”: 5
        chị Thu → Phòng TM ↩ “Quân số · Phòng TM”: tổng 2, có mặt 2
        chị Thu → Phòng TM ↩ “Quân số · KCN Bình An”: tổng 300, có mặt 290, vắng 10
        Trực Ban → Phòng TM: Quân số · KCN Bình An … ✅ có mặt 290/300, vắng 10
        anh Phúc → Phòng TM: phòng còn thiếu gì
        Trực Ban → Phòng TM: Còn phải báo … Số lượt khách (KCN Bình An)
        lúc 16:20
        Trực Ban → Phòng TM: ⏰ Nhắc báo cáo … KCN Bình An: số lượt khách
        Trực Ban → Phòng KT: (im lặng)
        Trực Ban → Văn phòng: (im lặng)
        lúc 16:30
        Trực Ban → Phòng TM: ⚠️ Quá hạn báo cáo … KCN Bình An: số lượt khách
        Trực Ban → chị Thu: Thưa chị Thu, đã quá hạn 16:30 … KCN Bình An: số lượt khách
        Trực Ban → Phòng KT: (im lặng)
        Trực Ban → Trực tổng hợp: Tổng hợp ngày 23/11/2026 … Số lượt khách: 3/4 đơn vị … Chưa báo cáo: KCN Bình An
        anh Phúc → Phòng TM ↩ “Quá hạn báo cáo”: 40
        Trực Ban → Phòng TM: Số lượt khách · KCN Bình An … ✅ 40 lượt khách
        Trực Ban → Trực tổng hợp: 📌 Bổ sung Số lượt khách … KCN Bình An: 40 lượt khách … muộn … Nay đã đủ 4/4
        chị Lan → Phòng KT ✎ “12”: 14
        Trực Ban → Trực tổng hợp: ✏️ Đính chính Số lượt khách … Phòng KT: 12 lượt khách → 14 lượt khách
        bà Nga → Nhóm Lãnh đạo: /tonghop
        Trực Ban → Nhóm Lãnh đạo: Tổng hợp ngày 23/11/2026 … Số lượt khách: 4/4 đơn vị
        Trực Ban → Nhóm Lãnh đạo: 📎 tong-hop-2026-11-23.xlsx
        chị Lan → Trực Ban: /tonghop
        Trực Ban → chị Lan: Việc này cần thẩm quyền khác
    """)


async def test_nobody_owes_on_a_free_day(stage: Journey) -> None:
    """chị Hoa makes tomorrow a holiday: no question, no reminder, no summary."""
    await stage.play("""
        chị Hoa → Trực Ban: /lich nghỉ 24/11 thành lập ngành
        Trực Ban → chị Hoa: Đã ghi: thứ Ba 24/11/2026 nghỉ, không đơn vị nào phải báo cáo
        lúc ngày mai 16:00
        Trực Ban → Phòng KT: (im lặng)
        lúc 16:30
        Trực Ban → Trực tổng hợp: (im lặng)
        sau 10 phút
        chị Hoa → Trực Ban: /lich bỏ 24/11
        Trực Ban → chị Hoa: trở lại như lịch thường
    """)


async def test_the_office_corrects_the_unit_it_names(stage: Journey) -> None:
    """Not what chị Hoa herself reported last; and nobody corrects another unit's figures."""
    await stage.play("""
        lúc 16:00
        Trực Ban → Phòng KT: Số lượt khách · Phòng KT
        anh Phúc → Phòng TM ↩ “Số lượt khách · Phòng TM”: 6
        Trực Ban → Phòng TM: ✅ 6 lượt khách
        chị Hoa → Trực tổng hợp: Phòng KT: 3 lượt khách
        Trực Ban → Phòng KT: ✅ 3 lượt khách (chị Hoa
        chị Hoa → Trực tổng hợp: Phòng TM báo nhầm, đúng là 8 lượt khách
        Trực Ban → Trực tổng hợp 👍
        Trực Ban → Phòng TM: ✅ 8 lượt khách (chị Hoa
        chị Lan → Phòng KT: Phòng TM báo nhầm, đúng là 9 lượt khách
        Trực Ban → Phòng KT: Số liệu của đơn vị khác
    """)

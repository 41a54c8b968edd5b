"""Reminders for an hour, as an office sets them: said back, said once, taken back; unclear hours and names are asked about."""

from __future__ import annotations

from tests.journeys.stage import Journey


async def test_the_office_and_the_heads_set_reminders(stage: Journey) -> None:
    """One's own room, named units, everybody; the room reads who asked for it."""
    await stage.play("""
        anh Minh → Trực Ban: nhắc cả phòng 16:00 nộp báo cáo nhé
        Trực Ban → anh Minh: ⏰ Đã hẹn 16:00 ngày 23/11, nhắc Phòng KT: “nộp báo cáo” [Sớm hơn 30 phút] [Bỏ]
        chị Hoa → Trực Ban: nhac phong KT va phong TM 15h30 chieu nay gui so lieu
        Trực Ban → chị Hoa: ⏰ Đã hẹn 15:30 ngày 23/11, nhắc Phòng KT, Phòng TM: “gui so lieu”
        bà Nga → Trực Ban: 8 giờ sáng mai nhắc toàn cơ quan họp giao ban tại hội trường
        Trực Ban → bà Nga: ⏰ Đã hẹn 08:00 ngày 24/11, nhắc toàn cơ quan: “họp giao ban tại hội trường”
        bà Nga → Trực Ban [Sớm hơn 30 phút]
        Trực Ban → bà Nga: ⏰ Đã đổi: 07:30 ngày 24/11, nhắc toàn cơ quan: “họp giao ban tại hội trường (lúc 08:00)”
        chị Hoa → Trực Ban: /nhac
        Trực Ban → chị Hoa: Lời nhắc đã hẹn … 15:30 … 16:00 … 07:30 … /nhac bỏ
        lúc 15:31
        Trực Ban → Phòng KT: ⏰ Nhắc: gui so lieu … (chị Hoa hẹn nhắc lúc 15:30)
        Trực Ban → Phòng TM: ⏰ Nhắc: gui so lieu
        Trực Ban → Toàn cơ quan: (im lặng)
        lúc 16:01
        Trực Ban → Phòng KT: ⏰ Nhắc: nộp báo cáo … (anh Minh hẹn nhắc lúc 16:00)
        lúc ngày mai 07:31
        Trực Ban → Toàn cơ quan: ⏰ Nhắc: họp giao ban tại hội trường (lúc 08:00) … (bà Nga hẹn nhắc lúc 07:30)
        lúc 08:01
        Trực Ban → Toàn cơ quan: (im lặng)
    """)


async def test_for_oneself_and_taken_back(stage: Journey) -> None:
    """Anybody for himself; in the room the head for the room; an edit sets it anew; what was dropped is not said."""
    await stage.play("""
        chị Lan → Trực Ban: nhắc em 9h họp với Phòng TM
        Trực Ban → chị Lan: ⏰ Đã hẹn 09:00 ngày 23/11, nhắc riêng mình: “họp với Phòng TM”
        chị Lan → Trực Ban ✎ “nhắc em 9h họp”: nhắc em 9h15 họp với Phòng TM
        Trực Ban → chị Lan: ⏰ Đã hẹn 09:15
        chị Lan → Trực Ban: nhắc cả phòng 10:00 nộp báo cáo
        Trực Ban → chị Lan: việc của trưởng đơn vị
        anh Minh → Phòng KT: @truc_ban_bot nhắc mọi người 10h nộp kế hoạch
        Trực Ban → Phòng KT: ⏰ Đã hẹn 10:00 ngày 23/11, nhắc nhóm Phòng KT: “nộp kế hoạch” [Bỏ]
        anh Minh → Phòng KT [Bỏ]
        Trực Ban → Phòng KT: Đã bỏ lời nhắc 10:00
        anh Minh → Trực Ban: nhắc chị Lan 30 phút nữa gọi cho Phòng TM
        Trực Ban → anh Minh: ⏰ Đã hẹn 08:30 ngày 23/11, nhắc chị Lan: “gọi cho Phòng TM”
        lúc 08:31
        Trực Ban → chị Lan: ⏰ Nhắc chị Lan: gọi cho Phòng TM … (anh Minh hẹn nhắc
        lúc 09:01
        Trực Ban → chị Lan: (im lặng)
        lúc 09:16
        Trực Ban → chị Lan: ⏰ Nhắc chị Lan: họp với Phòng TM
        lúc 10:01
        Trực Ban → Phòng KT: (im lặng)
        chị Lan → Phòng KT: nhắc mọi người 16h nộp báo cáo
        Trực Ban → Phòng KT: (im lặng)
    """)


async def test_what_is_not_clear_is_asked(stage: Journey) -> None:
    """An hour that is past, of the night or a limit, a unit nobody knows, every week: nothing is set."""
    await stage.play("""
        chị Hoa → Trực Ban: nhắc cả phòng 7:00 nộp báo cáo
        Trực Ban → chị Hoa: 07:00 hôm nay đã qua nên tôi chưa hẹn
        chị Hoa → Trực Ban: nhắc các đơn vị mai 3h nộp báo cáo
        Trực Ban → chị Hoa: 3 giờ sáng hay 3 giờ chiều
        chị Hoa → Trực Ban: nhắc các đơn vị nộp báo cáo trước 16:00
        Trực Ban → chị Hoa: Nhắc lúc mấy giờ ạ?
        chị Hoa → Trực Ban: nhắc 16:00 nộp báo cáo
        Trực Ban → chị Hoa: Nhắc ai ạ?
        chị Hoa → Trực Ban: nhắc cả phòng 16:00 nộp báo cáo hằng tuần
        Trực Ban → chị Hoa: Hằng tuần vào thứ mấy ạ?
        chị Hoa → Trực Ban: nhắc các đơn vị 2 tuần một lần gửi số liệu
        Trực Ban → chị Hoa: cách quãng như thế thì chưa được
        chị Hoa → Trực Ban: nhắc các đơn vị thứ 6 hằng tuần lúc 3h nộp báo cáo
        Trực Ban → chị Hoa: 3 giờ sáng hay 3 giờ chiều
        chị Hoa → Trực Ban: nhắc cả phòng nộp báo cáo
        Trực Ban → chị Hoa: Nhắc thì được, khi có giờ
        anh Minh → Trực Ban: nhắc Phòng TM 16:00 nộp báo cáo
        Trực Ban → anh Minh: việc của lãnh đạo và Văn phòng
        chị Hoa → Trực Ban: /nhac
        Trực Ban → chị Hoa: Không có lời nhắc nào đang chờ
    """)


async def test_what_comes_again(stage: Journey) -> None:
    """Every Friday, the fifth of every month, on working days: told back with its next time, moved before a day off, taken back."""
    await stage.play("""
        chị Hoa → Trực Ban: nhắc các đơn vị 16:00 thứ 3 hằng tuần nộp báo cáo tuần
        Trực Ban → chị Hoa: ⏰ Đã hẹn 16:00 thứ Ba hằng tuần, nhắc các đơn vị: “nộp báo cáo tuần” … Lần tới: thứ Ba 24/11. Gặp ngày nghỉ … [Sớm hơn 30 phút] [Bỏ]
        chị Hoa → Trực Ban: nhac phong TM mung 5 hang thang gui so lieu
        Trực Ban → chị Hoa: ⏰ Đã hẹn 08:00 ngày 5 hằng tháng, nhắc Phòng TM: “gui so lieu” … Lần tới: thứ Sáu 04/12 … Chưa ghi giờ … [Đổi sang 14:00] [Đổi sang 16:00] [Bỏ]
        chị Hoa → Trực Ban [Đổi sang 14:00]
        Trực Ban → chị Hoa: ⏰ Đã đổi: 14:00 ngày 5 hằng tháng
        chị Lan → Trực Ban: mỗi sáng nhắc em điểm danh
        Trực Ban → chị Lan: ⏰ Đã hẹn 08:00 hằng ngày, nhắc riêng mình: “điểm danh” … Lần tới: thứ Ba 24/11
        anh Tú → Trực Ban: đừng nhắc nữa
        Trực Ban → anh Tú: …
        lúc ngày mai 08:01
        Trực Ban → chị Lan: ⏰ Nhắc chị Lan: điểm danh
        lúc 16:01
        Trực Ban → Phòng KT: ⏰ Nhắc: nộp báo cáo tuần … (chị Hoa hẹn nhắc 16:00 thứ Ba hằng tuần)
        Trực Ban → Phòng TM: ⏰ Nhắc: nộp báo cáo tuần
        chị Hoa → Trực Ban: /lich nghỉ 1/12 mất điện
        Trực Ban → chị Hoa: Đã ghi
        chị Hoa → Trực Ban: /lich nghỉ 30/2
        Trực Ban → chị Hoa: Tôi chưa đọc được ngày trong “nghỉ 30/2”
        chị Hoa → Trực Ban: /lich nghỉ thứ Sáu hội thao
        Trực Ban → chị Hoa: Đã ghi: thứ Sáu 27/11/2026 nghỉ
        chị Lan → Trực Ban: thôi nhắc nữa nhé
        Trực Ban → chị Lan: Lời nhắc đã hẹn … 08:00 hằng ngày … lần tới: thứ Tư 25/11
        lúc 2026-11-30T16:01+07:00
        Trực Ban → Phòng KT: ⏰ Nhắc: nộp báo cáo tuần … (chị Hoa hẹn nhắc 16:00 thứ Ba hằng tuần; nhắc sớm vì 01/12 là ngày nghỉ)
    """)


async def test_the_missing_word_alone_is_enough(stage: Journey) -> None:
    """Whom, which day, which half of the day, what: pressed or typed, the wish is complete; a room is told the whole sentence."""
    await stage.play("""
        chị Hoa → Trực Ban: nhắc hằng tuần nộp báo cáo
        Trực Ban → chị Hoa: Hằng tuần vào thứ mấy ạ? [thứ Hai] [thứ Ba] [thứ Tư] [thứ Năm] [thứ Sáu]
        chị Hoa → Trực Ban: thứ 6 nhé
        Trực Ban → chị Hoa: Nhắc ai ạ? [riêng tôi] [Văn phòng] [các đơn vị] [toàn cơ quan]
        chị Hoa → Trực Ban [các đơn vị]
        Trực Ban → chị Hoa: ⏰ Đã hẹn 08:00 thứ Sáu hằng tuần, nhắc các đơn vị: “nộp báo cáo”
        anh Minh → Trực Ban: nhắc mai 3h nộp báo cáo
        Trực Ban → anh Minh: 3 giờ sáng hay 3 giờ chiều ạ? [sáng] [chiều]
        anh Minh → Trực Ban: chiều ạ
        Trực Ban → anh Minh: Nhắc ai ạ? [riêng tôi] [Phòng KT]
        anh Minh → Trực Ban: nhắc cả phòng nhé
        Trực Ban → anh Minh: ⏰ Đã hẹn 15:00 ngày 24/11, nhắc Phòng KT: “nộp báo cáo”
        chị Hoa → Trực Ban: nhắc Phòng KT mai nộp báo cáo
        Trực Ban → chị Hoa: Nhắc lúc mấy giờ ạ? [8:00] [14:00] [16:00]
        chị Hoa → Trực Ban: 9 rưỡi nhé
        Trực Ban → chị Hoa: ⏰ Đã hẹn 09:30 ngày 24/11, nhắc Phòng KT: “nộp báo cáo”
        chị Hoa → Trực Ban: nhắc Phòng TM thứ Sáu gửi số liệu
        Trực Ban → chị Hoa: Nhắc lúc mấy giờ ạ? [8:00] [14:00] [16:00]
        chị Hoa → Trực Ban [14:00]
        Trực Ban → chị Hoa: ⏰ Đã hẹn 14:00 ngày 27/11, nhắc Phòng TM: “gửi số liệu”
        chị Lan → Trực Ban: nhắc em 14h nhé
        Trực Ban → chị Lan: Nhắc việc gì ạ?
        chị Lan → Trực Ban: gọi anh Tú
        Trực Ban → chị Lan: ⏰ Đã hẹn 14:00 ngày 23/11, nhắc riêng mình: “gọi anh Tú”
        bà Nga → Trực Ban: nhắc các đơn vị hằng tháng nộp báo cáo
        Trực Ban → bà Nga: Hằng tháng vào ngày mấy ạ? [ngày 5]
        bà Nga → Trực Ban: ai chưa báo?
        Trực Ban → bà Nga: …
        bà Nga → Trực Ban: 25
        Trực Ban → bà Nga: ⏰ Đã hẹn 08:00 ngày 25 hằng tháng
        anh Minh → Phòng KT: @truc_ban_bot nhắc cả phòng hằng tuần nộp báo cáo
        Trực Ban → Phòng KT: Hằng tuần vào thứ mấy ạ? Xin nhắn lại cả câu
    """)

"""Symptoms and urgent events: taken in private, told at once to those who must know, until one of them has it."""

from __future__ import annotations

from storage.records.alerts import open_alerts
from tests.journeys.stage import Journey


async def test_symptoms_told_in_private(stage: Journey) -> None:
    """The head and the monitoring team hear; who takes it is told to all of them and to the reporter."""
    await stage.play("""
        chị Lan → Trực Ban: em sốt 38,5 từ tối qua, ho, không khó thở
        Trực Ban → chị Lan: ✅ Đã ghi: báo triệu chứng, ho, sốt, nhiệt độ 38,5°C, từ 22/11, không khó thở [Sửa] [Rút lại]
        Trực Ban → anh Minh: 🚨 Tin khẩn … chị Vũ Thị Lan (Phòng KT): ho, sốt, nhiệt độ 38,5°C [✅ Đã nhận] [Tôi không xử lý được] [Hoãn 15 phút]
        Trực Ban → anh Dũng: 🚨 Tin khẩn … chị Vũ Thị Lan (Phòng KT)
        Trực Ban → ông Sơn: (im lặng)
        Trực Ban → anh Tú: (im lặng)
        Trực Ban → Phòng KT: (im lặng)
        anh Minh → Trực Ban [✅ Đã nhận] ⇒ Đã ghi nhận anh nhận tin
        Trực Ban → anh Dũng: ✅ anh Minh đã nhận tin khẩn
        Trực Ban → chị Lan: ✅ anh Minh đã nhận tin khẩn
        anh Dũng → Trực Ban [✅ Đã nhận] ⇒ anh Minh nhận trước
        anh Minh → Trực Ban [Đã xử lý xong] ⇒ Đã khép
        Trực Ban → anh Minh: Đã khép tin khẩn
        Trực Ban → anh Dũng: 🟢 Hết báo động: anh Minh đã khép
    """)


async def test_symptoms_typed_in_the_room_go_private(stage: Journey) -> None:
    """The room sees a thumb only; a correction reaches those who were alerted."""
    await stage.play("""
        anh Tú → Phòng KT: em bị đau họng với sốt từ sáng
        Trực Ban → Phòng KT 👍
        Trực Ban → Phòng KT: (im lặng)
        Trực Ban → anh Tú: ✅ Đã ghi: báo triệu chứng, sốt, đau họng
        Trực Ban → anh Minh: 🚨 Tin khẩn … anh Đỗ Anh Tú (Phòng KT): sốt, đau họng
        anh Tú → Phòng KT ✎ “em bị đau họng”: em bị đau họng, không sốt
        Trực Ban → Phòng KT: (im lặng)
        Trực Ban → anh Tú: ✅ Đã sửa: báo triệu chứng, đau họng … không sốt
        Trực Ban → anh Minh: ✏️ Đính chính tin khẩn … anh Đỗ Anh Tú (Phòng KT): đau họng
        anh Minh → Trực Ban ↩ “🚨 Tin khẩn”: đã nhận
        Trực Ban → anh Minh: Anh đã nhận tin
        Trực Ban → anh Dũng: ✅ anh Minh đã nhận tin khẩn
    """)


async def test_negated_symptoms_alert_nobody_and_the_family_counts(stage: Journey) -> None:
    """ "không sốt, không ho" is kept without an alert; a child's fever is the family's, and leaders hear."""
    await stage.play("""
        chị Lan → Trực Ban: /suckhoe
        Trực Ban → chị Lan: Chị đang có triệu chứng gì
        chị Lan → Trực Ban: em không sốt, không ho
        Trực Ban → chị Lan: ✅ Đã ghi: báo triệu chứng, khỏe, không có triệu chứng
        Trực Ban → anh Minh: (im lặng)
        chị Lan → Trực Ban: con em sốt 39 độ từ đêm qua
        Trực Ban → chị Lan: ✅ Đã ghi: báo triệu chứng, người nhà sốt, nhiệt độ 39°C
        Trực Ban → anh Minh: 🚨 Tin khẩn … chị Vũ Thị Lan (Phòng KT): người nhà sốt
    """)


async def test_an_alert_nobody_takes_climbs(stage: Journey) -> None:
    """Head, deputy, director, then the office calls; who cannot act passes it on, and the taker is reminded."""
    await stage.play("""
        anh Phúc → Trực Ban: em sốt 39 độ
        Trực Ban → chị Thu: 🚨 Tin khẩn … anh Bùi Hữu Phúc (Phòng TM): sốt
        chị Thu → Trực Ban [Tôi không xử lý được] ⇒ Tin được chuyển ngay tới người khác
        Trực Ban → ông Sơn: 🚨 Tin khẩn … chưa ai nhận
        Trực Ban → chị Thu: (im lặng)
        sau 6 phút
        Trực Ban → bà Nga: 🚨 Tin khẩn … chưa ai nhận … anh Bùi Hữu Phúc (Phòng TM): sốt
        Trực Ban → Trực tổng hợp: chưa có lãnh đạo nào nhận. Xin Văn phòng gọi điện ngay
        bà Nga → Trực Ban [✅ Đã nhận] ⇒ Đã ghi nhận
        Trực Ban → ông Sơn: ✅ bà Nga đã nhận tin khẩn
        sau 31 phút
        Trực Ban → bà Nga: ⏳ Tin khẩn số … bà đã nhận … còn mở [Đã xử lý xong] [Hoãn 15 phút]
        bà Nga → Trực Ban: đóng
        Trực Ban → bà Nga: Đã khép tin khẩn
        Trực Ban → anh Phúc: 🟢 Hết báo động
        sau 61 phút
        Trực Ban → bà Nga: (im lặng)
        anh Phúc → Trực Ban [Rút lại] ⇒ Đã rút lại
        Trực Ban → anh Phúc: ↩️ Đã rút lại: báo triệu chứng
    """)


async def test_something_urgent_is_told_in_a_line_or_a_dialogue(stage: Journey) -> None:
    """A fire told in one line; the dialogue of /baokhan."""
    await stage.play("""
        anh Phúc → Trực Ban: cháy ở KCN Bình An
        Trực Ban → anh Phúc: ✅ Đã ghi: báo việc khẩn, cháy, nổ … KCN Bình An
        Trực Ban → bà Nga: 🚨 Tin khẩn … anh Bùi Hữu Phúc (Phòng TM): cháy, nổ
        chị Lan → Trực Ban: /baokhan
        Trực Ban → chị Lan: Việc gì đã xảy ra ạ? [Tai nạn] [Cháy, nổ] [Bỏ]
        chị Lan → Trực Ban [Tai nạn]
        Trực Ban → chị Lan: Xin ghi một câu: ở đâu, lúc nào
        chị Lan → Trực Ban: va chạm xe ở cổng KCN lúc 7 giờ, 1 người bị thương nhẹ
        Trực Ban → chị Lan: ✅ Đã ghi: báo việc khẩn, tai nạn: va chạm xe ở cổng KCN
        Trực Ban → anh Minh: 🚨 Tin khẩn … chị Vũ Thị Lan (Phòng KT): tai nạn
    """)


async def test_the_record_of_an_alert(stage: Journey) -> None:
    """Minute by minute, for those entitled, with the time to the first receipt; and to print."""
    await stage.play("""
        anh Phúc → Trực Ban: em sốt 39 độ
        Trực Ban → chị Thu: 🚨 Tin khẩn
        sau 6 phút
        Trực Ban → ông Sơn: 🚨 Tin khẩn
        ông Sơn → Trực Ban [✅ Đã nhận] ⇒ Đã ghi nhận
        ông Sơn → Trực Ban: /nhatky
        Trực Ban → ông Sơn: Tin khẩn 30 ngày qua … Tin khẩn số … đang xử lý … sốt
    """)
    number = (await stage.look(lambda tx, _: open_alerts(tx)))[0].id
    await stage.play(
        f"""
        ông Sơn → Trực Ban: /nhatky {number}
        Trực Ban → ông Sơn: 📒 Tin khẩn số {number} … có người nhận đầu tiên: 6 phút … Tin khẩn được lập: anh Bùi Hữu Phúc
            … Đã báo (bước 1): chị Hoàng Thị Thu … Đã báo (bước 2): ông Lê Văn Sơn … Đã nhận: ông Lê Văn Sơn
        Trực Ban → ông Sơn: 📎 tin-khan-{number}.docx
        chị Lan → Trực Ban: /nhatky {number}
        Trực Ban → chị Lan: không ở trong số người được xem
        """,
        goes_on=True,
    )

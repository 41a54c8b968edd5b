"""Follow-up of people under watch: over several days, from the area of risk to the last question; silence, a symptom, the end."""

from __future__ import annotations

from tests.journeys.stage import Journey


async def test_from_the_area_of_risk_to_the_last_question(stage: Journey) -> None:
    """Asked every day, Saturday too, in private; the answer by button, by a word, in own words; silence reaches the team."""
    await stage.play("""
        chị Hoa → Trực Ban: /vungnguyco thêm Đà Nẵng
        chị Hoa → Trực Ban: /theodoi số ngày 4
        Trực Ban → chị Hoa: mặc định theo dõi 4 ngày
        anh Phúc → Trực Ban: mai em đi Đà Nẵng họp, thứ Năm về
        Trực Ban → anh Phúc: ✅ Đã ghi … ⚠️ Vùng nguy cơ: Đà Nẵng
        lúc 2026-11-27T05:00:30+07:00
        Trực Ban → anh Phúc: 🩺 Theo dõi sức khỏe: về từ vùng nguy cơ. … Từ 27/11 đến 30/11/2026, mỗi ngày lúc 07:30 tôi hỏi riêng anh
        lúc 07:30
        Trực Ban → anh Phúc: Mừng anh đã về
        Trực Ban → Phòng TM: (im lặng)
        anh Phúc → Trực Ban ↩ “Mừng anh đã về” [Tôi khỏe, không tiếp xúc] ⇒ Đã ghi
        lúc 12:00
        Trực Ban → anh Phúc: (im lặng)
        lúc ngày mai 07:30
        Trực Ban → anh Phúc: Theo dõi sức khỏe · anh Phúc · 28/11 … Hôm nay anh có khỏe không ạ? [Tôi khỏe]
        lúc 09:31
        Trực Ban → anh Phúc: ⏰ anh Phúc ơi, hôm nay anh có khỏe không ạ?
        Trực Ban → Trực tổng hợp: Tổng hợp ngày 27/11/2026 … Khai báo y tế: 1/1 người
        lúc 11:32
        Trực Ban → anh Dũng: Theo dõi sức khỏe: 1 người chưa trả lời … anh Bùi Hữu Phúc (Phòng TM), về từ vùng nguy cơ, ngày 2/4
        Trực Ban → Trực tổng hợp: (im lặng)
        anh Phúc → Trực Ban: khỏe ạ
        Trực Ban → anh Phúc: ✅ Đã ghi: theo dõi sức khỏe, khỏe, không có triệu chứng
        lúc ngày mai 07:30
        anh Phúc → Trực Ban: em sốt 38 độ từ đêm qua
        Trực Ban → anh Dũng: Tin khẩn … anh Bùi Hữu Phúc (Phòng TM): đang theo dõi sức khỏe: sốt, nhiệt độ 38°C
        Trực Ban → chị Thu: Tin khẩn … anh Bùi Hữu Phúc
        anh Dũng → Trực Ban: /theodoi
        Trực Ban → anh Dũng: Đang theo dõi sức khỏe: 1 người … anh Bùi Hữu Phúc (Phòng TM): về từ vùng nguy cơ, ngày 3/4; hôm nay: sốt [Kết thúc 1] [Bảng Excel]
        anh Dũng → Trực Ban [Bảng Excel]
        Trực Ban → anh Dũng: Danh sách theo dõi sức khỏe
        lúc ngày mai 07:30
        anh Phúc → Trực Ban ↩ “Theo dõi sức khỏe · anh Phúc” [Tôi khỏe] ⇒ Đã ghi: khỏe, không có triệu chứng
        lúc ngày mai 07:30
        Trực Ban → anh Phúc: Đã hết thời gian theo dõi sức khỏe
        Trực Ban → anh Dũng: Hết thời gian theo dõi: anh Bùi Hữu Phúc (Phòng TM), về từ vùng nguy cơ, đủ 4 ngày
        lúc ngày mai 07:30
        Trực Ban → anh Phúc: (im lặng)
    """)
    await stage.nothing_is_wrong()


async def test_symptoms_proposed_taken_up_and_ended(stage: Journey) -> None:
    """The monitoring team decides by a button; a contact is added by name; the team ends it by a word."""
    await stage.play("""
        chị Lan → Trực Ban: em sốt 38 từ tối qua
        Trực Ban → anh Dũng: 🩺 chị Vũ Thị Lan (Phòng KT): có triệu chứng. … Có theo dõi hằng ngày không ạ? [Theo dõi 7 ngày] [Theo dõi 14 ngày] [Không cần]
        anh Dũng → Trực Ban ↩ “Có theo dõi hằng ngày không” [Theo dõi 7 ngày] ⇒ Đã đưa chị Lan vào danh sách theo dõi
        Trực Ban → chị Lan: 🩺 Theo dõi sức khỏe: có triệu chứng … mỗi ngày lúc 07:30
        anh Dũng → Trực Ban: /theodoi thêm Đỗ Anh Tú F2 5 ngày
        Trực Ban → anh Tú: 🩺 Theo dõi sức khỏe: người tiếp xúc của F1 (F2).
        lúc ngày mai 07:30
        Trực Ban → chị Lan: Theo dõi sức khỏe · chị Lan
        Trực Ban → anh Tú: Theo dõi sức khỏe · anh Tú
        anh Dũng → Trực Ban: /theodoi kết thúc Đỗ Anh Tú
        Trực Ban → anh Dũng: Đã kết thúc theo dõi anh Đỗ Anh Tú (Phòng KT)
        Trực Ban → anh Tú: Đã hết thời gian theo dõi sức khỏe
        lúc ngày mai 07:30
        Trực Ban → anh Tú: (im lặng)
        Trực Ban → chị Lan: Theo dõi sức khỏe · chị Lan
        anh Tú → Trực Ban: /theodoi
        Trực Ban → anh Tú: Việc này cần thẩm quyền khác
    """)
    await stage.nothing_is_wrong()

"""Each kind of incident over the real wire: told at once, asked about, told outside in time, closed with a record."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.stage import Journey

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


async def test_a_fatal_accident_at_work(stage: Journey) -> None:
    """Sở Nội vụ and the police at once: prepared, ticked by a human, chased until then; closed only afterwards."""
    await stage.play("""
        chị Lan → Trực Ban: Báo khẩn: tai nạn lao động ở xưởng cơ khí, 1 người chết
        Trực Ban → chị Lan: ✅ Đã ghi: báo việc khẩn, tai nạn
        Trực Ban → chị Lan: Lãnh đạo đã được báo … có hợp đồng lao động không [Có hợp đồng] [Không có hợp đồng] [Chưa rõ]
        Trực Ban → bà Nga: 🗂 Sự việc … · Tai nạn lao động … đặc biệt nghiêm trọng … ⏳ Sở Nội vụ: ngay … ⏳ Công an xã, phường: ngay [☐ Sở Nội vụ] [☐ Công an xã, phường]
        Trực Ban → chị Hoa: 🗂 Sự việc
        Trực Ban → anh Minh: 🗂 Sự việc
        Trực Ban → anh Tú: (im lặng)
        chị Lan → Trực Ban [Không có hợp đồng]
        Trực Ban → bà Nga: 📞 Sự việc … không có hợp đồng lao động … Ủy ban nhân dân xã, phường
        Trực Ban → chị Lan: Ở đâu ạ
        chị Lan → Trực Ban: xưởng cơ khí, phường Bình An
        Trực Ban → chị Lan: Cảm ơn chị, tôi đã chuyển đủ cho lãnh đạo
        chị Hoa → Trực Ban [☐ Sở Nội vụ]
        Trực Ban → chị Hoa: Sở Nội vụ · ngay … 84/2015/QH13 … KHAI BÁO TAI NẠN LAO ĐỘNG … xưởng cơ khí, phường Bình An … Thương vong: 1 người chết [✅ Đã báo] [Không phải báo]
        chị Hoa → Trực Ban [✅ Đã báo] ⇒ Đã ghi
        Trực Ban → chị Hoa: ✅ Đã ghi: Sở Nội vụ … Ai nhận tin
        chị Hoa → Trực Ban: anh Bình tiếp nhận, số 0912 345 678
        Trực Ban → chị Hoa: Đã ghi thêm vào sổ
        sau 16 phút
        Trực Ban → bà Nga: ⏰ Sự việc … Công an xã, phường: phải báo ngay
        bà Nga → Trực Ban [Khép sự việc] ⇒ Còn việc phải báo
        Trực Ban → bà Nga: Chưa khép được … Công an xã, phường
        chị Hoa → Trực Ban: /suviec
        Trực Ban → chị Hoa: 🗂 Sự việc … ✅ Sở Nội vụ: ngay · xong lúc … (chị Hoa): anh Bình tiếp nhận
        chị Hoa → Trực Ban [Biên bản (Word)] ⇒ Đang gửi biên bản
        Trực Ban → chị Hoa: 📎 su-viec-
        anh Tú → Trực Ban: /suviec
        Trực Ban → anh Tú: Không có sự việc nào đang mở
    """)


async def test_a_confirmed_case_is_to_be_told_within_a_day(stage: Journey) -> None:
    """Twenty-four hours for the health station; in the words of the law; the room learns nothing."""
    await stage.play("""
        anh Tú → Phòng KT: em test lên 2 vạch, dương tính covid rồi ạ
        Trực Ban → Phòng KT 👍
        Trực Ban → Phòng KT: (im lặng)
        Trực Ban → anh Tú: Lãnh đạo đã được báo … Ca bệnh ở đâu so với cơ quan [Tại cơ quan, đơn vị] [Gần trụ sở] [Nơi khác] [Chưa rõ]
        Trực Ban → anh Dũng: 🗂 Sự việc … · Ca bệnh truyền nhiễm … người mắc bệnh (F0) … ⏳ Trạm Y tế xã, phường: trong 24 giờ
        Trực Ban → chị Thu: (im lặng)
        anh Tú → Trực Ban: tại cơ quan
        Trực Ban → anh Tú: Bệnh gì ạ
        anh Tú → Trực Ban: covid
        Trực Ban → anh Tú: Cảm ơn anh
        bà Nga → Trực Ban [☐ Trạm Y tế xã, phường]
        Trực Ban → bà Nga: Thông tư 15/2026/TT-BYT … phát hiện người mắc bệnh (F0). Bệnh: covid
        bà Nga → Trực Ban ↩ “Thông tư 15/2026/TT-BYT”: đã báo chị Hạnh ở trạm, 0987 654 321
        Trực Ban → bà Nga: ✅ Đã ghi: Trạm Y tế xã, phường
        bà Nga → Trực Ban [Khép sự việc] ⇒ Đã khép
        Trực Ban → bà Nga: 📎 su-viec-
    """)


async def test_the_number_to_call_stands_beside_the_duty(stage: Journey) -> None:
    """Written down once by the office; shown to whoever must call."""
    await stage.play("""
        chị Hoa → Trực Ban: /lienhe
        Trực Ban → chị Hoa: Chưa ghi nơi nào
        chị Hoa → Trực Ban: /lienhe Sở Nội vụ: 0251 3822 001, trực ban
        Trực Ban → chị Hoa: ✅ Đã ghi: Sở Nội vụ: 0251 3822 001, trực ban
        chị Hoa → Trực Ban: /lienhe Trạm Y tế phường Bình An: 0251 3888 115
        bà Nga → Trực Ban: /lienhe Sở Y tế: 115
        Trực Ban → bà Nga: Việc này cần thẩm quyền khác
        chị Lan → Trực Ban: Báo khẩn: tai nạn lao động ở xưởng cơ khí, 1 người chết
        bà Nga → Trực Ban [☐ Sở Nội vụ]
        Trực Ban → bà Nga: Sở Nội vụ · ngay … ☎️ Sở Nội vụ: 0251 3822 001, trực ban … Cách: điện thoại
        chị Hoa → Trực Ban: /lienhe bỏ Sở Nội vụ
        Trực Ban → chị Hoa: Đã bỏ Sở Nội vụ
    """)


async def test_two_people_tell_of_one_fire(stage: Journey) -> None:
    """Proposed to those who follow it, joined by a word, never by itself."""
    await stage.play("""
        anh Phúc → Trực Ban: cháy ở KCN Bình An
        Trực Ban → anh Phúc: Đã gọi 114 chưa ạ [Đã gọi 114] [Chưa gọi] [Chưa rõ]
        chị Lan → Trực Ban: cháy lớn ở KCN Bình An, khói đen
        Trực Ban → bà Nga: 🔗 Hai tin có thể là một việc … Sự việc … Sự việc [Cùng một việc] [Việc khác]
        bà Nga → Trực Ban ↩ “Hai tin có thể là một việc”: cùng một việc
        Trực Ban → bà Nga: Đã gộp vào sự việc
        anh Phúc → Trực Ban [Đã gọi 114]
        Trực Ban → anh Phúc: Còn cháy không ạ
        anh Phúc → Trực Ban: lửa đang lan sang kho bên cạnh
        Trực Ban → anh Phúc: Đã ghi thêm và chuyển lãnh đạo … Còn cháy không ạ
        Trực Ban → bà Nga: ➕ Sự việc … anh Phúc báo thêm … lửa đang lan sang kho bên cạnh
        anh Phúc → Trực Ban [Đã dập tắt]
        Trực Ban → anh Phúc: Có ai bị nạn không
        anh Phúc → Trực Ban: không ai
        Trực Ban → anh Phúc: Cảm ơn anh
        bà Nga → Trực Ban ↩ “Cùng việc,”: khép
        Trực Ban → bà Nga: ☑️ Đã khép Sự việc
    """)


async def test_flood_food_poisoning_and_a_leak(stage: Journey) -> None:
    """The questions of each; a leak of chemicals is told to the commune at once, or somebody says why not."""
    await stage.play("""
        chị Lan → Trực Ban: /baokhan
        chị Lan → Trực Ban [Mưa bão, ngập lụt, sạt lở]
        chị Lan → Trực Ban: nước vào tầng trệt nhà kho phòng em
        Trực Ban → chị Lan: Có ai đang bị cô lập hoặc gặp nguy hiểm không [Có người nguy hiểm] [Không có]
        chị Lan → Trực Ban [Có người nguy hiểm]
        Trực Ban → bà Nga: 🔺 Sự việc … · Mưa bão, ngập lụt, sạt lở: đặc biệt nghiêm trọng
        anh Phúc → Trực Ban: /baokhan
        anh Phúc → Trực Ban [Ngộ độc thực phẩm]
        anh Phúc → Trực Ban: sau bữa trưa ở bếp ăn KCN
        Trực Ban → anh Phúc: Bao nhiêu người có biểu hiện ngộ độc
        anh Phúc → Trực Ban: 35
        Trực Ban → anh Phúc: Bao nhiêu người phải đi viện
        Trực Ban → bà Nga: 🔺 Sự việc … · Ngộ độc thực phẩm: đặc biệt nghiêm trọng
        anh Minh → Trực Ban: /baokhan
        anh Minh → Trực Ban [Sự cố hóa chất]
        anh Minh → Trực Ban: rò amoniac ở kho lạnh
        Trực Ban → anh Minh: Đã khống chế được chưa ạ
        Trực Ban → bà Nga: 🗂 Sự việc … · Sự cố kỹ thuật, hóa chất … ⏳ Ủy ban nhân dân xã, phường (nơi xảy ra sự cố): ngay
        bà Nga → Trực Ban [☐ Ủy ban nhân dân xã, phường (nơi xảy ra sự cố)]
        bà Nga → Trực Ban [Không phải báo]
        Trực Ban → bà Nga: Vì sao không phải báo
        bà Nga → Trực Ban: rò nhỏ, đã khóa van, không ảnh hưởng bên ngoài
        Trực Ban → bà Nga: ➖ Đã ghi: không phải báo Ủy ban nhân dân
    """)


async def test_a_theft_brings_one_question_and_nobody_outside(stage: Journey) -> None:
    """A theft: asked only whether anybody was hurt; nobody outside by itself."""
    await stage.play("""
        anh Phúc → Trực Ban: đêm qua trộm vào kho phòng em lấy mất 3 máy tính
        Trực Ban → anh Phúc: ✅ Đã ghi: báo việc khẩn, an ninh, trật tự
        Trực Ban → anh Phúc: Có ai bị nạn không
        anh Phúc → Trực Ban [Không ai bị nạn]
        Trực Ban → anh Phúc: Cảm ơn anh
        Trực Ban → chị Hoa: 🗂 Sự việc … · Việc khẩn khác … không ai bị nạn
    """)


async def test_a_place_is_told_once(stage: Journey) -> None:
    """The reporter's words stand behind the kind: what they say already is not said before them too."""
    await stage.play("""
        chị Lan → Trực Ban: cháy ở kho Phòng KT, đã gọi 114
        Trực Ban → chị Lan: ✅ Đã ghi: báo việc khẩn, cháy, nổ: cháy ở kho Phòng KT, đã gọi 114.
        Trực Ban → bà Nga: 🚨 Tin khẩn … chị Vũ Thị Lan (Phòng KT): cháy, nổ: cháy ở kho Phòng KT
    """)


async def test_a_picture_and_a_place_reach_the_leaders(stage: Journey) -> None:
    """What the reporter sends without words is about the event he has just told of; nobody else's place is anything."""
    lan = stage.seat("Trực Ban", "chị Lan")
    here = {"as": lan.looker, "room": lan.room}
    await stage.deed("send", **here, location="10.04521,105.7469")
    await stage.play("Trực Ban → chị Lan: một điểm trên bản đồ nhưng chưa rõ để làm gì")
    stage.files = {"kho.jpg": (PICTURES / "phone.png").read_bytes()}
    await stage.play("""
        chị Lan → Trực Ban: cháy ở kho Phòng KT
        Trực Ban → chị Lan: ✅ Đã ghi: báo việc khẩn
        Trực Ban → chị Lan: Đã gọi 114 chưa
        chị Lan → Trực Ban 📎 kho.jpg
        Trực Ban → bà Nga: ➕ Sự việc … chị Lan báo thêm … 📷 ảnh
        Trực Ban → chị Lan: Đã ghi thêm và chuyển lãnh đạo. … Đã gọi 114 chưa
    """)
    await stage.deed("send", **here, location="10.04521,105.7469")
    await stage.play("""
        Trực Ban → bà Nga: chị Lan báo thêm … 📍 Vị trí: https://www.google.com/maps?q=10.04521,105.74690
        Trực Ban → chị Lan: Đã ghi thêm và chuyển lãnh đạo.
        chị Lan → Trực Ban: hôm nay ai trực?
        Trực Ban → chị Lan: lịch không ghi ai trực
        Trực Ban → bà Nga: (im lặng)
    """)


async def test_what_has_no_words_is_told_apart(stage: Journey) -> None:
    """A sticker, a card, somebody else's words: each gets the sentence that helps; a sticker in the room none."""
    lan = stage.seat("Trực Ban", "chị Lan")
    here = {"as": lan.looker, "room": lan.room}
    for wish, told in (
        ({"sticker": "👍"}, "không đọc được nhãn dán"),
        ({"contact": "0912345678", "name": "Tú"}, "không lưu danh thiếp"),
        ({"forward": "mai em đi Đà Nẵng, thứ Sáu về", "from": "Anh Ba"}, "Đây là tin chuyển tiếp nên tôi không ghi"),
    ):
        await stage.deed("send", **here, **wish)
        await stage.play(f"Trực Ban → chị Lan: {told}")
    room = stage.seat("Phòng KT", "chị Lan")
    await stage.deed("send", **{"as": room.looker, "room": room.room}, sticker="😀")
    await stage.play("Trực Ban → Phòng KT: (im lặng)")

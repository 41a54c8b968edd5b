"""The same plays on Telegram and on Zalo: one presses, the other answers with the number or the words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.membership.codes import renew_join_code
from tests.journeys.stage import Journey, open_journey
from tests.journeys.zalo_stage import open_zalo_journey


@pytest.fixture(params=["telegram", "zalo"])
async def stage(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> AsyncIterator[Journey]:
    opened = open_zalo_journey if request.param == "zalo" else open_journey
    async with opened(database_url, tmp_path) as journey:
        yield journey
        await journey.nothing_is_wrong()


async def test_a_journey_is_told(stage: Journey) -> None:
    """Asked for what is missing; the head hears; corrected and withdrawn."""
    await stage.play("""
        chị Lan → Trực Ban: mai em đi Đà Nẵng, thứ Sáu về
        Trực Ban → chị Lan: Chị đi việc gì ạ? [Công tác] [Việc riêng] [Bỏ]
        chị Lan → Trực Ban [Công tác]
        Trực Ban → chị Lan: ✅ Đã ghi: báo đi khỏi tỉnh … công tác [Sửa] [Rút lại]
        Trực Ban → anh Minh: Báo đi khỏi tỉnh … chị Vũ Thị Lan
        chị Lan → Trực Ban [Rút lại]
        Trực Ban → chị Lan: ↩️ Đã rút lại: báo đi khỏi tỉnh
    """)


async def test_a_directive_with_its_receipts(stage: Journey) -> None:
    """Written in private, sent to everybody, received by button or by word; the room stays quiet."""
    await stage.play("""
        bà Nga → Trực Ban: Chỉ đạo: 8 giờ sáng mai họp toàn cơ quan tại hội trường.
        Trực Ban → bà Nga: Gửi tới ai ạ? [Toàn thể]
        bà Nga → Trực Ban [Toàn thể]
        Trực Ban → bà Nga: Xem trước … 8 người phải xác nhận … Phát hành chứ ạ? [Phát hành] [Sửa] [Bỏ]
        Trực Ban → Toàn cơ quan: (im lặng)
        bà Nga → Trực Ban [Phát hành]
        Trực Ban → Toàn cơ quan: CHỈ ĐẠO … họp toàn cơ quan … Giám đốc Trần Thị Nga [Đã nhận]
        Trực Ban → bà Nga: Đã nhận 0/8 [Ai chưa nhận] [Nhắc ngay] [Thu hồi]
        chị Lan → Toàn cơ quan [Đã nhận]
        anh Tú → Toàn cơ quan ↩ “họp toàn cơ quan”: Dạ rõ ạ
        (Zalo) Trực Ban → Toàn cơ quan: (im lặng)
        (Telegram) Trực Ban → bà Nga: Đã nhận 2/8
        bà Nga → Trực Ban [Ai chưa nhận]
        Trực Ban → bà Nga: Chưa nhận (6
        lúc 10:05
        Trực Ban → anh Phúc: 🔔 Nhắc anh Phúc [Đã nhận]
        Trực Ban → bà Nga: Đã nhận 2/8
        anh Phúc → Trực Ban [Đã nhận]
        anh Minh → Trực Ban: đã nhận ạ
        Trực Ban → anh Minh: Đã ghi nhận anh Minh nhận chỉ đạo
    """)


async def test_a_round_of_counts(stage: Journey) -> None:
    """Asked, answered by number, by choice and by line, reminded, chased, summed up."""
    await stage.play("""
        lúc 16:00
        Trực Ban → Phòng KT: Số lượt khách · Phòng KT … Hạn 16:30 [Không có]
        Trực Ban → Phòng TM: Số lượt khách · KCN Bình An [Không có]
        chị Lan → Phòng KT ↩ “Số lượt khách · Phòng KT”: 12 lượt khách
        (Telegram) Trực Ban → Phòng KT: ✅ 12 lượt khách (chị Lan
        (Zalo) Trực Ban → Phòng KT: (im lặng)
        chị Lan → Phòng KT ↩ “Quân số · Phòng KT”: tổng 4, có mặt 4
        Trực Ban → Phòng KT: ✅ có mặt 4/4 … Đơn vị đã báo đủ
        chị Hoa → Văn phòng: 3 lượt khách
        chị Hoa → Văn phòng ↩ “Quân số · Văn phòng”: tổng 1, có mặt 1
        chị Thu → Phòng TM: Phòng TM: 5 lượt khách, tổng số 2, có mặt 2
        chị Thu → Phòng TM: KCN Bình An: tổng số 300, có mặt 290, vắng 10
        lúc 16:20
        Trực Ban → Phòng TM: ⏰ Nhắc báo cáo … KCN Bình An: số lượt khách
        Trực Ban → Phòng KT: (im lặng)
        lúc 16:30
        Trực Ban → Phòng TM: ⚠️ Quá hạn báo cáo … KCN Bình An: số lượt khách
        Trực Ban → Trực tổng hợp: Tổng hợp ngày 23/11/2026 … Số lượt khách: 3/4 đơn vị … Chưa báo cáo: KCN Bình An
        anh Phúc → Phòng TM: KCN Bình An: 40 lượt
        Trực Ban → Trực tổng hợp: 📌 Bổ sung Số lượt khách … Nay đã đủ 4/4
        (Telegram) chị Hoa → Trực Ban: /tonghop
        lúc ngày mai 16:00
        Trực Ban → Phòng KT: Số lượt khách · Phòng KT [Như hôm qua (12)] [Không có]
        chị Lan → Phòng KT [Như hôm qua (12)]
        chị Hoa → Trực Ban: /xem KT
        Trực Ban → chị Hoa: Phòng Kinh tế … Số lượt khách: 12 lượt khách
    """)


async def test_symptoms_and_their_alert(stage: Journey) -> None:
    """Typed in the room, taken aside; the leaders hear, one takes it, the others learn who."""
    await stage.play("""
        anh Tú → Phòng KT: em sốt 38,5 từ tối qua, khó thở
        (Telegram) Trực Ban → Phòng KT 👍
        Trực Ban → Phòng KT: (im lặng)
        Trực Ban → anh Tú: ✅ Đã ghi: báo triệu chứng … 38,5°C … Tin gốc còn hiện trong nhóm [Sửa] [Rút lại]
        Trực Ban → anh Dũng: 🚨 Tin khẩn … anh Đỗ Anh Tú [✅ Đã nhận] [Tôi không xử lý được]
        anh Dũng → Trực Ban [✅ Đã nhận]
        Trực Ban → anh Dũng: đã nhận tin [Đã xử lý xong]
        Trực Ban → anh Tú: ✅ anh Dũng đã nhận tin khẩn
        anh Dũng → Trực Ban [Đã xử lý xong]
        Trực Ban → anh Dũng: Đã khép tin khẩn
    """)


async def test_a_new_phone_is_tied_by_its_code(stage: Journey) -> None:
    """A new phone: the code ties it, in private."""
    code = await stage.change(lambda tx, _: renew_join_code(tx, stage.cast.lan.person_id))
    await stage.deed("start", **{"as": stage.people["người lạ"], "bot": stage.bot})
    await stage.play(f"""
        người lạ → Trực Ban: xin chào
        Trực Ban → người lạ: Tôi chưa biết anh/chị là ai … mã cá nhân
        người lạ → Trực Ban: {code}
        Trực Ban → người lạ: Chào chị Lan. Tôi là Trực Ban
        Trực Ban → chị Lan: Tài khoản này không còn gắn với chị Lan
    """)


async def test_the_code_for_another_messenger(stage: Journey) -> None:
    """chị Lan links a second application by herself."""
    await stage.play("""
        chị Lan → Trực Ban: /ungdung
        Trực Ban → chị Lan: Chị đang dùng Trực Ban ở … tin riêng gửi tới đây [Thêm ứng dụng khác]
        chị Lan → Trực Ban [Thêm ứng dụng khác]
        Trực Ban → chị Lan: Mã của riêng chị … Mã dùng một lần
    """)


async def test_a_film_and_a_voice_message_of_a_fire_reach_the_leaders(stage: Journey) -> None:
    """Without words they are about the event just told of; what Zalo keeps back, the leaders know was sent."""
    stage.files = {"kho.mp4": b"\0\0\0\x18ftypmp42", "loi.aac": b"\xff\xf1L\x80", "loi.ogg": b"OggS"}
    await stage.play("""
        chị Lan → Trực Ban 📎 kho.mp4
        (Telegram) Trực Ban → chị Lan: Tôi chưa xem được phim nên chưa ghi gì … Việc khẩn thì gõ một câu
        (Zalo) Trực Ban → chị Lan: tới tôi mà không có nội dung
        chị Lan → Trực Ban: cháy ở kho Phòng KT
        Trực Ban → chị Lan: Đã gọi 114 chưa
        chị Lan → Trực Ban 📎 kho.mp4
        (Telegram) Trực Ban → bà Nga: 🎬 ➕ Sự việc … chị Lan báo thêm … 🎬 phim
        (Telegram) Trực Ban → chị Lan: Đã ghi thêm và chuyển lãnh đạo. … Đã gọi 114 chưa
        (Zalo) Trực Ban → bà Nga: chị Lan báo thêm … phim, tệp hoặc vị trí mà Zalo không chuyển tới tôi
        (Zalo) Trực Ban → chị Lan: Zalo không chuyển phim, tệp và vị trí tới tôi … Xin gửi ảnh, tin thoại, hoặc tả bằng một câu
        (Telegram) chị Lan → Trực Ban 📎 loi.ogg
        (Telegram) Trực Ban → bà Nga: 🎤 ➕ Sự việc … chị Lan báo thêm … 🎤 tin thoại
        (Zalo) chị Lan → Trực Ban 📎 loi.aac
        (Zalo) Trực Ban → bà Nga: 🎤 http … .aac
        (Zalo) Trực Ban → bà Nga: ➕ Sự việc … chị Lan báo thêm … 🎤 tin thoại
        (Zalo) Trực Ban → chị Lan: Đã ghi thêm và chuyển lãnh đạo. … Đã gọi 114 chưa
        (Telegram) anh Minh → Trực Ban 📎 kho.mp4: cháy to ở kho Phòng TM
        (Telegram) Trực Ban → bà Nga: 🎬 ➕ Sự việc … anh Minh báo thêm … 🎬 phim kèm tin báo
    """)

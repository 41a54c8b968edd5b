"""A fire at night, as frightened people write and tired people answer: nothing may depend on the right word."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.records.chats import chats
from tests.journeys.stage import Journey, open_journey
from tests.journeys.zalo_stage import open_zalo_journey

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
NIGHT = "lúc 23:00"


@pytest.fixture(params=["telegram", "zalo"])
async def stage(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> AsyncIterator[Journey]:
    opened = open_zalo_journey if request.param == "zalo" else open_journey
    async with opened(database_url, tmp_path) as journey:
        journey.files = {
            "kho.jpg": (PICTURES / "phone.png").read_bytes(),
            "loi.aac": b"\xff\xf1L\x80",
            "loi.ogg": b"OggS",
        }
        yield journey
        await journey.nothing_is_wrong()


async def test_words_of_alarm_that_were_not_read_are_one_press_from_the_leaders(stage: Journey) -> None:
    """Frightened words under a photo: asked what it is, and the photo goes along; chatter is left alone."""
    await stage.play(f"""
        {NIGHT}
        chị Lan → Trực Ban 📎 kho.jpg: cứu với, lửa tới chân rồi
        Trực Ban → chị Lan: Tôi đọc chưa chắc câu “cứu với, lửa tới chân rồi” nên chưa báo ai. Nếu là việc khẩn [Cháy, nổ] [Bỏ]
        Trực Ban → bà Nga: (im lặng)
        chị Lan → Trực Ban [Cháy, nổ]
        Trực Ban → bà Nga: 🚨 Tin khẩn … cháy, nổ: cứu với, lửa tới chân rồi
        Trực Ban → bà Nga: chị Lan báo thêm … 📷 ảnh kèm tin báo
        anh Tú → Trực Ban: tối nay đi ăn chay không em
        Trực Ban → anh Tú: chưa
        Trực Ban → bà Nga: (im lặng)
    """)


async def test_a_voice_message_before_its_words_goes_with_them(stage: Journey) -> None:
    """Nobody has to send it again."""
    await stage.play(f"""
        {NIGHT}
        (Telegram) chị Lan → Trực Ban 📎 loi.ogg
        (Zalo) chị Lan → Trực Ban 📎 loi.aac
        Trực Ban → chị Lan: Tôi chưa nghe được tin thoại … Việc khẩn thì gõ một câu … kèm tin thoại này
        chị Lan → Trực Ban: cháy ở kho Phòng KT
        Trực Ban → chị Lan: ✅ Đã ghi: báo việc khẩn
        (Telegram) Trực Ban → bà Nga: 🎤 ➕ Sự việc … 🎤 tin thoại kèm tin báo
        (Zalo) Trực Ban → bà Nga: ➕ Sự việc … 🎤 tin thoại kèm tin báo
    """)


@pytest.mark.parametrize("words", ["tôi đang tới", "để em lo", "Ra ngay!", "10p nữa tôi có mặt"])
async def test_who_is_on_his_way_has_taken_it(stage: Journey, words: str) -> None:
    """Nobody looks for the right word on the way out; the next one hears who was faster."""
    await stage.play(f"""
        {NIGHT}
        chị Lan → Trực Ban: cháy ở kho Phòng KT
        anh Minh → Trực Ban: {words}
        Trực Ban → anh Minh: Anh đã nhận tin số … Xong việc xin báo
        Trực Ban → chị Lan: ✅ anh Minh đã nhận tin khẩn
        bà Nga → Trực Ban: đang tới
        Trực Ban → bà Nga: Đã ghi nhận. anh Minh nhận trước và đang xử lý
    """)


async def test_a_nod_is_asked_about_and_the_office_knows_whom_to_call(stage: Journey) -> None:
    """ "ok" takes nothing by itself; who has not answered is named to the office with his number."""
    await stage.play(f"""
        {NIGHT}
        chị Lan → Phòng KT: cháy ở kho Phòng KT
        Trực Ban → chị Lan: ✅ Đã ghi: báo việc khẩn, cháy, nổ: cháy ở kho Phòng KT.
        anh Minh → Trực Ban: ok
        Trực Ban → anh Minh: Anh nhận xử lý Tin khẩn số … chứ ạ? … cháy ở kho Phòng KT [✅ Đã nhận] [Tôi không xử lý được]
        sau 10 phút
        Trực Ban → Trực tổng hợp: chưa có lãnh đạo nào nhận. Xin Văn phòng gọi điện ngay: … anh Phạm Quang Minh: chưa ghi số điện thoại … bà Trần Thị Nga
        anh Minh → Trực Ban [✅ Đã nhận]
        Trực Ban → anh Minh: Anh đã nhận tin số
    """)


async def test_what_was_over_and_burns_again_is_alarmed_anew(stage: Journey) -> None:
    """Words of danger alarm at once; other news after the end offers it; closing the alert leaves the incident open."""
    await stage.play(f"""
        {NIGHT}
        chị Lan → Trực Ban: cháy ở kho Phòng KT
        bà Nga → Trực Ban: đã nhận
        bà Nga → Trực Ban: đóng
        Trực Ban → bà Nga: Đã khép tin khẩn số … Sự việc … còn mở để theo dõi [Khép cả sự việc …]
        chị Lan → Trực Ban: xe cứu hỏa vẫn chưa vào được cổng sau
        Trực Ban → bà Nga: chị Lan báo thêm … chưa vào được cổng sau
        Trực Ban → chị Lan: Tin khẩn này đã khép lúc 23:0 … lại nguy hiểm thì chọn “Báo động lại” [🚨 Báo động lại]
        chị Lan → Trực Ban: kho Phòng KT lại cháy to rồi
        Trực Ban → bà Nga: 🚨 Tin khẩn … (Báo động lại) chị Lan: kho Phòng KT lại cháy to rồi. Tin đầu: … cháy ở kho Phòng KT
        Trực Ban → chị Lan: 🚨 Đã báo động lại: tin khẩn số
        bà Nga → Trực Ban: /suviec
        Trực Ban → bà Nga: 🗂 Sự việc … cháy ở kho Phòng KT
    """)


async def test_a_fire_that_was_none_is_taken_back_amid_the_questions(stage: Journey) -> None:
    """ "nhầm, không phải cháy": the leaders read why, the alert says so, and nobody is asked about 114 any more."""
    await stage.play(f"""
        {NIGHT}
        chị Lan → Trực Ban: cháy ở kho Phòng KT
        Trực Ban → chị Lan: Đã gọi 114 chưa
        chị Lan → Trực Ban: nhầm, không phải cháy, người ta đốt rác
        Trực Ban → bà Nga: chị Lan báo thêm … nhầm, không phải cháy, người ta đốt rác
        Trực Ban → bà Nga: ↩️ Rút lại tin khẩn
        Trực Ban → chị Hoa: 🗂 Sự việc … Người báo đã rút lại
        Trực Ban → chị Lan: ↩️ Đã rút lại
    """)


async def test_a_correction_reaches_those_who_only_follow(stage: Journey) -> None:
    """Also where no message can be changed: on Zalo the card is said anew, and it says in whose hands it is."""
    await stage.play(f"""
        {NIGHT}
        chị Lan → Trực Ban: cháy ở kho Phòng KT
        bà Nga → Trực Ban: đã nhận
        (Telegram) chị Lan → Trực Ban ✎ “cháy ở kho”: cháy ở nhà xe Phòng KT
        (Zalo) chị Lan → Trực Ban: em ghi nhầm, cháy ở nhà xe Phòng KT chứ không phải ở kho
        (Telegram) Trực Ban → chị Hoa: 🗂 Sự việc … cháy ở nhà xe … 👤 Tin khẩn số … bà Nga nhận lúc 23:00
    """)


async def test_a_fire_told_in_the_room_by_somebody_unknown_is_passed_on(stage: Journey) -> None:
    """As unverified, once for all who shout; in private a stranger is told whom to call."""
    await stage.deed("join", **{"as": stage.people["người lạ"], "room": stage.seat("Phòng KT", "chị Lan").room})
    stage.rooms["Phòng KT"] = stage.seat("Phòng KT", "chị Lan")
    await stage.play(f"""
        {NIGHT}
        người lạ → Phòng KT: cháy kho Phòng KT rồi
        Trực Ban → Phòng KT: 🚨 Tôi đã báo người có trách nhiệm, ghi rõ là chưa xác minh … 114
        Trực Ban → anh Minh: 🚨 Tin khẩn … (chưa xác minh) Người lạ trong nhóm … cháy kho Phòng KT rồi [✅ Đã nhận]
        người lạ → Phòng KT: cháy to lắm, kho Phòng KT
        Trực Ban → anh Minh: ➕ Thêm một tin về Tin khẩn
        người lạ → Phòng KT: trưa nay ăn gì
        Trực Ban → anh Minh: (im lặng)
    """)


async def test_questions_are_answered_by_their_numbers_and_who_gives_back_is_told_of(stage: Journey) -> None:
    """Where there are no buttons "1" is the first choice of what was asked; a taker who cannot is trusted by nobody."""
    await stage.play(f"""
        {NIGHT}
        chị Lan → Trực Ban: cháy ở kho Phòng KT
        Trực Ban → chị Lan: Đã gọi 114 chưa
        (Zalo) chị Lan → Trực Ban: 1
        (Telegram) chị Lan → Trực Ban [Đã gọi 114]
        Trực Ban → chị Lan: Còn cháy không ạ
        anh Minh → Trực Ban: để tôi lo
        Trực Ban → chị Lan: ✅ anh Minh đã nhận tin khẩn
        anh Minh → Trực Ban: không xử lý được
        Trực Ban → chị Lan: ↪️ anh Minh không xử lý được tin khẩn số … đang báo người khác
        anh Minh → Trực Ban: đóng
        Trực Ban → anh Minh: Anh không giữ tin khẩn nào … đóng
    """)


async def test_without_its_room_the_office_is_told_one_by_one(stage: Journey) -> None:
    """Put out of the office's room, or never in it: nothing meant for the office is lost; the director reads how the night was."""
    room = stage.seat("Trực tổng hợp", "chị Hoa")
    await stage.deed("kick", **{"as": room.looker, "room": room.room, "member": stage.bot})
    await stage.change(
        lambda tx, _: tx.execute(chats.update().values(state="left").where(chats.c.audience == "office"))
    )
    await stage.play("""
        lúc 16:00
        lúc 16:30
        Trực Ban → chị Hoa: Tổng hợp ngày 23/11/2026 [Bảng Excel]
        lúc 23:00
        chị Lan → Trực Ban: cháy ở kho Phòng KT
        sau 10 phút
        Trực Ban → chị Hoa: chưa có lãnh đạo nào nhận. Xin Văn phòng gọi điện ngay
        anh Minh → Trực Ban: đã nhận
        bà Nga → Trực Ban: /tinhhinh
        Trực Ban → bà Nga: 🚨 Tin khẩn số … đang xử lý (anh Minh): chị Vũ Thị Lan
        anh Minh → Trực Ban: đóng
        lúc ngày mai 07:00
        bà Nga → Trực Ban: đêm qua có gì không?
        Trực Ban → bà Nga: 🟢 Không có tin khẩn nào đang mở. … ☑️ Tin khẩn số … khép 23:1 … cháy ở kho Phòng KT
        bà Nga → Trực Ban: tin khẩn đêm qua
        Trực Ban → bà Nga: Tin khẩn 30 ngày qua … đã khép (anh Minh nhận)
    """)


async def test_a_drill_is_looked_at_and_ended_in_words_and_a_real_fire_is_no_drill(stage: Journey) -> None:
    """Its board comes back on request; who still has a step hears that it is over; "cháy thật" alarms at once."""
    await stage.play("""
        bà Nga → Trực Ban: /dientap
        bà Nga → Trực Ban [Ca bệnh tại cơ quan, đơn vị]
        bà Nga → Trực Ban [Bắt đầu diễn tập]
        Trực Ban → chị Hoa: DIỄN TẬP · Ca bệnh tại cơ quan, đơn vị … Bước 1
        chị Lan → Trực Ban: cháy thật ở kho, không phải diễn tập đâu
        Trực Ban → chị Lan: Lãnh đạo đã được báo
        Trực Ban → bà Nga: 🚨 Tin khẩn … cháy thật ở kho
        bà Nga → Trực Ban: kết thúc diễn tập
        Trực Ban → bà Nga: Đang diễn tập: Ca bệnh tại cơ quan, đơn vị. Xem bảng, kết thúc [Xem bảng: Ca bệnh tại cơ quan, đơn vị]
        bà Nga → Trực Ban [Xem bảng: Ca bệnh tại cơ quan, đơn vị]
        Trực Ban → bà Nga: DIỄN TẬP · Ca bệnh tại cơ quan, đơn vị … xong 0/ [Kết thúc]
        bà Nga → Trực Ban [Kết thúc]
        Trực Ban → chị Hoa: ☑️ 🟠 DIỄN TẬP · Ca bệnh tại cơ quan, đơn vị: đã kết thúc. Việc còn lại giao cho chị không phải làm nữa
        Trực Ban → chị Lan: (im lặng)
    """)

"""A directive's whole life: written, looked at, sent, received, chased, verified, taken back; and who may not."""

from __future__ import annotations

import base64

from sqlalchemy import select

from storage.records.directives import directives
from tests.journeys.stage import Journey

SHEET = b"%PDF-1.4 a plan"
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


async def code_of_the_last(stage: Journey) -> str:
    newest = select(directives.c.code).order_by(directives.c.id.desc()).limit(1)
    return str(await stage.look(lambda tx, _: tx.execute(newest).scalar_one()))


async def test_from_the_draft_to_the_last_receipt(stage: Journey) -> None:
    """chị Hoa: number, day and file recognised, units chosen, preview, publish; receipts by button, word and in private."""
    stage.files = {"ke-hoach.pdf": SHEET}
    await stage.play("""
        chị Hoa → Trực Ban: /chidao
        Trực Ban → chị Hoa: Xin gửi nội dung chỉ đạo
        chị Hoa → Trực Ban 📎 ke-hoach.pdf: Thực hiện văn bản 1722/UBND-KGVX ngày 27/5/2021, các phòng báo cáo trước thứ Sáu.
        Trực Ban → chị Hoa: số 1722/UBND-KGVX ngày 27/05/2021 … Kèm tệp: ke-hoach.pdf … Gửi tới ai ạ? [Lãnh đạo] [Toàn thể]
        chị Hoa → Trực Ban [Chọn đơn vị]
        chị Hoa → Trực Ban [Phòng KT]
        Trực Ban → chị Hoa: Đang chọn: Phòng KT [✓ Phòng KT] [Xong (1)]
        chị Hoa → Trực Ban [Xong (1)]
        Trực Ban → chị Hoa: 📎 ke-hoach.pdf CHỈ ĐẠO … Văn bản số 1722/UBND-KGVX … Người ban hành: … Nguyễn Thị Hoa
        Trực Ban → chị Hoa: Xem trước … 1 nhóm … 4 người phải xác nhận … Phát hành chứ ạ? [Phát hành] [Sửa] [Bỏ]
        Trực Ban → Phòng KT: (im lặng)
        chị Hoa → Trực Ban [Phát hành]
        Trực Ban → Phòng KT: 📎 ke-hoach.pdf CHỈ ĐẠO … 1722/UBND-KGVX … Mã xác minh [Đã nhận]
        Trực Ban → Phòng TM: (im lặng)
        Trực Ban → chị Hoa: Đã phát hành chỉ đạo … tới 1 nhóm, 4 người
        Trực Ban → chị Hoa: Đã nhận 0/4 (0%) [Ai chưa nhận] [Nhắc ngay] [Thu hồi]
        chị Lan → Phòng KT [Đã nhận] ⇒ Đã ghi nhận chị Lan
        chị Lan → Phòng KT [Đã nhận] ⇒ Chị Lan đã xác nhận
        anh Tú → Phòng KT ↩ “CHỈ ĐẠO”: đã nhận ạ
        Trực Ban → Phòng KT 👍
        Trực Ban → chị Hoa: Đã nhận 2/4 (50%)
        anh Dũng → Phòng KT ↩ “CHỈ ĐẠO”: mấy giờ phải nộp ạ?
        Trực Ban → Phòng KT: xin hỏi chị Hoa (người ra chỉ đạo)
        anh Dũng → Phòng KT ↩ “CHỈ ĐẠO”: em xin phép vắng ạ
        Trực Ban → Phòng KT: Tôi hiểu là: nghỉ phép ngày 23/11. Đúng không ạ? [Đúng] [Chưa đúng] [Bỏ]
        anh Dũng → Phòng KT [Bỏ]
        Trực Ban → Phòng KT: Đã bỏ, tôi không ghi gì.
        chị Hoa → Phòng KT [Đã nhận] ⇒ không cần chị Hoa xác nhận
        chị Hoa → Trực Ban [Ai chưa nhận]
        Trực Ban → chị Hoa: Chưa nhận (2): … Ngô Tiến Dũng … Phạm Quang Minh
        chị Hoa → Trực Ban [Nhắc ngay] ⇒ Đã nhắc những người chưa nhận
        Trực Ban → anh Minh: 🔔 Nhắc anh Minh … CHỈ ĐẠO [Đã nhận]
        Trực Ban → chị Lan: (im lặng)
        chị Hoa → Trực Ban [Nhắc ngay] ⇒ Vừa nhắc xong
        anh Minh → Trực Ban [Đã nhận] ⇒ Đã ghi nhận anh Minh
        anh Dũng → Trực Ban: /chuanhan
        Trực Ban → anh Dũng: Anh chưa xác nhận … 1722/UBND-KGVX [Đã nhận …]
        anh Dũng → Trực Ban [Đã nhận …] ⇒ Đã ghi nhận anh Dũng
        Trực Ban → chị Hoa: Đã nhận 4/4 (100%) ✅ … Tất cả đã nhận
        sau 300 phút
        Trực Ban → anh Minh: (im lặng)
    """)


async def test_verified_and_taken_back(stage: Journey) -> None:
    """Anybody may ask whether a code is real; the author alone takes it back, and everybody who had it is told."""
    await stage.play("""
        bà Nga → Trực Ban: Chỉ đạo: sáng mai 8 giờ họp toàn cơ quan.
        bà Nga → Trực Ban [Toàn thể]
        Trực Ban → bà Nga: Xem trước … 8 người phải xác nhận [Phát hành]
        bà Nga → Trực Ban [Phát hành]
        Trực Ban → Toàn cơ quan: CHỈ ĐẠO … Sáng mai 8 giờ họp … Giám đốc Trần Thị Nga [Đã nhận]
        chị Lan → Toàn cơ quan [Đã nhận] ⇒ Đã ghi nhận chị Lan
    """)
    code = await code_of_the_last(stage)
    await stage.play(f"""
        anh Phúc → Phòng TM: /kiemtra {code.lower()}
        Trực Ban → Phòng TM: Chỉ đạo mã {code} là chính thức … Người ban hành: Giám đốc Trần Thị Nga
        anh Phúc → Trực Ban: /kiemtra {code}
        Trực Ban → anh Phúc: là chính thức … Nội dung: “Sáng mai 8 giờ họp
        anh Phúc → Trực Ban: /kiemtra
        Trực Ban → anh Phúc: Xin gõ /kiemtra kèm mã
        anh Phúc → Trực Ban: /kiemtra AAAAAA
        Trực Ban → anh Phúc: KHÔNG có chỉ đạo nào mang mã AAAAAA
        chị Hoa → Trực Ban: /chuanhan {code}
        Trực Ban → chị Hoa: Chưa nhận (7)
        chị Thu → Trực Ban: /chuanhan {code}
        Trực Ban → chị Thu: Phòng TM: … Bùi Hữu Phúc
        anh Phúc → Trực Ban: /chuanhan {code}
        Trực Ban → anh Phúc: Việc này cần thẩm quyền khác
        bà Nga → Trực Ban [Thu hồi]
        Trực Ban → bà Nga: Thu hồi chỉ đạo … Mọi nhóm đã nhận sẽ được báo dừng [Thu hồi] [Không]
        bà Nga → Trực Ban ↩ “Mọi nhóm đã nhận” [Thu hồi] ⇒ Đã thu hồi và báo các nhóm
        Trực Ban → Toàn cơ quan: THU HỒI CHỈ ĐẠO mã {code}
        anh Phúc → Toàn cơ quan ↩ “họp toàn cơ quan” [Đã nhận] ⇒ đã được thu hồi
        anh Phúc → Phòng TM: /kiemtra {code}
        Trực Ban → Phòng TM: ĐÃ ĐƯỢC THU HỒI
    """)


async def test_who_is_not_entitled_and_what_must_not_be_sent(stage: Journey) -> None:
    """Staff and heads may not; not in a room; nothing with a secrecy stamp; a draft is thrown away without a trace."""
    await stage.play("""
        chị Lan → Trực Ban: /chidao
        Trực Ban → chị Lan: Việc này cần thẩm quyền khác
        anh Minh → Trực Ban: chỉ đạo: mọi người nghỉ sớm
        Trực Ban → anh Minh: Việc này cần thẩm quyền khác
        chị Hoa → Phòng KT: /chidao
        Trực Ban → Phòng KT: (im lặng)
        Trực Ban → chị Hoa: Xin gửi nội dung chỉ đạo
        chị Hoa → Trực Ban: TỐI MẬT: kế hoạch số 1
        Trực Ban → chị Hoa: dấu hiệu bí mật nhà nước … không giữ gì
        chị Hoa → Trực Ban: /chidao Dọn kho lưu trữ trước thứ Sáu
        Trực Ban → chị Hoa: Không thấy số văn bản … Gửi tới ai ạ? [Trưởng các đơn vị] [Bỏ]
        chị Hoa → Trực Ban [Trưởng các đơn vị]
        Trực Ban → chị Hoa: Xem trước [Phát hành] [Sửa] [Bỏ]
        chị Hoa → Trực Ban [Sửa]
        Trực Ban → chị Hoa: Sửa phần nào ạ? [Nội dung] [Số văn bản] [Nơi nhận]
        chị Hoa → Trực Ban [Số văn bản]
        Trực Ban → chị Hoa: Xin ghi số văn bản
        chị Hoa → Trực Ban: 15/KH-VP ngày 20/11/2026
        Trực Ban → chị Hoa: Văn bản số 15/KH-VP ngày 20/11/2026
        chị Hoa → Trực Ban [Bỏ]
        Trực Ban → chị Hoa: bỏ
        Trực Ban → Nhóm Lãnh đạo: (im lặng)
    """)


async def test_a_picture_with_a_word(stage: Journey) -> None:
    """A photographed notice goes to the leaders as a picture; the author may take a part of it back before sending."""
    stage.files = {"thong-bao.png": PICTURE}
    await stage.play("""
        bà Nga → Trực Ban: /chidao
        Trực Ban → bà Nga: Xin gửi nội dung chỉ đạo
        bà Nga → Trực Ban 📎 thong-bao.png: Đề nghị các đồng chí lãnh đạo xem ảnh chụp thông báo
        Trực Ban → bà Nga: Kèm ảnh … Gửi tới ai ạ? [Lãnh đạo]
        bà Nga → Trực Ban [Lãnh đạo]
        Trực Ban → bà Nga: Xem trước … 1 người phải xác nhận [Phát hành]
        bà Nga → Trực Ban [Phát hành]
        Trực Ban → Nhóm Lãnh đạo: 🖼 CHỈ ĐẠO … xem ảnh chụp thông báo [Đã nhận]
        ông Sơn → Nhóm Lãnh đạo: rõ rồi ạ
        Trực Ban → Nhóm Lãnh đạo: (im lặng)
        ông Sơn → Nhóm Lãnh đạo [Đã nhận] ⇒ Đã ghi nhận ông Sơn
        Trực Ban → bà Nga: Đã nhận 1/1 (100%) ✅
    """)


async def test_those_who_have_not_acknowledged_are_chased_by_the_clock(stage: Journey) -> None:
    """After two working hours in private; from the second time on the head of unit hears the names."""
    await stage.play("""
        chị Hoa → Trực Ban: /chidao Rà soát phương án phòng cháy
        chị Hoa → Trực Ban [Toàn thể]
        chị Hoa → Trực Ban [Phát hành]
        Trực Ban → Toàn cơ quan: CHỈ ĐẠO … Rà soát [Đã nhận]
        anh Minh → Toàn cơ quan [Đã nhận] ⇒ Đã ghi nhận
        lúc 10:02
        Trực Ban → chị Lan: 🔔 Nhắc chị Lan … Rà soát [Đã nhận]
        Trực Ban → anh Minh: (im lặng)
        chị Lan → Trực Ban: đã nhận
        Trực Ban → chị Hoa: Đã nhận 2/8
        lúc ngày mai 08:01
        Trực Ban → anh Tú: 🔔 Nhắc anh Tú
        Trực Ban → chị Lan: (im lặng)
        Trực Ban → anh Minh: còn người chưa xác nhận chỉ đạo … anh Tú
    """)


async def test_nobody_is_chased_about_a_meeting_that_is_past(stage: Journey) -> None:
    """Half an hour before they meet whoever has not read of it is reminded; once they meet, the author hears who has not."""
    await stage.play("""
        chị Hoa → Trực Ban: Chỉ đạo: 9 giờ 30 sáng nay họp toàn cơ quan tại hội trường.
        chị Hoa → Trực Ban [Toàn thể]
        chị Hoa → Trực Ban [Phát hành]
        Trực Ban → Toàn cơ quan: CHỈ ĐẠO … 9 giờ 30 sáng nay [Đã nhận]
        Trực Ban → chị Hoa: Nhắc lần 1: 09:00
        anh Minh → Toàn cơ quan [Đã nhận] ⇒ Đã ghi nhận
        lúc 09:00
        Trực Ban → chị Lan: 🔔 Nhắc chị Lan … 9 giờ 30 sáng nay [Đã nhận]
        Trực Ban → chị Hoa: Tới giờ họp (09:30 ngày 23/11/2026) thì thôi nhắc
        lúc 09:31
        Trực Ban → chị Hoa: Đã tới giờ họp nêu trong chỉ đạo (09:30 ngày 23/11) nên từ nay tôi không tự nhắc nữa … Phòng KT: Ngô Tiến Dũng, Vũ Thị Lan
        Trực Ban → chị Lan: (im lặng)
        lúc ngày mai 08:01
        Trực Ban → chị Lan: (im lặng)
        Trực Ban → anh Tú: (im lặng)
    """)

"""The duty roster in chat: planned, asked for, swapped by two persons, taken from a sheet; and whom an alert wakes at night."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from openpyxl import Workbook

from storage.record import add
from storage.records.people import Role, posts
from tests.journeys.stage import Journey


async def test_planned_by_rotation_asked_for_and_swapped(stage: Journey) -> None:
    """Only the office plans; a swap needs both; the office reads of it; the list goes out as a sheet."""
    await stage.play("""
        chị Lan → Phòng KT: ai trực hôm nay
        Trực Ban → Phòng KT: Lúc này lịch không ghi ai trực
        chị Lan → Trực Ban: /lichtruc xoay 23/11-29/11: Lan, Tú
        Trực Ban → chị Lan: cần thẩm quyền khác
        chị Hoa → Trực Ban: /lichtruc xoay 23/11-29/11: chị Lan, anh Tú, người lạ
        Trực Ban → chị Hoa: Chưa xếp lịch: “người lạ” không có trong danh sách cán bộ
        chị Hoa → Trực Ban: /lichtruc xoay 23/11-29/11: chị Lan, anh Tú
        Trực Ban → chị Hoa: ✅ Đã xếp 7 ngày trực, từ 23/11/2026 đến 29/11/2026
        chị Hoa → Trực Ban: /lichtruc xoay lãnh đạo 23/11-29/11: bà Nga, ông Sơn
        Trực Ban → chị Hoa: ✅ Đã xếp 7 ngày trực
        chị Lan → Phòng KT: Ai trực hôm nay?
        Trực Ban → Phòng KT: 📟 … Thứ Hai 23/11/2026 … Trực lãnh đạo: bà Trần Thị Nga … Trực ban: chị Vũ Thị Lan, 07:30 đến 07:30 hôm sau
        chị Lan → Trực Ban: /lichtruc 28/11
        Trực Ban → chị Lan: Thứ Bảy 28/11/2026 (ngày nghỉ) … anh Đỗ Anh Tú
        chị Lan → Trực Ban: /lichtruc đổi 25/11 với anh Tú 28/11
        Trực Ban → anh Tú: 🔁 chị Lan xin đổi ca trực … chị Lan trực thay anh: Trực ban Thứ Bảy 28/11/2026 [Đồng ý đổi] [Không đổi]
        Trực Ban → chị Lan: Đã hỏi anh Tú
        anh Tú → Trực Ban [Đồng ý đổi]
        Trực Ban → anh Tú: Đã đổi ca trực
        Trực Ban → chị Lan: Đã đổi ca trực … Thứ Tư 25/11/2026 … anh Tú … Thứ Bảy 28/11/2026 (ngày nghỉ) … chị Lan
        Trực Ban → Trực tổng hợp: Đã đổi ca trực
        anh Tú → Trực Ban: /lichtruc 28/11
        Trực Ban → anh Tú: chị Vũ Thị Lan
        anh Tú → Trực Ban: /lichtruc đổi 25/11 với bà Nga 25/11
        Trực Ban → anh Tú: khác vai trò
        chị Lan → Trực Ban: /lichtruc xuất
        Trực Ban → chị Lan: 📎 danh-sach-truc-2026-11-01.xlsx … Danh sách trực tháng 11/2026
        chị Hoa → Trực Ban: /lichtruc mẫu
        Trực Ban → chị Hoa: 📎 mau-lich-truc.xlsx
        chị Hoa → Trực Ban: /lichtruc bỏ 29/11
        Trực Ban → chị Hoa: Đã bỏ 2 ca trực
    """)


async def test_at_night_whoever_is_on_duty_hears_first(stage: Journey) -> None:
    """Beside the head of unit and the monitoring team; in office hours he is left alone."""
    await stage.play("""
        chị Hoa → Trực Ban: /lichtruc xoay 23/11-29/11: chị Thu
        Trực Ban → chị Hoa: ✅ Đã xếp 7 ngày trực
        chị Lan → Trực Ban: em sốt 38 từ tối qua
        Trực Ban → anh Minh: 🚨 Tin khẩn
        Trực Ban → chị Thu: (im lặng)
        anh Minh → Trực Ban [✅ Đã nhận] ⇒ Đã ghi nhận
        anh Minh → Trực Ban [Đã xử lý xong] ⇒ Đã khép
        lúc 22:00
        anh Tú → Trực Ban: em sốt 39 độ, ho
        Trực Ban → chị Thu: 🚨 Tin khẩn … anh Đỗ Anh Tú (Phòng KT): ho, sốt [✅ Đã nhận]
        Trực Ban → anh Minh: 🚨 Tin khẩn
        chị Thu → Trực Ban [✅ Đã nhận] ⇒ Đã ghi nhận
        Trực Ban → anh Tú: ✅ chị Thu đã nhận tin khẩn
    """)


async def test_at_night_with_the_head_on_leave_his_stand_in_and_the_one_on_duty_hear(stage: Journey) -> None:
    """The leave is taken from what anh Minh reported; the stand-in reads in whose place he hears."""
    held = {"person_id": stage.cast.tu.person_id, "unit_id": stage.cast.units["KT"], "title": "Phó Trưởng phòng"}
    long_ago = date(2020, 1, 1)
    await stage.change(lambda tx, _: add(tx, posts, **held, role=Role.DEPUTY_HEAD, valid_from=long_ago))
    await stage.play("""
        chị Hoa → Trực Ban: /lichtruc xoay 23/11-29/11: chị Thu
        Trực Ban → chị Hoa: ✅ Đã xếp 7 ngày trực
        anh Minh → Trực Ban: hôm nay tôi nghỉ phép
        Trực Ban → anh Minh: ✅ Đã ghi
        lúc 22:00
        chị Lan → Trực Ban: em sốt 39 độ, ho
        Trực Ban → anh Tú: 🚨 Tin khẩn … Gửi anh thay anh Minh đang vắng [✅ Đã nhận]
        Trực Ban → chị Thu: 🚨 Tin khẩn … chị Vũ Thị Lan (Phòng KT): ho, sốt
        Trực Ban → anh Minh: (im lặng)
        anh Tú → Trực Ban [✅ Đã nhận] ⇒ Đã ghi nhận
        Trực Ban → chị Lan: ✅ anh Tú đã nhận tin khẩn
    """)


async def test_the_office_changes_the_chain(stage: Journey) -> None:
    """Steps, waits, how many must take it, and which unit leads a field; a mistake changes nothing."""
    await stage.play("""
        chị Lan → Trực Ban: /chuoibao
        Trực Ban → chị Lan: cần thẩm quyền khác
        chị Hoa → Trực Ban: /chuoibao
        Trực Ban → chị Hoa: Tin nghiêm trọng … 3 phút: trực ban + trưởng đơn vị + tổ giám sát > phó phụ trách > giám đốc > đầu mối
            … Biết ngay từ đầu: phó phụ trách, giám đốc … Tin không gấp … 10 phút … cháy nổ: đơn vị có việc
        chị Hoa → Trực Ban: /chuoibao thường 2 phút: trưởng đơn vị > hàng xóm
        Trực Ban → chị Hoa: Chưa đổi gì. “hàng xóm” không phải một vị trí
        chị Hoa → Trực Ban: /chuoibao thường mau: trưởng đơn vị
        Trực Ban → chị Hoa: Chưa đổi gì. Xin ghi thời gian chờ
        chị Hoa → Trực Ban: /chuoibao thường 2 phút: giám đốc > trưởng đơn vị; 2 người nhận
        Trực Ban → chị Hoa: ✅ Đã đổi, áp dụng cho tin từ bây giờ: 2 phút: giám đốc > trưởng đơn vị; 2 người nhận
        chị Hoa → Trực Ban: /chuoibao lĩnh vực y tế: Phòng TM
        Trực Ban → chị Hoa: ✅ Tin khẩn lĩnh vực y tế báo thêm Phòng TM
        chị Lan → Trực Ban: em sốt 38 từ tối qua
        Trực Ban → bà Nga: 🚨 Tin khẩn
        Trực Ban → anh Minh: (im lặng)
        bà Nga → Trực Ban [✅ Đã nhận] ⇒ (1/2 người cần nhận)
        sau 2 phút
        Trực Ban → anh Minh: 🚨 Tin khẩn
        anh Minh → Trực Ban: đã nhận
        Trực Ban → bà Nga: ✅ anh Minh đã nhận tin khẩn
        chị Hoa → Trực Ban: /chuoibao thường như cũ
        Trực Ban → chị Hoa: Đã trở lại như ban đầu: 5 phút
    """)


async def test_a_roster_from_a_sheet(stage: Journey) -> None:
    """Bad rows are named by their numbers and nothing is taken; a good sheet is shown before it counts."""
    good = ("28/11/2026", "", "Vũ Thị Lan", "trực ban")
    bad = [("31/02/2027", "", "Trần Thị Nga", "lãnh đạo"), ("28/11/2026", "chiều", "Đỗ Anh Tú", "")]
    stage.files = {
        "lich-truc-loi.xlsx": sheet([good, *bad, ("28/11/2026", "", "Nguyễn Văn Không", ""), good]),
        "lich-truc.xlsx": sheet([good, ("29/11/2026", "17:00-07:00", "Đỗ Anh Tú", "")]),
    }
    await stage.play("""
        chị Hoa → Trực Ban 📎 lich-truc-loi.xlsx
        Trực Ban → chị Hoa: Chưa nhập gì cả. Có 4 chỗ cần sửa
            … Dòng 4: Ngày “31/02/2027” … Dòng 5: Ca “chiều” … Dòng 6: “Nguyễn Văn Không” … Dòng 7: Trùng với dòng 3
        chị Hoa → Trực Ban: /lichtruc 28/11
        Trực Ban → chị Hoa: Chưa có lịch trực
        chị Hoa → Trực Ban 📎 lich-truc.xlsx
        Trực Ban → chị Hoa: 2 ca trực của 2 người, từ 28/11/2026 đến 29/11/2026 [Nhập lịch] [Thôi]
        chị Hoa → Trực Ban [Nhập lịch]
        Trực Ban → chị Hoa: ✅ Đã nhập 2 ca trực
        anh Tú → Trực Ban: /lichtruc 29/11
        Trực Ban → anh Tú: anh Đỗ Anh Tú, 17:00 đến 07:00 hôm sau
    """)


def sheet(rows: list[tuple[str, str, str, str]]) -> bytes:
    book = Workbook()
    first = book.active
    assert first is not None
    for row in (("LỊCH TRỰC",), ("Ngày", "Ca trực", "Họ và tên", "Vai trò"), *rows):
        first.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


async def test_who_is_away_on_his_own_duty_is_told_and_still_called(stage: Journey) -> None:
    """The office reads whose turn is empty, not why; until somebody took it over the alert rings where the roster says."""
    await stage.play("""
        chị Hoa → Trực Ban: /lichtruc xoay 23/11-29/11: chị Thu
        chị Thu → Trực Ban: mai em xin nghỉ phép
        Trực Ban → chị Thu: ✅ Đã ghi … ⚠️ Ngày ấy có ca trực: Trực ban Thứ Ba 24/11/2026 … /lichtruc đổi 24/11 với
        Trực Ban → Trực tổng hợp: ⚠️ chị Hoàng Thị Thu báo vắng mà có ca trực … /lichtruc xoay 24/11-24/11
        chị Thu → Phòng TM: thứ 5 em xin nghỉ phép
        Trực Ban → chị Thu: ⚠️ Ngày ấy có ca trực: Trực ban Thứ Năm 26/11/2026
        lúc ngày mai 23:00
        chị Lan → Trực Ban: cháy ở kho Phòng KT
        Trực Ban → chị Thu: 🚨 Tin khẩn … cháy ở kho Phòng KT [✅ Đã nhận]
    """)

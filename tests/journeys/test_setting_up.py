"""Setting up: the staff file in chat, joining by code and by link, strangers; as chị Hoa and a newcomer live it."""

from __future__ import annotations

import re

from bot.trial.seen import text_of
from tests.journeys.stage import BOT, Journey

HEADING = (
    "Mã cán bộ,Họ và tên,Xưng hô,Mã đơn vị,Tên đơn vị,Tên gọi tắt,Loại đơn vị,Đơn vị phụ trách,Chức vụ,Vai trò,"
    "Điện thoại,Thư điện tử"
)
GOOD = """,,,SO,Sở Công Thương,Sở,cơ quan,,,,,
,,,VP,Văn phòng Sở,Văn phòng,văn phòng,SO,,,,
,,,KT,Phòng Kinh tế,Phòng KT,phòng,SO,,,,
,,,TM,Phòng Thương mại,Phòng TM,phòng,SO,,,,
,,,KCN1,Khu công nghiệp Bình An,KCN Bình An,khu công nghiệp,TM,,,,
CB01,Trần Thị Nga,bà,SO,,,,,Giám đốc,lãnh đạo,,
CB02,Lê Văn Sơn,ông,SO,,,,,Phó Giám đốc,lãnh đạo,,
CB03,Nguyễn Thị Hoa,chị,VP,,,,,Chuyên viên tổng hợp,văn phòng,,
CB04,Phạm Quang Minh,anh,KT,,,,,Trưởng phòng,trưởng đơn vị,,
CB05,Vũ Thị Lan,chị,KT,,,,,Chuyên viên,nhân viên,,
CB06,Đỗ Anh Tú,anh,KT,,,,,Chuyên viên,nhân viên,,
CB07,Hoàng Thị Thu,chị,TM,,,,,Trưởng phòng,trưởng đơn vị,,
CB08,Bùi Hữu Phúc,anh,TM,,,,,Chuyên viên,nhân viên,,
CB09,Ngô Tiến Dũng,anh,KT,,,,,Chuyên viên,nhân viên,,
CB09,,,SO,,,,,Tổ trưởng Tổ giám sát,tổ giám sát,,
CB10,Cao Thị Mai,chị,TM,,,,,Chuyên viên,nhân viên,,
"""
BAD = """,,,KT,Phòng Kinh tế,Phòng KT,phòng,SO,,,,
CB10,Cao Thị Mai,chị,,,,,,Chuyên viên,nhân viên,,
CB11,Lại Văn Bình,anh,KT,,,,,Chuyên viên,vua,,
"""
NO_SUCH_UNIT = f"{GOOD}CB11,Lại Văn Bình,anh,XX,,,,,Chuyên viên,nhân viên,,\n"


def staff_file(rows: str) -> bytes:
    return f"{HEADING}\n{rows}".encode("utf-8-sig")


async def test_from_the_staff_file_to_the_first_report(stage: Journey) -> None:
    """Bad rows are named and nothing is written; the mended file is; the newcomer joins by the link and is at home."""
    stage.files = {"loi.csv": staff_file(BAD), "la.csv": staff_file(NO_SUCH_UNIT), "nhan-su.csv": staff_file(GOOD)}
    await stage.play("""
        chị Hoa → Trực Ban: /maunhansu
        Trực Ban → chị Hoa: 📎 … .xlsx Tệp mẫu danh sách cán bộ
        chị Hoa → Trực Ban 📎 loi.csv
        Trực Ban → chị Hoa: Đã nhận tệp, tôi đang đọc.
        Trực Ban → chị Hoa: loi.csv … Chưa nhập gì cả. Có 2 chỗ cần sửa: … Dòng 3: … Dòng 4: Vai trò “vua”
        chị Hoa → Trực Ban 📎 la.csv
        Trực Ban → chị Hoa: la.csv … Chưa nhập gì cả … XX
        chị Hoa → Trực Ban 📎 nhan-su.csv
        Trực Ban → chị Hoa: nhan-su.csv … Người: thêm 1 … Nhập danh sách này? [Nhập] [Thôi]
        chị Hoa → Trực Ban [Nhập]
        Trực Ban → chị Hoa: ✅ Đã nhập nhan-su.csv
        chị Hoa → Trực Ban ↩ “Nhập danh sách này?” [Nhập]
        Trực Ban → chị Hoa: Tệp này đã được nhập hoặc đã bỏ rồi.
        chị Hoa → Trực Ban: /ma
        Trực Ban → chị Hoa: 📎 ma-ca-nhan.csv … người chưa vào … Phòng TM: 1 người
        chị Hoa → Trực Ban: /ma Cao Thị Mai
        Trực Ban → chị Hoa: Mã của Cao Thị Mai:
    """)
    code = await _code_shown(stage)
    await stage.deed("start", **{"as": stage.people["người lạ"], "bot": BOT, "payload": code})
    await stage.play(f"""
        Trực Ban → người lạ: Chào chị Mai. Tôi là Trực Ban … Dữ liệu của chị … /trogiup
        người lạ → Trực Ban: hôm nay em làm ở nhà
        Trực Ban → người lạ: ✅ Đã ghi: báo nơi làm việc, làm ở nhà
        Trực Ban → chị Thu: chị Cao Thị Mai (Phòng TM): làm ở nhà
        chị Lan → Trực Ban: {code}
        Trực Ban → chị Lan: Mã này đã dùng rồi
        chị Lan → Trực Ban: /ma
        Trực Ban → chị Lan: Việc này cần thẩm quyền khác
        chị Hoa → Trực Ban: /ma Cao Thị Mai
        Trực Ban → chị Hoa: Mã của Cao Thị Mai:
    """)
    new_code = await _code_shown(stage)
    assert new_code != code
    await stage.play(f"""
        máy mới → Trực Ban: {new_code[:4].lower()} {new_code[4:].lower()}
        Trực Ban → máy mới: Chào chị Mai
        Trực Ban → người lạ: Tài khoản này không còn gắn với chị Mai
    """)


async def _code_shown(stage: Journey) -> str:
    said = text_of((await stage.news(stage.seat("chị Hoa")))[-1])
    match = re.search(r"Mã của [^:]+: ([A-Z0-9]{8})", said)
    assert match is not None, said
    return match[1]


async def test_strangers_and_wrong_codes(stage: Journey) -> None:
    """A stranger is asked for a code; wrong ones are counted; in a room he is left alone unless he speaks to the bot."""
    await stage.deed("start", **{"as": stage.people["người lạ"], "bot": BOT})
    await stage.play("""
        Trực Ban → người lạ: Chào anh/chị. Tôi là Trực Ban … Tôi chưa biết anh/chị là ai
        người lạ → Trực Ban: mai em đi Đà Nẵng
        Trực Ban → người lạ: Tôi chưa biết anh/chị là ai
        người lạ → Trực Ban: ACDEFGHJ
        Trực Ban → người lạ: Mã này không đúng
        người lạ → Trực Ban: ACDEFGHK
        người lạ → Trực Ban: ACDEFGHL
        người lạ → Trực Ban: ACDEFGHM
        người lạ → Trực Ban: ACDEFGHN
        người lạ → Trực Ban: ACDEFGHP
        Trực Ban → người lạ: Đã thử sai quá nhiều lần
    """)
    await stage.deed("join", **{"as": stage.people["người lạ"], "room": stage.rooms["Phòng KT"].room})
    await stage.play("""
        người lạ → Phòng KT: 12 lượt khách
        người lạ → Phòng KT: chào cả phòng
        Trực Ban → Phòng KT: (im lặng)
        người lạ → Phòng KT: /conthieu
        Trực Ban → Phòng KT: Tôi chưa biết anh/chị là ai
    """)


async def test_the_codes_of_rooms_are_shown_to_the_office_alone(stage: Journey) -> None:
    """/maphong names every room; /lich the free days; a head of unit may see neither."""
    await stage.play("""
        chị Hoa → Trực Ban: /maphong
        Trực Ban → chị Hoa: Mã nhóm: … đã nối … ✅ … Phòng Kinh tế: NHOM-
        anh Minh → Trực Ban: /maphong
        Trực Ban → anh Minh: Việc này cần thẩm quyền khác
        chị Hoa → Trực Ban: /lich
        Trực Ban → chị Hoa: Lịch làm việc … nghỉ
        anh Minh → Trực Ban: /lich
        Trực Ban → anh Minh: Việc này cần thẩm quyền khác
    """)

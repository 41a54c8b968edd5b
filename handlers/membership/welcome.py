"""What somebody reads when he first meets the bot: who it is, what it does, and how it treats what he tells it."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers.access import Right
from handlers.local_time import local, local_day
from handlers.membership.codes import looks_mistyped
from handlers.visit import Visit
from handlers.wording import bold, bullets
from storage.records.options import option
from storage.records.units import UnitKind, units_on
from understanding import read

NOTICE_OPTION = "privacy_notice"
"""A body that is no state agency (a school, an enterprise) puts its own notice here."""

DOES = (
    "chuyển chỉ đạo tới từng người và ghi nhận “Đã nhận”",
    "nhận báo cáo bằng một dòng nhắn bình thường: số lượt khách, ra khỏi tỉnh, nghỉ, đi công tác",
    "nhận tin sức khỏe và việc khẩn, báo ngay người có trách nhiệm",
    "nhắc khi sắp đến hạn, chỉ nhắc ai còn thiếu",
)
NOTICE = (
    (
        "Cơ quan ghi lại họ tên, chức vụ, tài khoản nhắn tin và những gì anh/chị báo, để thực hiện nhiệm vụ được giao "
        "(điểm c khoản 1 Điều 19 Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15)."
    ),
    "Tin về sức khỏe và đi lại là dữ liệu nhạy cảm: chỉ người có trách nhiệm xem được, không nhắc lại trong nhóm.",
    (
        "Anh/chị có quyền xem, sửa, xin bản sao, phản đối, yêu cầu xóa hoặc khiếu nại: nhắn Văn phòng, "
        "sẽ được trả lời trong 2 ngày làm việc."
    ),
)
FIRST_STEPS = (
    "gõ /trogiup để xem mọi việc làm được",
    "hoặc cứ nhắn bình thường, ví dụ: “mai em đi Cần Thơ, thứ sáu về”",
)
FIRST_STEPS_OF_THE_OFFICE = (
    "/ma: mã cá nhân của những người chưa vào",
    "/maphong: mã để nối các nhóm",
    "/maunhansu: tệp mẫu danh sách; điền xong gửi lại vào đây",
)
MISTYPED = (
    "Mã này không đúng: mã cá nhân không có các chữ O, I, Z, S, B và các số 0, 1, 2, 5, 8. "
    "Xin xem lại mã Văn phòng đã cấp (Q hay O, 7 hay 1…) rồi gõ lại."
)
CALL_FOR_HELP = (
    "🚨 Việc khẩn xin gọi ngay 114 (cháy), 115 (cấp cứu), 113 (công an): tin này tôi chưa chuyển cho ai.\n\n"
)


def greet(visit: Visit) -> None:
    steps = [*FIRST_STEPS, *(FIRST_STEPS_OF_THE_OFFICE if visit.may(Right.SET_UP) else ())]
    visit.reply(
        f"Chào {visit.known.called}. Tôi là {bold('Trực Ban')}, trợ lý trực của {name_of_the_body(visit)}.\n\n"
        f"{bold('Tôi làm gì')}\n{bullets(list(DOES))}\n\n"
        f"{bold('Dữ liệu của anh/chị')}\n{notice(visit.tx)}\n\n"
        f"{bold('Bắt đầu')}\n{bullets(steps)}"
    )


def ask_who_is_there(visit: Visit) -> None:
    """Whoever it is: a slip in his code is pointed out, and who cries for help is told where help is."""
    said = visit.message.text
    if looks_mistyped(said):
        visit.reply(MISTYPED)
        return
    is_urgent = any(report.kind == "incident" for report in read(said, local(visit.said_at)).reports)
    visit.reply(
        f"{CALL_FOR_HELP if is_urgent else ''}Chào anh/chị. Tôi là Trực Ban của {name_of_the_body(visit)}. Tôi chưa biết anh/chị là ai: "
        "xin gõ mã cá nhân 8 chữ và số mà Văn phòng đã cấp. Chưa có mã thì hỏi Văn phòng giúp."
    )


def notice(tx: Connection) -> str:
    own = option(tx, NOTICE_OPTION)
    return str(own) if own else bullets(list(NOTICE))


def name_of_the_body(visit: Visit) -> str:
    body = next(iter(units_on(visit.tx, local_day(visit.now), UnitKind.ORGANIZATION)), None)
    return "cơ quan" if body is None else body.name

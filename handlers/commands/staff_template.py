"""/maunhansu: the template of the staff file, to fill in and send back."""

from __future__ import annotations

from handlers.access import Right
from handlers.command import Command, Place
from handlers.files.lists import keep_for_sending
from handlers.setting_up.sent_file import SHEET
from handlers.setting_up.template import NAME, template
from handlers.visit import Visit

HOW = (
    "Tệp mẫu danh sách cán bộ, đơn vị và phân công. Điền xong, gửi lại tệp (.xlsx hoặc .csv) vào đây: "
    "tôi cho xem trước sẽ thay đổi những gì, anh/chị chọn “Nhập” thì mới ghi."
)


def run(visit: Visit, _rest: str) -> None:
    file = keep_for_sending(visit.tx, template(), name=NAME, media_type=SHEET, now=visit.now)
    visit.reply(HOW, file=file)


COMMAND = Command(
    name="maunhansu",
    menu="Tệp mẫu danh sách cán bộ, đơn vị",
    run=run,
    words=("mẫu nhân sự", "mẫu danh sách"),
    right=Right.SET_UP,
    place=Place.PRIVATE,
    order=82,
)

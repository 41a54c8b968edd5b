"""What is sent and holds no words that we could read: each is answered with what to do instead."""

from __future__ import annotations

from handlers import incidents
from handlers.files.kinds import Seen, seen_as
from handlers.visit import Visit
from storage.messages import Unread

UNHEARD = "Tôi chưa nghe được tin thoại nên chưa ghi gì. Xin gõ nội dung giúp tôi."
UNSEEN = "Tôi chưa xem được phim nên chưa ghi gì. Xin gõ nội dung giúp tôi."
FILES = {Seen.VOICE: UNHEARD, Seen.FILM: UNSEEN}
UNREADABLE = {
    Unread.SOMETHING: "Tôi chỉ đọc được chữ, tệp và ảnh. Xin gõ nội dung giúp tôi.",
    Unread.STICKER: "Tôi không đọc được nhãn dán. Cần báo gì xin gõ bằng chữ giúp tôi.",
    Unread.PLACE: (
        "Tôi nhận được một điểm trên bản đồ nhưng chưa rõ để làm gì nên chưa ghi. Xin gõ một câu, "
        "ví dụ “cháy ở kho KCN …”, rồi gửi lại vị trí: tôi chuyển ngay cho lãnh đạo."
    ),
    Unread.CARD: "Tôi không lưu danh thiếp. Xin gõ họ tên và số điện thoại kèm việc cần báo; số của cán bộ do Văn phòng nhập.",
    Unread.VOICE: UNHEARD,
    Unread.WITHHELD: (
        "Tin vừa rồi tới tôi mà không có nội dung: ở đây tôi không nhận được tệp, phim, danh thiếp, vị trí "
        "và tin chỉ gồm một đường dẫn. Xin gõ bằng chữ; có đường dẫn thì viết vài chữ trước nó."
    ),
    Unread.ONLY_OUR_NAME: "Tôi đây. Xin viết nội dung ngay sau tên tôi, trong cùng một tin, ví dụ: “12 lượt khách”.",
}


def take_unreadable(visit: Visit) -> None:
    """A point on the map belongs to the event that was just told of; a sticker in a room needs no words."""
    message = visit.message
    if not message.addressed or visit.person is None:
        return
    if incidents.take_unreadable(visit) or (message.unread == Unread.STICKER and not message.is_private):
        return
    visit.reply(UNREADABLE[message.unread])


def say_of_file(visit: Visit) -> str:
    """What to do instead of a film or voice message that belongs to nothing; empty for a picture or another file."""
    file = visit.message.file
    advice = "" if file is None or visit.message.text else FILES.get(seen_as(file), "")
    return advice and advice + incidents.keep_shown(visit)

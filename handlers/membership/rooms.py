"""Rooms: the register of group chats, kept from what the platforms tell, and the codes that say whom a room is for."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers.access import Right
from handlers.membership.codes import as_typed, looks_like_room_code
from handlers.membership.guesses import TOO_MANY, has_guessed_too_often, note_wrong_guess
from handlers.telling import tell_office
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, bold
from storage.inserts import insert_or_ignore
from storage.messages import IncomingMessage, Lane
from storage.record import change, find_one
from storage.records import audit
from storage.records.chats import (
    Audience,
    ChatState,
    GroupChat,
    RoomCode,
    chat_of,
    chats,
    move_chat,
    room_codes,
)
from storage.records.people import Role
from storage.records.units import find_unit

TITLES = {
    Audience.LEADERS: "Lãnh đạo",
    Audience.MANAGERS: "Lãnh đạo và trưởng các đơn vị",
    Audience.EVERYONE: "Toàn cơ quan",
    Audience.OFFICE: "Trực tổng hợp của Văn phòng",
}
USES = {
    Audience.LEADERS: "Ở đây tôi chuyển chỉ đạo cho lãnh đạo và đưa bản tổng hợp.",
    Audience.MANAGERS: "Ở đây tôi chuyển chỉ đạo cho lãnh đạo và trưởng các đơn vị.",
    Audience.EVERYONE: "Ở đây tôi chuyển chỉ đạo, thông báo cho toàn cơ quan.",
    Audience.OFFICE: "Ở đây tôi báo ai còn thiếu, đưa tổng hợp 16:30 và những việc Văn phòng cần xử lý.",
    Audience.UNIT: "Ở đây tôi hỏi số liệu hằng ngày, nhắc hạn và nhận báo cáo của đơn vị.",
}
HOW_TO_BIND = (
    "Chào cả nhóm, tôi là Trực Ban. Để tôi biết nhóm này của đơn vị nào, Văn phòng (hoặc người của đơn vị) xin gõ: "
    "/noi rồi đến mã nhóm, ví dụ /noi NHOM-7K4M2X. Văn phòng xem mã bằng lệnh /maphong."
)
WRONG = "Mã nhóm này không đúng. Văn phòng xem mã bằng lệnh /maphong."
HEARS_AS_ADMINISTRATOR = "Xin cho tôi làm quản trị viên của nhóm (nếu chưa) để tôi đọc được mọi tin; không thì tôi chỉ đọc được lệnh và tin trả lời tôi."
HEARS_WHAT_NAMES_US = "Ở đây tôi chỉ đọc được tin trả lời tôi, hoặc có gắn tên tôi (gõ @ rồi chọn tên tôi)."
HIDDEN = "Tôi chưa biết ai vừa gõ mã (đang ẩn danh). Xin tắt chế độ ẩn danh của quản trị viên rồi gõ lại."
STRANGER = "Tôi chưa biết anh/chị là ai. Xin nhắn riêng cho tôi mã cá nhân trước, rồi gõ lại mã nhóm ở đây."
IN_PRIVATE = "Mã nhóm xin gõ trong chính nhóm cần nối, sau khi đã thêm tôi vào nhóm."
NOT_BOUND = "Nhóm này chưa nối với đơn vị nào."


def room_of(tx: Connection, message: IncomingMessage) -> GroupChat | None:
    """The register's row of the group this was said in: entered when new, awake since something was said there."""
    if message.is_private:
        return None
    room = chat_of(tx, message.platform, message.chat_id)
    if room is None:
        values = {"platform": message.platform, "external_id": message.chat_id, "title": message.chat_title[:200]}
        insert_or_ignore(tx, chats, values | {"state": ChatState.ACTIVE})
        return chat_of(tx, message.platform, message.chat_id)
    title = message.chat_title[:200] or room.title
    if room.state == ChatState.ACTIVE and room.title == title:
        return room
    change(tx, chats, chats.c.id == room.id, state=ChatState.ACTIVE, title=title)
    return chat_of(tx, message.platform, message.chat_id)


def enter(visit: Visit) -> None:
    """We were added to a group (or came back)."""
    visit.room = room_of(visit.tx, visit.message)
    if visit.room is not None and visit.room.audience is not None:
        visit.reply(
            f"Tôi đã trở lại. Nhóm này là: {bold(call_audience(visit.tx, visit.room.audience, visit.room.unit_id))}."
        )
    else:
        visit.reply(HOW_TO_BIND)


def leave(visit: Visit) -> None:
    """We were put out of a group: nothing goes there any more, and the office hears of it if the room had a use."""
    room = chat_of(visit.tx, visit.message.platform, visit.message.chat_id)
    if room is None:
        return
    gone = change(visit.tx, chats, chats.c.id == room.id, chats.c.state != ChatState.LEFT, state=ChatState.LEFT)
    if gone and room.audience is not None:
        called = call_audience(visit.tx, room.audience, room.unit_id)
        text = f"⚠️ Tôi vừa bị đưa ra khỏi nhóm “{room.title}” ({called}). Tin cho nhóm này không tới được nữa."
        tell_office(visit.tx, text, key=f"left/{room.id}/{visit.message.key}", lane=Lane.ANSWER, now=visit.now)


def move(tx: Connection, message: IncomingMessage) -> None:
    if message.moved_to is not None:
        move_chat(tx, message.platform, message.chat_id, message.moved_to)


def take_code(visit: Visit) -> bool:
    """A room's code typed as the only words of a message."""
    if not looks_like_room_code(visit.message.text):
        return False
    bind(visit, visit.message.text)
    return True


def bind(visit: Visit, typed: str) -> None:
    """1 in a group, 2 by somebody we know, 3 not by guessing, 4 who may, 5 tie the room and say what for."""
    if visit.room is None:
        visit.reply(IN_PRIVATE)
        return
    if visit.person is None:
        visit.reply(HIDDEN if visit.message.anonymous else STRANGER)
        return
    if has_guessed_too_often(visit.tx, visit.message, visit.now):
        visit.reply(TOO_MANY)
        return
    code = find_one(visit.tx, RoomCode, room_codes, room_codes.c.code == as_typed(typed))
    if code is None:
        note_wrong_guess(visit.tx, visit.message, visit.now)
        visit.reply(WRONG)
    elif not _may_bind(visit, code):
        visit.reply(NOT_ALLOWED)
    else:
        _tie(visit, visit.room, code)


def unbind(visit: Visit) -> None:
    room = visit.room
    if room is None or room.audience is None:
        visit.reply(NOT_BOUND)
        return
    change(visit.tx, chats, chats.c.id == room.id, audience=None, unit_id=None, thread_id=None, bound_at=None)
    _note(visit, room, "room_untied")
    called = call_audience(visit.tx, room.audience, room.unit_id)
    visit.reply(f"Đã tháo: nhóm này không còn là {bold(called)}. Muốn nối lại thì gõ /noi và mã nhóm.")


def _may_bind(visit: Visit, code: RoomCode) -> bool:
    """The office any room; leaders any but the office's; people of a unit their own unit's."""
    if visit.may(Right.SET_UP):
        return True
    if code.audience == Audience.UNIT and code.unit_id in visit.unit_ids:
        return True
    return code.audience != Audience.OFFICE and Role.LEADER in visit.roles


def _tie(visit: Visit, room: GroupChat, code: RoomCode) -> None:
    called = call_audience(visit.tx, code.audience, code.unit_id)
    change(
        visit.tx,
        chats,
        chats.c.id == room.id,
        audience=code.audience,
        unit_id=code.unit_id,
        thread_id=visit.message.thread_id,
        bound_at=visit.now,
        title=visit.message.chat_title[:200] or called,  # some platforms tell no title
    )
    _note(visit, room, "room_tied")
    before = room.audience is not None and (room.audience, room.unit_id) != (code.audience, code.unit_id)
    instead = f" (trước đây là {call_audience(visit.tx, room.audience or '', room.unit_id)})" if before else ""
    where = " Tôi sẽ nhắn trong đúng chủ đề này." if visit.message.thread_id else ""
    visit.reply(f"✅ Nhóm này là: {bold(called)}{instead}. {USES[Audience(code.audience)]}{where}{_hears(visit, code)}")
    if not visit.may(Right.SET_UP):
        named = f"Nhóm “{room.title}”" if room.title else "Một nhóm"
        text = f"{named} vừa được {visit.known.called} nối làm nhóm: {called}."
        tell_office(visit.tx, text, key=f"tied/{room.id}/{visit.message.key}", lane=Lane.ANSWER, now=visit.now)


def _hears(visit: Visit, code: RoomCode) -> str:
    """What of the words said here reaches us, where people are to answer: nothing tells us whether we hear all of them."""
    if code.audience not in (Audience.UNIT, Audience.OFFICE):
        return ""
    return f"\n{HEARS_WHAT_NAMES_US if visit.message.by_words else HEARS_AS_ADMINISTRATOR}"


def _note(visit: Visit, room: GroupChat, act: str) -> None:
    audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act=act, subject=f"room/{room.id}")


def call_audience(tx: Connection, audience: str, unit_id: int | None) -> str:
    """How people call what a room is for."""
    unit = None if unit_id is None else find_unit(tx, unit_id)
    return TITLES.get(Audience(audience), "đơn vị") if unit is None else unit.name

"""/maphong: the codes that tie groups, and which groups are tied already."""

from __future__ import annotations

from sqlalchemy import select

from handlers.access import Right
from handlers.command import Command, Place
from handlers.files.lists import keep_for_sending, to_csv
from handlers.membership.codes import make_room_codes
from handlers.membership.links import room_link, ways_into_rooms
from handlers.membership.rooms import call_audience
from handlers.visit import Visit
from handlers.wording import bold
from storage.record import find_all
from storage.records.chats import ChatState, GroupChat, RoomCode, chats, room_codes
from storage.records.units import units

HEADING = ("Dành cho", "Mã nhóm", "Nhóm đã nối", "Liên kết thêm tôi vào nhóm")
FILE_NAME = "ma-nhom.csv"
MOST_IN_A_MESSAGE = 25
HOW = "Thêm tôi vào nhóm, rồi trong nhóm gõ /noi và mã. Nếu nhóm có nhiều chủ đề, gõ trong chủ đề muốn tôi nhắn."


def run(visit: Visit, _rest: str) -> None:
    make_room_codes(visit.tx, visit.now)  # units founded since the last import
    rows = [_row(visit, code) for code in _codes(visit)]
    tied = sum(1 for row in rows if row[2])
    how = "\n".join([HOW, *ways_into_rooms(visit.tx)])
    start = f"{bold('Mã nhóm')}: {tied}/{len(rows)} đã nối. {how}"
    if len(rows) <= MOST_IN_A_MESSAGE:
        visit.reply("\n".join([start, "", *(_line(*row) for row in rows)]))
        return
    content = to_csv(HEADING, rows)
    file = keep_for_sending(visit.tx, content, name=FILE_NAME, media_type="text/csv", now=visit.now)
    visit.reply(start, file=file)


def _codes(visit: Visit) -> list[RoomCode]:
    """Those of the whole body first, then unit by unit."""
    order = {row.id: row.code for row in visit.tx.execute(select(units.c.id, units.c.code))}
    codes = find_all(visit.tx, RoomCode, room_codes)
    return sorted(codes, key=lambda code: (code.unit_id is not None, order.get(code.unit_id or 0, ""), code.audience))


def _row(visit: Visit, code: RoomCode) -> tuple[str, str, str, str]:
    same_unit = chats.c.unit_id.is_(None) if code.unit_id is None else chats.c.unit_id == code.unit_id
    where = (chats.c.audience == code.audience, same_unit, chats.c.state != ChatState.LEFT)
    tied = ", ".join(room.title for room in find_all(visit.tx, GroupChat, chats, *where, order_by=(chats.c.id,)))
    return call_audience(visit.tx, code.audience, code.unit_id), code.code, tied, room_link(visit.tx, code.code)


def _line(called: str, code: str, tied: str, link: str) -> str:
    return f"✅ {called}: {code} (nhóm “{tied}”)" if tied else f"▫️ {called}: {code} {link}".rstrip()


COMMAND = Command(name="maphong", menu="Mã để nối các nhóm", run=run, right=Right.SET_UP, place=Place.PRIVATE, order=81)

"""The register of rooms follows what the platforms tell; a code typed in a room says whom it is for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select

from handlers.commands import bind_room, room_codes, start, unbind_room
from handlers.membership import rooms
from handlers.membership.codes import make_room_codes
from handlers.wording import NOT_ALLOWED
from storage.database import Database
from storage.messages import Act
from storage.record import change
from storage.records.chats import Audience, ChatState, GroupChat, chat_of, chats, rooms_for, rooms_of_unit
from storage.records.chats import room_codes as codes
from storage.records.options import set_option
from tests.cast import PLATFORM, Cast
from tests.handlers.setting_up_scene import Scene

NEW = "-2001"


def code_for(tx: Connection, now: datetime, audience: Audience, unit_id: int | None = None) -> str:
    make_room_codes(tx, now)
    unit = codes.c.unit_id.is_(None) if unit_id is None else codes.c.unit_id == unit_id
    return tx.execute(select(codes.c.code).where(codes.c.audience == audience, unit)).scalar_one()


def room(tx: Connection, chat_id: str) -> GroupChat:
    found = chat_of(tx, PLATFORM, chat_id)
    assert found is not None
    return found


async def test_a_new_group_is_entered_and_told_how_to_go_on(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        rooms.enter(scene.visit(cast.minh.account, room=NEW, title="Tổ công tác", act=Act.ADDED))
        assert "/noi NHOM-" in scene.said()
        assert (room(tx, NEW).title, room(tx, NEW).audience) == ("Tổ công tác", None)

    await database.run(work, now)


async def test_the_office_ties_any_room_by_its_code(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        code = code_for(tx, now, Audience.LEADERS)
        said = scene.command(cast.hoa.account, bind_room.COMMAND, code.lower(), room=NEW)
        assert "Lãnh đạo" in said
        assert "chuyển chỉ đạo cho lãnh đạo" in said
        assert NEW in [one.external_id for one in rooms_for(tx, Audience.LEADERS)]

    await database.run(work, now)


async def test_people_of_a_unit_tie_its_room_and_the_office_hears_of_it(
    database: Database, cast: Cast, now: datetime
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        visit = scene.visit(cast.lan.account, code_for(tx, now, Audience.UNIT, cast.units["KT"]), room=NEW, thread="7")
        assert rooms.take_code(visit)
        said = {message.chat_id: message.text for message in scene.messages()}
        assert "đúng chủ đề này" in said[NEW]
        assert "chị Lan nối làm nhóm: Phòng Kinh tế" in said[cast.rooms["office"]]
        assert room(tx, NEW).thread_id == "7"
        assert len(rooms_of_unit(tx, cast.units["KT"])) == 2

    await database.run(work, now)


async def test_a_room_whose_title_nobody_told_is_called_by_its_use(
    database: Database, cast: Cast, now: datetime
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        code = code_for(tx, now, Audience.UNIT, cast.units["KT"])
        assert rooms.take_code(scene.visit(cast.lan.account, code, room=NEW, title=""))
        said = {message.chat_id: message.text for message in scene.messages()}
        assert said[cast.rooms["office"]].startswith("Một nhóm vừa được chị Lan nối")
        assert room(tx, NEW).title == "Phòng Kinh tế"

    await database.run(work, now)


async def test_nobody_ties_a_room_that_is_not_his(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        for who, audience, unit in (
            (cast.lan, Audience.LEADERS, None),
            (cast.lan, Audience.UNIT, "TM"),
            (cast.nga, Audience.OFFICE, None),
        ):
            code = code_for(tx, now, audience, None if unit is None else cast.units[unit])
            assert scene.command(who.account, bind_room.COMMAND, code, room=NEW) == NOT_ALLOWED
        leaders = code_for(tx, now, Audience.LEADERS)
        assert scene.command("9999", bind_room.COMMAND, leaders, room=NEW) == rooms.STRANGER
        rooms.bind(scene.visit("9999", room=NEW, anonymous=True), leaders)
        assert scene.said() == rooms.HIDDEN
        assert room(tx, NEW).audience is None

    await database.run(work, now)


async def test_wrong_codes_are_refused_and_counted(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        for _ in range(5):
            assert scene.command(cast.lan.account, bind_room.COMMAND, "NHOM-AAAAAA", room=NEW) == rooms.WRONG
        code = code_for(tx, now, Audience.UNIT, cast.units["KT"])
        assert "quá nhiều lần" in scene.command(cast.lan.account, bind_room.COMMAND, code, room=NEW)
        assert scene.command(cast.hoa.account, bind_room.COMMAND, code) == rooms.IN_PRIVATE
        assert scene.command(cast.hoa.account, bind_room.COMMAND, room=NEW) == rooms.HOW_TO_BIND

    await database.run(work, now)


async def test_a_room_may_be_tied_anew_and_untied(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        code = code_for(tx, now, Audience.UNIT, cast.units["TM"])
        assert "(trước đây là Phòng Kinh tế)" in scene.command(
            cast.hoa.account, bind_room.COMMAND, code, room=cast.rooms["KT"]
        )
        assert rooms_of_unit(tx, cast.units["KT"]) == []
        assert "không còn là" in scene.command(cast.hoa.account, unbind_room.COMMAND, room=cast.rooms["KT"])
        assert room(tx, cast.rooms["KT"]).audience is None
        assert scene.command(cast.hoa.account, unbind_room.COMMAND, room=cast.rooms["KT"]) == rooms.NOT_BOUND

    await database.run(work, now)


async def test_the_link_of_a_room_takes_the_bot_in_and_ties_it_at_once(
    database: Database, cast: Cast, now: datetime
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        code = code_for(tx, now, Audience.EVERYONE)
        assert "Toàn cơ quan" in scene.command(cast.hoa.account, start.COMMAND, code, room=NEW)
        assert "Tôi đã trở lại" in scene.command(cast.hoa.account, start.COMMAND, room=NEW)

    await database.run(work, now)


async def test_a_room_that_puts_us_out_is_left_and_keeps_its_use_for_our_return(
    database: Database, cast: Cast, now: datetime
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        where = cast.rooms["KT"]
        for _ in range(2):
            visit = scene.visit(cast.minh.account, room=where, title="Phòng Kinh tế")
            rooms.leave(visit)
            assert room(tx, where).state == ChatState.LEFT
        said = [message for message in scene.messages() if message.chat_id == cast.rooms["office"]]
        assert "bị đưa ra khỏi nhóm “Phòng Kinh tế”" in said[0].text
        assert rooms_of_unit(tx, cast.units["KT"]) == []
        rooms.enter(scene.visit(cast.minh.account, room=where, title="Phòng Kinh tế", act=Act.ADDED))
        assert "Tôi đã trở lại" in scene.said()
        assert [one.external_id for one in rooms_of_unit(tx, cast.units["KT"])] == [where]

    await database.run(work, now)


async def test_a_room_we_could_not_reach_wakes_when_something_is_said_there(
    database: Database, cast: Cast, now: datetime
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        change(tx, chats, chats.c.external_id == cast.rooms["KT"], state=ChatState.UNREACHABLE)
        scene.visit(cast.lan.account, "chào cả phòng", room=cast.rooms["KT"], title="Phòng KT mới")
        assert (room(tx, cast.rooms["KT"]).state, room(tx, cast.rooms["KT"]).title) == (
            ChatState.ACTIVE,
            "Phòng KT mới",
        )

    await database.run(work, now)


async def test_a_group_that_became_a_supergroup_stays_the_same_room(
    database: Database, cast: Cast, now: datetime
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        old = room(tx, cast.rooms["KT"])
        scene.visit(
            cast.lan.account, "chào", room=NEW, title="Phòng KT"
        )  # the new id wrote before we heard of the move
        moved = scene.visit("0", room=cast.rooms["KT"], act=Act.MOVED).message
        rooms.move(tx, replace(moved, moved_to=NEW))
        assert room(tx, NEW).id == room(tx, cast.rooms["KT"]).id == old.id
        assert room(tx, NEW).unit_id == cast.units["KT"]

    await database.run(work, now)


async def test_the_office_sees_which_rooms_are_tied_and_the_codes_of_the_others(
    database: Database, cast: Cast, now: datetime
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        set_option(tx, "identity/telegram", {"username": "truc_ban_bot"})
        said = scene.command(cast.hoa.account, room_codes.COMMAND)
        assert "6/8 đã nối" in said
        assert "✅ Phòng Kinh tế: NHOM-" in said
        assert "gõ @, chọn tên tôi" not in said
        way = "Trong nhóm Zalo: thêm “Bot Trực Ban”, gõ @, chọn tên tôi, rồi gõ /noi và mã."
        set_option(tx, "identity/zalo", {"way_into_rooms": way})
        assert way in scene.command(cast.hoa.account, room_codes.COMMAND)
        managers = code_for(tx, now, Audience.MANAGERS)
        assert f"▫️ Lãnh đạo và trưởng các đơn vị: {managers} https://t.me/truc_ban_bot?startgroup={managers}" in said

    await database.run(work, now)

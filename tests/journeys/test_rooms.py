"""Rooms: tied by a code, in a topic, moved to a supergroup in mid-day, spoken in by nobody knows whom, left."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bot.trial.stage import Seat
from handlers.membership.codes import make_room_codes
from storage.records.chats import Audience, room_codes
from tests.journeys.stage import BOT, Journey


def codes(tx: Connection, now: datetime) -> dict[tuple[str, int | None], str]:
    make_room_codes(tx, now)
    return {(row.audience, row.unit_id): row.code for row in tx.execute(select(room_codes))}


async def found(stage: Journey, who: str, called: str, **wish: Any) -> str:
    """Somebody founds a group and adds the bot."""
    number = stage.people[who]
    group = await stage.call("group", **{"as": number, "title": called, "type": "supergroup", "members": [], **wish})
    stage.rooms[called] = Seat(number, str(group["id"]))
    await stage.deed("add_bot", **{"as": number, "room": str(group["id"]), "bot": BOT})
    return str(group["id"])


async def test_a_new_room_is_tied_by_its_code(stage: Journey) -> None:
    """Told how, a wrong code, the right one, freed again; only who belongs there may."""
    known = await stage.change(codes)
    unit, leaders = known[Audience.UNIT, stage.cast.units["TM"]], known[Audience.LEADERS, None]
    await found(stage, "anh Phúc", "Nhóm mới")
    await stage.play(f"""
        Trực Ban → Nhóm mới: Chào cả nhóm, tôi là Trực Ban … /noi
        anh Phúc → Nhóm mới: /noi NHOM-ACDEFG
        Trực Ban → Nhóm mới: Mã nhóm này không đúng
        anh Phúc → Nhóm mới: /noi {leaders}
        Trực Ban → Nhóm mới: Việc này cần thẩm quyền khác
        anh Phúc → Nhóm mới: /noi {unit}
        Trực Ban → Nhóm mới: ✅ Nhóm này là: Phòng Thương mại … hỏi số liệu hằng ngày … làm quản trị viên của nhóm
        Trực Ban → Trực tổng hợp: Nhóm “Nhóm mới” vừa được anh Phúc nối
        lúc 16:00
        Trực Ban → Nhóm mới: Số lượt khách · Phòng TM [Không có]
        anh Phúc → Nhóm mới: /thaonhom
        Trực Ban → Nhóm mới: Việc này cần thẩm quyền khác
    """)
    room = stage.rooms["Nhóm mới"].room
    await stage.deed("join", **{"as": stage.people["chị Hoa"], "room": room})
    await stage.play("""
        chị Hoa → Nhóm mới: /thaonhom
        Trực Ban → Nhóm mới: Đã tháo: nhóm này không còn là Phòng Thương mại
    """)
    await stage.deed("kick", **{"as": stage.people["anh Phúc"], "room": room, "member": BOT})
    await stage.play("Trực Ban → Trực tổng hợp: (im lặng)")


async def test_a_topic_is_answered_in(stage: Journey) -> None:
    """A forum tied in one of its topics: questions and answers stay there."""
    unit = (await stage.change(codes))[Audience.UNIT, stage.cast.units["KT"]]
    await stage.change(lambda tx, _: _untie(tx, stage.cast.rooms["KT"]))
    room = await found(stage, "chị Lan", "Phòng KT mới", forum=True)
    thread = (await stage.call("topic", **{"as": stage.people["chị Lan"], "room": room, "name": "Báo cáo"}))["thread"]
    await stage.deed("say", **{"as": stage.people["chị Lan"], "room": room, "thread": thread, "text": f"/noi {unit}"})
    await stage.play("""
        Trực Ban → Phòng KT mới: ✅ Nhóm này là: Phòng Kinh tế … Tôi sẽ nhắn trong đúng chủ đề này.
        lúc 16:00
        Trực Ban → Phòng KT mới: Số lượt khách · Phòng KT [Không có]
        chị Lan → Phòng KT mới ↩ “Số lượt khách”: 12
        Trực Ban → Phòng KT mới: ✅ 12 lượt khách (chị Lan
    """)
    asked = await stage.find(stage.rooms["Phòng KT mới"], "12 lượt khách")
    assert asked["message_thread_id"] == thread


def _untie(tx: Connection, chat_id: str) -> None:
    from storage.record import change
    from storage.records.chats import chats

    change(tx, chats, chats.c.external_id == chat_id, audience=None, unit_id=None)


async def test_a_group_becomes_a_supergroup_in_mid_day(stage: Journey) -> None:
    """Between question and answer: the room keeps its unit, and what was asked before is answered after."""
    await stage.play("""
        lúc 16:00
        Trực Ban → Phòng KT: Số lượt khách · Phòng KT [Không có]
    """)
    upgraded = await stage.deed("upgrade", **{"as": stage.people["chị Lan"], "room": stage.cast.rooms["KT"]})
    stage.rooms["Phòng KT"] = Seat(stage.people["chị Lan"], upgraded["room"])
    await stage.play("""
        chị Lan → Phòng KT: Phòng KT: 12 lượt khách
        Trực Ban → Phòng KT 👍
        lúc 16:20
        Trực Ban → Phòng KT: ⏰ Nhắc báo cáo … Phòng KT: quân số
        chị Lan → Phòng KT ↩ “Nhắc báo cáo”: tổng 4, có mặt 4
        Trực Ban → Phòng KT 👍
        chị Hoa → Trực Ban: /xem KT
        Trực Ban → chị Hoa: 12 lượt khách
    """)


async def test_an_anonymous_administrator_is_asked_who_he_is(stage: Journey) -> None:
    """Nothing is recorded for somebody hidden behind the group; his chatter stays his own."""
    upgraded = await stage.deed("upgrade", **{"as": stage.people["chị Lan"], "room": stage.cast.rooms["KT"]})
    room = upgraded["room"]
    stage.rooms["Phòng KT"] = Seat(stage.people["anh Tú"], room)
    minh = stage.people["anh Minh"]
    await stage.deed("promote", **{"as": stage.people["chị Lan"], "room": room, "member": minh, "anonymous": True})
    await stage.deed("say", **{"as": minh, "room": room, "text": "mọi người họp nhé", "anonymous": True})
    await stage.play("Trực Ban → Phòng KT: (im lặng)")
    await stage.deed("say", **{"as": minh, "room": room, "text": "/conthieu", "anonymous": True})
    await stage.play("Trực Ban → Phòng KT: Tôi chưa biết ai vừa nhắn vì tài khoản đang ẩn danh")


async def test_put_out_of_a_room_and_blocked_by_a_person(stage: Journey) -> None:
    """The office hears that the room is lost; who blocked the bot is not written to, and wakes by writing again."""
    kick = {"as": stage.people["chị Thu"], "room": stage.cast.rooms["TM"], "member": BOT}
    await stage.call("promote", **(kick | {"member": stage.people["chị Thu"]}))
    await stage.deed("kick", **kick)
    await stage.play("Trực Ban → Trực tổng hợp: ⚠️ Tôi vừa bị đưa ra khỏi nhóm “Phòng TM” (Phòng Thương mại)")
    await stage.deed("block", **{"as": stage.people["anh Minh"], "bot": BOT})
    await stage.play("""
        chị Lan → Trực Ban: hôm nay em nghỉ phép
        Trực Ban → chị Lan: ✅ Đã ghi
        Trực Ban → Trực tổng hợp: chưa chuyển được tới anh Minh
    """)
    await stage.deed("unblock", **{"as": stage.people["anh Minh"], "bot": BOT})
    await stage.play("""
        anh Minh → Trực Ban: phòng còn thiếu gì
        Trực Ban → anh Minh: Không còn thiếu gì
    """)


async def test_what_cannot_be_read(stage: Journey) -> None:
    """What cannot be read is said to be so in private; a voice note in a room is nobody's business."""
    for where, room in (("Trực Ban", BOT), ("Phòng KT", stage.cast.rooms["KT"])):
        await stage.settle_down()
        stage.since = stage.backstage.latest_change()
        form = {"as": str(stage.people["chị Lan"]), "room": room, "kind": "voice"}
        await _send_voice(stage, form)
        expected = "Tôi chưa nghe được tin thoại" if where == "Trực Ban" else "(im lặng)"
        await stage.play(f"Trực Ban → {'chị Lan' if where == 'Trực Ban' else where}: {expected}")


async def _send_voice(stage: Journey, form: dict[str, str]) -> None:
    import aiohttp

    fields = aiohttp.FormData(quote_fields=False)
    for name, value in form.items():
        fields.add_field(name, value)
    fields.add_field("file", b"OggS", filename="loi.ogg", content_type="audio/ogg")
    async with stage.http.post("/human/upload", data=fields) as answer:
        assert answer.status == 200, await answer.text()

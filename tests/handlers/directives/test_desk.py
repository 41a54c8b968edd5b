"""A directive from beginning to end through the front desk: typed commands, presses, replies, edits."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from sqlalchemy import Connection

from handlers import conversation
from handlers.directives import chase_due
from storage.database import Database
from storage.messages import Act, IncomingMessage
from storage.records.directives import count_receipts
from tests.cast import PLATFORM, Cast, Member
from tests.handlers.directives.scene import Scene, plain

KEYS = count(100_000)


class Desk(Scene):
    """The same scene, with everything said to the front desk."""

    def hear(self, who: Member, text: str = "", *, room: str = "", **more: object) -> str:
        """Say or press something; returns the note that only the presser sees."""
        key = str(next(KEYS))
        message = IncomingMessage(
            platform=PLATFORM,
            key=key,
            chat_id=self.cast.rooms[room] if room else who.account,
            chat_type="group" if room else "private",
            sent_at=self.now,
            user_id=who.account,
            text=text,
            **({"act": Act.TEXT, "message_id": key, "addressed": True} | more),  # type: ignore[arg-type]
        )
        conversation.answer(self.tx, message, self.now)
        return next((said.text for said in self._said_now() if said.press_id and said.press_id == message.press_id), "")

    def press(self, who: Member, data: str, *, room: str = "") -> str:
        return self.hear(who, room=room, act=Act.PRESS, pressed=data, press_id=str(next(KEYS)))


async def test_a_directive_goes_its_whole_way(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        desk = Desk(tx, cast, now)
        desk.hear(
            cast.nga, "/chidao\nThực hiện Công văn 1722/UBND-KGVX ngày 27/5/2021, đo thân nhiệt khách.", message_id="7"
        )
        desk.hear(cast.nga, "toàn thể")
        desk.hear(
            cast.nga,
            "/chidao Thực hiện Công văn 1722/UBND-KGVX, đo thân nhiệt khách tại cổng.",
            act=Act.EDIT,
            message_id="7",
        )
        desk.press_labelled(cast.nga, "Phát hành")
        published = desk.newest()
        (sheet,) = desk.messages_to("everyone")
        assert "Thực hiện Công văn 1722/UBND-KGVX, đo thân nhiệt khách tại cổng." in plain(sheet.text)
        desk.deliver()

        assert "Đã ghi nhận anh Minh" in desk.press(cast.minh, f"ack:{published.id}", room="everyone")
        room = next(parcel for parcel in desk.parcels() if parcel.chat_id == cast.rooms["everyone"])
        assert room.external_id is not None
        desk.hear(cast.lan, "Rõ ạ", room="everyone", reply_to=room.external_id)
        assert count_receipts(tx, published.id).received == 2

        desk.hear(cast.tu, f"/kiemtra {published.code}")
        assert "là chính thức" in desk.texts_to(cast.tu)[-1]
        desk.hear(cast.nga, "ai chưa nhận")
        desk.press_labelled(cast.nga, f"Ai chưa nhận {published.code}")
        assert "Đỗ Anh Tú" in desk.texts_to(cast.nga)[-1]

        desk.wait(hours=3)
        assert chase_due(tx, desk.now) == 1
        desk.deliver()
        desk.hear(cast.tu, "đã nhận")
        assert "Đã ghi nhận anh Tú" in desk.texts_to(cast.tu)[-1]
        assert "Đã nhận 3/8" in desk.board(published)

    await database.run(play, now)


async def test_a_stranger_who_presses_learns_how_to_join(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        desk = Desk(tx, cast, now)
        published = desk.publish(cast.nga, "Trực 24/24 từ hôm nay.")
        stranger = Member(0, "9999", "người lạ")
        assert "mã cá nhân" in desk.press(stranger, f"ack:{published.id}", room="everyone")

    await database.run(play, now)


async def test_a_merged_reminder_is_answered_by_one_word(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        desk = Desk(tx, cast, now)
        both = [desk.publish(cast.nga, text).id for text in ("Trực 24/24 từ hôm nay.", "Kiểm kê vật tư.")]
        desk.wait(hours=3)
        chase_due(tx, desk.now)
        desk.deliver()
        reminder = next(parcel for parcel in desk.parcels() if parcel.chat_id == cast.lan.account)
        desk.hear(cast.lan, "đã nhận", reply_to=reminder.external_id)
        assert [count_receipts(tx, one).received for one in both] == [1, 1]
        assert "nhận 2 chỉ đạo" in desk.texts_to(cast.lan)[-1]

    await database.run(play, now)

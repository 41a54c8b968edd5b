"""What is stuck is shown to those who decide, and decided by a button."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Connection

from handlers.commands import parked
from handlers.troubles.parked import errand_of
from handlers.wording import NOT_ALLOWED
from storage import errands, inbox, outbox
from storage.database import Database
from storage.messages import Act, IncomingMessage, Lane, OutgoingMessage
from storage.outbox import Outcome
from storage.parcels import uncertainty
from storage.record import change
from tests.cast import PLATFORM, Cast
from tests.handlers.setting_up_scene import Scene


def park(tx: Connection, scene: Scene, text: str) -> None:
    message = scene.visit("1005", text).message
    raw = msgspec.json.encode(message)
    inbox.park(tx, platform=PLATFORM, bot="", key=message.key, raw=raw, error="KeyError", now=scene.now)


def press(scene: Scene, account: str, data: str) -> str:
    verb, *parts = data.split(":")
    parked.PRESSES[verb](scene.visit(account, act=Act.PRESS), parts)
    return scene.said()


async def test_nothing_is_stuck(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        assert Scene(tx, now).command(cast.hoa.account, parked.COMMAND) == parked.NOTHING

    await database.run(work, now)


async def test_parked_updates_are_tried_again_each_by_its_own_errand(
    database: Database, cast: Cast, now: datetime
) -> None:
    answered: list[str] = []

    def answer(tx: Connection, message: IncomingMessage, now: datetime) -> None:
        answered.append(message.text)

    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        park(tx, scene, "12 lượt")
        park(tx, scene, "mai tôi đi Cần Thơ")
        said = scene.command(cast.hoa.account, parked.COMMAND)
        assert "Telegram, KeyError: 2" in said
        assert "Cần Thơ" not in said
        assert press(scene, cast.lan.account, "parked:again") == NOT_ALLOWED
        assert "Đang thử lại 2 tin" in press(scene, cast.hoa.account, "parked:again")
        for errand in errands.claim(tx, now):
            errand_of(answer).handle(tx, errand, b"", now)
            errands.finish(tx, errand.id, now=now)
        assert answered == ["12 lượt", "mai tôi đi Cần Thơ"]
        assert inbox.count_parked(tx) == 0

    await database.run(work, now)


async def test_uncertain_messages_are_sent_again_or_dropped(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        for number in range(3):
            message = OutgoingMessage(platform=PLATFORM, chat_id=cast.rooms["KT"], text="chỉ đạo mật thiết")
            outbox.put(tx, message, key=f"d/{number}", lane=Lane.DIRECTIVE, now=now)
        change(tx, outbox.parcels, outbox.parcels.c.key.like("d/%"), state=Outcome.UNCERTAIN)
        scene.messages()
        first, second, third = [parcel.id for parcel in uncertainty.uncertain(tx)]
        said = scene.command(cast.hoa.account, parked.COMMAND)
        assert f"#{first} chỉ đạo tới nhóm “Phòng Kinh tế”" in said
        assert "mật thiết" not in said
        assert press(scene, cast.lan.account, f"unsure:send:{first}") == NOT_ALLOWED
        assert press(scene, cast.hoa.account, f"unsure:send:{first}") == "Đã gửi lại 1 tin."
        assert press(scene, cast.hoa.account, f"unsure:drop:{first}") == "Tin này đã được quyết định rồi."
        assert press(scene, cast.hoa.account, "unsure:drop:all") == "Đã bỏ 2 tin."
        assert [parcel.id for parcel in uncertainty.uncertain(tx)] == []
        assert (second, third) > (first, first)

    await database.run(work, now)

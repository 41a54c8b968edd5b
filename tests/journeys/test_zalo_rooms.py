"""Rooms on Zalo: tied by a code that is typed behind the bot's name, by whoever belongs there; asked from then on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.trial.stage import Seat
from storage.records.chats import Audience
from tests.journeys.stage import Journey
from tests.journeys.test_rooms import codes
from tests.journeys.zalo_stage import BOT, open_zalo_journey

NEW_ROOM = -1099


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Journey]:
    async with open_zalo_journey(database_url, tmp_path) as journey:
        yield journey
        await journey.nothing_is_wrong()


async def found(stage: Journey, who: str, called: str, *, others: tuple[str, ...]) -> None:
    """Somebody founds a group with the bot in it: Zalo tells the bot nothing of that."""
    sitting = [stage.people[one] for one in (who, *others)]
    group = {"platform": "zalo", "id": NEW_ROOM, "title": called, "creator": sitting[0], "members": [*sitting, BOT]}
    await stage.deed("world", chats=[group])
    stage.rooms[called] = Seat(sitting[0], str(NEW_ROOM))


async def test_a_new_room_is_tied_by_its_code(stage: Journey) -> None:
    """A wrong code, one that is not his to use, the right one; asked at four for both its units, freed by the office."""
    known = await stage.change(codes)
    unit, leaders = known[Audience.UNIT, stage.cast.units["TM"]], known[Audience.LEADERS, None]
    await found(stage, "anh Phúc", "Nhóm mới", others=("chị Hoa",))
    await stage.play(f"""
        Trực Ban → Nhóm mới: (im lặng)
        anh Phúc → Nhóm mới: /noi NHOM-ACDEFG
        Trực Ban → Nhóm mới: Mã nhóm này không đúng
        anh Phúc → Nhóm mới: /noi {leaders}
        Trực Ban → Nhóm mới: Việc này cần thẩm quyền khác
        anh Phúc → Nhóm mới: /noi {unit}
        Trực Ban → Nhóm mới: ✅ Nhóm này là: Phòng Thương mại … hỏi số liệu hằng ngày … có gắn tên tôi
        Trực Ban → Trực tổng hợp: vừa được anh Phúc nối
        lúc 16:00
        Trực Ban → Nhóm mới: Số lượt khách · Phòng TM [Không có]
        anh Phúc → Nhóm mới [Không có]
        Trực Ban → Nhóm mới: “Không có” là cho việc nào ạ? … a: … Phòng TM … b: … KCN Bình An
        anh Phúc → Nhóm mới: a
        chị Hoa → Trực Ban: /xem TM
        Trực Ban → chị Hoa: Phòng Thương mại … không có khách … (chọn) không có khách
        chị Hoa → Nhóm mới: /thaonhom
        Trực Ban → Nhóm mới: Đã tháo: nhóm này không còn là Phòng Thương mại
    """)

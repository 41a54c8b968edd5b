"""What the wire does to a day: updates twice, a lost answer, a webhook instead of the poll, a fault of our own."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from handlers import conversation
from storage.messages import IncomingMessage
from storage.records.check_ins import check_ins
from tests.journeys.stage import Journey, open_journey


async def how_many(stage: Journey) -> int:
    return int(await stage.look(lambda tx, _: tx.execute(select(func.count()).select_from(check_ins)).scalar_one()))


async def test_an_update_delivered_twice_is_recorded_once(stage: Journey) -> None:
    """The inbox knows the second one."""
    await stage.fault(kind="duplicate", times=2)
    await stage.play("""
        chị Lan → Trực Ban: hôm nay em làm ở nhà
        Trực Ban → chị Lan: ✅ Đã ghi: báo nơi làm việc, làm ở nhà
        anh Tú → Phòng KT: hôm nay em làm ở nhà
        Trực Ban → Phòng KT 👍
    """)
    assert await how_many(stage) == 2
    said = [m for m in await stage.messages(stage.seat("chị Lan")) if "✅ Đã ghi" in m.get("text", "")]
    assert len(said) == 1


async def test_a_flood_is_sat_out(stage: Journey) -> None:
    """429 postpones an answer; it comes, once."""
    await stage.fault(kind="429", method="sendMessage", seconds=2, times=2)
    await stage.play("""
        chị Lan → Trực Ban: hôm nay em làm ở nhà
        sau 1 phút
        sau 1 phút
        Trực Ban → chị Lan: ✅ Đã ghi: báo nơi làm việc, làm ở nhà
    """)


async def test_what_nobody_is_sure_of_is_decided_by_the_office(stage: Journey) -> None:
    """The answer to a send was lost: the office is told, looks, and has it sent again."""
    await stage.fault(kind="drop_after", method="sendMessage", times=1)
    await stage.play("""
        chị Lan → Trực Ban: hôm nay em ở cơ quan
        Trực Ban → Trực tổng hợp: ❔ Có 1 tin không rõ đã tới nơi chưa
        chị Hoa → Trực Ban: /tinloi
        Trực Ban → chị Hoa: 1 tin không rõ đã tới nơi chưa … trả lời tới chị Lan [Gửi lại tất cả] [Bỏ tất cả]
        chị Hoa → Trực Ban [Gửi lại tất cả]
        Trực Ban → chị Hoa: Đã gửi lại 1 tin
        Trực Ban → chị Lan: (nhắc lại) ✅ Đã ghi: báo nơi làm việc, ở cơ quan
    """)


async def test_what_we_could_not_handle_is_kept_and_tried_again(
    stage: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of the house parks the message, stops nobody behind it, and is made good by a button."""

    def fail(_tx: object, _message: IncomingMessage, _now: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(conversation, "answer", fail)
        await stage.play("chị Lan → Trực Ban: hôm nay em làm ở nhà")
        await stage.settle_down()
    await stage.play("""
        anh Tú → Trực Ban: phòng còn thiếu gì
        Trực Ban → anh Tú: Không còn thiếu gì
        chị Hoa → Trực Ban: /tinloi
        Trực Ban → chị Hoa: 1 tin tới chưa xử lý được … ZeroDivisionError: 1 [Thử lại tất cả]
        chị Hoa → Trực Ban [Thử lại tất cả]
        Trực Ban → chị Lan: ✅ Đã ghi: báo nơi làm việc, làm ở nhà
        chị Hoa → Trực Ban: /tinloi
        Trực Ban → chị Hoa: Không có tin nào bị kẹt
        chị Lan → Trực Ban: /tinloi
        Trực Ban → chị Lan: Việc này cần thẩm quyền khác
    """)
    assert await how_many(stage) == 1


async def test_the_same_by_webhook(database_url: str, tmp_path: Path) -> None:
    """The messenger calls the house: a report, a press, an edit, and an update sent twice."""
    async with open_journey(database_url, tmp_path, webhook=True) as stage:
        await stage.fault(kind="duplicate", times=1)
        await stage.play("""
            chị Lan → Trực Ban: mai em đi Đà Nẵng
            Trực Ban → chị Lan: Ngày nào về ạ?
            chị Lan → Trực Ban: thứ Sáu
            Trực Ban → chị Lan: Chị đi việc gì ạ? [Công tác]
            chị Lan → Trực Ban [Công tác]
            Trực Ban → chị Lan: ✅ Đã ghi: báo đi khỏi tỉnh, đi Đà Nẵng
            lúc 16:00
            Trực Ban → Phòng KT: Số lượt khách · Phòng KT [Không có]
            anh Tú → Phòng KT ↩ “Số lượt khách”: 12
            Trực Ban → Phòng KT: ✅ 12 lượt khách
            anh Tú → Phòng KT ✎ “12”: 13
            Trực Ban → Phòng KT: ✅ 13 lượt khách
        """)
        assert await how_many(stage) == 3
        await stage.nothing_is_wrong()

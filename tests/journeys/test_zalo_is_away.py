"""Zalo takes nothing for a while: what is private and what is urgent arrives on Telegram, the rest when Zalo is back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.trial.seen import text_of
from tests.journeys.stage import BOT as TELEGRAM_BOT
from tests.journeys.stage import Journey
from tests.journeys.zalo_stage import TOKEN, open_zalo_journey

MINH_ON_TELEGRAM = "Telegram của anh Minh"
TRIES = 8  # a little more than what `another_way.AWAY_TOO_LONG` waits for


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Journey]:
    async with open_zalo_journey(database_url, tmp_path, with_telegram=True) as journey:
        await link_minh(journey)
        yield journey
        await journey.nothing_is_wrong()


async def link_minh(stage: Journey) -> None:
    """He types the code from Zalo in Telegram by himself, and stays at home on Zalo."""
    await stage.play("""
        anh Minh → Trực Ban: /ungdung
        Trực Ban → anh Minh: Anh đang dùng Trực Ban ở … Zalo: tin riêng gửi tới đây [Thêm ứng dụng khác]
        anh Minh → Trực Ban [Thêm ứng dụng khác]
        Trực Ban → anh Minh: Mã của riêng anh
    """)
    said = text_of((await stage.news(stage.seat("anh Minh")))[-1])
    code = said.split("Mã của riêng anh:")[1].split()[0]
    minh = stage.people["anh Minh"]
    await stage.call("start", **{"as": minh, "bot": TELEGRAM_BOT})
    await stage.call("say", **{"as": minh, "room": TELEGRAM_BOT, "text": code})
    await stage.play("""
        anh Minh → Trực Ban: /ungdung
        Trực Ban → anh Minh: Anh đang dùng Trực Ban ở … Telegram [Nhận ở Zalo] [Thêm ứng dụng khác]
        anh Minh → Trực Ban [Nhận ở Zalo]
        Trực Ban → anh Minh: Từ nay tin riêng của anh gửi tới Zalo
    """)


async def zalo_goes_away(stage: Journey, kind: str) -> None:
    await stage.fault(kind=kind, method="sendMessage", bot=TOKEN, times=10_000)


async def zalo_is_back(stage: Journey) -> None:
    """Six minutes later all has been tried once more; what is expected next may have come at any moment of them."""
    await stage.settle_down()
    stage.since = stage.backstage.latest_change()
    async with stage.http.delete("/faults") as answer:
        assert answer.status == 200
    await stage.move_clock(advance=360.0)


@pytest.mark.parametrize("kind", ["500", "html502", "403"])
async def test_what_is_private_goes_over_and_the_rest_waits(stage: Journey, kind: str) -> None:
    """The head hears of the journey on Telegram, and is the same person there; she reads her answer once Zalo is back."""
    await zalo_goes_away(stage, kind)
    await stage.play(f"""
        chị Lan → Trực Ban: mai em đi Đà Nẵng công tác, thứ Sáu về
        Trực Ban → chị Lan: (im lặng)
        Trực Ban → {MINH_ON_TELEGRAM}: (im lặng)
    """)
    for _ in range(TRIES):
        await stage.play("sau 4 phút")
    await stage.play(f"""
        Trực Ban → anh Minh: (im lặng)
        anh Minh → {MINH_ON_TELEGRAM}: phòng còn thiếu gì
        Trực Ban → {MINH_ON_TELEGRAM}: Không còn thiếu gì
    """)
    told = [text_of(one) for one in await stage.messages(stage.rooms[MINH_ON_TELEGRAM])]
    assert sum("Báo đi khỏi tỉnh" in text and "chị Vũ Thị Lan" in text for text in told) == 1
    await zalo_is_back(stage)
    await stage.play("""
        Trực Ban → chị Lan: ✅ Đã ghi: báo đi khỏi tỉnh
    """)
    on_zalo = [text_of(one) for one in await stage.messages(stage.seat("anh Minh"))]
    assert not any("chị Vũ Thị Lan" in text for text in on_zalo), "never twice"


async def test_an_alert_goes_by_the_second_way(stage: Journey) -> None:
    """Half his time without an answer, and the leader is told on Telegram; he takes it there, Zalo still away."""
    await zalo_goes_away(stage, "500")
    await stage.play(f"""
        anh Tú → Trực Ban: em sốt 38,5 từ tối qua, khó thở
        Trực Ban → anh Minh: (im lặng)
        Trực Ban → {MINH_ON_TELEGRAM}: (im lặng)
        sau 6 phút
        Trực Ban → {MINH_ON_TELEGRAM}: 🚨 Tin khẩn … anh Đỗ Anh Tú … Xin chọn “Đã nhận” (hoặc nhắn: đã nhận)
        anh Minh → {MINH_ON_TELEGRAM} ↩ “Tin khẩn”: đã nhận
        Trực Ban → {MINH_ON_TELEGRAM}: Anh đã nhận tin … Xong việc xin báo “Đã xử lý xong” (hoặc nhắn: đóng)
    """)
    await zalo_is_back(stage)
    await stage.play(f"""
        Trực Ban → anh Tú: ✅ anh Minh đã nhận tin khẩn
        anh Minh → {MINH_ON_TELEGRAM} ↩ “Xong việc”: đóng
        Trực Ban → {MINH_ON_TELEGRAM}: Đã khép tin khẩn
    """)

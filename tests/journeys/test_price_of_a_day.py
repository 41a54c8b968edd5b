"""What a normal day of forty-five people costs on Zalo's free plan, counted by the emulator as Zalo would."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.trial.zalo_day import MOST_SENT, Price, find_too_dear, play_normal_day, read_price, say_price
from bot.trial.zalo_office import open_zalo_office


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_normal_day_costs_at_most_sixty_messages(database_url: str, tmp_path: Path) -> None:
    """One directive to all, the counts of seven divisions, a handful of notices."""
    async with open_zalo_office(database_url, tmp_path) as stage:
        await play_normal_day(stage)
        price = await read_price(stage)
    assert price.received >= 44
    assert price.sent <= MOST_SENT == 60


def test_a_day_of_sixty_one_messages_is_too_dear() -> None:
    assert find_too_dear(Price(sent=60, received=64, plan=3000)) == []
    assert "đã gửi 61" in find_too_dear(Price(sent=61, received=64, plan=3000))[0]


def test_the_price_is_told_with_a_month_of_such_days() -> None:
    told = say_price(Price(sent=39, received=64, plan=3000))
    assert told.startswith("Zalo: đã gửi 39 tin, nhận 64 tin")
    assert "gửi 858 tin, tính cả tin nhận là 2.266; gói miễn phí có 3.000 tin mỗi tháng" in told

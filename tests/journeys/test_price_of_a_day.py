"""What a normal day of forty-five people costs on Zalo's free plan; the day itself is played by `python -m bot day` (test_the_day)."""

from __future__ import annotations

from bot.trial.zalo_day import MOST_SENT, Price, find_too_dear, say_price


def test_a_day_of_sixty_one_messages_is_too_dear() -> None:
    assert MOST_SENT == 60
    assert find_too_dear(Price(sent=60, received=64, plan=3000)) == []
    assert "đã gửi 61" in find_too_dear(Price(sent=61, received=64, plan=3000))[0]


def test_the_price_is_told_with_a_month_of_such_days() -> None:
    told = say_price(Price(sent=39, received=64, plan=3000))
    assert told.startswith("Zalo: đã gửi 39 tin, nhận 64 tin")
    assert "gửi 858 tin, tính cả tin nhận là 2.266; gói miễn phí có 3.000 tin mỗi tháng" in told

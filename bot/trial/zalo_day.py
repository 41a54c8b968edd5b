"""A normal day of forty-five people on Zalo's free plan, played by script, and what the messenger counted of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.trial.stage import Stage
from bot.trial.zalo_office import DIRECTOR, everybody, focal_point, open_zalo_office

MOST_SENT = 60
"""A naive bot: a prompt, an answer taken and a receipt for each, 135."""
WORKING_DAYS = 22  # of a usual month

DIRECTIVE = """
lúc 08:10
bà Nga → Trực Ban: Chỉ đạo: 8 giờ sáng mai họp toàn cơ quan tại hội trường.
Trực Ban → bà Nga: Gửi tới ai ạ? [Toàn thể]
bà Nga → Trực Ban [Toàn thể]
Trực Ban → bà Nga: Xem trước [Phát hành]
bà Nga → Trực Ban [Phát hành]
Trực Ban → Toàn cơ quan: CHỈ ĐẠO … họp toàn cơ quan [Đã nhận]
"""
NOTICES = """
Trực Ban → bà Nga: Đã nhận 44/44 (100%) ✅
anh Số20 → Trực Ban: mai em đi Đà Nẵng công tác, thứ Sáu về
Trực Ban → anh Số20: ✅ Đã ghi
anh Số21 → Trực Ban: hôm nay em nghỉ phép ạ
anh Số22 → Trực Ban: hôm nay em làm ở nhà ạ
lúc 16:00
"""
SUMMARY = """
lúc 16:20
lúc 16:30
Trực Ban → Trực tổng hợp: Tổng hợp ngày … Số lượt khách: 6/7 đơn vị … Chưa báo cáo: Phòng 7 … Zalo tháng 11: đã gửi
"""
SUPPLEMENT = "Trực Ban → Trực tổng hợp: 📌 Bổ sung Quân số … Nay đã đủ 7/7"


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """Messages the plan counted of one day; `plan`: how many a month holds."""

    sent: int
    received: int
    plan: int


async def price_a_zalo_day(folder: Path) -> tuple[Price, list[str]]:
    """(the price, what was expected and did not happen), in an office and a database of its own."""
    async with open_zalo_office(f"sqlite:///{folder / 'zalo.sqlite3'}", folder) as stage:
        await play_normal_day(stage, goes_on=True)
        price = await read_price(stage)
    return price, stage.missed + find_too_dear(price)


def find_too_dear(price: Price) -> list[str]:
    """Empty while the day costs no more than it may."""
    if price.sent <= MOST_SENT:
        return []
    return [f"một ngày bình thường trên Zalo được gửi tối đa {MOST_SENT} tin, đã gửi {price.sent}"]


def say_price(price: Price) -> str:
    """For whoever weighs the free plan: the day, and a month of such days."""
    sent, both = WORKING_DAYS * price.sent, WORKING_DAYS * (price.sent + price.received)
    return (
        f"Zalo: đã gửi {price.sent} tin, nhận {price.received} tin"
        " (ngày bình thường của cơ quan 45 người: một chỉ đạo tới toàn thể, một đợt số liệu của 7 đơn vị, vài tin báo).\n"
        f"Cả tháng {WORKING_DAYS} ngày như vậy: gửi {_grouped(sent)} tin, tính cả tin nhận là {_grouped(both)};"
        f" gói miễn phí có {_grouped(price.plan)} tin mỗi tháng."
    )


async def read_price(stage: Stage) -> Price:
    """What the messenger's account of this bot says, once nothing is under way."""
    await stage.settle_down()
    async with stage.http.get("/zalo/account", params={"bot": stage.bot}) as answer:
        account = await answer.json()
    used = account["used"]
    return Price(sent=used["sent"], received=used["received"], plan=account["switches"]["messages"])


async def play_normal_day(stage: Stage, *, goes_on: bool = False) -> None:
    """One directive to all, the counts of seven divisions, a handful of notices; `goes_on`: as `Stage.play` has it."""
    receivers = [one.name for one in everybody() if one.number != DIRECTOR]
    receipts = [f"{name} → Toàn cơ quan ↩ “họp toàn cơ quan”: đã nhận ạ" for name in receivers]
    early = [line for division in range(1, 7) for line in _figures(division)]
    lines = [DIRECTIVE, *receipts, NOTICES, *early, SUMMARY, *_figures(7), SUPPLEMENT]
    await stage.play("\n".join(lines), goes_on=goes_on)


def _figures(division: int) -> list[str]:
    """Visitors, then headcount, as its focal point sends them."""
    name = focal_point(division)
    return [f"{name} → Trực Ban: {10 + division}", f"{name} → Trực Ban: tổng 6, có mặt 6"]


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")

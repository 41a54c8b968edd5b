"""What a normal day of forty-five people costs on Zalo's free plan, counted by the emulator as Zalo would."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.big_office import DIRECTOR, everybody, focal_point, open_big_office

MOST = 60
"""A naive bot: a prompt, an answer taken and a receipt for each, 135."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_normal_day_costs_at_most_sixty_messages(database_url: str, tmp_path: Path) -> None:
    """One directive to all, the counts of seven divisions, a handful of notices."""
    async with open_big_office(database_url, tmp_path) as stage:
        await stage.play("""
            lúc 08:10
            bà Nga → Trực Ban: Chỉ đạo: 8 giờ sáng mai họp toàn cơ quan tại hội trường.
            Trực Ban → bà Nga: Gửi tới ai ạ? [Toàn thể]
            bà Nga → Trực Ban [Toàn thể]
            Trực Ban → bà Nga: Xem trước [Phát hành]
            bà Nga → Trực Ban [Phát hành]
            Trực Ban → Toàn cơ quan: CHỈ ĐẠO … họp toàn cơ quan [Đã nhận]
        """)
        for one in everybody():
            if one.number != DIRECTOR:
                await stage.play(f"{one.name} → Toàn cơ quan ↩ “họp toàn cơ quan”: đã nhận ạ")
        await stage.play("""
            Trực Ban → bà Nga: Đã nhận 44/44 (100%) ✅
            anh Số20 → Trực Ban: mai em đi Đà Nẵng công tác, thứ Sáu về
            Trực Ban → anh Số20: ✅ Đã ghi
            anh Số21 → Trực Ban: hôm nay em nghỉ phép ạ
            anh Số22 → Trực Ban: hôm nay em làm ở nhà ạ
            lúc 16:00
        """)
        for division in range(1, 7):
            await stage.play(f"""
                {focal_point(division)} → Trực Ban: {10 + division}
                {focal_point(division)} → Trực Ban: tổng 6, có mặt 6
            """)
        await stage.play(f"""
            lúc 16:20
            lúc 16:30
            Trực Ban → Trực tổng hợp: Tổng hợp ngày … Số lượt khách: 6/7 đơn vị … Chưa báo cáo: Phòng 7 … Zalo tháng 11: đã gửi
            {focal_point(7)} → Trực Ban: 17
            {focal_point(7)} → Trực Ban: tổng 6, có mặt 6
            Trực Ban → Trực tổng hợp: 📌 Bổ sung Quân số … Nay đã đủ 7/7
        """)
        await stage.settle_down()
        async with stage.http.get("/zalo/account", params={"bot": stage.bot}) as answer:
            account = await answer.json()
    assert _used(account, "received") >= 44
    assert _used(account, "sent") <= MOST


def _used(account: dict[str, object], which: str) -> int:
    used = account["used"]
    assert isinstance(used, dict)
    return int(used[which])

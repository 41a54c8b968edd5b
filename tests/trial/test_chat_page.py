"""`make run` in a real browser: a newcomer chooses a person, answers a count, and sees the office's board change."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Page, expect

from bot.settings import Settings
from bot.trial.running import Trial, open_trial
from bot.trial.world import BOT_USERNAME
from tests.browser import PHONE, OpenPage

pytestmark = pytest.mark.browser

LAN, LANS_NUMBER = "Vũ Thị Lan", 100016
ZALO_ROOM = "Phòng Xuất nhập khẩu và Hội nhập"
UNIT_ROOM, OFFICE_ROOM = "Phòng Quản lý Công nghiệp", "Trực tổng hợp Văn phòng"


def settings(folder: Path) -> Settings:
    return Settings(_env_file=None).model_copy(  # type: ignore[call-arg]  # pydantic-settings' own argument
        update={"data_folder": folder, "trial_port": 0, "web": Settings().web.model_copy(update={"port": 0})}
    )


async def move_clock(trial: Trial, moment: str) -> None:
    async with aiohttp.ClientSession(trial.messenger.url, raise_for_status=True) as human:
        await human.post("/clock", json={"to": moment})


async def sit_down(page: Page, name: str, room: str) -> None:
    await page.get_by_role("searchbox", name="Tìm người").fill(name)
    await page.get_by_role("button", name=name).first.click()
    await page.get_by_role("button", name=room).first.click()


async def test_a_count_is_answered_and_the_offices_board_changes(tmp_path: Path, open_page: OpenPage) -> None:
    async with open_trial(settings(tmp_path)) as trial:
        office = await open_page(trial.messenger.url)
        await sit_down(office, "Nguyễn Thị Hoa", OFFICE_ROOM)
        unit = await open_page(trial.messenger.url, size=PHONE)
        await sit_down(unit, LAN, UNIT_ROOM)
        await move_clock(trial, "16:00")
        await expect(office.locator(".message", has_text="Số lượt khách").last).to_contain_text("0/12")
        request = unit.locator(".message", has_text="Số lượt khách · Phòng QLCN")
        await expect(request).to_contain_text("Hạn 16:30")
        await unit.locator(".composer textarea").fill("Phòng QLCN: 12 lượt khách")
        await unit.locator(".composer textarea").press("Enter")
        await expect(request).to_contain_text("12 lượt khách")
        await expect(office.locator(".message", has_text="Số lượt khách").last).to_contain_text("1/12")


async def test_a_newcomer_sees_zalo_beside_telegram(tmp_path: Path, open_page: OpenPage) -> None:
    """anh Long's unit sits on Zalo; everybody's room is on Telegram."""
    async with open_trial(settings(tmp_path)) as trial:
        page = await open_page(trial.messenger.url)
        await sit_down(page, "Lưu Hoàng Long", ZALO_ROOM)
        await expect(page.get_by_role("button", name=ZALO_ROOM).first.locator(".platform.zalo")).to_have_text("Zalo")
        await expect(page.get_by_role("button", name="Toàn cơ quan").first.locator(".platform")).to_have_count(0)
        await move_clock(trial, "16:00")
        await expect(page.locator(".message", has_text="Số lượt khách · Phòng XNK")).to_contain_text(
            "Xin trả lời tin này"
        )


async def test_a_second_start_goes_on_where_the_first_stopped(tmp_path: Path, open_page: OpenPage) -> None:
    async with open_trial(settings(tmp_path)) as trial:
        await move_clock(trial, "09:30")
        page = await open_page(f"{trial.messenger.url}/#as={LANS_NUMBER}&room=@{BOT_USERNAME}")
        await page.locator(".composer textarea").fill("/conthieu")
        await page.locator(".composer textarea").press("Enter")
        await expect(page.locator(".message", has_text="Không còn thiếu gì")).to_be_visible()
        first = trial.house.clock.now()
        await page.close()
    async with open_trial(settings(tmp_path)) as trial:
        assert trial.house.clock.now() >= first
        page = await open_page(f"{trial.messenger.url}/#as={LANS_NUMBER}&room=@{BOT_USERNAME}")
        await expect(page.locator(".message", has_text="Không còn thiếu gì")).to_be_visible()
        await expect(page.locator(".message", has_text="Chào chị Lan")).to_have_count(1)

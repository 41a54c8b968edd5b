"""Zalo's rooms in a real browser, beside Telegram's: the mark, the picker, styles, and no buttons that Zalo has not."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser import DESKTOP, PHONE, OpenPage
from tests.sandbox.zalo.conftest import BOT, ROOM, ZaloOffice

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
async def test_a_mention_is_chosen_from_the_picker(
    office: ZaloOffice,
    open_page: OpenPage,
    size: tuple[int, int],
) -> None:
    page = await open_page(f"{office.sandbox.url}/#as=1001&room={ROOM}", size=size)
    line, deaf = page.locator(".composer textarea"), page.get_by_text("Bot không nhận được tin này")
    await line.fill("12 lượt khách")
    await expect(deaf).to_be_visible()
    await line.fill("12 lượt khách @tru")
    await expect(page.locator(".menu-line")).to_have_count(0)
    await line.fill("12 lượt khách @bot tr")
    await page.locator(".menu-line", has_text="@Bot Trực Ban").click()
    await expect(line).to_have_value("12 lượt khách @Bot Trực Ban ")
    await expect(deaf).to_be_hidden()
    await line.press("Enter")
    await expect(page.locator(".message", has_text="bot đã nhận")).to_have_count(1)
    assert (await office.bot.hears())["message"]["text"] == "12 lượt khách @Bot Trực Ban"


async def test_a_name_typed_by_hand_is_only_text(office: ZaloOffice, open_page: OpenPage) -> None:
    page = await open_page(f"{office.sandbox.url}/#as=1001&room={ROOM}")
    await page.locator(".composer textarea").fill("@Bot Trực Ban 12 lượt")
    await page.locator(".composer textarea").press("Enter")
    await expect(page.locator(".message")).to_have_count(1)
    assert await office.bot.hears_nothing()


async def test_rooms_carry_their_mark_and_styles_are_drawn(office: ZaloOffice, open_page: OpenPage) -> None:
    chat = await office.private_id()
    styles = [{"start": 0, "len": 3, "st": ["b", "c_db342e"]}]
    await office.bot.call("sendMessage", chat_id=chat, text="Gấp: họp lúc 14:00", text_styles=styles)
    page = await open_page(f"{office.sandbox.url}/#as=1001&room={BOT}")
    await expect(page.locator(".room", has_text="Bot Trực Ban").locator(".platform")).to_have_text("Zalo")
    await expect(page.locator(".room", has_text="Nhóm Telegram").locator(".platform")).to_have_count(0)
    await expect(page.locator(".talk-head")).to_contain_text("Zalo, riêng với bot")
    await expect(page.locator(".message b", has_text="Gấp")).to_have_css("font-weight", "700")
    await expect(page.locator(".text span", has_text="Gấp")).to_have_css("color", "rgb(219, 52, 46)")
    await page.locator(".message", has_text="chào").hover()
    await expect(page.get_by_role("button", name="Trả lời").first).to_be_visible()
    await expect(page.get_by_role("button", name="Sửa tin này")).to_have_count(0)


async def test_a_first_talk_needs_no_start_and_a_sticker_can_be_sent(
    office: ZaloOffice,
    open_page: OpenPage,
) -> None:
    page = await open_page(f"{office.sandbox.url}/#as=1001&room={BOT}")
    await expect(page.get_by_role("button", name="Bắt đầu")).to_be_hidden()
    await page.get_by_role("button", name="Gửi nhãn dán").click()
    await expect(page.locator(".message", has_text="Nhãn dán")).to_be_visible()
    assert (await office.bot.hears())["event_name"] == "message.sticker.received"

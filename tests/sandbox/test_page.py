"""The chat page in a real browser: choose who you are, read, type, press, and see the board change."""

import struct
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from sandbox.server import start
from tests.browser import PHONE, OpenPage
from tests.sandbox.conftest import BOT, STAFF_ROOM, TOKEN, UNIT, WORLD, Office
from tests.sandbox.duty_bot import DutyBot

pytestmark = pytest.mark.browser
LAN, MINH = 1001, 1002


@pytest.fixture
async def duty_bot(office: Office) -> AsyncIterator[DutyBot]:
    bot = DutyBot(office.http)
    await bot.begin()
    yield bot
    await bot.stop()


def address(office: Office, person: int, room: object = "", more: str = "") -> str:
    return f"{office.sandbox.url}/#as={person}" + (f"&room={room}" if room else "") + more


def message(page: Page | Locator, words: str) -> Locator:
    return page.locator(".message", has_text=words)


async def say(page: Page | Locator, words: str) -> None:
    await page.locator(".composer textarea").fill(words)
    await page.locator(".composer textarea").press("Enter")


def picture() -> bytes:
    """Two grey pixels, as a PNG."""
    chunks = {
        b"IHDR": struct.pack(">IIBBBBB", 2, 1, 8, 0, 0, 0, 0),
        b"IDAT": zlib.compress(b"\0\x60\xa0"),
        b"IEND": b"",
    }
    parts = [
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks.items()
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


async def test_a_newcomer_finds_chi_lan_without_diacritics_and_sits_down(office: Office, open_page: OpenPage) -> None:
    page = await open_page(office.sandbox.url)
    await expect(page.get_by_role("heading", name="Bạn là ai?")).to_be_visible()
    await page.get_by_role("searchbox", name="Tìm người").fill("chuyen vien")
    await page.get_by_role("button", name="Lan Nguyễn chuyên viên").click()
    await expect(page.get_by_role("button", name="Phòng Kinh tế")).to_be_visible()
    assert page.url.endswith(f"#as={LAN}")
    await page.get_by_role("button", name="Phòng Kinh tế").click()
    await expect(page.locator(".talk-head")).to_contain_text("Siêu nhóm · 4 thành viên")
    assert page.url.endswith(f"#as={LAN}&room={UNIT}")


async def test_chi_lan_presses_start_types_a_count_and_the_bot_answers(
    office: Office, open_page: OpenPage, duty_bot: DutyBot
) -> None:
    page = await open_page(address(office, LAN, BOT))
    await page.get_by_role("button", name="Bắt đầu", exact=True).click()
    await expect(message(page, "Chào Lan!")).to_be_visible()
    await say(page, "12")
    await expect(message(page, "Đã ghi 12 lượt.")).to_be_visible()
    assert duty_bot.counts == {"Lan": "12"}


async def test_the_board_changes_for_anh_minh_while_chi_lan_presses_beside_him(
    office: Office, open_page: OpenPage, duty_bot: DutyBot
) -> None:
    page = await open_page(address(office, LAN, BOT, f"&as2={MINH}&room2={UNIT}"))
    lan, minh = page.locator(".seat").first, page.locator(".seat").last
    await expect(message(minh, "Đã báo cáo: 0/2")).to_be_visible()
    await lan.get_by_role("button", name="Bắt đầu", exact=True).click()
    await lan.get_by_role("button", name="Không có").click()
    await expect(page.locator(".notice")).to_have_text("Đã ghi: không có khách.")
    board = message(minh, "Đã báo cáo: 1/2")
    await expect(board).to_contain_text("Lan: 0")
    await expect(board.locator(".edited")).to_have_text("đã sửa")
    await expect(board.locator("b", has_text="1/2")).to_be_visible()
    await lan.get_by_role("button", name="Hướng dẫn").click()
    await expect(page.get_by_role("dialog", name="Thông báo của bot")).to_contain_text("Gõ một con số")
    await page.get_by_role("button", name="Đã hiểu").click()


async def test_commands_are_offered_and_clicked(office: Office, open_page: OpenPage, duty_bot: DutyBot) -> None:
    await office.lan.do("say", room=BOT, text="xin chào")
    page = await open_page(address(office, LAN, BOT))
    await page.locator(".composer textarea").fill("/st")
    await expect(page.get_by_role("button", name="/thieu")).to_be_hidden()
    await page.get_by_role("button", name="/start Bắt đầu").click()
    await expect(message(page, "Chào Lan!")).to_be_visible()


async def test_reply_edit_react_and_delete(office: Office, open_page: OpenPage) -> None:
    await office.minh.do("say", room=str(UNIT), text="Phòng mình có bao nhiêu lượt?")
    page = await open_page(address(office, LAN, UNIT))
    await message(page, "bao nhiêu lượt?").hover()
    await page.get_by_role("button", name="Trả lời", exact=True).click()
    await say(page, "12 ạ")
    own = page.locator(".message.own", has_text="12 ạ")
    await expect(own.locator(".quote")).to_contain_text("Minh")
    await page.locator(".composer textarea").press("ArrowUp")
    await say(page, "13 ạ")
    own = page.locator(".message.own", has_text="13 ạ")
    await expect(own).to_contain_text("đã sửa")
    await message(page, "bao nhiêu lượt?").first.hover()
    await page.get_by_role("button", name="Thả cảm xúc").click()
    await page.get_by_role("button", name="Thả 👍").click()
    await expect(page.get_by_role("button", name="👍 Lan Nguyễn")).to_have_attribute("aria-pressed", "true")
    await own.hover()
    await own.get_by_role("button", name="Xóa tin này").click()
    await expect(own).to_have_count(0)


async def test_words_are_shown_as_words_and_offsets_count_utf_16(office: Office, open_page: OpenPage) -> None:
    text = "👩🏽‍💻 <b>đậm</b> &amp; <a href='javascript:alert(1)'>bấm</a> <i>&lt;script&gt;</i>"
    await office.bot.call("sendMessage", chat_id=UNIT, text=text, parse_mode="HTML")
    await office.bot.call("sendMessage", chat_id=UNIT, text="<img src=x onerror=alert(1)>")
    page = await open_page(address(office, LAN, UNIT))
    shown = message(page, "đậm")
    await expect(shown.locator(".text b")).to_have_text("đậm")
    await expect(shown.locator(".text i")).to_have_text("<script>")
    await expect(shown.locator(".text a")).to_have_count(0)
    await expect(message(page, "<img src=x onerror=alert(1)>")).to_be_visible()


async def test_a_picture_is_shown_and_a_file_comes_down_whole(
    office: Office, open_page: OpenPage, tmp_path: Path
) -> None:
    await office.bot.send_files("sendPhoto", {"photo": ("chốt.png", picture())}, chat_id=UNIT, caption="Chốt kiểm tra")
    page = await open_page(address(office, LAN, UNIT))
    image = message(page, "Chốt kiểm tra").locator("img")
    await expect(image).to_be_visible()
    await expect(image).to_have_js_property("naturalWidth", 2)
    (tmp_path / "Công văn.txt").write_text("Kính gửi", "utf-8")
    await page.locator("input[type=file]").set_input_files(tmp_path / "Công văn.txt")
    await say(page, "Em gửi văn bản")
    sent = message(page, "Công văn.txt")
    await expect(sent).to_contain_text("Em gửi văn bản")
    async with page.expect_download() as download:
        await sent.locator("a.file").click()
    file = await download.value
    assert file.suggested_filename == "Công văn.txt"
    assert Path(await file.path()).read_text("utf-8") == "Kính gửi"  # noqa: ASYNC240 - a few bytes in a test


async def test_unread_rooms_are_marked_until_opened(office: Office, open_page: OpenPage) -> None:
    page = await open_page(address(office, LAN, UNIT))
    await expect(page.locator(".talk-head")).to_be_visible()
    await office.minh.do("say", room=str(STAFF_ROOM), text="Mời họp")
    await office.minh.do("say", room=str(STAFF_ROOM), text="lúc 8 giờ")
    room = page.get_by_role("button", name="Nhóm chung")
    await expect(room).to_contain_text("Minh: lúc 8 giờ")
    await expect(room.locator(".unread")).to_have_text("2")
    await room.click()
    await expect(room.locator(".unread")).to_be_hidden()


async def test_the_clock_goes_to_the_closing_hour(office: Office, open_page: OpenPage) -> None:
    page = await open_page(address(office, LAN))
    await page.get_by_role("button", name="tới 16:30").click()
    await expect(page.locator(".hour")).to_have_text("16:30")
    await page.get_by_role("textbox", name="Giờ muốn tới").fill("17h05")
    await page.get_by_role("button", name="Chuyển").click()
    await expect(page.locator(".hour")).to_have_text("17:05")


async def test_on_a_phone_rooms_and_conversation_take_turns(office: Office, open_page: OpenPage) -> None:
    await office.minh.do("say", room=str(UNIT), text="Chào cả phòng " * 30)
    page = await open_page(address(office, LAN), size=PHONE)
    await page.get_by_role("button", name="Phòng Kinh tế").tap()
    await expect(page.locator(".rooms")).to_be_hidden()
    await say(page, "Em chào anh")
    await expect(message(page, "Em chào anh")).to_be_in_viewport()
    assert await page.evaluate("document.scrollingElement.scrollWidth") == PHONE[0]
    await page.get_by_role("button", name="Về danh sách phòng").tap()
    await expect(page.locator(".rooms")).to_be_visible()
    await expect(page.locator(".talk")).to_be_hidden()


async def test_among_a_thousand_messages_a_new_one_is_appended(office: Office, open_page: OpenPage) -> None:
    await office.post("/limits", enforced=False)
    for number in range(1000):
        await office.minh.do("say", room=str(UNIT), text=f"Tin số {number}")
    page = await open_page(address(office, LAN, UNIT))
    await expect(message(page, "Tin số 999")).to_be_in_viewport()
    await page.evaluate("document.querySelectorAll('.message').forEach((item) => (item.untouched = true))")
    await office.minh.do("say", room=str(UNIT), text="Tin cuối")
    await expect(message(page, "Tin cuối")).to_be_in_viewport()
    assert (
        await page.evaluate("[...document.querySelectorAll('.message')].filter((item) => item.untouched).length")
        == 999 + 1
    )


async def test_after_the_messenger_came_back_the_page_catches_up(open_page: OpenPage, tmp_path: Path) -> None:
    first = await start(world=WORLD, state_file=tmp_path / "state.sqlite3")
    page = await open_page(f"{first.url}/#as={LAN}&room={UNIT}")
    await expect(page.locator(".talk-head")).to_be_visible()
    await first.stop()
    await expect(page.get_by_text("Mất kết nối")).to_be_visible()
    again = await start(port=first.port, state_file=tmp_path / "state.sqlite3")
    body = {"chat_id": UNIT, "text": "Tôi đã trở lại"}
    await page.request.post(f"{again.url}/bot{TOKEN}/sendMessage", data=body)
    await expect(message(page, "Tôi đã trở lại")).to_be_visible()
    await expect(page.get_by_text("Mất kết nối")).to_be_hidden()
    await page.close()
    await again.stop()


async def test_a_reply_keyboard_is_offered_and_a_forced_reply_begun(office: Office, open_page: OpenPage) -> None:
    await office.lan.do("start", bot=BOT)
    page = await open_page(address(office, LAN, BOT))
    keys = {"keyboard": [[{"text": "Như hôm qua"}]], "one_time_keyboard": True}
    await office.bot.call("sendMessage", chat_id=LAN, text="Bao nhiêu lượt?", reply_markup=keys)
    await page.get_by_role("button", name="Như hôm qua").click()
    await expect(page.locator(".message.own", has_text="Như hôm qua")).to_be_visible()
    await expect(page.locator(".reply-keys")).to_be_hidden()
    await office.bot.call("sendMessage", chat_id=LAN, text="Ghi rõ lý do", reply_markup={"force_reply": True})
    await expect(page.locator(".about")).to_contain_text("Trả lời Trực Ban")

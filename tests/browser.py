"""A real browser for tests: one per run; import its fixtures into a conftest."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

VARIABLE = "TRUCBAN_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",  # inside a container there is nothing to put it in
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP = (1280, 800)
PHONE = (390, 844)
PATIENCE = 15_000

OpenPage = Callable[..., Awaitable[Page]]

__all__ = ["DESKTOP", "PHONE", "OpenPage", "chromium", "open_page", "windows"]


def find_chromium() -> str:
    """A person's machine may lack one; the shared machine may not."""
    found = os.environ.get(VARIABLE) or next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    reason = f"no browser: none of {', '.join(NAMES)} is installed and {VARIABLE} names none"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    path = find_chromium()
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
async def windows(chromium: Browser) -> AsyncIterator[Callable[..., Awaitable[BrowserContext]]]:
    """A window of each kind for all tests; what a page has kept is forgotten with it."""
    opened: dict[str, BrowserContext] = {}

    async def window(**looks: Any) -> BrowserContext:
        if (kind := repr(looks)) not in opened:
            opened[kind] = await chromium.new_context(
                locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce", **looks
            )
            opened[kind].set_default_timeout(PATIENCE)
        return opened[kind]

    yield window
    for context in opened.values():
        await context.close()


@pytest.fixture
async def open_page(windows: Callable[..., Awaitable[BrowserContext]]) -> AsyncIterator[OpenPage]:
    """`await open_page(url, size=PHONE)`; afterwards no page may have complained."""
    complaints: list[str] = []
    pages: list[Page] = []

    async def open_one(url: str, size: tuple[int, int] = DESKTOP, **more: Any) -> Page:
        width, height = size
        phone = {"has_touch": True, "is_mobile": True} if size == PHONE else {}
        context = await windows(viewport={"width": width, "height": height}, **(phone | more))
        pages.append(page := await context.new_page())
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(url)
        return page

    yield open_one
    for page in (page for page in pages if not page.is_closed()):
        await page.evaluate("localStorage.clear()")
        await page.close()
    assert not complaints

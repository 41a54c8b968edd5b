"""`python -m bot consent`: an address to open, the address one lands on, and the running bot has its tokens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from bot.platform_settings import ZaloOa
from bot.settings import Settings
from bot.shell.consenting import ask_consent
from bot.token_store import DatabaseTokens
from storage.database import Database
from tests.bot.platforms.zalo_oa.stage import APP_ID, APP_SECRET, right_now, zalo_oa_stage

CALLBACK = "http://127.0.0.1:9/zalo-oa-callback"


def settings_for(url: str, folder: Path, **changes: object) -> Settings:
    account = ZaloOa(
        app_id=APP_ID,
        app_secret=SecretStr(APP_SECRET),
        redirect_url=CALLBACK,
        base_url=f"{url}/zalo-oa/api",
        oauth_url=f"{url}/zalo-oa/oauth",
    )
    return Settings(_env_file=None, data_folder=folder, zalo_oa=account.model_copy(update=changes))


async def consenting(settings: Settings, paste: Callable[[str], str], capsys: pytest.CaptureFixture[str]) -> int:
    """Run it beside the sandbox; `paste` makes of what was printed what the administrator pastes."""
    return await asyncio.to_thread(ask_consent, settings, lambda: paste(capsys.readouterr().out))


def printed_address(printed: str) -> str:
    return next(line for line in printed.splitlines() if line.startswith("http"))


async def land(address: str) -> str:
    """Agree, and tell where the browser was sent."""
    async with aiohttp.ClientSession() as browser, browser.get(address, allow_redirects=False) as answer:
        return answer.headers["Location"]


async def test_the_administrator_agrees_and_the_tokens_are_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loop = asyncio.get_running_loop()
    async with zalo_oa_stage() as stage:
        settings = settings_for(stage.sandbox.url, tmp_path)

        def agree(printed: str) -> str:
            return asyncio.run_coroutine_threadsafe(land(printed_address(printed)), loop).result(5) + "\n"

        assert await consenting(settings, agree, capsys) == 0
        out = capsys.readouterr()
        assert "✓ Đã lưu quyền" in out.out
        database = Database(settings.sqlalchemy_url)
        pair = await DatabaseTokens(database, "zalo_oa", right_now).read()
        database.close()
        assert pair is not None
        assert pair.access in (await stage.account())["access"]
        assert pair.access not in out.out + out.err


@pytest.mark.parametrize(
    "pasted",
    ["", "linh tinh", f"{CALLBACK}?code=abc&state=cua-nguoi-khac", f"{CALLBACK}?error=denied"],
)
async def test_another_address_is_refused_in_words(
    pasted: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = settings_for("http://127.0.0.1:9", tmp_path)
    assert await consenting(settings, lambda _: pasted, capsys) == 1
    assert "chép cả địa chỉ" in capsys.readouterr().err
    assert not await asyncio.to_thread(lambda: list(tmp_path.iterdir()))


async def test_a_code_zalo_does_not_take_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with zalo_oa_stage() as stage:
        settings = settings_for(stage.sandbox.url, tmp_path)

        def invent(printed: str) -> str:
            state = printed_address(printed).rpartition("state=")[2]
            return f"{CALLBACK}?code=bia-ra&state={state}"

        assert await consenting(settings, invent, capsys) == 1
    assert "không nhận mã cấp quyền" in capsys.readouterr().err


async def test_without_its_settings_it_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = settings_for("http://127.0.0.1:9", tmp_path, redirect_url=None)
    assert await consenting(settings, lambda _: "", capsys) == 2
    assert "TRUCBAN_ZALO_OA__APP_ID" in capsys.readouterr().err

"""An independent library against the messenger: python-zalo-bot gets its getMe, getUpdates and sendMessage."""

from __future__ import annotations

import asyncio

import pytest
import zalo_bot
from zalo_bot.error import NetworkError

from tests.sandbox.zalo.conftest import BOT, TOKEN, ZaloOffice


async def test_python_zalo_bot_hears_and_answers(office: ZaloOffice) -> None:
    async with zalo_bot.Bot(TOKEN, base_url=f"{office.sandbox.url}/zalo") as bot:
        me = await bot.get_me()
        assert (me.id, me.account_name, me.can_join_groups) == ("8800", "bot.trucban", True)
        polling = asyncio.create_task(bot.get_update(timeout=5))
        await asyncio.sleep(0.05)
        await office.lan.do("say", room=BOT, text="Có mặt")
        update = await polling
        assert update.message is not None
        assert update.message.text == "Có mặt"
        assert update.message.from_user is not None
        assert update.message.from_user.display_name == "Lan Nguyễn"
        sent = await bot.send_message(update.message.chat.id, "Đã ghi: có mặt")
        assert sent.message_id
    assert (await office.lan.messages(BOT))[-1]["text"] == "Đã ghi: có mặt"


async def test_an_idle_poll_is_the_error_it_takes_408_for(office: ZaloOffice) -> None:
    async with zalo_bot.Bot(TOKEN, base_url=f"{office.sandbox.url}/zalo") as bot:
        with pytest.raises(NetworkError):
            await bot.get_update(timeout=1)

"""Real libraries against the messenger: getMe, a message in, an answer with a button, a press, an edit, a file."""

import asyncio
import json
from typing import Any

import pytest
import telegram
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from tests.sandbox.conftest import BOT, TOKEN, UNIT, Office
from tests.sandbox.waiting import until

Context = ContextTypes.DEFAULT_TYPE


async def greet(update: telegram.Update, _: Context) -> None:
    button = telegram.InlineKeyboardButton("Đã nhận", callback_data="ok")
    assert update.effective_message is not None
    await update.effective_message.reply_html("<b>Chào</b>", reply_markup=telegram.InlineKeyboardMarkup([[button]]))


async def confirm(update: telegram.Update, _: Context) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("Cảm ơn")
    await update.callback_query.edit_message_text("Xong")


async def press_the_last_message(office: Office, room: Any) -> Any:
    await until(lambda: last_holds(office, room, "reply_markup"))
    number = (await office.lan.messages(room))[-1]["message_id"]
    return await office.lan.do("press", room=str(room), message_id=number, button="Đã nhận", wait=5)


async def last_holds(office: Office, room: Any, what: str) -> bool:
    return what in json.dumps((await office.lan.messages(room))[-1])


async def test_python_telegram_bot_polls_answers_and_edits(office: Office) -> None:
    url = office.sandbox.url
    builder = Application.builder().token(TOKEN).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot")
    application = builder.build()
    application.add_handler(CommandHandler("start", greet))
    application.add_handler(CallbackQueryHandler(confirm))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(allowed_updates=telegram.Update.ALL_TYPES)
        await office.lan.do("start", bot=BOT, payload="m4")
        pressed = await press_the_last_message(office, BOT)
        assert pressed["answer"]["text"] == "Cảm ơn"
        await until(lambda: last_holds(office, BOT, "Xong"))
        sent = await application.bot.send_document(UNIT, b"so lieu", filename="số liệu.csv")
        assert sent.document is not None
        file = await application.bot.get_file(sent.document.file_id)
        assert bytes(await file.download_as_bytearray()) == b"so lieu"
        assert (await application.bot.get_chat(UNIT)).title == "Phòng Kinh tế"
        assert len(await application.bot.get_chat_administrators(UNIT)) == 1
        await office.post("/clock", advance=3)  # else its last poll, for the same offset, is held for three seconds
        await application.updater.stop()
        await application.stop()


async def test_aiogram_polls_answers_and_uploads(office: Office) -> None:
    import aiogram  # takes seconds, and only one worker needs it
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import BufferedInputFile

    bot = aiogram.Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(office.sandbox.url)))
    async with bot.context(auto_close=True):
        assert (await bot.get_me()).username == "truc_ban_bot"
        await office.lan.do("start", bot=BOT)
        (update,) = await bot.get_updates(timeout=5)
        assert update.message is not None
        markup = aiogram.types.InlineKeyboardMarkup(
            inline_keyboard=[[aiogram.types.InlineKeyboardButton(text="Đã nhận", callback_data="ok")]]
        )
        await bot.send_message(update.message.chat.id, "<b>Chào</b>", parse_mode="HTML", reply_markup=markup)
        pressing = asyncio.create_task(press_the_last_message(office, BOT))
        (press,) = await bot.get_updates(offset=update.update_id + 1, timeout=5)
        assert press.callback_query is not None
        await press.callback_query.answer("Cảm ơn").as_(bot)
        assert (await pressing)["answer"]["text"] == "Cảm ơn"
        sent = await bot.send_document(UNIT, BufferedInputFile(b"so lieu", "a.csv"))
        assert sent.document is not None
        downloaded = await bot.download(sent.document)
        assert downloaded is not None
        assert downloaded.read() == b"so lieu"
        with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="chat not found"):
            await bot.send_message(-42, "?")

"""The peer: a bot as many write it, with python-telegram-bot and async SQLAlchemy: one INSERT for each update.

`python -m tests.benchmarks.plain_bot URL_OF_API DATABASE PORT` takes updates by webhook (aiohttp in place of tornado, as
the library's own examples do with other servers); with PORT 0 it polls and answers.
"""

from __future__ import annotations

import asyncio
import sys

from aiohttp import web
from sqlalchemy import BigInteger, String, event
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters

from tests.crash.office import TOKEN


class Base(DeclarativeBase):
    pass


class Heard(Base):
    __tablename__ = "heard"
    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    user_id: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(String(4096))


def make_sessions(url: str) -> async_sessionmaker:
    engine = create_async_engine(url)

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection, _record) -> None:
        if url.startswith("sqlite"):
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")

    return async_sessionmaker(engine, expire_on_commit=False)


async def run(api: str, database: str, port: int) -> None:
    sessions = make_sessions(database)
    async with sessions.kw["bind"].begin() as connection:
        await connection.run_sync(Base.metadata.create_all)

    async def hear(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        async with sessions() as session:
            session.add(Heard(chat_id=message.chat_id, user_id=message.from_user.id, text=message.text))
            await session.commit()
        if not port:
            await message.reply_text("Đã ghi")

    builder = ApplicationBuilder().token(TOKEN).base_url(f"{api}/bot").base_file_url(f"{api}/file/bot")
    application = (builder.updater(None) if port else builder).build()
    application.add_handler(MessageHandler(filters.TEXT, hear))
    async with application:
        await application.start()
        if port:
            await _serve(application, port)
        else:
            await application.updater.start_polling(poll_interval=0.0)
        await asyncio.Event().wait()


async def _serve(application: Application, port: int) -> None:
    async def take(request: web.Request) -> web.Response:
        update = Update.de_json(await request.json(), application.bot)
        await application.process_update(update)
        return web.Response()

    async def ready(_request: web.Request) -> web.Response:
        return web.Response()

    server = web.Application()
    server.add_routes([web.post("/telegram", take), web.get("/readyz", ready)])
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], sys.argv[2], int(sys.argv[3])))

"""A staff file goes through the messenger: sent, fetched, previewed, confirmed, written."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import Connection, select

from bot.settings import Settings, Web
from bot.trial.running import open_trial
from bot.trial.world import BOT_USERNAME, account_number
from storage.records.people import people

ROOM = f"@{BOT_USERNAME}"
STAFF = Path(__file__).parents[2] / "bot" / "trial" / "staff.csv"
NEWCOMER = "CB99,Đinh Thị Mận,chị,QLCN,,,,,Chuyên viên,nhân viên,,\n"


async def heard(human: aiohttp.ClientSession, who: int, words: str) -> dict[str, Any]:
    """Waits until the bot has said these words to this person; the clock runs ahead, so that pacing costs no time."""
    for _ in range(100):
        async with human.get("/human/messages", params={"as": str(who), "room": ROOM, "limit": "200"}) as answer:
            for message in reversed(await answer.json()):
                if words in message.get("text", "") + message.get("caption", ""):
                    return message
        async with human.post("/clock", json={"advance": 1}) as answer:
            assert answer.status == 200
        await asyncio.sleep(0.05)
    raise AssertionError(f"nobody said: {words}")


def find_hoa(tx: Connection, now: datetime) -> int:
    return tx.execute(select(people.c.id).where(people.c.staff_code == "CB05")).scalar_one()


def find_newcomer(tx: Connection, now: datetime) -> str | None:
    return tx.execute(select(people.c.full_name).where(people.c.staff_code == "CB99")).scalar_one_or_none()


async def test_the_office_brings_the_staff_up_to_date_in_chat(tmp_path: Path) -> None:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/trial.sqlite3",
        trial_port=0,
        web=Web(port=0),
        data_folder=tmp_path,
        log_level="error",
    )
    async with open_trial(settings) as trial, aiohttp.ClientSession(trial.messenger.url) as human:
        database, clock = trial.house.database, trial.house.clock
        hoa = account_number(await database.read(find_hoa, clock.now()))
        form = aiohttp.FormData({"as": str(hoa), "room": ROOM, "kind": "document"})
        content = STAFF.read_text("utf-8") + NEWCOMER
        form.add_field("file", content.encode("utf-8"), filename="danhsach.csv", content_type="text/csv")
        async with human.post("/human/upload", data=form) as answer:
            assert answer.status == 200, await answer.text()
        preview = await heard(human, hoa, "Nhập danh sách này?")
        assert "Người: thêm 1" in preview["text"]
        assert await database.read(find_newcomer, clock.now()) is None
        press = {"as": hoa, "room": ROOM, "message_id": preview["message_id"], "button": "Nhập"}
        async with human.post("/human/press", json=press) as answer:
            assert answer.status == 200, await answer.text()
        await heard(human, hoa, "✅ Đã nhập danhsach.csv")
        assert await database.read(find_newcomer, clock.now()) == "Đinh Thị Mận"
        async with human.post("/human/say", json={"as": hoa, "room": ROOM, "text": "/maunhansu"}) as answer:
            assert answer.status == 200
        handed = await heard(human, hoa, "Tệp mẫu danh sách cán bộ")
        assert handed["document"]["file_name"] == "mau-danh-sach.xlsx"

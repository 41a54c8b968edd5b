"""A whole working day of the ready-made organization, played by script through the messenger and checked as it goes."""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from datetime import datetime
from importlib.resources import files
from pathlib import Path

import aiohttp
from sqlalchemy import Connection, select

from bot import logs
from bot.settings import Settings
from bot.trial.backstage import HouseBackstage
from bot.trial.running import Trial, open_trial
from bot.trial.stage import Seat, Stage
from bot.trial.transcript import say_transcript
from bot.trial.world import BOT_USERNAME, account_number, rooms
from bot.trial.zalo_day import price_a_zalo_day, say_price
from handlers.days.working_days import next_working_day
from handlers.local_time import at, local_day
from storage.invariants import broken_invariants
from storage.messages import Lane
from storage.outbox import Outcome, parcels
from storage.records.chats import Audience
from storage.records.directives import directives
from storage.records.people import everyone
from storage.records.schedules import exceptional_days
from storage.records.units import find_unit

CALLED = {
    Audience.LEADERS: "Nhóm Lãnh đạo",
    Audience.MANAGERS: "Nhóm Trưởng đơn vị",
    Audience.EVERYONE: "Toàn cơ quan",
    Audience.OFFICE: "Trực tổng hợp",
}
LANES = {
    Lane.ALERT: "tin khẩn",
    Lane.ANSWER: "trả lời",
    Lane.REMINDER: "hỏi và nhắc hạn",
    Lane.DIRECTIVE: "chỉ đạo",
    Lane.CAMPAIGN: "tuyên truyền",
}
MORNING = "07:20"
WITH_THE_CODE = "anh Tú → Phòng QLCN: /kiemtra"


async def play_day(settings: Settings) -> int:
    """0 where everything happened that should; 1 with the list of what did not."""
    started = time.monotonic()
    logs.set_up("error")
    with tempfile.TemporaryDirectory(prefix="trucban-day-") as folder:
        async with open_trial(_in_a_folder_of_its_own(settings, Path(folder))) as trial:
            _say("Trực Ban diễn một ngày làm việc của Sở Công Thương tỉnh Minh Hải (hệ thống thử, tên đều bịa).\n")
            missed = await _play(trial)
            missed += await trial.house.database.read(lambda tx, _: broken_invariants(tx), trial.house.clock.now())
        price, missed_on_zalo = await price_a_zalo_day(Path(folder))
        _say(f"\n{say_price(price)}")
        _say(f"\nCả ngày diễn trong {time.monotonic() - started:.0f} giây.")
    missed += missed_on_zalo
    if missed:
        _say("\nCÒN THIẾU HOẶC SAI:\n" + "\n".join(f"✗ {what}" for what in missed))
        return 1
    _say("Mọi việc mong đợi đều đã diễn ra; cơ sở dữ liệu giữ đúng mọi bất biến.")
    return 0


def _in_a_folder_of_its_own(settings: Settings, folder: Path) -> Settings:
    """Free ports and an empty database; a PostgreSQL that somebody names is his affair."""
    values = {"data_folder": folder, "trial_port": 0, "web": settings.web.model_copy(update={"port": 0})}
    if not settings.database_url.startswith("postgresql"):
        values["database_url"] = f"sqlite:///{folder / 'day.sqlite3'}"
    return settings.model_copy(update=values)


async def _play(trial: Trial) -> list[str]:
    async with aiohttp.ClientSession(trial.messenger.url) as http:
        stage = await _set_stage(trial, http)
        await stage.play(_script("evening_before.txt"), goes_on=True)
        today = await trial.house.database.read(_next_morning, trial.house.clock.now())
        await stage.move_clock(to=today.isoformat())
        begun = stage.backstage.latest_change()
        await _play_day(trial, stage)
        await stage.settle_down()
        summary = await say_transcript(stage, after=begun, since=today)
        _say(f"\n━━━ Bản tổng hợp của Văn phòng ━━━\n{summary}")
        _say(await trial.house.database.read(_count_what_went_out, trial.house.clock.now()))
        return stage.missed if summary else [*stage.missed, "bản tổng hợp 16:30 của Văn phòng"]


async def _play_day(trial: Trial, stage: Stage) -> None:
    """The script speaks of the directive's code, which is known only once it is written."""
    before, after = _script("day.txt").split(WITH_THE_CODE, 1)
    await stage.play(before, goes_on=True)
    code = await trial.house.database.read(_code_of_the_last_directive, trial.house.clock.now())
    await stage.play((WITH_THE_CODE + after).replace("{code}", code), goes_on=True)


async def _set_stage(trial: Trial, http: aiohttp.ClientSession) -> Stage:
    def look(tx: Connection, now: datetime) -> tuple[dict[str, int], dict[str, Seat]]:
        people = {person.called: account_number(person.id) for person in everyone(tx)}
        seats = {}
        for room in rooms(tx, local_day(now)):
            unit = find_unit(tx, room.unit_id) if room.unit_id else None
            called = unit.short_name if unit else CALLED[room.audience]
            seats[called] = Seat(account_number(room.people[0].id), str(room.chat_id), by_words=room.is_on_zalo)
        return people, seats

    people, seats = await trial.house.database.read(look, trial.house.clock.now())
    return Stage(
        http=http,
        bot=f"@{BOT_USERNAME}",
        people=people,
        rooms=seats,
        backstage=HouseBackstage(trial.house, trial.messenger),
        files={"ke-hoach-22.pdf": b"%PDF-1.4\n% K\xe1\xba\xbf ho\xe1\xba\xa1ch s\xe1\xbb\x91 22\n%%EOF\n"},
        tell=_say,
    )


def _script(name: str) -> str:
    return files("bot.trial").joinpath(name).read_text("utf-8")


def _code_of_the_last_directive(tx: Connection, _now: datetime) -> str:
    return str(tx.execute(select(directives.c.code).order_by(directives.c.id.desc()).limit(1)).scalar_one())


def _next_morning(tx: Connection, now: datetime) -> datetime:
    return at(next_working_day(local_day(now), exceptional_days(tx)), MORNING)


def _count_what_went_out(tx: Connection, _now: datetime) -> str:
    rows = tx.execute(select(parcels.c.lane, parcels.c.state))
    counts = Counter((row.lane, row.state) for row in rows)
    lines = [
        f"• {LANES[lane]}: {counts[lane.rank, Outcome.SENT]} tin" for lane in Lane if counts[lane.rank, Outcome.SENT]
    ]
    left = sum(count for (_, state), count in counts.items() if state != Outcome.SENT)
    return "Đã gửi đi:\n" + "\n".join([*lines, f"• chưa tới nơi: {left}"])


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()

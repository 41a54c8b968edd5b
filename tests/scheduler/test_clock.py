"""The clock at work on a database: a day from opening to summary, exactly once, through downtime and failure."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from handlers import rounds
from handlers.kinds import built_in_kinds
from handlers.local_time import at
from handlers.reporting.recording import record
from handlers.reporting.source import Source
from scheduler import looking
from scheduler.calendar_rows import every_job, every_watch, seed_schedules
from scheduler.looking import Looker
from scheduler.ticker import Ticker
from scheduler.timetable import Tick
from storage import errands
from storage.database import Database, Work
from storage.outbox import BELL, parcels
from storage.records.dialogues import Dialogue, dialogues, keep_dialogue
from storage.records.rounds import expectations_of, round_of
from storage.records.schedules import active_schedules, exceptional_days, schedule_ticks, schedules, unname_day
from tests.cast import PLATFORM, Cast
from tests.handlers.office_day import OPENS, TODAY, VISITORS, report, said_in

MORNING = at(TODAY, "07:00")


@dataclass
class MovedClock:
    """A clock that somebody moves by hand."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock(MORNING)


@pytest.fixture
async def looker(database: Database, cast: Cast, clock: MovedClock) -> Looker:
    await database.run(seed_schedules, MORNING)
    return Looker(database, clock)


async def keys(database: Database) -> list[str]:
    statement = select(parcels.c.key).order_by(parcels.c.id)
    return await database.read(lambda tx, _now: list(tx.execute(statement).scalars()), OPENS)


async def outcomes(database: Database) -> dict[str, str]:
    """{job: outcome} of every tick so far."""
    statement = select(schedules.c.job, schedule_ticks.c.outcome).join(
        schedule_ticks, schedule_ticks.c.schedule_id == schedules.c.id
    )
    return await database.read(lambda tx, _now: {row.job: row.outcome for row in tx.execute(statement)}, OPENS)


def test_every_job_and_watch_is_gathered() -> None:
    assert set(every_job()) == {
        "back_up",
        "open_rounds",
        "send_reminders",
        "send_chasers",
        "send_summary",
        "ask_returned",
        "follow_returned",
        "prune",
    }
    assert {watch.name for watch in every_watch()} == {
        "ask_followed",
        "chase_directives",
        "chase_duties",
        "chase_steps",
        "close_rounds",
        "escalate",
        "keep_in_touch",
        "remind_approvers",
        "say_reminders",
    }
    assert all(job.title for job in every_job().values())


async def test_a_day_from_the_opening_to_the_summary(
    database: Database, cast: Cast, looker: Looker, clock: MovedClock
) -> None:
    for time in ("15:59", "16:00", "16:00", "16:20", "16:30", "16:31"):
        clock.moment = at(TODAY, time)
        await looker.look()
        if time == "16:00":
            await database.run(lambda tx, now: report(tx, cast, "KT", 12, now), clock.moment)
    said = await keys(database)
    assert sum(key.startswith("request/") for key in said) == 8
    assert sum(key.startswith("reminder/") for key in said) == 3  # VP, KT (headcount), TM
    assert sum(key.startswith("summary/") for key in said) == 1
    assert said.index(next(key for key in said if key.startswith("chaser/"))) < said.index(
        next(key for key in said if key.startswith("summary/"))
    )
    assert set((await outcomes(database)).values()) == {"done"}


async def test_a_clock_moved_over_the_whole_afternoon_catches_up_in_order(
    database: Database, looker: Looker, clock: MovedClock
) -> None:
    await looker.look()
    clock.moment = at(TODAY, "16:45")
    await looker.look()
    said = await keys(database)
    assert any(key.startswith("request/") for key in said)
    assert not any(key.startswith(("reminder/", "summary/", "chaser/")) for key in said)  # they were only just asked
    assert (await outcomes(database))["send_reminders"] == "missed"
    clock.moment = at(TODAY, "17:15")
    await looker.look()
    await looker.look()
    assert sum(key.startswith("summary/") for key in await keys(database)) == 1


async def test_after_a_restart_nothing_runs_twice(
    database: Database, cast: Cast, looker: Looker, clock: MovedClock
) -> None:
    clock.moment = at(TODAY, "16:35")
    await looker.look()
    before = await keys(database)
    await Looker(database, clock).look()
    assert await keys(database) == before


async def test_two_clocks_run_a_tick_once(database: Database, cast: Cast, looker: Looker, clock: MovedClock) -> None:
    clock.moment = OPENS
    await asyncio.gather(*(Looker(database, clock).look() for _ in range(4)))
    statement = select(schedule_ticks.c.schedule_id, schedule_ticks.c.due_at)
    ticks = await database.read(lambda tx, _now: [tuple(row) for row in tx.execute(statement)], OPENS)
    assert len(ticks) == len(set(ticks))
    assert sum(key.startswith("request/") for key in await keys(database)) == 8


async def test_what_downtime_made_pointless_is_told_to_the_office_in_one_message(
    database: Database, cast: Cast, looker: Looker, clock: MovedClock
) -> None:
    clock.moment = at(TODAY + timedelta(days=1), "07:00")
    await looker.look()
    clock.moment = at(TODAY + timedelta(days=1), "07:01")
    await looker.look()
    texts = await database.read(lambda tx, _now: said_in(tx, cast.rooms["office"], key="missed/%"), OPENS)
    assert len(texts) == 1
    assert "Tổng hợp cuối ngày (16:30 ngày 23/11)" in texts[0]


@pytest.fixture
def broken_opening(monkeypatch: pytest.MonkeyPatch) -> None:
    """The job that opens rounds fails half-way."""
    sound = every_job()

    def fail(tx: Connection, tick: object, now: datetime) -> None:
        rounds.open_round(tx, VISITORS, TODAY, now)
        raise ValueError

    broken = {**sound, "open_rounds": replace(sound["open_rounds"], run=fail)}
    monkeypatch.setattr(looking, "every_job", lambda: broken)


async def test_a_job_that_fails_leaves_nothing_half_done_and_stops_no_other(
    database: Database, cast: Cast, looker: Looker, clock: MovedClock, broken_opening: None
) -> None:
    clock.moment = at(TODAY, "16:31")
    await looker.look()
    await looker.look()
    said = await keys(database)
    assert [key for key in said if not key.startswith(("missed/", "failed/"))] == []
    assert len([key for key in said if key.startswith("failed/")]) == 1
    assert (await outcomes(database))["open_rounds"] == "failed"
    assert (await outcomes(database))["send_summary"] == "done"


async def test_who_came_back_is_asked_on_the_next_working_morning(
    database: Database, cast: Cast, looker: Looker, clock: MovedClock
) -> None:
    def travel(tx: Connection, now: datetime) -> None:
        """Chị Lan came back on Saturday, anh Tú is away until Monday."""
        for member, until in ((cast.lan, "2026-11-21"), (cast.tu, "2026-11-23")):
            record(
                tx,
                kind=built_in_kinds()["travel_notice"],
                answers={"destinations": ["Hà Nội"], "leaves_on": "2026-11-19", "returns_on": until, "purpose": "họp"},
                unit_id=cast.units["KT"],
                person_id=member.person_id,
                reported_by=member.person_id,
                source=Source(PLATFORM, member.account, None, "đi"),
                now=now,
            )

    await database.run(travel, MORNING - timedelta(days=5))
    for day, asked in ((TODAY, cast.lan), (TODAY + timedelta(days=1), cast.tu)):
        clock.moment = at(day, "07:30")
        await looker.look()

        def owed(tx: Connection, _now: datetime, day: date = day) -> list[int | None]:
            found = round_of(tx, "health_declaration", day)
            assert found is not None
            return [each.person_id for each in expectations_of(tx, found.id)]

        assert await database.read(owed, OPENS) == [asked.person_id]


async def test_the_ticker_looks_by_itself_and_when_told(
    database: Database, cast: Cast, looker: Looker, clock: MovedClock
) -> None:
    rung = asyncio.Event()
    database.bells.on(BELL, rung.set)
    ticker = Ticker(database, clock, every=0.02)
    ticker.start()
    clock.moment = OPENS
    async with asyncio.timeout(5):
        await rung.wait()
    clock.moment = at(TODAY, "16:20")
    await ticker.look_now()
    assert any(key.startswith("reminder/") for key in await keys(database))
    await ticker.stop()


async def test_when_nothing_is_due_a_look_writes_nothing(
    database: Database, cast: Cast, looker: Looker, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chị Lan has reported, the round is summed up, a window of Zalo stands open: nobody takes the writer every second."""
    for time in ("16:00", "16:20", "16:30", "16:31", "16:32"):
        clock.moment = at(TODAY, time)
        await looker.look()
        if time == "16:00":
            await database.run(lambda tx, now: report(tx, cast, "KT", 12, now), clock.moment)
    written: list[object] = []
    run = database.run

    async def noted(work: Work[object], now: datetime) -> object:
        written.append(work)
        return await run(work, now)

    monkeypatch.setattr(database, "run", noted)
    clock.moment = at(TODAY, "16:33")
    await looker.look()
    assert written == []
    clock.moment = at(TODAY + timedelta(days=1), "16:00")
    await looker.look()
    assert written


async def test_seeding_again_leaves_what_the_office_changed(database: Database, looker: Looker) -> None:
    new_year = date(2027, 1, 1)
    assert (await database.read(lambda tx, _: exceptional_days(tx), MORNING))[new_year] == "holiday"
    await database.run(lambda tx, _now: unname_day(tx, new_year), MORNING)
    await database.run(seed_schedules, MORNING + timedelta(days=1))
    assert new_year not in await database.read(lambda tx, _: exceptional_days(tx), MORNING)
    rows = await database.read(lambda tx, _: sum(len(job.rows(tx)) for job in every_job().values()), MORNING)
    assert rows == await database.read(lambda tx, _: len(tx.execute(select(schedules.c.id)).all()), MORNING)


async def test_at_night_finished_errands_and_questions_left_open_are_forgotten(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        number = errands.put(tx, topic="x", now=now, state={})
        errands.finish(tx, number, now=now)
        errands.put(tx, topic="still open", now=now, state={})
        errands.finish(tx, errands.put(tx, topic="the newest", now=now, state={}), now=now)  # keeps its number taken
        keep_dialogue(tx, PLATFORM, "1", "1", Dialogue(topic="x", state={"said": "…"}, expires_at=now))
        every_job()["prune"].run(tx, Tick(active_schedules(tx)[0], now, is_missed=False), now + timedelta(days=8))
        assert list(tx.execute(select(errands.errands.c.topic).order_by("id")).scalars()) == [
            "still open",
            "the newest",
        ]
        assert tx.execute(select(dialogues)).all() == []

    await database.run(seed_schedules, MORNING)
    await database.run(work, MORNING)

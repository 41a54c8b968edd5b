"""Rounds: everybody who owes is asked once, an answer finds its question, the office sees where it stands."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from handlers import rounds, summaries
from handlers.kinds import built_in_kinds
from handlers.local_time import at
from handlers.reporting.recording import record, withdraw
from handlers.reporting.source import Source
from storage.database import Database
from storage.messages import OutgoingMessage
from storage.outbox import parcels
from storage.records.check_ins import CheckInState, find_check_in
from storage.records.rounds import Expected
from storage.records.schedules import DayKind, name_day
from tests.cast import Cast
from tests.handlers.office_day import DUE, FRIDAY, HEADCOUNT, OPENS, TODAY, VISITORS, put, report, states


def said(tx: Connection, about: str) -> dict[str, OutgoingMessage]:
    """What stands in the outbox about this: {chat: message}."""
    return {message.chat_id: message for message in put(tx, about=about)}


async def test_every_reporting_unit_is_asked_in_its_room(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        asked = rounds.open_round(tx, VISITORS, TODAY, now)
        assert asked is not None
        assert states(tx, cast) == dict.fromkeys(("VP", "KT", "TM", "KCN1"), Expected.WAITING)
        room_of = {"VP": "VP", "KT": "KT", "TM": "TM", "KCN1": "TM"}  # the zone has no room of its own
        for unit, room in room_of.items():
            [chat_id] = said(tx, rounds.about_unit(asked, cast.units[unit]))
            assert chat_id == cast.rooms[room]
        [board] = said(tx, f"round/{asked.id}").values()
        assert "0/4 đơn vị đã báo cáo" in board.text
        assert "KCN Bình An" in board.text

    await database.run(work, OPENS)


async def test_a_round_is_opened_once(database: Database, cast: Cast) -> None:
    first = await database.run(lambda tx, now: rounds.open_round(tx, VISITORS, TODAY, now), OPENS)
    again = await database.run(lambda tx, now: rounds.open_round(tx, VISITORS, TODAY, now), OPENS)
    assert first == again
    assert len(await database.run(lambda tx, now: tx.execute(select(parcels)).all(), OPENS)) == 5


async def test_a_holiday_owes_nothing_and_a_swapped_saturday_does(database: Database, cast: Cast) -> None:
    saturday = date(2026, 11, 28)

    def work(tx: Connection, now: datetime) -> None:
        name_day(tx, TODAY, DayKind.HOLIDAY, "nghỉ")
        name_day(tx, saturday, DayKind.WORKING, "làm bù")
        assert rounds.open_round(tx, VISITORS, TODAY, now) is None
        assert rounds.open_round(tx, VISITORS, saturday, at(saturday, "16:00")) is not None

    await database.run(work, OPENS)


async def test_an_answer_settles_edits_the_request_and_moves_the_board(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        asked = rounds.open_round(tx, VISITORS, TODAY, now)
        assert asked is not None
        check_in = report(tx, cast, "KT", 12, now + timedelta(minutes=5))
        assert states(tx, cast)["KT"] == Expected.ON_TIME
        [request] = said(tx, rounds.about_unit(asked, cast.units["KT"])).values()
        assert "12 lượt khách (chị Lan, 16:05)" in request.text
        assert request.buttons == ()
        [board] = said(tx, f"round/{asked.id}").values()
        assert "1/4 đơn vị đã báo cáo" in board.text
        assert "Phòng KT" not in board.text
        kept = find_check_in(tx, check_in.id)
        assert kept is not None
        assert (kept.round_id, kept.is_late) == (asked.id, False)

    await database.run(work, OPENS)


async def test_what_was_reported_before_the_round_opened_is_not_asked_for(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        report(tx, cast, "KT", 12, now - timedelta(hours=2))
        asked = rounds.open_round(tx, VISITORS, TODAY, now)
        assert asked is not None
        assert states(tx, cast)["KT"] == Expected.ON_TIME
        [request] = said(tx, rounds.about_unit(asked, cast.units["KT"])).values()
        assert "12 lượt khách" in request.text

    await database.run(work, OPENS)


async def test_a_unit_whose_people_are_all_away_is_excused(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        for member in (cast.thu, cast.phuc):
            record(
                tx,
                kind=built_in_kinds()["presence"],
                answers={"status": "leave"},
                unit_id=cast.units["TM"],
                person_id=member.person_id,
                reported_by=member.person_id,
                source=Source("telegram", member.account, None, "nghỉ phép"),
                now=now - timedelta(hours=8),
            )
        rounds.open_round(tx, VISITORS, TODAY, now)
        assert states(tx, cast)["TM"] == Expected.EXCUSED
        assert states(tx, cast)["KCN1"] == Expected.EXCUSED  # they answer for the zone, too
        assert states(tx, cast)["KT"] == Expected.WAITING

    await database.run(work, OPENS)


async def test_a_correction_keeps_the_punctuality_of_the_first_answer(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        rounds.open_round(tx, VISITORS, TODAY, now)
        first = report(tx, cast, "KT", 12, now)
        second = report(tx, cast, "KT", 15, DUE + timedelta(minutes=10))
        assert states(tx, cast)["KT"] == Expected.ON_TIME
        assert second.supersedes_id == first.id
        old = find_check_in(tx, first.id)
        assert old is not None
        assert old.state == CheckInState.SUPERSEDED

    await database.run(work, OPENS)


async def test_what_is_withdrawn_is_owed_again(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        asked = rounds.open_round(tx, VISITORS, TODAY, now)
        assert asked is not None
        check_in = report(tx, cast, "KT", 12, now)
        withdraw(tx, check_in, kind=VISITORS, now=now)
        assert states(tx, cast)["KT"] == Expected.WAITING
        [request] = said(tx, rounds.about_unit(asked, cast.units["KT"])).values()
        assert "Hạn 16:30" in request.text

    await database.run(work, OPENS)


async def test_yesterdays_figure_is_offered_as_a_button(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        report(tx, cast, "KT", 12, at(FRIDAY, "16:10"), day=FRIDAY)
        asked = rounds.open_round(tx, VISITORS, TODAY, now)
        assert asked is not None
        unit_id = cast.units["KT"]
        [request] = said(tx, rounds.about_unit(asked, unit_id)).values()
        labels = {button.text: button.data for row in request.buttons for button in row}
        assert labels == {
            "Như thứ Sáu (12)": f"same:{asked.id}:{unit_id}",
            "Không có": f"none:{asked.id}:{unit_id}:0",
        }

    await database.run(work, OPENS)


async def test_owing_lists_own_units_before_their_zones(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        rounds.open_round(tx, VISITORS, TODAY, now)
        rounds.open_round(tx, HEADCOUNT, TODAY, now)
        owed = rounds.what_unit_owes(tx, cast.units["TM"], now)
        assert [(each.kind.name, each.unit.code if each.unit else "") for each in owed] == [
            ("visitor_count", "TM"),
            ("headcount", "TM"),
            ("visitor_count", "KCN1"),
            ("headcount", "KCN1"),
        ]
        report(tx, cast, "TM", 3, now)
        assert len(rounds.what_unit_owes(tx, cast.units["TM"], now)) == 3
        assert rounds.owing(tx, unit_ids=[], person_id=None, now=now) == []

    await database.run(work, OPENS)


async def test_a_missing_unit_may_still_answer_on_the_next_working_day(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        asked = rounds.open_round(tx, VISITORS, TODAY, now)
        assert asked is not None
        rounds.close_due(tx, asked, DUE)
        assert set(states(tx, cast).values()) == {Expected.MISSING}
        tomorrow = now + timedelta(days=1)
        [owed] = rounds.what_unit_owes(tx, cast.units["KT"], tomorrow)
        check_in = report(tx, cast, "KT", 9, tomorrow, day=owed.round.day)
        assert states(tx, cast)["KT"] == Expected.LATE
        kept = find_check_in(tx, check_in.id)
        assert kept is not None
        assert kept.is_late

    await database.run(work, OPENS)


async def test_nobody_is_late_by_our_fault(database: Database, cast: Cast) -> None:
    late = at(TODAY, "17:10")
    asked = await database.run(lambda tx, now: rounds.open_round(tx, VISITORS, TODAY, now), late)
    assert asked is not None
    assert asked.due_at == late + timedelta(minutes=30)


async def test_the_supplement_goes_once_when_the_last_unit_has_answered(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        asked = rounds.open_round(tx, VISITORS, TODAY, now)
        assert asked is not None
        for unit in ("VP", "KT", "TM"):
            report(tx, cast, unit, 5, now)
        rounds.close_due(tx, asked, DUE)
        assert summaries.send_summary(tx, TODAY, DUE)
        after = DUE + timedelta(minutes=22)
        report(tx, cast, "KCN1", 20, after, by=cast.thu)
        rounds.redraw(tx, after)
        report(tx, cast, "KCN1", 21, after + timedelta(minutes=1), by=cast.thu)
        rounds.redraw(tx, after)
        keys = list(tx.execute(select(parcels.c.key).where(parcels.c.about == f"summary/{TODAY}")).scalars())
        assert sum(key.startswith("supplement/") for key in keys) == 1
        assert sum(key.startswith("correction/") for key in keys) == 1
        texts = list(tx.execute(select(parcels.c.payload).where(parcels.c.key.like("supplement/%"))).scalars())
        assert "Nay đã đủ 4/4" in texts[0]
        assert "16:52" in texts[0]

    await database.run(work, OPENS)


async def test_of_units_that_answer_at_the_same_moment_one_is_the_last(database: Database, cast: Cast) -> None:
    units = ("VP", "KT", "TM", "KCN1")
    after = DUE + timedelta(minutes=5)

    def prepare(tx: Connection, now: datetime) -> None:
        rounds.open_round(tx, VISITORS, TODAY, now)
        summaries.send_summary(tx, TODAY, DUE)

    await database.run(prepare, OPENS)
    await asyncio.gather(
        *(database.run(lambda tx, now, unit=unit: report(tx, cast, unit, 5, now), after) for unit in units)
    )
    texts = await database.read(lambda tx, _now: [message.text for message in put(tx, key="supplement/%")], after)
    assert len(texts) == 1
    assert "Nay đã đủ 4/4. Tổng cộng: \ue00020\ue001" in texts[0]

"""Reminding: only those who owe, in one message for all that a room owes."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from handlers import rounds
from handlers.rounds import reminding
from storage.database import Database
from storage.records.rounds import Expected
from tests.cast import Cast
from tests.handlers.office_day import (
    DUE,
    HEADCOUNT,
    HEALTH,
    OPENS,
    REMINDS,
    TODAY,
    VISITORS,
    put,
    report,
    said_in,
    states,
)


async def test_a_room_is_reminded_once_of_all_that_it_owes(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        rounds.open_round(tx, VISITORS, TODAY, now)
        rounds.open_round(tx, HEADCOUNT, TODAY, now)
        report(tx, cast, "TM", 3, now)
        reminding.send_reminders(tx, TODAY, REMINDS)
        reminding.send_reminders(tx, TODAY, REMINDS + timedelta(seconds=30))
        [text] = said_in(tx, cast.rooms["TM"], key="reminder/%")
        assert "• Phòng TM: quân số\n" in text
        assert "• KCN Bình An: số lượt khách, quân số" in text
        assert "hạn 16:30" in text

    await database.run(work, OPENS)


async def test_who_has_answered_is_not_reminded(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        rounds.open_round(tx, VISITORS, TODAY, now)
        report(tx, cast, "KT", 3, now)
        reminding.send_reminders(tx, TODAY, REMINDS)
        assert said_in(tx, cast.rooms["KT"], key="reminder/%") == []
        assert len(said_in(tx, cast.rooms["VP"], key="reminder/%")) == 1

    await database.run(work, OPENS)


async def test_who_was_only_just_asked_is_not_reminded_yet(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        rounds.open_round(tx, VISITORS, TODAY, now)
        assert reminding.send_reminders(tx, TODAY, now + timedelta(minutes=2)) == 0

    await database.run(work, OPENS)


async def test_after_the_due_time_the_missing_are_marked_and_their_heads_are_told(
    database: Database, cast: Cast
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        rounds.open_round(tx, VISITORS, TODAY, now)
        rounds.open_round(tx, HEADCOUNT, TODAY, now)
        report(tx, cast, "VP", 1, now)
        reminding.send_chasers(tx, TODAY, DUE)
        assert states(tx, cast) == {
            "VP": Expected.ON_TIME,
            "KT": Expected.MISSING,
            "TM": Expected.MISSING,
            "KCN1": Expected.MISSING,
        }
        [to_minh] = said_in(tx, cast.minh.account, key="chaser-head/%")
        assert "Thưa anh Minh, đã quá hạn 16:30" in to_minh
        assert "• Phòng KT: số lượt khách, quân số" in to_minh
        [to_thu] = said_in(tx, cast.thu.account, key="chaser-head/%")
        assert "KCN Bình An" in to_thu
        [in_room] = said_in(tx, cast.rooms["KT"], key="chaser/%")
        assert "Quá hạn báo cáo" in in_room

    await database.run(work, OPENS)


async def test_a_reminder_of_one_thing_can_be_answered_as_a_reply(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        asked = rounds.open_round(tx, VISITORS, TODAY, now)
        assert asked is not None
        reminding.send_reminders(tx, TODAY, REMINDS)
        about = rounds.about_unit(asked, cast.units["KT"])
        assert len(put(tx, key="reminder/%", about=about)) == 1

    await database.run(work, OPENS)


async def test_a_person_who_owes_is_reminded_in_private(database: Database, cast: Cast) -> None:
    from storage.records.people import find_person

    def work(tx: Connection, now: datetime) -> None:
        lan = find_person(tx, cast.lan.person_id)
        assert lan is not None
        rounds.ask_people(tx, HEALTH, TODAY, [lan], now)
        reminding.send_reminders(tx, TODAY, REMINDS)
        [text] = said_in(tx, cast.lan.account, key="reminder/%")
        assert "khai báo y tế" in text
        assert said_in(tx, cast.rooms["KT"]) == []

    await database.run(work, OPENS)

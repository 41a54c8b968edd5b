"""Alerts: told at once, repeated until somebody has taken it, then he is reminded until it is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from handlers import alerts as work
from handlers.alerts import REMIND_TAKER_AFTER, REPEAT_AFTER, escalate_due
from storage.database import Database
from storage.outbox import parcels
from storage.records.alerts import Alert, AlertState, alert_notices, alerts
from storage.records.people import accounts, people
from tests.cast import Cast, Member
from tests.handlers.speaking import Desk

Scene = Callable[[Desk], None]


async def play(database: Database, now: datetime, scene: Scene) -> None:
    await database.run(lambda tx, now: scene(Desk(tx, now)), now)


def later(desk: Desk, wait: timedelta) -> Desk:
    return Desk(desk.tx, desk.now + wait)


def state_of(tx: Connection) -> str:
    return str(tx.execute(select(alerts.c.state)).scalar_one())


async def test_the_first_to_take_it_has_it_and_everybody_learns_so(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.press(cast.nga, "✅ Đã nhận")
        assert state_of(desk.tx) == AlertState.TAKEN
        assert "bà Nga đã nhận tin khẩn" in desk.last(cast.son.account)
        assert "bà Nga đã nhận tin khẩn" in desk.last(cast.lan.account)
        desk.press(cast.son, "✅ Đã nhận")
        assert "nhận trước" in desk.messages(cast.son.account)[-1].text

    await play(database, now, scene)


async def test_who_takes_it_after_it_was_passed_on_is_told_too(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        take = desk.button("✅ Đã nhận", cast.son.account)
        desk.press(cast.nga, "✅ Đã nhận")
        desk.press(cast.nga, "Tôi không xử lý được")
        desk.press_data(cast.son, take)
        assert "ông Sơn đã nhận tin khẩn" in desk.last(cast.nga.account)
        assert "ông Sơn đã nhận tin khẩn" in desk.last(cast.lan.account)

    await play(database, now, scene)


async def test_who_took_it_and_cannot_be_reached_any_more_is_called(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.press(cast.nga, "✅ Đã nhận")
        desk.tx.execute(accounts.update().where(accounts.c.external_id == cast.nga.account).values(is_reachable=False))
        escalate_due(desk.tx, now + REMIND_TAKER_AFTER)
        assert "không nhắn được cho bà Nga" in desk.last(cast.rooms["office"])
        assert "sốt" not in desk.last(cast.rooms["office"])

    await play(database, now, scene)


async def test_whoever_was_alarmed_hears_that_it_was_withdrawn(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.press(cast.lan, "Rút lại")
        assert "Rút lại tin khẩn" in desk.last(cast.nga.account)
        escalate_due(desk.tx, now + REPEAT_AFTER)
        assert "nhắc lại lần 1" in desk.last(cast.nga.account)
        assert "Người báo đã rút lại" in desk.last(cast.nga.account)

    await play(database, now, scene)


async def test_whoever_was_alarmed_hears_that_it_was_nothing(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        said = desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.say(cast.lan, "em khỏe, không ho không sốt ạ", edit_of=said)
        assert "Đính chính tin khẩn" in desk.last(cast.nga.account)
        escalate_due(desk.tx, now + REPEAT_AFTER)
        assert "38°C" not in desk.last(cast.nga.account)

    await play(database, now, scene)


async def test_nobody_answers_so_it_is_repeated_and_then_the_office_hears(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        assert escalate_due(desk.tx, now + REPEAT_AFTER - timedelta(seconds=1)) == 0
        assert escalate_due(desk.tx, now + REPEAT_AFTER) == 1
        assert "nhắc lại lần 1" in desk.last(cast.nga.account)
        assert desk.heard(cast.rooms["office"]) == []
        escalate_due(desk.tx, now + 2 * REPEAT_AFTER)
        assert "chưa có lãnh đạo nào bấm nhận" in desk.last(cast.rooms["office"])
        assert "sốt" not in desk.last(cast.rooms["office"])

    await play(database, now, scene)


async def test_who_cannot_handle_it_passes_it_on_at_once(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.press(cast.nga, "Tôi không xử lý được")
        desk.forget()
        assert escalate_due(desk.tx, now) == 1
        assert desk.heard(cast.nga.account) == []
        assert "nhắc lại" in desk.last(cast.son.account)

    await play(database, now, scene)


async def test_who_took_it_is_reminded_until_it_is_closed(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.press(cast.nga, "✅ Đã nhận")
        desk.forget()
        escalate_due(desk.tx, now + REMIND_TAKER_AFTER)
        assert "còn mở" in desk.last(cast.nga.account)
        assert desk.heard(cast.son.account) == []
        later(desk, REMIND_TAKER_AFTER).press(cast.nga, "Đã xử lý xong")
        assert state_of(desk.tx) == AlertState.CLOSED
        assert escalate_due(desk.tx, now + timedelta(days=9)) == 0

    await play(database, now, scene)


async def test_a_leader_takes_it_by_a_word(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        number = desk.tx.execute(select(alerts.c.id)).scalar_one()
        told = Desk(desk.tx, desk.now)
        reply_to = _sent(desk.tx, cast.nga, number)
        told.say(cast.nga, "đã nhận", reply_to=reply_to)
        assert state_of(desk.tx) == AlertState.TAKEN

    await play(database, now, scene)


def _sent(tx: Connection, who: Member, alert_id: int) -> str:
    """Give the alert's parcel the id that a platform would have given it."""
    where = (parcels.c.chat_id == who.account, parcels.c.about == f"alert/{alert_id}")
    tx.execute(parcels.update().where(*where).values(external_id="900"))
    return "900"


async def test_a_stranger_to_the_alert_cannot_take_it(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        number = desk.tx.execute(select(alerts.c.id)).scalar_one()
        desk.press_data(cast.tu, f"alert:take:{number}")
        assert state_of(desk.tx) == AlertState.OPEN

    await play(database, now, scene)


async def test_a_corrected_report_amends_the_alert_and_raises_no_second(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        said = desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.say(cast.lan, "em sốt 38 từ tối qua, ho", edit_of=said)
        assert desk.tx.execute(select(func.count()).select_from(alerts)).scalar_one() == 1
        assert "Đính chính tin khẩn" in desk.last(cast.nga.account)
        assert "ho" in desk.last(cast.nga.account)

    await play(database, now, scene)


async def test_who_cannot_be_reached_is_named_to_the_office_without_the_illness(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.tx.execute(accounts.update().where(accounts.c.external_id == cast.son.account).values(is_reachable=False))
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        assert "ông Sơn" in desk.last(cast.rooms["office"])
        assert "sốt" not in desk.last(cast.rooms["office"])

    await play(database, now, scene)


async def test_a_leader_who_has_left_is_told_no_more(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.tx.execute(people.update().where(people.c.id == cast.son.person_id).values(is_active=False))
        desk.forget()
        escalate_due(desk.tx, now + REPEAT_AFTER)
        assert desk.heard(cast.son.account) == []
        assert "nhắc lại" in desk.last(cast.nga.account)

    await play(database, now, scene)


async def test_a_fault_in_one_alert_holds_up_no_other(
    database: Database, now: datetime, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.say(cast.tu, "em ho, đau họng từ hôm qua")
        broken = min(desk.tx.execute(select(alerts.c.id)).scalars())
        repeat = work._repeat

        def fail_for_one(tx: Connection, alert: Alert, moment: datetime) -> None:
            if alert.id == broken:
                raise ValueError("a fault of ours")
            repeat(tx, alert, moment)

        monkeypatch.setattr(work, "_repeat", fail_for_one)
        desk.forget()
        assert escalate_due(desk.tx, now + REPEAT_AFTER) == 1
        assert "ho" in desk.last(cast.nga.account)
        assert escalate_due(desk.tx, now + REPEAT_AFTER) == 0

    await play(database, now, scene)


DEEDS = st.lists(
    st.tuples(st.sampled_from(["wait", "take", "pass", "close"]), st.integers(0, 3), st.integers(0, 40)), max_size=14
)


class _Undo(Exception):
    pass


@settings(max_examples=20)
@given(deeds=DEEDS)
async def test_whatever_the_order_of_answers_somebody_is_always_next(
    database: Database, now: datetime, cast: Cast, deeds: list[tuple[str, int, int]]
) -> None:
    """While it is not closed it has a time at which it moves; nobody is told twice for one step; closed it is silent."""

    def scene(tx: Connection, now: datetime) -> None:
        desk = Desk(tx, now)
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        number = tx.execute(select(alerts.c.id)).scalar_one()
        chain = (cast.nga, cast.son, cast.dung, cast.minh)
        moment = now
        for deed, who, minutes in deeds:
            moment += timedelta(minutes=minutes)
            if deed == "wait":
                escalate_due(tx, moment)
            else:
                Desk(tx, moment).press_data(chain[who], f"alert:{deed}:{number}")
            _look(tx)
        raise _Undo

    with pytest.raises(_Undo):
        await database.run(scene, now)


def _look(tx: Connection) -> None:
    alert = tx.execute(select(alerts)).one()
    assert (alert.next_at is None) == (alert.state == AlertState.CLOSED)
    assert (alert.taken_by is not None) or alert.state != AlertState.TAKEN
    twice = select(alert_notices.c.person_id).group_by(alert_notices.c.person_id, alert_notices.c.step)
    assert tx.execute(twice.having(func.count() > 1)).all() == []

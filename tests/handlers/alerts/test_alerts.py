"""Alerts: the chain hears one after the other until somebody has taken it, then he is reminded until it is closed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from handlers.alerts import escalate_due, join, moving, raise_alert, tell_news
from handlers.alerts.machine import REMIND_AFTER
from handlers.kinds import built_in_kinds
from handlers.reporting.recording import record
from handlers.reporting.source import Source
from storage.database import Database
from storage.outbox import parcels
from storage.record import change
from storage.records.accounts import accounts
from storage.records.alerts import AlertState, Severity, alert_notices, alerts, find_alert
from storage.records.people import people
from tests.cast import Cast, Member
from tests.handlers.playing import play
from tests.handlers.speaking import Desk

STEP = timedelta(minutes=5)  # what a step of medium severity waits


def later(desk: Desk, wait: timedelta) -> Desk:
    return Desk(desk.tx, desk.now + wait)


def state_of(tx: Connection) -> str:
    return str(tx.execute(select(alerts.c.state)).scalar_one())


def alarm(desk: Desk, who: Member) -> str:
    """The last word about an alert, whatever else an urgent event brings with it."""
    return next((text for text in reversed(desk.heard(who.account)) if "in khẩn" in text or "ết báo động" in text), "")


def number_of(tx: Connection) -> int:
    return int(tx.execute(select(alerts.c.id)).scalar_one())


def climb(desk: Desk, steps: int) -> Desk:
    """So many steps pass without an answer."""
    for count in range(1, steps + 1):
        escalate_due(desk.tx, desk.now + count * STEP)
    return later(desk, steps * STEP)


async def test_it_climbs_from_the_head_to_the_deputy_the_director_and_the_office(
    database: Database, now: datetime, cast: Cast
) -> None:
    """Head of unit and monitoring team; deputy director; director, and the office's room; focal point; and round again."""

    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        assert "🚨" in alarm(desk, cast.minh)
        assert "🚨" in alarm(desk, cast.dung)
        assert desk.heard(cast.son.account) == desk.heard(cast.nga.account) == []
        assert escalate_due(desk.tx, now + STEP - timedelta(seconds=1)) == 0
        assert escalate_due(desk.tx, now + STEP) == 1
        assert "chưa ai nhận" in alarm(desk, cast.son)
        assert desk.heard(cast.nga.account) == desk.heard(cast.rooms["office"]) == []
        escalate_due(desk.tx, now + 2 * STEP)
        assert "🚨" in alarm(desk, cast.nga)
        assert "chưa có lãnh đạo nào nhận" in desk.last(cast.rooms["office"])
        assert "sốt" not in desk.last(cast.rooms["office"])
        escalate_due(desk.tx, now + 3 * STEP)
        assert "🚨" in alarm(desk, cast.hoa)
        escalate_due(desk.tx, now + 4 * STEP)
        assert "nhắc lại lần 1" in alarm(desk, cast.minh)

    await play(database, now, scene)


async def test_the_number_of_whoever_told_it_stands_below(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        change(desk.tx, people, people.c.id == cast.lan.person_id, phone="0912345678")
        desk.say(cast.lan, "cháy ở kho Phòng KT")
        assert "☎ chị Lan (người báo): 0912345678" in alarm(desk, cast.minh)
        assert "☎ chị Lan (người báo): 0912345678" in alarm(desk, cast.nga)

    await play(database, now, scene)


async def test_what_is_severe_is_known_to_the_directors_at_once(database: Database, now: datetime, cast: Cast) -> None:
    """They read who is to act first, may take it all the same, and it climbs every three minutes."""

    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "cháy ở kho Phòng KT")
        assert "nghiêm trọng" in alarm(desk, cast.minh)
        assert "để biết" in alarm(desk, cast.nga)
        assert "anh Minh" in alarm(desk, cast.nga)
        escalate_due(desk.tx, now + timedelta(minutes=3))
        assert "nhắc lại lần" not in alarm(desk, cast.son)
        assert "chưa ai nhận" in alarm(desk, cast.son)
        later(desk, timedelta(minutes=4)).press(cast.nga, "✅ Đã nhận")
        assert state_of(desk.tx) == AlertState.TAKEN

    await play(database, now, scene)


async def test_what_is_low_waits_for_the_morning(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        night = now + timedelta(hours=15)  # 23:00
        raise_alert(desk.tx, rule="x", subject="x", unit_id=cast.units["KT"], severity=Severity.LOW, now=night)
        assert desk.heard(cast.minh.account) == []
        assert escalate_due(desk.tx, now + timedelta(hours=22)) == 0  # 06:00
        assert escalate_due(desk.tx, now + timedelta(hours=22, minutes=30)) == 1
        assert "không gấp" in alarm(desk, cast.minh)

    await play(database, now, scene)


async def test_two_must_take_it_where_the_plan_says_so(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        plan = find_alert(desk.tx, number_of(desk.tx))
        assert plan is not None
        desk.tx.execute(alerts.update().values(plan={**(plan.plan or {}), "needed": 2}))
        desk.press(cast.minh, "✅ Đã nhận")
        assert state_of(desk.tx) == AlertState.OPEN
        assert "1/2" in desk.last(cast.minh.account)
        escalate_due(desk.tx, now + STEP)
        assert "🚨" in alarm(desk, cast.son)
        later(desk, STEP).press(cast.son, "✅ Đã nhận")
        assert state_of(desk.tx) == AlertState.TAKEN

    await play(database, now, scene)


async def test_the_first_to_take_it_has_it_and_everybody_learns_so(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.press(cast.minh, "✅ Đã nhận")
        assert state_of(desk.tx) == AlertState.TAKEN
        assert "anh Minh đã nhận tin khẩn" in alarm(desk, cast.dung)
        assert "anh Minh đã nhận tin khẩn" in alarm(desk, cast.lan)
        desk.press(cast.dung, "✅ Đã nhận")
        assert "nhận trước" in desk.messages(cast.dung.account)[-1].text

    await play(database, now, scene)


async def test_who_takes_it_after_it_was_passed_on_is_told_too(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.press(cast.minh, "✅ Đã nhận")
        desk.press(cast.minh, "Tôi không xử lý được")
        desk.press(cast.son, "✅ Đã nhận")
        assert "ông Sơn đã nhận tin khẩn" in alarm(desk, cast.minh)
        assert "ông Sơn đã nhận tin khẩn" in alarm(desk, cast.lan)

    await play(database, now, scene)


async def test_who_took_it_and_cannot_be_reached_any_more_is_called(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.press(cast.minh, "✅ Đã nhận")
        desk.tx.execute(accounts.update().where(accounts.c.external_id == cast.minh.account).values(is_reachable=False))
        escalate_due(desk.tx, now + REMIND_AFTER)
        assert "không nhắn được cho anh Minh" in desk.last(cast.rooms["office"])
        assert "sốt" not in desk.last(cast.rooms["office"])

    await play(database, now, scene)


async def test_whoever_was_alarmed_hears_that_it_was_withdrawn(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.press(cast.lan, "Rút lại")
        assert "Rút lại tin khẩn" in alarm(desk, cast.minh)
        escalate_due(desk.tx, now + STEP)
        assert "Người báo đã rút lại" in alarm(desk, cast.son)

    await play(database, now, scene)


async def test_whoever_was_alarmed_hears_that_it_was_nothing(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        said = desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.say(cast.lan, "em khỏe, không ho không sốt ạ", edit_of=said)
        assert "Đính chính tin khẩn" in alarm(desk, cast.minh)
        escalate_due(desk.tx, now + STEP)
        assert "38°C" not in alarm(desk, cast.son)

    await play(database, now, scene)


async def test_who_cannot_handle_it_passes_it_on_at_once(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.press(cast.minh, "Tôi không xử lý được")
        assert "🚨" in alarm(desk, cast.son)
        assert escalate_due(desk.tx, now) == 0
        desk.press(cast.dung, "Tôi không xử lý được")  # it is no longer his turn: it has gone on
        assert desk.heard(cast.nga.account) == []

    await play(database, now, scene)


async def test_who_took_it_is_reminded_until_it_is_closed(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.press(cast.minh, "✅ Đã nhận")
        desk.forget()
        escalate_due(desk.tx, now + REMIND_AFTER)
        assert "còn mở" in desk.last(cast.minh.account)
        assert desk.heard(cast.dung.account) == []
        later(desk, REMIND_AFTER).press(cast.minh, "Đã xử lý xong")
        assert "Hết báo động" in desk.last(cast.dung.account)
        assert "Hết báo động" in desk.last(cast.lan.account)
        assert state_of(desk.tx) == AlertState.CLOSED
        assert escalate_due(desk.tx, now + timedelta(days=9)) == 0

    await play(database, now, scene)


async def test_a_leader_takes_it_by_a_word(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        number = desk.tx.execute(select(alerts.c.id)).scalar_one()
        told = Desk(desk.tx, desk.now)
        reply_to = _sent(desk.tx, cast.minh, number)
        told.say(cast.minh, "dạ em rõ rồi ạ", reply_to=reply_to)
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
        desk.say(cast.tu, f"đã nhận {number}")
        assert state_of(desk.tx) == AlertState.OPEN

    await play(database, now, scene)


async def test_a_corrected_report_amends_the_alert_and_raises_no_second(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        said = desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.say(cast.lan, "em sốt 38 từ tối qua, ho", edit_of=said)
        assert desk.tx.execute(select(func.count()).select_from(alerts)).scalar_one() == 1
        assert "Đính chính tin khẩn" in alarm(desk, cast.minh)
        assert "ho" in alarm(desk, cast.minh)

    await play(database, now, scene)


async def test_who_cannot_be_reached_is_named_to_the_office_without_the_illness(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.tx.execute(accounts.update().where(accounts.c.external_id == cast.minh.account).values(is_reachable=False))
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        assert "anh Minh" in desk.last(cast.rooms["office"])
        assert "sốt" not in desk.last(cast.rooms["office"])

    await play(database, now, scene)


async def test_a_leader_who_has_left_is_told_no_more(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.tx.execute(people.update().where(people.c.id == cast.son.person_id).values(is_active=False))
        desk.forget()
        escalate_due(desk.tx, now + STEP)
        assert desk.heard(cast.son.account) == []
        assert "🚨" in alarm(desk, cast.nga)

    await play(database, now, scene)


async def test_a_fault_in_one_alert_holds_up_no_other(
    database: Database, now: datetime, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.say(cast.tu, "em ho, đau họng từ hôm qua")
        broken = min(desk.tx.execute(select(alerts.c.id)).scalars())
        whole = moving.move

        def fail_for_one(tx: Connection, alert_id: int, moment: datetime) -> bool:
            if alert_id == broken:
                raise ValueError("a fault of ours")
            return whole(tx, alert_id, moment)

        monkeypatch.setattr(moving, "move", fail_for_one)
        desk.forget()
        assert escalate_due(desk.tx, now + STEP) == 1
        assert "ho" in alarm(desk, cast.son)
        assert escalate_due(desk.tx, now + STEP) == 0

    await play(database, now, scene)


DEEDS = st.lists(
    st.tuples(st.sampled_from(["wait", "take", "pass", "snooze", "close"]), st.integers(0, 4), st.integers(0, 40)),
    max_size=14,
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
        chain = (cast.nga, cast.son, cast.dung, cast.minh, cast.hoa)
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


async def test_answers_in_words_need_no_button(database: Database, now: datetime, cast: Cast) -> None:
    """On a platform without buttons and without replies: put off, passed on, taken, closed."""

    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.say(cast.minh, "hoãn 15 phút")
        assert "Đã hoãn" in desk.last(cast.minh.account)
        assert escalate_due(desk.tx, now + STEP) == 0
        escalate_due(desk.tx, now + 3 * STEP)
        assert "nhắc lại lần 1" in alarm(desk, cast.minh)
        assert "🚨" in alarm(desk, cast.son)
        later(desk, 3 * STEP).say(cast.son, "Không xử lý được.")
        assert "🚨" in alarm(desk, cast.nga)
        later(desk, 3 * STEP).say(cast.nga, "đã nhận ạ")
        assert state_of(desk.tx) == AlertState.TAKEN
        later(desk, 4 * STEP).say(cast.nga, "đóng")
        assert state_of(desk.tx) == AlertState.CLOSED
        later(desk, 5 * STEP).say(cast.minh, f"đã nhận {number_of(desk.tx)}")
        assert "đã được xử lý xong" in desk.last(cast.minh.account)

    await play(database, now, scene)


async def test_of_two_alerts_the_word_must_say_which(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.say(cast.tu, "em ho, đau họng từ hôm qua")
        first, second = desk.tx.execute(select(alerts.c.id).order_by(alerts.c.id)).scalars()
        desk.say(cast.minh, "đã nhận")
        assert f"đã nhận {first}" in alarm(desk, cast.minh)
        assert f"đã nhận {second}" in alarm(desk, cast.minh)
        desk.say(cast.minh, f"đã nhận {second}")
        states = dict(desk.tx.execute(select(alerts.c.id, alerts.c.state)).all())
        assert states == {first: AlertState.OPEN, second: AlertState.TAKEN}

    await play(database, now, scene)


async def test_the_word_in_answer_to_a_directive_is_no_answer_to_an_alert(
    database: Database, now: datetime, cast: Cast
) -> None:
    """And in the room it is said to the room."""

    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.say(cast.minh, "đã nhận", room=cast.rooms["KT"])
        assert state_of(desk.tx) == AlertState.OPEN

    await play(database, now, scene)


async def test_what_is_severe_is_not_put_off(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "cháy ở kho Phòng KT")
        message = next(m for m in desk.messages(cast.minh.account) if "Tin khẩn" in m.text)
        assert not any(b.text == "Hoãn 15 phút" for row in message.buttons for b in row)
        desk.say(cast.minh, "hoãn")
        assert "không hoãn được" in desk.last(cast.minh.account)
        assert escalate_due(desk.tx, now + timedelta(minutes=3)) == 1

    await play(database, now, scene)


async def test_many_reports_of_one_event_are_one_alert(database: Database, now: datetime, cast: Cast) -> None:
    """The second is told of at once, the rest together in one message."""

    def scene(desk: Desk) -> None:
        for minute in range(5):
            moment = now + timedelta(minutes=minute)
            check_in = _report_of(desk.tx, cast, moment)
            number = raise_alert(
                desk.tx,
                rule="fire",
                subject=f"tin {minute}",
                unit_id=cast.units["KT"],
                incident_id=7,
                check_in_id=check_in,
                now=moment,
            )
        assert number_of(desk.tx) == number
        told = [text for text in desk.heard(cast.minh.account) if "Tin khẩn" in text]
        assert ["tin 0" in text for text in told] == [True, False]
        assert tell_news(desk.tx, now + timedelta(minutes=10)) == 0
        assert tell_news(desk.tx, now + timedelta(minutes=11)) == 1
        assert "Thêm 3 tin" in alarm(desk, cast.minh)
        assert tell_news(desk.tx, now + timedelta(minutes=30)) == 0

    await play(database, now, scene)


def _report_of(tx: Connection, cast: Cast, moment: datetime) -> int:
    """A report whose kind raises no alert of its own."""
    source = Source(platform="telegram", chat_id="1", message_id=None, said="x")
    return record(
        tx,
        kind=built_in_kinds()["travel_notice"],
        answers={"destinations": ["Huế"], "leaves_on": "2026-11-23", "returns_on": "2026-11-24"},
        unit_id=cast.units["KT"],
        person_id=cast.lan.person_id,
        reported_by=cast.lan.person_id,
        source=source,
        now=moment,
    ).id


async def test_a_human_joins_two_alerts_and_old_buttons_follow(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        desk.say(cast.tu, "em sốt 39 từ tối qua")
        first, second = desk.tx.execute(select(alerts.c.id).order_by(alerts.c.id)).scalars()
        assert join(desk.tx, second, into_id=first, by=cast.hoa.person_id, now=now)
        assert not join(desk.tx, second, into_id=first, by=cast.hoa.person_id, now=now)
        assert not join(desk.tx, first, into_id=first, by=cast.hoa.person_id, now=now)
        desk.press_data(cast.minh, f"alert:take:{second}")
        taken = find_alert(desk.tx, first)
        assert taken is not None
        assert taken.taken_by == cast.minh.person_id
        assert tell_news(desk.tx, now) == 0
        assert "anh Minh đã nhận" in alarm(desk, cast.tu)

    await play(database, now, scene)


async def test_an_old_button_wakes_nobody_months_later(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        number = number_of(desk.tx)
        desk.press(cast.minh, "✅ Đã nhận")
        desk.press(cast.minh, "Đã xử lý xong")
        months_later = later(desk, timedelta(days=120))
        desk.forget()
        for deed in ("take", "pass", "snooze", "close"):
            months_later.press_data(cast.dung, f"alert:{deed}:{number}")
        assert all("đã được xử lý xong" in message.text for message in desk.messages(cast.dung.account))
        assert desk.heard(cast.minh.account) == desk.heard(cast.nga.account) == []

    await play(database, now, scene)


async def test_a_slip_in_the_number_is_told_which_there_are(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.minh, "đóng 77")
        assert "tin khẩn" not in desk.last(cast.minh.account)
        desk.say(cast.lan, "cháy ở kho Phòng KT")
        for words in ("đã nhận 777777", "đóng 777777", "không xử lý được 777777"):
            desk.say(cast.minh, words)
            told = desk.last(cast.minh.account)
            assert told.startswith("Không có tin khẩn số 777777 gửi anh. Đang mở:")
            assert f"số {number_of(desk.tx)}: chị Vũ Thị Lan" in told
        assert state_of(desk.tx) == AlertState.OPEN

    await play(database, now, scene)

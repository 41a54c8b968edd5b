"""Travel approval: asked step by step, decided by button or word, told to the traveller, renewed by a correction."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from handlers.approvals import remind_due
from handlers.approvals.machine import (
    Agreed,
    Corrected,
    Event,
    Over,
    Returned,
    Standing,
    Why,
    Withdrawn,
    next_standing,
)
from storage.database import Database
from storage.invariants import broken_invariants
from storage.record import find_all
from storage.records.approvals import Act, Approval, ApprovalState, approvals, steps_of
from storage.records.people import posts
from tests.cast import Cast
from tests.handlers.playing import play
from tests.handlers.speaking import Desk
from tests.rehearsal import rehearse

TRIP = "thứ Tư em đi Đà Nẵng họp, thứ Sáu về"


def later(desk: Desk, **wait: int) -> Desk:
    return Desk(desk.tx, desk.now + timedelta(**wait))


def only(desk: Desk) -> Approval:
    (found,) = find_all(desk.tx, Approval, approvals)
    return found


async def test_the_head_then_the_leader_agree_and_the_traveller_hears_each(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, TRIP)
        assert "chờ anh Minh duyệt (bước 1/2)" in desk.last(cast.lan.account)
        assert "xin duyệt" in desk.last(cast.minh.account)
        assert "chờ anh Minh duyệt" in desk.last(cast.nga.account)  # told, not asked
        desk.press(cast.minh, "Đồng ý")
        assert "anh Minh đã đồng ý. Đơn đang chờ bà Nga duyệt" in desk.last(cast.lan.account)
        assert "anh Minh đã đồng ý lúc 08:00" in desk.last(cast.nga.account)
        desk.press(cast.nga, "Đồng ý")
        assert "bà Nga đã đồng ý. Đơn đã được duyệt" in desk.last(cast.lan.account)
        assert only(desk).state == ApprovalState.APPROVED

    await play(database, now, scene)


async def test_sent_back_only_with_a_reason(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, TRIP)
        desk.press(cast.minh, "Trả lại")
        assert only(desk).state == ApprovalState.WAITING
        assert "Xin ghi lý do trả lại" in desk.last(cast.minh.account)
        desk.say(cast.minh, "thứ Tư có đoàn kiểm tra")
        assert only(desk).comment == "thứ Tư có đoàn kiểm tra"
        assert "anh Minh trả lại đơn, lý do: thứ Tư có đoàn kiểm tra" in desk.last(cast.lan.account)
        assert desk.button("Sửa", cast.lan.account)
        desk.say(cast.lan, "ok anh")
        assert "không ghi gì thêm" in desk.last(cast.lan.account)
        desk.say(cast.lan, "vậy thứ 5 về ạ")
        assert "26/11/2026, công tác. Đúng không ạ?" in desk.last(cast.lan.account)
        desk.press(cast.lan, "Đúng")
        assert "chờ anh Minh duyệt" in desk.last(cast.lan.account)

    await play(database, now, scene)


async def test_decided_by_words_alone(database: Database, now: datetime, cast: Cast) -> None:
    """Where no platform shows what is answered: one request waits, so the words mean that one."""

    def scene(desk: Desk) -> None:
        desk.say(cast.lan, TRIP)
        desk.say(cast.minh, "Đồng ý ạ")
        assert only(desk).step == 1
        desk.say(cast.nga, "Trả lại: đi vào tuần sau nhé")
        assert only(desk).comment == "đi vào tuần sau nhé"
        assert "bà Nga trả lại đơn anh đã đồng ý" in desk.last(cast.minh.account)

    await play(database, now, scene)


async def test_two_waiting_are_never_decided_by_one_word(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, TRIP)
        desk.say(cast.tu, "thứ Năm em đi Hải Phòng họp, thứ Sáu về")
        desk.say(cast.minh, "đồng ý")
        assert {each.step for each in find_all(desk.tx, Approval, approvals)} == {0}
        assert "Có 2 đơn chờ anh duyệt" in desk.last(cast.minh.account)
        desk.press(cast.minh, "Đồng ý 2")
        assert "anh Minh đã đồng ý" in desk.last(cast.tu.account)
        assert "anh Minh đã đồng ý" not in desk.last(cast.lan.account)

    await play(database, now, scene)


async def test_the_same_words_of_somebody_whom_nobody_asked_decide_nothing(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, TRIP)
        asked = desk.button("Đồng ý", cast.minh.account)
        desk.say(cast.tu, "đồng ý")
        desk.press_data(cast.tu, asked)
        desk.press_data(cast.lan, asked)
        assert only(desk).step == 0
        assert "thẩm quyền khác" in desk.messages(cast.lan.account)[-1].text

    await play(database, now, scene)


async def test_who_is_on_leave_is_stood_in_for(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.nga, "hôm nay tôi nghỉ phép")
        desk.say(cast.thu, "thứ Tư chị đi Hà Nội họp, thứ Sáu về")  # a head: the leaders decide
        assert "chờ ông Sơn duyệt" in desk.last(cast.thu.account)

    await play(database, now, scene)


async def test_leave_reported_after_the_request_passes_it_on(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.thu, "thứ Tư chị đi Hà Nội họp, thứ Sáu về")
        assert "chờ bà Nga duyệt" in desk.last(cast.thu.account)
        desk.say(cast.nga, "hôm nay tôi nghỉ phép")
        late = later(desk, hours=2, minutes=1)
        remind_due(late.tx, late.now)
        assert "bà Nga đang nghỉ, tôi đã chuyển đơn của chị tới ông Sơn" in desk.last(cast.thu.account)
        desk.press(cast.son, "Đồng ý")
        assert only(desk).state == ApprovalState.APPROVED

    await play(database, now, scene)


async def test_one_reminder_for_all_that_wait_then_somebody_else_is_asked(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, TRIP)
        desk.say(cast.tu, "thứ Năm em đi Hải Phòng họp, thứ Sáu về")
        for hours, expected in ((3, 1), (8, 2), (25, 2)):
            late = later(desk, hours=hours)
            remind_due(late.tx, late.now)
            reminders = [text for text in desk.heard(cast.minh.account) if "Nhắc duyệt" in text]
            assert len(reminders) == expected
        assert "2 đơn đang chờ anh" in reminders[0]
        # no deputy in the unit: the leaders stand in
        assert "anh Minh chưa trả lời, tôi đã chuyển đơn của chị tới bà Nga" in desk.last(cast.lan.account)

    await play(database, now, scene)


async def test_a_deputy_in_charge_of_the_unit_comes_before_the_director(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        is_son = posts.c.person_id == cast.son.person_id
        desk.tx.execute(update(posts).where(is_son).values(unit_id=cast.units["TM"]))
        desk.say(cast.thu, "thứ Tư chị đi Hà Nội họp, thứ Sáu về")
        assert "chờ ông Sơn duyệt" in desk.last(cast.thu.account)
        desk.say(cast.minh, "thứ Tư tôi đi Hà Nội họp, thứ Sáu về")
        assert "chờ bà Nga duyệt" in desk.last(cast.minh.account)

    await play(database, now, scene)


async def test_a_correction_asks_anew_and_old_buttons_decide_nothing(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        said = desk.say(cast.lan, TRIP)
        old = desk.button("Đồng ý", cast.minh.account)
        desk.press(cast.minh, "Đồng ý")
        desk.say(cast.lan, "thứ Tư em đi Đà Nẵng họp, Chủ nhật về", edit_of=said)
        assert (only(desk).round, only(desk).step) == (2, 0)
        assert "xin duyệt (đính chính)" in desk.last(cast.minh.account)
        desk.press_data(cast.minh, old)
        assert only(desk).step == 0
        assert "đã được sửa hoặc đã sang bước khác" in desk.messages(cast.minh.account)[-1].text

    await play(database, now, scene)


async def test_a_withdrawn_notice_needs_no_decision(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, TRIP)
        desk.press(cast.lan, "Rút lại")
        assert only(desk).state == ApprovalState.WITHDRAWN
        assert "(rút lại)" in desk.last(cast.minh.account)
        desk.press(cast.minh, "Đồng ý")
        assert "đã có quyết định hoặc đã rút" in desk.messages(cast.minh.account)[-1].text

    await play(database, now, scene)


async def test_who_leaves_today_is_told_on_not_refused(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "hôm nay em đi Hải Phòng họp, mai về")
        assert "· GẤP" in desk.last(cast.minh.account)
        assert "vẫn đi được" in desk.last(cast.lan.account)
        late = later(desk, minutes=31)
        remind_due(late.tx, late.now)
        assert "Nhắc duyệt" in desk.last(cast.minh.account)
        over = later(desk, days=3)
        remind_due(over.tx, over.now)
        assert only(desk).state == ApprovalState.LAPSED

    await play(database, now, scene)


async def test_the_day_comes_undecided(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, TRIP)
        there = later(desk, days=2)
        remind_due(there.tx, there.now)
        assert any("ngày đi mà đơn chưa có quyết định" in text for text in desk.heard(cast.lan.account))
        assert any("Đến ngày đi mà đơn vẫn chờ" in text for text in desk.heard(cast.minh.account))
        assert only(desk).state == ApprovalState.WAITING

    await play(database, now, scene)


async def test_what_is_told_on_coming_back_asks_nobody(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em đi Hà Nội công tác về hôm nay rồi ạ")
        assert find_all(desk.tx, Approval, approvals) == []

    await play(database, now, scene)


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        ("tắt", None),
        ("nhân viên: không cần", None),
        ("mọi người đi công tác: không cần", None),
        ("đi công tác: giám đốc", "bà Nga"),
        ("nhân viên: văn phòng", "chị Hoa"),
        ("nhan vien di cong tac: lanh dao phu trach", "bà Nga"),
        ("trưởng đơn vị: không cần", "anh Minh"),
        ("nhân viên đi khám bệnh: không cần", "anh Minh"),
    ],
)
async def test_the_office_says_who_decides(
    database: Database, now: datetime, cast: Cast, rule: str, asked: str | None
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, f"/quydinhduyet {rule}")
        assert "Đã đổi" in desk.last(cast.hoa.account)
        desk.say(cast.lan, TRIP)
        if asked is None:
            assert find_all(desk.tx, Approval, approvals) == []
            assert "Trạng thái" not in desk.last(cast.lan.account)
        else:
            assert f"chờ {asked} duyệt" in desk.last(cast.lan.account)

    await play(database, now, scene)


async def test_a_rule_that_is_not_understood_changes_nothing(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        for rule in ("nhân viên", "nhân viên: ai đó", "ông kẹ: giám đốc", "nhân viên đi chơi xa: giám đốc", ":"):
            desk.say(cast.hoa, f"/quydinhduyet {rule}")
            assert "chưa đổi gì" in desk.last(cast.hoa.account)
        desk.say(cast.lan, "/quydinhduyet tắt")
        assert "thẩm quyền khác" in desk.last(cast.lan.account)
        desk.say(cast.lan, TRIP)
        assert "chờ anh Minh duyệt" in desk.last(cast.lan.account)

    await play(database, now, scene)


async def test_who_sees_what_waits(database: Database, now: datetime, cast: Cast) -> None:
    """The approver what he has to decide, the traveller his own, the office all; nobody else anything."""

    def scene(desk: Desk) -> None:
        desk.say(cast.lan, TRIP)
        desk.forget()
        for who, expected in (
            (cast.minh, "Có 1 đơn chờ anh duyệt"),
            (cast.lan, "Đơn của chị:"),
            (cast.hoa, "Toàn cơ quan còn 1 đơn chờ duyệt"),
            (cast.tu, "Không có đơn nào chờ duyệt."),
        ):
            desk.say(who, "/duyet")
            assert expected in desk.last(who.account)

    await play(database, now, scene)


EVENTS = st.one_of(
    st.builds(Agreed, st.integers(1, 4), st.integers(0, 2)),
    st.builds(Returned, st.integers(1, 4), st.integers(0, 2)),
    st.builds(Corrected, st.integers(0, 3)),
    st.just(Withdrawn()),
    st.just(Over()),
)


@given(steps=st.integers(1, 3), events=st.lists(EVENTS, max_size=30))
def test_whatever_is_pressed_it_is_approved_only_step_by_step(steps: int, events: list[Event]) -> None:
    standing = Standing(state=ApprovalState.WAITING, round=1, step=0, steps=steps)
    agreed: set[tuple[int, int]] = set()
    for event in events:
        before, move = standing, next_standing(standing, event)
        standing = move.standing
        if isinstance(event, Agreed) and move.why in (Why.NEXT_STEP, Why.APPROVED):
            agreed.add((event.round, event.step))
        if standing.state is ApprovalState.APPROVED:
            assert {(standing.round, step) for step in range(standing.steps)} <= agreed
        if move.why in (Why.OLD_BUTTON, Why.DECIDED, Why.NOTHING):
            assert standing == before
        assert 0 <= standing.step < standing.steps
        assert standing.round >= before.round
        if before.state in (ApprovalState.WITHDRAWN, ApprovalState.LAPSED) and not isinstance(event, Corrected):
            assert standing.state in (before.state, ApprovalState.WITHDRAWN)
    for step in range(standing.step, standing.steps):  # and from wherever it waits, agreeing ends it
        if standing.state is ApprovalState.WAITING:
            standing = next_standing(standing, Agreed(standing.round, step)).standing
    assert standing.state is not ApprovalState.WAITING


DEEDS = st.lists(
    st.sampled_from(
        ["minh yes", "nga yes", "son yes", "minh no", "nga no", "edit a", "edit b", "undo", "tick", "leave nga", "old"]
    ),
    min_size=3,
    max_size=14,
)


@settings(max_examples=6)
@given(deeds=DEEDS)
async def test_any_order_of_presses_ticks_and_corrections_leaves_the_books_in_order(
    database: Database, now: datetime, cast: Cast, deeds: list[str]
) -> None:
    def scene(tx: object, now: datetime) -> None:
        desk = Desk(tx, now)  # type: ignore[arg-type]
        said = desk.say(cast.lan, TRIP)
        old = desk.button("Đồng ý", cast.minh.account)
        for deed in deeds:
            desk.now += timedelta(minutes=50)
            _do(desk, cast, deed, said, old)
            assert broken_invariants(desk.tx) == []
            approval = find_all(desk.tx, Approval, approvals)[-1]  # told again after a withdrawal, it is a new one
            if approval.state == ApprovalState.WAITING:
                assert approval.asked_id is not None
                assert approval.asked_id != cast.lan.person_id
            decided = [each.act for each in steps_of(desk.tx, approval.id) if each.round == approval.round]
            assert decided.count(Act.RETURNED) <= 1

    await rehearse(database, scene, now)


def _do(desk: Desk, cast: Cast, deed: str, said: str, old: str) -> None:
    match deed.split():
        case [name, "yes"]:
            desk.say(getattr(cast, name), "đồng ý")
        case [name, "no"]:
            desk.say(getattr(cast, name), "trả lại: chưa phù hợp")
        case ["edit", "a"]:
            desk.say(cast.lan, "thứ Tư em đi Đà Nẵng họp, Chủ nhật về", edit_of=said)
        case ["edit", _]:
            desk.say(cast.lan, TRIP, edit_of=said)
        case ["undo"]:
            desk.press(cast.lan, "Rút lại")
        case ["tick"]:
            desk.now += timedelta(hours=3)
            remind_due(desk.tx, desk.now)
        case ["leave", _]:
            desk.say(cast.nga, "hôm nay tôi nghỉ phép")
        case _:
            desk.press_data(cast.minh, old)

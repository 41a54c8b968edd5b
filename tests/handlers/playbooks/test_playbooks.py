"""Playbooks: run with an incident or as a drill; steps by role, told once, ticked in chat, chased; it ends with a report."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, func, select

from handlers.local_time import local_day
from handlers.playbooks import chase_steps, chasing, roles
from handlers.playbooks.answers import how_fast, said_wait, wait_for
from handlers.playbooks.definition import Playbook, Step
from handlers.playbooks.library import shipped
from handlers.playbooks.roles import Holder, holders_in_batches
from handlers.playbooks.running import start_run
from storage.database import Database
from storage.invariants import broken_invariants
from storage.messages import Deed, IncomingFile
from storage.outbox import parcels
from storage.record import add
from storage.records.check_ins import CheckInState, check_ins, figures
from storage.records.files import find_file
from storage.records.incidents import incidents
from storage.records.people import Role, people, posts
from storage.records.playbooks import (
    RunState,
    StepHolder,
    StepState,
    find_run,
    holders_in_run,
    running,
    runs,
    steps_of,
)
from storage.schema import metadata
from tests.cast import Cast, Member, settle_in
from tests.conftest import MONDAY
from tests.handlers.playing import play_soundly
from tests.handlers.speaking import Desk

PHOTO = IncomingFile(reference="photo-1", name="anh.jpg", media_type="image/jpeg", size=1000, kind="photo")


def later(desk: Desk, **wait: float) -> Desk:
    desk.now += timedelta(**wait)
    return desk


def states(desk: Desk) -> dict[int, str]:
    [run_id] = desk.tx.execute(select(runs.c.id)).scalars()
    return {row.number: row.state for row in steps_of(desk.tx, run_id)}


def begin(desk: Desk, who: Member, title: str, *choices: str, drill: bool = False) -> None:
    desk.say(who, f"/phuongan {title}")
    desk.press(who, "Diễn tập" if drill else "Chạy thật")
    for choice in choices:
        desk.press(who, choice)
    desk.press(who, "Bắt đầu diễn tập" if drill else "Bắt đầu")


def who_holds(tx: Connection, words: str, *, unit_id: int, day: date) -> list[Holder]:
    return [holder for some in holders_in_batches(tx, words, unit_id=unit_id, day=day) for holder in some]


def on_leave(desk: Desk, who: Member) -> None:
    add(
        desk.tx,
        check_ins,
        kind="presence",
        unit_id=desk.tx.execute(select(posts.c.unit_id).where(posts.c.person_id == who.person_id)).scalars().first(),
        person_id=who.person_id,
        reported_by=who.person_id,
        day=local_day(desk.now),
        answers={"status": "leave"},
        said="em nghỉ phép",
        state=CheckInState.CURRENT,
        is_late=False,
        reported_at=desk.now,
        platform="telegram",
        chat_id=who.account,
    )


async def test_a_case_in_the_office_from_the_report_to_the_closing_report(
    database: Database, now: datetime, cast: Cast
) -> None:
    """Offered with the incident, begun by a human; one step after the other; photo, note and word; the document at the end."""

    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "phòng em có anh Tú dương tính covid sáng nay ạ")
        desk.press(cast.nga, "Chạy: Ca bệnh tại cơ quan, đơn vị")
        assert "4 bước, 9 người" in desk.last(cast.nga.account)
        assert running(desk.tx) == []
        desk.press(cast.nga, "Bắt đầu")
        assert states(desk) == {1: "open", 2: "waiting", 3: "waiting", 4: "waiting"}
        assert "Thông báo ngay cho Sở Y tế" in desk.last(cast.hoa.account)
        desk.press(cast.hoa, "✅ Xong")
        assert "Xin ghi một câu kết quả" in desk.last(cast.hoa.account)
        desk.say(cast.hoa, "đã gọi chị Hạnh ở CDC tỉnh")
        assert states(desk) == {1: "done", 2: "open", 3: "open", 4: "open"}
        desk.say(cast.hoa, "xong bước 2 nhé", file=PHOTO)
        assert states(desk)[2] == StepState.DONE
        for step in (3, 4):
            for member in (cast.nga, cast.son, cast.hoa, cast.minh, cast.lan, cast.tu, cast.thu, cast.phuc, cast.dung):
                [run] = running(desk.tx)
                [row] = [row for row in steps_of(desk.tx, run.id) if row.number == step]
                desk.press_data(member, f"step:done:{row.id}")
        assert set(states(desk).values()) == {StepState.DONE}
        assert running(desk.tx) == []
        closing = [message for message in desk.messages(cast.nga.account) if message.file][-1]
        assert "Xong 4/4 bước, 0 bước quá hạn" in closing.text
        assert closing.file is not None
        file = find_file(desk.tx, closing.file.file_id or 0)
        assert file is not None
        said = text_of(file.content or b"")
        assert "BÁO CÁO THỰC HIỆN PHƯƠNG ÁN" in said
        assert "đã gọi chị Hạnh ở CDC tỉnh" in said
        assert "có ảnh" in said
        assert "chị Nguyễn Thị Hoa" in said

    await play_soundly(database, now, scene)


def text_of(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


async def test_the_level_decides_which_steps_there_are(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        begin(desk, cast.nga, "tai nạn lao động", "Cấp 1")
        assert set(states(desk)) == {1, 2, 6, 7, 8}
        assert states(desk)[7] == StepState.WAITING

    await play_soundly(database, now, scene)


async def test_nobody_begins_the_same_twice(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        begin(desk, cast.nga, "gần trụ sở")
        desk.press(cast.nga, "Bắt đầu")
        assert "đang chạy rồi" in desk.last(cast.nga.account)
        assert len(running(desk.tx)) == 1
        desk.say(cast.lan, "/phuongan")
        assert "thẩm quyền" in desk.last(cast.lan.account)
        desk.press_data(cast.lan, "pb:go:r:ca_benh_gan_tru_so:1:-:0")
        assert len(running(desk.tx)) == 1
        [run] = running(desk.tx)
        desk.press_data(cast.lan, f"run:end:{run.id}")
        assert len(running(desk.tx)) == 1

    await play_soundly(database, now, scene)


async def test_overdue_steps_are_chased_then_the_leader_hears_then_it_ends(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        begin(desk, cast.nga, "tại cơ quan")
        desk.forget()
        assert chase_steps(desk.tx, now + timedelta(minutes=14)) == 0
        assert chase_steps(desk.tx, now + timedelta(minutes=15)) == 1
        assert chase_steps(desk.tx, now + timedelta(minutes=15)) == 0
        assert any("Bước 1 đã quá hạn" in text for text in desk.heard(cast.hoa.account))
        assert not any("quá hạn" in text for text in desk.heard(cast.nga.account))
        assert states(desk)[2] == StepState.OPEN  # the next ones wait no longer
        chase_steps(desk.tx, now + timedelta(minutes=45))
        assert any("Xin hỏi lại, hoặc ghi hộ" in text for text in desk.heard(cast.nga.account))
        desk.press(cast.nga, "Ghi hộ một bước")
        [second] = [
            b for row in desk.messages(cast.nga.account)[-1].buttons for b in row if b.text.startswith("✅ Bước 2")
        ]
        desk.press_data(cast.nga, second.data)
        desk.say(cast.nga, "chị Hoa gọi báo đã khử trùng xong")
        assert states(desk)[2] == StepState.DONE
        for hours in range(1, 80):
            chase_steps(desk.tx, now + timedelta(hours=hours))
        assert running(desk.tx) == []
        [run_id] = desk.tx.execute(select(runs.c.id)).scalars()
        ended = find_run(desk.tx, run_id)
        assert ended is not None
        assert (ended.state, ended.closed_by) == (RunState.CLOSED, None)
        assert any("Không làm: bước 1, 3, 4" in text for text in desk.heard(cast.nga.account))
        desk.press_data(cast.hoa, f"step:done:{steps_of(desk.tx, run_id)[0].id}")
        assert "đã kết thúc" in desk.messages(cast.hoa.account)[-1].text

    await play_soundly(database, now, scene)


async def test_who_cannot_says_why_and_the_leader_decides(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        begin(desk, cast.nga, "tại cơ quan")
        desk.press(cast.hoa, "Tôi không làm được")
        desk.say(cast.hoa, "em đang đi công tác xa")
        assert "chị Hoa không làm được bước 1: em đang đi công tác xa" in desk.last(cast.nga.account)
        desk.press(cast.nga, "Bỏ bước này")
        desk.say(cast.nga, "tôi đã gọi trực tiếp Sở Y tế")
        assert states(desk)[1] == StepState.DROPPED
        assert states(desk)[2] == StepState.OPEN

    await play_soundly(database, now, scene)


async def test_a_deputy_stands_in_for_who_is_on_leave(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        on_leave(desk, cast.minh)
        kt, day = cast.units["KT"], local_day(desk.now)
        [holder, *_] = who_holds(desk.tx, "trưởng đơn vị", unit_id=kt, day=day)
        assert holder.instead_of is not None
        assert holder.person.id in {cast.nga.person_id, cast.son.person_id}  # no deputy in this unit: the leaders
        values = {"person_id": cast.lan.person_id, "unit_id": kt, "role": Role.DEPUTY_HEAD, "title": "Phó phòng"}
        add(desk.tx, posts, **values, valid_from=day)
        [holder] = who_holds(desk.tx, "trưởng đơn vị", unit_id=kt, day=day)
        assert (holder.person.id, holder.instead_of and holder.instead_of.id) == (
            cast.lan.person_id,
            cast.minh.person_id,
        )
        [holder] = who_holds(desk.tx, "trưởng đơn vị Phòng TM", unit_id=kt, day=day)
        assert (holder.person.id, holder.instead_of) == (cast.thu.person_id, None)

    await play_soundly(database, now, scene)


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("giám đốc", {"nga"}),
        ("lãnh đạo", {"nga", "son"}),
        ("Văn phòng", {"hoa"}),
        ("Chánh Văn phòng", {"hoa"}),  # nobody heads it in this office: whoever works there
        ("tổ giám sát", {"dung"}),
        ("trưởng các đơn vị", {"minh", "thu"}),
        ("đầu mối", {"minh"}),
    ],
)
async def test_roles_are_found_through_the_posts(
    database: Database, now: datetime, cast: Cast, words: str, who: set[str]
) -> None:
    def scene(desk: Desk) -> None:
        found = who_holds(desk.tx, words, unit_id=cast.units["KT"], day=local_day(desk.now))
        assert {holder.person.id for holder in found} == {getattr(cast, name).person_id for name in who}

    await play_soundly(database, now, scene)


async def test_a_drill_says_so_in_every_message_and_touches_nothing_real(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        tables = (check_ins, figures, incidents)
        before = [desk.tx.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]
        begin(desk, cast.nga, "tại cơ quan", drill=True)
        desk.forget()
        [run] = running(desk.tx)
        [first, *_] = steps_of(desk.tx, run.id)
        later(desk, minutes=2)
        desk.press_data(cast.hoa, f"step:seen:{first.id}")
        desk.press_data(cast.hoa, f"step:done:{first.id}")
        later(desk, minutes=3)
        third = steps_of(desk.tx, run.id)[2]
        for member in (cast.lan, cast.tu, cast.minh):
            later(desk, minutes=1)
            desk.press_data(member, f"step:done:{third.id}")
        for minutes in range(60):
            chase_steps(desk.tx, desk.now + timedelta(minutes=minutes))
        chase_steps(desk.tx, now + timedelta(minutes=60))
        said = [message for message in desk.messages() if message.deed != Deed.REACT]
        assert len(said) > 20
        assert [message.text for message in said if "DIỄN TẬP" not in message.text] == []
        after = [desk.tx.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]
        assert after == before
        assert running(desk.tx) == []
        closing = [message for message in said if message.file][-1]
        assert "Trả lời: 4/9 người" in closing.text
        assert "25% sau 5 phút 00 giây, 50% chưa đạt, 75% chưa đạt" in closing.text

    await play_soundly(database, now, scene)


async def test_a_step_of_everybody_reaches_each_of_them_however_many_they_are(
    database: Database, now: datetime, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are told some at a time, without who is away; counted instead of read; and only the silent are chased."""
    monkeypatch.setattr(roles, "BATCH", 2)
    monkeypatch.setattr(chasing, "BATCH", 2)
    step = Step(text="Đeo khẩu trang khi tiếp công dân", who="toàn thể", minutes=30, each=True)
    playbook = Playbook(name="thu", title="Thử", source="", incidents=(), place=None, steps=(step,))

    def scene(desk: Desk) -> None:
        on_leave(desk, cast.tu)
        everybody = set(desk.tx.execute(select(people.c.id).where(people.c.is_active)).scalars())
        run = start_run(desk.tx, playbook, unit_id=cast.units["KT"], by=cast.nga.person_id, now=desk.now)
        [row] = steps_of(desk.tx, run.id)
        assert sorted(one.person_id for one in holders_in_run(desk.tx, run.id)) == sorted(
            everybody - {cast.tu.person_id}
        )
        assert f"0/{len(everybody) - 1} người" in desk.last(cast.nga.account)
        desk.press_data(cast.lan, f"step:done:{row.id}")
        assert f"1/{len(everybody) - 1} người" in desk.last(cast.nga.account)
        desk.forget()
        chase_steps(desk.tx, later(desk, minutes=31).now)
        chased = {message.chat_id for message in desk.messages() if "quá hạn" in message.text}
        assert cast.lan.account not in chased
        assert len(chased) == len(everybody) - 2

    await play_soundly(database, now, scene)


async def test_where_everybody_is_away_everybody_is_meant(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        everybody = list(desk.tx.execute(select(people.c.id).where(people.c.is_active)).scalars())
        for member in (cast.nga, cast.son, cast.hoa, cast.minh, cast.lan, cast.tu, cast.thu, cast.phuc, cast.dung):
            on_leave(desk, member)
        found = who_holds(desk.tx, "toàn thể", unit_id=cast.units["KT"], day=local_day(desk.now))
        assert sorted(holder.person.id for holder in found) == sorted(everybody)

    await play_soundly(database, now, scene)


def test_shares_are_of_those_who_were_asked() -> None:
    minutes = [timedelta(minutes=each) for each in (1, 2, 3, 10)]
    assert wait_for(25, minutes, 8) == timedelta(minutes=2)
    assert wait_for(50, minutes, 8) == timedelta(minutes=10)
    assert wait_for(75, minutes, 8) is None
    assert wait_for(25, [], 0) is None
    assert said_wait(timedelta(minutes=62, seconds=5)) == "1 giờ 2 phút 05 giây"
    held = [
        StepHolder(1, 1, 7, None, MONDAY, True, "done", MONDAY + timedelta(minutes=5)),
        StepHolder(2, 2, 7, None, MONDAY + timedelta(minutes=1), True, "done", MONDAY + timedelta(minutes=2)),
        StepHolder(3, 1, 8, None, MONDAY, False, None, None),
    ]
    found = how_fast(held)
    assert (found.asked, found.answered, found.unreached) == (2, 1, 1)
    assert found.after == {25: timedelta(minutes=2), 50: timedelta(minutes=2), 75: None}


async def test_the_office_writes_its_own_in_the_chat(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, "/phuongan tên: Mất điện diện rộng\ncác bước:\n  - việc: Chạy máy phát\n    ai: Văn phòng")
        assert "Dòng 3: bước 1 chưa ghi" in desk.last(cast.hoa.account)
        desk.say(
            cast.hoa,
            "/phuongan tên: Mất điện diện rộng\ncác bước:\n  - việc: Chạy máy phát\n    ai: Văn phòng\n    hạn: 15 phút",
        )
        assert "1. Chạy máy phát (Văn phòng, 15 phút)" in desk.last(cast.hoa.account)
        desk.say(cast.hoa, "lưu")
        assert "Đã lưu phương án “Mất điện diện rộng”, 1 bước" in desk.last(cast.hoa.account)
        begin(desk, cast.nga, "mất điện")
        desk.say(cast.hoa, "xong")
        assert running(desk.tx) == []
        desk.say(cast.hoa, "/phuongan mất điện")
        desk.press(cast.hoa, "Dừng")
        desk.say(cast.nga, "/dientap")
        assert "Mất điện" not in str(desk.messages(cast.nga.account)[-1].buttons)
        desk.press(cast.hoa, "Lưu")
        assert "đã được lưu hoặc đã bỏ" in desk.last(cast.hoa.account)

    await play_soundly(database, now, scene)


TRIAL = Playbook(
    name="trial",
    title="Thử",
    source="",
    incidents=(),
    place=None,
    steps=(
        Step(text="một", who="Văn phòng", minutes=15),
        Step(text="hai", who="trưởng các đơn vị", minutes=30, each=True, after=1),
        Step(text="ba", who="toàn thể", minutes=60, each=True),
        Step(text="bốn", who="lãnh đạo", minutes=120, after=2),
        Step(text="năm", who="giám đốc", minutes=15, after=4),
    ),
)
ACTS = st.lists(
    st.tuples(
        st.integers(1, 400),
        st.sampled_from(["done", "seen", "decline", "tick", "end"]),
        st.integers(1, 5),
        st.integers(0, 8),
    ),
    max_size=25,
)


@settings(max_examples=settings.default.max_examples // 5)
@given(ACTS, st.booleans())
def test_whatever_people_do_a_run_ends_and_no_step_is_told_twice(acts: list[Any], is_drill: bool) -> None:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as tx:
        cast = settle_in(tx, MONDAY)
        members = [cast.nga, cast.son, cast.hoa, cast.minh, cast.lan, cast.tu, cast.thu, cast.phuc, cast.dung]
        run = start_run(tx, TRIAL, unit_id=cast.units["KT"], by=cast.nga.person_id, now=MONDAY, is_drill=is_drill)
        desk = Desk(tx, MONDAY)
        for minutes, act, number, who in acts:
            later(desk, minutes=minutes)
            if act == "tick":
                chase_steps(tx, desk.now)
            elif act == "end":
                desk.press_data(members[who], f"run:end:{run.id}") if who < 2 and number == 1 else None
            else:
                row = steps_of(tx, run.id)[number - 1]
                desk.press_data(members[who], f"step:{act}:{row.id}")
        for hours in range(0, 24 * 4, 2):  # and then nobody does anything any more
            chase_steps(tx, desk.now + timedelta(hours=hours))
        ended = find_run(tx, run.id)
        assert ended is not None
        assert ended.state == RunState.CLOSED
        told = Counter(tx.execute(select(parcels.c.key).where(parcels.c.key.like("run_step/%/told/%"))).scalars())
        assert all(count == 1 for count in told.values())
        for row in steps_of(tx, run.id):
            assert row.state in (StepState.DONE, StepState.DROPPED, StepState.LEFT)
            assert row.chases <= 4
            people = [holder.person_id for holder in holders_in_run(tx, run.id) if holder.step_id == row.id]
            assert len(people) == len(set(people))
        assert broken_invariants(tx) == []
        assert chase_steps(tx, desk.now + timedelta(days=30)) == 0
    engine.dispose()


def test_every_shipped_playbook_finds_somebody_for_every_step() -> None:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as tx:
        cast = settle_in(tx, MONDAY)
        for entry in shipped().values():
            for step in entry.playbook.steps:
                assert who_holds(tx, step.who, unit_id=cast.units["KT"], day=local_day(MONDAY)), step.who
    engine.dispose()

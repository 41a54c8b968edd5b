"""The check of a database says nothing of a healthy one, and names every kind of damage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, delete, insert, text

from storage import inbox, outbox
from storage.database import Database
from storage.invariants import FAMILY, INVARIANTS, broken_invariants
from storage.messages import Lane, OutgoingMessage
from storage.outbox import Outcome, parcels
from storage.record import add, change
from storage.records.accounts import accounts
from storage.records.alerts import AlertState, alerts
from storage.records.books import count_in_months
from storage.records.chats import chats, room_codes
from storage.records.check_ins import CheckInState, check_ins, figures
from storage.records.directives import DirectiveState, acknowledgements, directives
from storage.records.duty import DutyPost, shifts
from storage.records.incidents import DutyState, IncidentState, duties, incidents
from storage.records.people import Role, people, posts
from storage.records.playbooks import RunState, run_steps, runs
from storage.records.rounds import Expected, expectations, rounds
from storage.records.schedules import begin_tick, schedules
from storage.records.units import units
from tests.cast import PLATFORM, Cast

MONDAY = date(2026, 11, 23)
Damage = Callable[[Connection, Cast, datetime], object]


def asked(tx: Connection, now: datetime) -> int:
    times = {"opens_at": now, "due_at": now + timedelta(hours=1)}
    return add(tx, rounds, kind="visitor_count", day=MONDAY, **times)


def reported(tx: Connection, cast: Cast, now: datetime, **values: object) -> int:
    usual = {
        "kind": "visitor_count",
        "unit_id": cast.units["KT"],
        "reported_by": cast.lan.person_id,
        "day": MONDAY,
        "answers": {"visitors": 12},
        "said": "12",
        "state": CheckInState.CURRENT,
        "is_late": False,
        "reported_at": now,
        "platform": PLATFORM,
        "chat_id": cast.rooms["KT"],
    }
    return add(tx, check_ins, **(usual | values))


def owed(tx: Connection, cast: Cast, round_id: int, **values: object) -> int:
    usual = {"round_id": round_id, "unit_id": cast.units["KT"], "state": Expected.WAITING}
    return add(tx, expectations, **(usual | values))


def published(tx: Connection, cast: Cast, now: datetime, **values: object) -> int:
    usual = {
        "code": "A1",
        "state": DirectiveState.PUBLISHED,
        "text": "Họp",
        "audience": {},
        "author_id": cast.nga.person_id,
        "signatory": "Giám đốc",
        "platform": PLATFORM,
        "chat_id": "1001",
        "sent_to": {},
        "written_at": now,
        "published_at": now,
    }
    return add(tx, directives, **(usual | values))


def put(tx: Connection, now: datetime, **values: object) -> None:
    message = OutgoingMessage(platform=PLATFORM, chat_id="1", text="x")
    outbox.put(tx, message, key="k", lane=Lane.ALERT, now=now)
    change(tx, parcels, parcels.c.key == "k", **values)


def answered_by_a_cancelled_report(tx: Connection, cast: Cast, now: datetime) -> None:
    round_id = asked(tx, now)
    check_in = reported(tx, cast, now, round_id=round_id, state=CheckInState.CANCELLED)
    owed(tx, cast, round_id, state=Expected.ON_TIME, check_in_id=check_in, settled_at=now)


def answered_by_another_unit(tx: Connection, cast: Cast, now: datetime) -> None:
    round_id = asked(tx, now)
    check_in = reported(tx, cast, now, round_id=round_id, unit_id=cast.units["TM"])
    owed(tx, cast, round_id, state=Expected.LATE, check_in_id=check_in, settled_at=now)


def answered_for_another_person(tx: Connection, cast: Cast, now: datetime) -> None:
    round_id = asked(tx, now)
    check_in = reported(tx, cast, now, round_id=round_id, person_id=cast.tu.person_id)
    debtor = {"unit_id": None, "person_id": cast.lan.person_id}
    owed(tx, cast, round_id, state=Expected.LATE, check_in_id=check_in, settled_at=now, **debtor)


def answered_with_another_kind(tx: Connection, cast: Cast, now: datetime) -> None:
    round_id = asked(tx, now)
    check_in = reported(tx, cast, now, kind="headcount")
    owed(tx, cast, round_id, state=Expected.ON_TIME, check_in_id=check_in, settled_at=now)


def reported_and_still_owed(tx: Connection, cast: Cast, now: datetime) -> None:
    round_id = asked(tx, now)
    reported(tx, cast, now, round_id=round_id)
    owed(tx, cast, round_id, state=Expected.MISSING)


def counted_twice(tx: Connection, cast: Cast, now: datetime) -> None:
    round_id = asked(tx, now)
    reported(tx, cast, now, round_id=round_id)
    reported(tx, cast, now, round_id=round_id)


def corrected_and_still_counted(tx: Connection, cast: Cast, now: datetime) -> None:
    reported(tx, cast, now, supersedes_id=reported(tx, cast, now))


def corrected_into_another_unit(tx: Connection, cast: Cast, now: datetime) -> None:
    old = reported(tx, cast, now, state=CheckInState.SUPERSEDED)
    reported(tx, cast, now, supersedes_id=old, unit_id=cast.units["TM"])


def a_negative_figure(tx: Connection, cast: Cast, now: datetime) -> None:
    add(tx, figures, check_in_id=(number := reported(tx, cast, now)), name="visitors", value=-1)
    count_in_months(tx, came=number)


def a_second_post_row(tx: Connection, cast: Cast, now: datetime) -> None:
    values = {"person_id": cast.lan.person_id, "unit_id": cast.units["KT"], "role": Role.STAFF, "title": "CV"}
    add(tx, posts, **values, valid_from=MONDAY)


def a_second_account(tx: Connection, cast: Cast, now: datetime) -> None:
    add(
        tx,
        accounts,
        platform=PLATFORM,
        external_id="77",
        person_id=cast.lan.person_id,
        linked_at=now,
        is_reachable=True,
    )


def two_codes_for_one_room(tx: Connection, cast: Cast, now: datetime) -> None:
    for code in ("NHOM-AAAAAA", "NHOM-CCCCCC"):
        tx.execute(insert(room_codes).values(code=code, audience="leaders"))


def an_early_tick(tx: Connection, cast: Cast, now: datetime) -> None:
    schedule_id = add(
        tx, schedules, name="x", job="x", arguments={}, at="16:00", grace_minutes=5, is_active=True, since=now
    )
    begin_tick(tx, schedule_id=schedule_id, due_at=now + timedelta(hours=1), now=now)


def parked_without_words(tx: Connection, cast: Cast, now: datetime) -> None:
    inbox.park(tx, platform=PLATFORM, bot="", key="k", raw=b"{}", error="KeyError", now=now)
    change(tx, inbox.inbox, inbox.inbox.c.key == "k", raw=None)


def a_draft_somebody_received(tx: Connection, cast: Cast, now: datetime) -> None:
    directive_id = published(tx, cast, now, state=DirectiveState.DRAFT)
    add(tx, acknowledgements, directive_id=directive_id, person_id=cast.lan.person_id)


def received_before_it_was_published(tx: Connection, cast: Cast, now: datetime) -> None:
    values = {"directive_id": published(tx, cast, now), "person_id": cast.lan.person_id}
    add(tx, acknowledgements, **values, acknowledged_at=now - timedelta(hours=1), via="button")


def an_alert_nobody_took(tx: Connection, cast: Cast, now: datetime) -> None:
    _alert(tx, cast, now, state=AlertState.TAKEN, next_at=now)


def an_alert_that_rests_unclosed(tx: Connection, cast: Cast, now: datetime) -> None:
    _alert(tx, cast, now, state=AlertState.OPEN)


def _alert(tx: Connection, cast: Cast, now: datetime, **facts: object) -> None:
    add(tx, alerts, rule="x", subject="x", unit_id=cast.units["KT"], step=0, raised_at=now, **facts)


def an_incident_closed_by_nobody(tx: Connection, cast: Cast, now: datetime) -> None:
    _incident(tx, cast, now, state=IncidentState.CLOSED)


def an_incident_joined_into_nothing(tx: Connection, cast: Cast, now: datetime) -> None:
    _incident(tx, cast, now, state=IncidentState.JOINED)


def a_duty_waived_without_a_reason(tx: Connection, cast: Cast, now: datetime) -> None:
    incident_id = _incident(tx, cast, now, state=IncidentState.OPEN)
    settled = {"settled_at": now, "settled_by": cast.nga.person_id}
    add(tx, duties, incident_id=incident_id, name="police", state=DutyState.WAIVED, due_at=now, chases=0, **settled)


def _incident(tx: Connection, cast: Cast, now: datetime, **facts: object) -> int:
    about = {"check_in_id": reported(tx, cast, now), "unit_id": cast.units["KT"], "reported_by": cast.lan.person_id}
    return add(tx, incidents, kind="fire", subject="x", answers={}, raised_at=now, **about, **facts)


def a_step_left_open_in_a_run_that_ended(tx: Connection, cast: Cast, now: datetime) -> None:
    add(
        tx,
        run_steps,
        run_id=_run(tx, cast, now, state=RunState.CLOSED, closed_at=now),
        number=1,
        state="open",
        chases=0,
    )


def a_drill_of_a_real_event(tx: Connection, cast: Cast, now: datetime) -> None:
    incident_id = _incident(tx, cast, now, state=IncidentState.OPEN)
    _run(tx, cast, now, state=RunState.RUNNING, is_drill=True, incident_id=incident_id)


def _run(tx: Connection, cast: Cast, now: datetime, **facts: object) -> int:
    begun = {"started_at": now, "started_by": cast.nga.person_id, "ends_by": now, "unit_id": cast.units["KT"]}
    usual = {"playbook": "x", "title": "x", "definition": {}, "is_drill": False, "level": 1}
    return add(tx, runs, **(usual | begun | facts))


def a_shift_that_runs_backwards(tx: Connection, cast: Cast, now: datetime) -> None:
    add(tx, shifts, starts_at=now, ends_at=now, person_id=cast.lan.person_id, post=DutyPost.OFFICER)


def circling_units(tx: Connection, cast: Cast, now: datetime) -> None:
    change(tx, units, units.c.code == "TM", parent_id=cast.units["KCN1"])


DAMAGES: list[tuple[Damage, str]] = [
    (answered_by_a_cancelled_report, "Khoản đã trả lời bằng báo cáo không còn hiệu lực"),
    (answered_by_another_unit, "Khoản đã trả lời bằng báo cáo của nơi khác"),
    (answered_for_another_person, "Khoản đã trả lời bằng báo cáo của nơi khác"),
    (answered_with_another_kind, "Khoản đã trả lời bằng báo cáo khác loại hoặc khác ngày"),
    (reported_and_still_owed, "Đơn vị đã báo cáo trong đợt mà vẫn bị coi là chưa"),
    (counted_twice, "Một đơn vị có hai báo cáo cùng hiệu lực trong một đợt"),
    (corrected_and_still_counted, "Báo cáo có bản đính chính mà vẫn còn hiệu lực"),
    (corrected_into_another_unit, "Bản đính chính khác loại, khác nơi"),
    (
        lambda tx, cast, now: reported(tx, cast, now, state=CheckInState.SUPERSEDED),
        "Báo cáo đã bị đính chính mà không có bản đính chính",
    ),
    (lambda tx, cast, now: reported(tx, cast, now, state="lost"), "Báo cáo có trạng thái lạ"),
    (lambda tx, cast, now: reported(tx, cast, now, until=date(2026, 1, 1)), "Báo cáo có ngày cuối trước ngày đầu"),
    (a_negative_figure, "Số liệu âm"),
    (a_second_post_row, "Một chức vụ đang giữ ghi hai lần"),
    (a_second_account, "Một người có hai tài khoản trên cùng một ứng dụng"),
    (two_codes_for_one_room, "Hai mã nhóm cho cùng một nơi"),
    (
        lambda tx, cast, now: change(tx, people, people.c.staff_code == "CB05", is_active=False),
        "Người đã thôi việc mà còn giữ chức vụ: CB05",
    ),
    (
        lambda tx, cast, now: tx.execute(delete(posts).where(posts.c.person_id == cast.lan.person_id)),
        "Người đang làm việc mà không giữ chức vụ nào: CB05",
    ),
    (
        lambda tx, cast, now: change(tx, chats, chats.c.external_id == cast.rooms["KT"], unit_id=None),
        "Nhóm của đơn vị mà không ghi đơn vị",
    ),
    (
        lambda tx, cast, now: change(tx, units, units.c.code == "KT", parent_id=None),
        "Đơn vị không có đơn vị cấp trên: KT",
    ),
    (
        lambda tx, cast, now: change(tx, units, units.c.code == "TM", valid_to=MONDAY),
        "Đơn vị còn hoạt động dưới một đơn vị đã giải thể: KCN1",
    ),
    (circling_units, "Đơn vị phụ trách vòng tròn: TM, KCN1"),
    (an_early_tick, "Giờ hẹn chạy sớm hơn hạn"),
    (parked_without_words, "Tin tới bị giữ lại mà không còn nguyên văn"),
    (lambda tx, cast, now: put(tx, now, state="lost"), "Tin đi có trạng thái lạ"),
    (lambda tx, cast, now: put(tx, now, lane=9), "Tin đi có luồng hoặc việc lạ"),
    (lambda tx, cast, now: put(tx, now, state=Outcome.SENDING), "Tin đi đang được gửi mà không biết ai gửi"),
    (lambda tx, cast, now: put(tx, now, state=Outcome.SENT), "Tin đi đã tới nơi mà không ghi lúc tới"),
    (lambda tx, cast, now: put(tx, now, state=Outcome.UNCERTAIN), "Tin khẩn bị bỏ lửng"),
    (a_draft_somebody_received, "Dự thảo mà đã có người phải xác nhận (mã): A1"),
    (received_before_it_was_published, "Xác nhận trước khi chỉ đạo được ban hành"),
    (lambda tx, cast, now: published(tx, cast, now, published_at=None), "Chỉ đạo đã ban hành mà không ghi lúc"),
    (an_alert_nobody_took, "Tin khẩn đã có người nhận mà không ghi ai"),
    (an_alert_that_rests_unclosed, "Tin khẩn chưa khép mà không có giờ báo tiếp"),
    (an_incident_closed_by_nobody, "Sự việc đã khép mà không ghi ai"),
    (an_incident_joined_into_nothing, "Sự việc đã gộp mà không ghi gộp vào đâu"),
    (a_duty_waived_without_a_reason, "Việc không phải báo mà không ghi lý do"),
    (a_step_left_open_in_a_run_that_ended, "Phương án đã kết thúc mà còn bước đang mở"),
    (a_drill_of_a_real_event, "Diễn tập lại gắn với một sự việc thật"),
    (a_shift_that_runs_backwards, "Ca trực kết thúc trước khi bắt đầu"),
]


async def test_a_healthy_office_has_nothing_broken(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        round_id = asked(tx, now)
        old = reported(tx, cast, now, round_id=round_id, state=CheckInState.SUPERSEDED)
        check_in = reported(tx, cast, now, round_id=round_id, supersedes_id=old)
        owed(tx, cast, round_id, state=Expected.ON_TIME, check_in_id=check_in, settled_at=now)
        owed(tx, cast, round_id, unit_id=cast.units["TM"], state=Expected.MISSING)
        put(tx, now, state=Outcome.READY)
        published(tx, cast, now)
        assert broken_invariants(tx) == []

    await database.run(work, now)


async def test_an_empty_database_has_nothing_broken(database: Database, now: datetime) -> None:
    assert await database.read(lambda tx, _: broken_invariants(tx), now) == []


async def test_every_damage_is_named(database: Database, cast: Cast, now: datetime) -> None:
    """One after the other in one transaction, each taken back: preparing the queries anew for each would take long."""

    def work(tx: Connection, now: datetime) -> None:
        for damage, said in DAMAGES:
            savepoint = tx.begin_nested()
            damage(tx, cast, now)
            (found,) = broken_invariants(tx)
            assert found.startswith(said)
            savepoint.rollback()

    await database.run(work, now)


async def test_rows_that_point_nowhere_are_found(database: Database, cast: Cast, now: datetime) -> None:
    """Where the database was told to look away, as a careless restore does."""

    def work() -> list[str]:
        with database.engine.connect() as tx:
            if database.is_sqlite:
                tx.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
            with tx.begin():
                if not database.is_sqlite:
                    tx.execute(text("SET LOCAL session_replication_role = replica"))
                tx.execute(delete(posts).where(posts.c.person_id == cast.lan.person_id))
                change(tx, people, people.c.id == cast.lan.person_id, is_active=False)
                change(tx, posts, posts.c.person_id == cast.tu.person_id, unit_id=9999)
                return broken_invariants(tx)

    assert work() == ["posts.unit_id trỏ tới dòng không tồn tại: 1 dòng."]


def test_every_member_of_the_family_is_asked() -> None:
    assert sum(len(member.INVARIANTS) for member in FAMILY) == len(INVARIANTS)

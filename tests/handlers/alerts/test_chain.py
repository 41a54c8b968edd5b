"""Who stands where in the chain: by post and day, by field, by absence, at night; and the ways to who does not answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from handlers.alerts import escalate_due, note_undelivered, raise_alert, try_other_ways
from handlers.alerts.chain import command_of
from handlers.alerts.chronicle import chronicle_report, chronicle_text
from handlers.alerts.policies import SHIPPED, Link, Policy, keep_policy
from handlers.duty.roster import plan, rotate
from handlers.duty.shift_hours import WHOLE_DAY, read_hours, say_hours, span_of
from handlers.local_time import local_day
from handlers.telling.other_ways import PLATFORMS_ON
from storage.database import Database
from storage.outbox import Parcel, parcels
from storage.record import add, find_all
from storage.records.accounts import accounts
from storage.records.alerts import Severity, alert_notices, fields_in_charge, find_alert
from storage.records.duty import DutyPost
from storage.records.options import set_option
from storage.records.people import Role, people, posts
from tests.cast import LONG_AGO, Cast, Member
from tests.handlers.alerts.test_alerts import STEP, alarm, later
from tests.handlers.playing import play
from tests.handlers.speaking import Desk

SATURDAY_NIGHT = timedelta(days=5, hours=14)  # from Monday 08:00: 22:00


def chain(
    tx: Connection, now: datetime, unit_id: int, *, field: str = "", knows: Member | None = None
) -> list[set[int]]:
    left_out = frozenset() if knows is None else frozenset({knows.person_id})
    command = command_of(tx, unit_id=unit_id, field_name=field, now=now, left_out=left_out)
    return [set(step) for step in command.people_of(SHIPPED[Severity.MEDIUM].steps)]


def numbers(*members: Member) -> set[int]:
    return {member.person_id for member in members}


async def test_a_zone_climbs_to_the_head_of_the_unit_responsible(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        assert chain(desk.tx, now, cast.units["KCN1"]) == [
            numbers(cast.thu, cast.dung),
            numbers(cast.son),
            numbers(cast.nga),
            numbers(cast.hoa),
        ]

    await play(database, now, scene)


async def test_the_deputy_in_charge_stands_before_the_others(database: Database, now: datetime, cast: Cast) -> None:
    """As the staff list says it: a leader's post at the unit. A post that has ended holds nothing."""

    def scene(desk: Desk) -> None:
        hai = _deputy(desk.tx, cast, "KT", valid_to=None)
        assert chain(desk.tx, now, cast.units["KT"])[1] == {hai}
        assert chain(desk.tx, now, cast.units["TM"])[1] == {hai, cast.son.person_id}
        ended = local_day(now) - timedelta(days=1)
        desk.tx.execute(posts.update().where(posts.c.person_id == hai).values(valid_to=ended))
        assert chain(desk.tx, now, cast.units["KT"])[1] == numbers(cast.son)

    await play(database, now, scene)


async def test_a_field_climbs_through_the_unit_that_leads_it(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        hai = _deputy(desk.tx, cast, "TM", valid_to=None)
        desk.tx.execute(fields_in_charge.insert().values(field="fire", unit_id=cast.units["TM"]))
        assert chain(desk.tx, now, cast.units["KT"], field="fire")[:2] == [
            numbers(cast.minh, cast.thu, cast.dung),
            {hai},
        ]

    await play(database, now, scene)


async def test_who_is_away_is_stood_in_for(database: Database, now: datetime, cast: Cast) -> None:
    """As he said himself: on leave, ill or on a journey; who is back early says so."""

    def scene(desk: Desk) -> None:
        desk.say(cast.son, "hôm nay tôi nghỉ phép")
        assert chain(desk.tx, now, cast.units["KT"])[1:3] == [numbers(cast.nga), set()]
        later(desk, timedelta(hours=1)).say(cast.son, "tôi đang ở cơ quan")
        assert chain(desk.tx, now, cast.units["KT"])[1:3] == [numbers(cast.son), numbers(cast.nga)]
        later(desk, timedelta(hours=2)).say(cast.nga, "hôm nay tôi nghỉ ốm")
        assert chain(desk.tx, now, cast.units["KT"])[1:3] == [numbers(cast.son), set()]

    await play(database, now, scene)


async def test_the_deputy_head_hears_whom_he_stands_in_for(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        held = {"person_id": cast.tu.person_id, "unit_id": cast.units["KT"], "title": "Phó Trưởng phòng"}
        add(desk.tx, posts, **held, role=Role.DEPUTY_HEAD, valid_from=LONG_AGO)
        desk.say(cast.minh, "hôm nay anh nghỉ phép")
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        assert "thay anh Minh đang vắng" in alarm(desk, cast.tu)
        assert alarm(desk, cast.minh) == ""

    await play(database, now, scene)


async def test_when_everybody_is_away_the_chain_is_not_empty(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        for member in (cast.minh, cast.son, cast.nga, cast.dung, cast.hoa):
            desk.say(member, "hôm nay tôi nghỉ phép")
        assert any(chain(desk.tx, now, cast.units["KT"]))

    await play(database, now, scene)


async def test_who_reported_it_is_not_told_of_it(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        assert chain(desk.tx, now, cast.units["KT"], knows=cast.minh)[0] == numbers(cast.dung)

    await play(database, now, scene)


async def test_at_night_and_on_free_days_duty_comes_first(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        days = [local_day(now) + timedelta(days=count) for count in range(7)]
        plan(desk.tx, rotate(days, [cast.phuc.person_id], DutyPost.OFFICER, WHOLE_DAY))
        plan(desk.tx, rotate(days, [cast.thu.person_id], DutyPost.LEADER, WHOLE_DAY))
        assert chain(desk.tx, now, cast.units["KT"])[0] == numbers(cast.minh, cast.dung)
        for night in (now + timedelta(hours=14), now + SATURDAY_NIGHT, now + timedelta(days=5)):
            assert chain(desk.tx, night, cast.units["KT"])[0] == numbers(cast.phuc, cast.thu, cast.minh, cast.dung)

    await play(database, now, scene)


async def test_the_office_may_put_its_own_plan_in_the_place_of_the_shipped(
    database: Database, now: datetime, cast: Cast
) -> None:
    """For a severity or one rule; alerts that stand keep theirs."""

    def scene(desk: Desk) -> None:
        keep_policy(desk.tx, "symptom_report", Policy(steps=((Link.OFFICE,), (Link.DIRECTOR,)), wait_seconds=60))
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        assert "🚨" in alarm(desk, cast.hoa)
        assert alarm(desk, cast.minh) == ""
        escalate_due(desk.tx, now + timedelta(seconds=60))
        assert "🚨" in alarm(desk, cast.nga)

    await play(database, now, scene)


async def test_who_does_not_answer_is_told_on_his_other_platform(database: Database, now: datetime, cast: Cast) -> None:
    """In half his time; then by letter and short message, which say that there is something and not what."""

    def scene(desk: Desk) -> None:
        _reach(desk.tx, cast.minh, now)
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        assert [p for p, _ in _ways_used(desk.tx)] == ["zalo"]
        assert try_other_ways(desk.tx, now + STEP / 2 - timedelta(seconds=1)) == 0
        for count in range(1, 4):
            assert try_other_ways(desk.tx, now + count * STEP / 2) == 1
        assert try_other_ways(desk.tx, now + 9 * STEP) == 0
        used = _ways_used(desk.tx)
        assert [platform for platform, _ in used] == ["zalo", "telegram", "email", "sms"]
        assert ["sốt" in text for _, text in used] == [True, True, False, False]

    await play(database, now, scene)


async def test_who_has_answered_is_left_in_peace(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        _reach(desk.tx, cast.minh, now)
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        number = desk.tx.execute(select(alert_notices.c.alert_id)).scalars().first()
        desk.press_data(cast.minh, f"alert:take:{number}")
        assert try_other_ways(desk.tx, now + STEP) == 0

    await play(database, now, scene)


async def test_what_a_platform_refuses_goes_the_next_way_at_once(database: Database, now: datetime, cast: Cast) -> None:
    """Also where the refusal closed the whole chat."""

    def scene(desk: Desk) -> None:
        _reach(desk.tx, cast.minh, now)
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        [refused] = [p for p in find_all(desk.tx, Parcel, parcels) if p.platform == "zalo"]
        desk.tx.execute(accounts.update().where(accounts.c.platform == "zalo").values(is_reachable=False))
        note_undelivered(desk.tx, refused, now)
        assert try_other_ways(desk.tx, now) == 1
        assert [platform for platform, _ in _ways_used(desk.tx)] == ["zalo", "telegram"]
        alert = find_alert(desk.tx, int(refused.about.split("/")[1]))
        assert alert is not None
        assert "Không chuyển được tin (qua Zalo): anh Phạm Quang Minh" in chronicle_text(desk.tx, alert)

    await play(database, now, scene)


async def test_who_is_in_no_chat_gets_a_letter_and_a_short_message(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        _reach(desk.tx, cast.minh, now)
        desk.tx.execute(accounts.update().where(accounts.c.person_id == cast.minh.person_id).values(is_reachable=False))
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        assert [platform for platform, _ in _ways_used(desk.tx)] == ["email", "sms"]
        assert desk.heard(cast.rooms["office"]) == []

    await play(database, now, scene)


async def test_the_record_tells_every_minute(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        number = raise_alert(desk.tx, rule="x", subject="thử", unit_id=cast.units["KT"], now=now)
        desk.tx.execute(parcels.update().values(state="sent", settled_at=now + timedelta(seconds=2)))
        later(desk, timedelta(minutes=1)).press_data(cast.minh, f"alert:pass:{number}")
        later(desk, timedelta(minutes=2, seconds=5)).press_data(cast.son, f"alert:take:{number}")
        later(desk, timedelta(minutes=30)).press_data(cast.son, f"alert:close:{number}")
        alert = find_alert(desk.tx, number)
        assert alert is not None
        facts, minutes, told = chronicle_report(desk.tx, alert, now).sections
        assert "có người nhận đầu tiên: 2 phút 5 giây." in " ".join(facts.sentences)
        assert minutes.table is not None
        assert minutes.title.endswith(", ngày 23/11/2026")
        assert [row[2] for row in minutes.table.rows] == [
            "Tin khẩn được lập",
            "Đã báo (bước 1)",
            "Đã báo (bước 1)",
            "Không xử lý được, chuyển bước sau",
            "Đã báo (bước 2)",
            "Đã nhận",
            "Khép tin, báo hết cho mọi người",
        ]
        assert told.table is not None
        assert told.table.rows[0][1:4] == ("anh Phạm Quang Minh", "08:00:00", "08:00:02")

    await play(database, now, scene)


def test_hours_of_a_turn() -> None:
    assert read_hours("17h-7h") == read_hours("17:00 đến 07:00") == ("17:00", "07:00")
    assert read_hours("") == read_hours("24/24") == WHOLE_DAY
    assert read_hours("chiều") is read_hours("25:00-07:00") is read_hours("7:75-9") is None
    day = datetime(2026, 11, 28).date()  # noqa: DTZ001 - a day
    assert say_hours(*span_of(day, ("07:30", "19:30"))) == "07:30 đến 19:30"
    assert say_hours(*span_of(day, WHOLE_DAY)) == "07:30 đến 07:30 hôm sau"


def _deputy(tx: Connection, cast: Cast, unit: str, *, valid_to: object) -> int:
    """ông Hải, Phó Giám đốc in charge of this unit."""
    hai = add(
        tx,
        people,
        staff_code="CB20",
        full_name="Đặng Ngọc Hải",
        sort_key="hai",
        honorific="ông",
        join_code="X-CB20",
        is_active=True,
    )
    for code, title in (("SO", "Phó Giám đốc"), (unit, "Phó Giám đốc phụ trách")):
        held = {"person_id": hai, "unit_id": cast.units[code], "role": Role.LEADER, "title": title}
        add(tx, posts, **held, valid_from=LONG_AGO, valid_to=valid_to)
    return hai


def _reach(tx: Connection, who: Member, now: datetime) -> None:
    """He writes on Zalo lately, and the staff list knows his mail and telephone."""
    zalo = {"platform": "zalo", "external_id": "z1", "private_chat_id": "z1", "display_name": who.name}
    add(tx, accounts, **zalo, person_id=who.person_id, is_reachable=True, linked_at=now + timedelta(seconds=1))
    tx.execute(people.update().where(people.c.id == who.person_id).values(email="m@vidu.vn", phone="0912345678"))
    set_option(tx, PLATFORMS_ON, ["telegram", "zalo", "email", "sms"])


def _ways_used(tx: Connection) -> list[tuple[str, str]]:
    """Platform and text of what was told to anh Minh, in order."""
    addresses = ("z1", "1004", "m@vidu.vn", "0912345678")
    letters = find_all(tx, Parcel, parcels, parcels.c.chat_id.in_(addresses), order_by=(parcels.c.id,))
    return [(letter.platform, letter.message.text) for letter in letters]

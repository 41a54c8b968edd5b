"""One person on two messengers is one person: linked by a code, asked once, told where he wants, found where he can be."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import Connection

from handlers.check_ins.visitor_count import KIND as VISITORS
from handlers.directives.audience import audience_of, find_reach
from handlers.local_time import local_day
from handlers.rounds import open_round
from handlers.telling import tell_person
from handlers.telling.second_messenger import go_another_way
from storage.database import Database
from storage.messages import Button, Lane
from storage.outbox import Outcome, Parcel, parcels
from storage.record import add, change, find_all, find_one
from storage.records.accounts import accounts, reachable_accounts
from storage.records.chats import Audience, ChatState, chats
from storage.records.check_ins import check_in_of_unit
from tests.cast import Cast, Member
from tests.handlers.in_words import WordDesk
from tests.handlers.speaking import Desk

ON_ZALO = "a1b2c3d4"


def on_zalo(who: Member) -> Member:
    return Member(who.person_id, ON_ZALO, who.name)


def link(tx: Connection, who: Member, now: datetime) -> None:
    """He asks for his own code in the one messenger and types it in the other."""
    desk = Desk(tx, now)
    desk.say(who, "/ungdung")
    assert "Telegram: tin riêng gửi tới đây" in desk.last(who.account)
    desk.press(who, "Thêm ứng dụng khác")
    found = re.search(r"([A-Z0-9]{8})", desk.last(who.account))
    assert found is not None
    WordDesk(tx, now).say(on_zalo(who), found[1].lower())


def waiting(tx: Connection) -> list[Parcel]:
    return find_all(tx, Parcel, parcels, parcels.c.state == Outcome.READY, order_by=(parcels.c.id,))


def open_zalo_room(tx: Connection, cast: Cast, title: str, unit: str) -> None:
    add(
        tx, chats, platform="zalo", external_id=f"zgr-{unit}", title=title, audience=Audience.UNIT,
        unit_id=cast.units[unit], state=ChatState.ACTIVE,
    )  # fmt: skip


async def test_the_second_messenger_is_linked_by_ones_own_code(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        link(tx, cast.lan, now)
        assert {one.platform for one in reachable_accounts(tx, cast.lan.person_id)} == {"telegram", "zalo"}
        desk = WordDesk(tx, now)
        desk.say(on_zalo(cast.lan), "mai em đi Đà Nẵng công tác, thứ Sáu về")
        assert "✅ Đã ghi" in desk.last(ON_ZALO)
        telegram = Desk(tx, now)
        telegram.say(cast.lan, "/toidabao")
        assert "Đà Nẵng" in telegram.last(cast.lan.account)

    await database.run(play, now)


async def test_he_chooses_where_he_is_written_to(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        link(tx, cast.lan, now)
        desk = Desk(tx, now)
        desk.say(cast.lan, "/ungdung")
        label = next(
            b.text for m in desk.messages(cast.lan.account) for row in m.buttons for b in row if "Nhận ở" in b.text
        )
        desk.press(cast.lan, label)
        chosen = {"Nhận ở Zalo": "zalo", "Nhận ở Telegram": "telegram"}[label]
        assert reachable_accounts(tx, cast.lan.person_id)[0].platform == chosen
        desk.forget()
        tell_person(tx, cast.lan.person_id, "tin riêng", key="k", lane=Lane.REMINDER, now=now)
        assert [(one.platform, one.message.text) for one in waiting(tx)] == [(chosen, "tin riêng")]

    await database.run(play, now)


async def test_what_cannot_arrive_on_one_goes_to_the_other(database: Database, cast: Cast, now: datetime) -> None:
    """A reminder goes over, once; an alert and the button of a dialogue do not."""

    def play(tx: Connection, now: datetime) -> None:
        link(tx, cast.lan, now)
        change(tx, accounts, accounts.c.external_id == ON_ZALO, is_preferred=True)
        tx.execute(parcels.delete())
        bound = ((Button("Bỏ", "dlg:1:x"),),)
        tell_person(tx, cast.lan.person_id, "nhắc", key="a", lane=Lane.REMINDER, now=now)
        tell_person(tx, cast.lan.person_id, "hỏi", key="b", lane=Lane.ANSWER, now=now, buttons=bound)
        tell_person(tx, cast.lan.person_id, "khẩn", key="c", lane=Lane.ALERT, now=now)
        mine = waiting(tx)
        assert {one.platform for one in mine} == {"zalo"}
        assert go_another_way(tx, mine, now) == [mine[0].id]
        assert go_another_way(tx, mine[:1], now) == [mine[0].id]
        on_telegram = [one for one in waiting(tx) if one.platform == "telegram"]
        assert [(one.chat_id, one.message.text) for one in on_telegram] == [(cast.lan.account, "nhắc")]
        before = find_one(tx, Parcel, parcels, id=mine[0].id)
        assert before is not None
        assert before.state == Outcome.DROPPED

    await database.run(play, now)


async def test_who_is_on_one_messenger_only_loses_nothing_by_it(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        tell_person(tx, cast.tu.person_id, "nhắc", key="a", lane=Lane.REMINDER, now=now)
        assert go_another_way(tx, waiting(tx), now) == []
        assert len(waiting(tx)) == 1

    await database.run(play, now)


async def test_a_unit_with_two_rooms_is_asked_where_its_people_are(
    database: Database, cast: Cast, now: datetime
) -> None:
    """Everybody of KT is at home on Telegram: its Zalo room stays quiet; once chị Lan chooses Zalo it is asked too."""

    def play(tx: Connection, now: datetime) -> None:
        open_zalo_room(tx, cast, "KT Zalo", "KT")
        day = local_day(now)
        reach = find_reach(tx, audience_of(unit_ids=[cast.units["KT"]]), day, author_id=cast.nga.person_id)
        assert [room.platform for room in reach.rooms] == ["telegram"]
        link(tx, cast.lan, now)
        change(tx, accounts, accounts.c.external_id == ON_ZALO, is_preferred=True)
        reach = find_reach(tx, audience_of(unit_ids=[cast.units["KT"]]), day, author_id=cast.nga.person_id)
        assert {room.platform for room in reach.rooms} == {"telegram", "zalo"}
        assert len(reach.debtors) == 4
        tx.execute(parcels.delete())
        open_round(tx, VISITORS, day, now)
        asked = [
            one.platform for one in waiting(tx) if "Phòng KT" in one.message.text and one.key.startswith("request/")
        ]
        assert sorted(asked) == ["telegram", "zalo"]
        desk = WordDesk(tx, now)
        desk.go_out()
        desk.sent.clear()
        desk.say(on_zalo(cast.lan), "12", room="zgr-KT")
        kept = check_in_of_unit(tx, "visitor_count", cast.units["KT"], day)
        assert kept is not None
        assert kept.answers == {"visitors": 12}
        assert "✅ 12 lượt khách" in Desk(tx, now).last(cast.rooms["KT"])

    await database.run(play, now)

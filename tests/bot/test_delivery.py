"""The deliverer against a messenger by script: what every outcome makes of a parcel, and who goes first."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import Connection, select

from bot.clock import Clock
from bot.delivery.breaker import FEELERS
from bot.platform import DeliveryError, Reason
from bot.platforms.telegram import LIMITS
from storage import outbox
from storage.database import Database
from storage.messages import Deed, Lane, OutgoingFile, OutgoingMessage
from storage.outbox import Outcome, parcels
from storage.parcels import sending
from storage.record import add
from storage.records.accounts import account_of
from storage.records.chats import ChatState, chat_of
from storage.records.files import files
from tests.bot.scripted import QUICK, ScriptedPlatform, delivering, until
from tests.cast import Cast

LAN = "1005"


def a_message(text: str, chat: str = LAN, deed: Deed = Deed.SAY, file: OutgoingFile | None = None) -> OutgoingMessage:
    return OutgoingMessage(
        platform="telegram", chat_id=chat, text=text, deed=deed, file=file, is_group=chat.startswith("-")
    )


async def put(
    database: Database, clock: Clock, *messages: OutgoingMessage, lane: Lane = Lane.ANSWER, board: bool = False
) -> None:
    """Puts each under its text as key."""

    def work(tx: Connection, now: object) -> None:
        for message in messages:
            if board:
                outbox.put_board(tx, message, key="board", lane=lane, now=clock.now())
            else:
                outbox.put(tx, message, key=message.text, lane=lane, now=clock.now())

    await database.run(work, clock.now())


class Ledger:
    """The parcels as they stand."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, key: str) -> outbox.Parcel:
        with self._database.engine.connect().execution_options(read_only=True) as tx:
            columns = (parcels.c[name] for name in outbox.Parcel.__slots__)
            return outbox.Parcel(*tx.execute(select(*columns).where(parcels.c.key == key)).one())

    def states(self) -> dict[str, str]:
        with self._database.engine.connect().execution_options(read_only=True) as tx:
            return {row.key: row.state for row in tx.execute(select(parcels.c.key, parcels.c.state))}

    def is_in(self, key: str, state: Outcome) -> bool:
        return self.states().get(key) == state


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return Ledger(database)


async def test_what_is_put_is_shown_and_settled(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger
) -> None:
    async with delivering(platform, database, clock):
        await put(database, clock, a_message("chào chị Lan"))
        await until(lambda: ledger.is_in("chào chị Lan", Outcome.SENT))
    assert platform.texts(LAN) == ["chào chị Lan"]
    assert ledger.of("chào chị Lan").external_id == "1"


async def test_too_fast_means_this_chat_again_later(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger
) -> None:
    platform.refuse[LAN] = [DeliveryError(Reason.WAIT, "too fast", retry_after=0.2)]
    async with delivering(platform, database, clock):
        await put(database, clock, a_message("chị Lan"), a_message("chị Hoa", "1003"))
        await until(lambda: ledger.is_in("chị Hoa", Outcome.SENT))
        await until(lambda: len(platform.asked) == 2)
        await until(lambda: ledger.is_in("chị Lan", Outcome.SENT))
    assert platform.texts() == ["chị Hoa", "chị Lan"]
    assert ledger.of("chị Lan").attempts == 2


async def test_a_room_that_moved_is_followed(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger, cast: Cast
) -> None:
    old = cast.rooms["KT"]
    platform.refuse[old] = [DeliveryError(Reason.MOVED, moved_to="-200999")]
    async with delivering(platform, database, clock):
        await put(database, clock, a_message("Phòng KT", old))
        await until(lambda: ledger.is_in("Phòng KT", Outcome.SENT))
        await put(database, clock, a_message("sau đó", "-200999"))
        await until(lambda: ledger.is_in("sau đó", Outcome.SENT))
    assert platform.texts("-200999") == ["Phòng KT", "sau đó"]
    room = await database.read(lambda tx, _: chat_of(tx, "telegram", old), clock.now())
    assert room is not None
    assert room.external_id == "-200999"


async def test_who_blocked_us_is_marked_and_the_office_told_once(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger, cast: Cast
) -> None:
    platform.refuse[LAN] = [DeliveryError(Reason.UNREACHABLE, "blocked")] * 2
    async with delivering(platform, database, clock):
        await put(database, clock, a_message("một"), a_message("hai"))
        await until(lambda: ledger.is_in("một", Outcome.FAILED) and ledger.is_in("hai", Outcome.FAILED))
        await until(lambda: platform.texts(cast.rooms["office"]))
    account = await database.read(lambda tx, _: account_of(tx, "telegram", LAN), clock.now())
    assert account is not None
    assert not account.is_reachable
    [told] = platform.texts(cast.rooms["office"])
    assert "chị Lan" in told


async def test_a_room_that_put_us_out_is_marked(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger, cast: Cast
) -> None:
    platform.refuse[cast.rooms["KT"]] = [DeliveryError(Reason.UNREACHABLE, "kicked")]
    async with delivering(platform, database, clock):
        await put(database, clock, a_message("Phòng KT", cast.rooms["KT"]))
        await until(lambda: ledger.is_in("Phòng KT", Outcome.FAILED))
    room = await database.read(lambda tx, _: chat_of(tx, "telegram", cast.rooms["KT"]), clock.now())
    assert room is not None
    assert room.state == ChatState.UNREACHABLE


async def test_a_refused_message_fails_and_the_next_one_goes(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger, cast: Cast
) -> None:
    platform.refuse[LAN] = [DeliveryError(Reason.REFUSED, "bad request")]
    async with delivering(platform, database, clock):
        await put(database, clock, a_message("một"), a_message("hai"))
        await until(lambda: ledger.is_in("hai", Outcome.SENT))
    assert ledger.is_in("một", Outcome.FAILED)
    assert platform.texts(LAN) == ["hai"]


async def test_nobody_knows_about_an_answer_so_the_office_decides(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger, cast: Cast
) -> None:
    platform.refuse[LAN] = [DeliveryError(Reason.UNCERTAIN, "timed out")]
    async with delivering(platform, database, clock):
        await put(database, clock, a_message("chào"))
        await until(lambda: platform.texts(cast.rooms["office"]))
    assert ledger.is_in("chào", Outcome.UNCERTAIN)
    assert platform.texts(LAN) == []


async def test_nobody_knows_about_an_alert_so_it_goes_again_marked(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger, cast: Cast
) -> None:
    platform.refuse[LAN] = [DeliveryError(Reason.UNCERTAIN, "timed out")]
    async with delivering(platform, database, clock):
        await put(database, clock, a_message("có ca sốt"), lane=Lane.ALERT)
        await until(lambda: ledger.is_in("có ca sốt", Outcome.SENT))
    assert platform.texts(LAN) == ["🔁 (nhắc lại) có ca sốt"]


async def test_an_error_of_our_own_is_uncertain_too(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger
) -> None:
    platform.refuse[LAN] = [ZeroDivisionError()]
    async with delivering(platform, database, clock):
        await put(database, clock, a_message("chào"))
        await until(lambda: ledger.is_in("chào", Outcome.UNCERTAIN))
    assert ledger.of("chào").trouble == "ZeroDivisionError"


async def test_a_platform_that_is_away_is_tried_again_when_its_time_comes(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger
) -> None:
    platform.refuse[LAN] = [DeliveryError(Reason.AWAY, "no route")] * 2
    async with delivering(platform, database, clock):
        await put(database, clock, a_message("chào"))
        for asked in (1, 2):
            await until(lambda asked=asked: len(platform.asked) == asked and ledger.is_in("chào", Outcome.READY))
            clock.move_to(clock.ahead + 60)
        await until(lambda: ledger.is_in("chào", Outcome.SENT))
    assert ledger.of("chào").attempts == 3


async def test_an_alert_passes_a_running_broadcast(database: Database, clock: Clock, ledger: Ledger) -> None:
    platform = ScriptedPlatform(replace(LIMITS, per_second=20, chat_interval=0.01))
    rooms = [f"-{number}" for number in range(5_000, 5_045)]
    async with delivering(platform, database, clock):
        await put(database, clock, *(a_message(f"chỉ đạo {room}", room) for room in rooms), lane=Lane.DIRECTIVE)
        await until(lambda: len(platform.shown) >= 10)
        await put(database, clock, a_message("có ca sốt"), lane=Lane.ALERT)
        await until(lambda: ledger.is_in("có ca sốt", Outcome.SENT))
        place = platform.texts().index("có ca sốt")
        assert place <= 35  # with what had left, and the second in which it was put: never behind all of them
        await until(lambda: len(platform.shown) == len(rooms) + 1)


def uploads(platform: ScriptedPlatform) -> list[bool]:
    """For each request that carried a file: was it uploaded (or sent by its reference)?"""
    return [request.attachment.content is not None for request in platform.shown if request.attachment is not None]


async def a_file(database: Database, clock: Clock) -> int:
    def keep(tx: Connection, now: object) -> int:
        facts = {"name": "cv.pdf", "media_type": "application/pdf", "kind": "document"}
        return add(tx, files, content=b"%PDF", added_at=clock.now(), **facts)

    return await database.run(keep, clock.now())


async def test_a_file_for_many_rooms_is_uploaded_once(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger
) -> None:
    file = OutgoingFile(name="cv.pdf", file_id=await a_file(database, clock))
    async with delivering(platform, database, clock):
        await put(database, clock, *(a_message(f"công văn {n}", f"-{n}", file=file) for n in range(1, 31)))
        await until(lambda: len(platform.shown) == 30)
    assert sorted(uploads(platform), reverse=True) == [True] + [False] * 29
    references = {r.attachment.reference for r in platform.shown if r.attachment is not None}
    assert references == {None, "ref-1"}


async def test_while_a_file_is_uploaded_nothing_that_wants_it_has_begun(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger
) -> None:
    """They would leave in one heap when it is there, whatever the pace says; and be in doubt if we died."""
    file = OutgoingFile(name="cv.pdf", file_id=await a_file(database, clock))
    platform.gate.clear()
    async with delivering(platform, database, clock):
        await put(database, clock, *(a_message(f"công văn {n}", f"-{n}", file=file) for n in range(1, 31)))
        await put(database, clock, a_message("chào chị Lan"), lane=Lane.CAMPAIGN)
        await until(lambda: ledger.is_in("chào chị Lan", Outcome.SENDING))
        assert list(ledger.states().values()).count(Outcome.SENDING) == 2
        platform.gate.set()
        await until(lambda: len(platform.shown) == 31)


async def test_a_board_is_sent_once_and_then_edited_to_its_latest_words(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger
) -> None:
    async with delivering(platform, database, clock):
        await put(database, clock, a_message("0/3"), board=True)
        await until(lambda: ledger.is_in("board", Outcome.SENT))
        platform.gate.clear()
        await put(database, clock, a_message("1/3"), board=True)
        await until(lambda: len(platform.asked) == 2)
        await put(database, clock, a_message("2/3"), board=True)
        await put(database, clock, a_message("3/3"), board=True)
        platform.gate.set()
        await until(lambda: platform.texts()[-1:] == ["3/3"] and ledger.is_in("board", Outcome.SENT))
    assert platform.texts() == ["0/3", "1/3", "3/3"]
    assert [request.edits for request in platform.shown] == [None, "1", "1"]


async def test_words_to_one_chat_arrive_in_their_order(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger
) -> None:
    async with delivering(platform, database, clock):
        await put(database, clock, *(a_message(f"câu {n}") for n in range(12)))
        await until(lambda: len(platform.shown) == 12)
    assert platform.texts(LAN) == [f"câu {n}" for n in range(12)]


async def test_a_gentle_stop_finishes_what_is_under_way_and_gives_the_rest_back(
    database: Database, clock: Clock, ledger: Ledger
) -> None:
    platform = ScriptedPlatform(replace(QUICK, chat_interval=30.0))
    platform.gate.clear()
    async with delivering(platform, database, clock):
        await put(database, clock, a_message("một"), a_message("hai"))
        await until(lambda: len(platform.asked) == 1)
    assert ledger.states() == {"một": Outcome.SENT, "hai": Outcome.READY}


async def test_a_gentle_stop_at_any_moment_leaves_no_doubt(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger
) -> None:
    for stop in range(12):
        async with delivering(platform, database, clock):
            await put(database, clock, *(a_message(f"{stop}/{n}", str(n)) for n in range(30)))
            await asyncio.sleep(stop * 0.002)
        assert set(ledger.states().values()) <= {Outcome.READY, Outcome.LEASED, Outcome.SENT}
    async with delivering(platform, database, clock):
        await until(lambda: set(ledger.states().values()) == {Outcome.SENT})
    assert sorted(platform.texts()) == sorted(ledger.states())


async def test_what_a_dead_deliverer_left_is_taken_over(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger, cast: Cast
) -> None:
    await put(database, clock, a_message("đang gửi"), a_message("chưa gửi"))
    await put(database, clock, a_message("có ca sốt"), lane=Lane.ALERT)

    def die_while_sending(tx: Connection, now: object) -> None:
        taken: Sequence[outbox.Parcel] = sending.claim(tx, "telegram", holder="dead", now=clock.now(), limit=9)
        begun = [parcel.id for parcel in taken if parcel.key != "chưa gửi"]
        sending.begin_sending(tx, begun, holder="dead")

    await database.run(die_while_sending, clock.now())
    async with delivering(platform, database, clock):
        await until(lambda: ledger.is_in("chưa gửi", Outcome.SENT) and ledger.is_in("có ca sốt", Outcome.SENT))
        await until(lambda: platform.texts(cast.rooms["office"]))
    assert ledger.is_in("đang gửi", Outcome.UNCERTAIN)
    assert sorted(platform.texts(LAN)) == ["chưa gửi", "🔁 (nhắc lại) có ca sốt"]


async def test_no_more_requests_are_under_way_than_planned(
    database: Database, clock: Clock, platform: ScriptedPlatform
) -> None:
    async with delivering(platform, database, clock):
        await put(database, clock, a_message("câu đầu"))
        await until(lambda: platform.shown)
        platform.gate.clear()
        await put(database, clock, *(a_message(f"câu {n}", str(n)) for n in range(90)), lane=Lane.CAMPAIGN)
        await until(lambda: len(platform.asked) == 1 + 40)
        await put(database, clock, a_message("có ca sốt"), lane=Lane.ALERT)
        await until(lambda: len(platform.asked) == 1 + 41)
        platform.gate.set()
        await until(lambda: len(platform.shown) == 1 + 91)
    assert platform.most_at_once == 41


async def test_after_a_quiet_time_a_few_go_first_and_an_alert_beside_them(
    database: Database, clock: Clock, platform: ScriptedPlatform
) -> None:
    platform.gate.clear()
    async with delivering(platform, database, clock):
        await put(database, clock, *(a_message(f"câu {n}", str(n)) for n in range(90)), lane=Lane.CAMPAIGN)
        await until(lambda: len(platform.asked) == FEELERS)
        await put(database, clock, a_message("có ca sốt"), lane=Lane.ALERT)
        await until(lambda: len(platform.asked) == FEELERS + 1)
        platform.gate.set()
        await until(lambda: len(platform.shown) == 91)
    assert platform.asked[FEELERS].text == "có ca sốt"

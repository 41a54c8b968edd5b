"""Reception: every update once and whole, in the order of its chat; what fails is kept raw, and nothing waits for it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from bot.clock import Clock
from bot.platform import Poison
from bot.reception import Reception
from handlers import conversation
from handlers.wording import OLD_BUTTON
from storage import inbox
from storage.database import Database, DatabaseAwayError, Work
from storage.messages import Act, Button, IncomingMessage, Lane, OutgoingMessage
from storage.outbox import Parcel, parcels, put
from storage.record import add, find_all
from storage.records.options import options, set_option
from tests.cast import Cast


def said(key: str, text: str = "alo", chat: str = "1005") -> IncomingMessage:
    return IncomingMessage(
        platform="telegram",
        bot="7000",
        key=key,
        act=Act.TEXT,
        chat_id=chat,
        chat_type="private",
        sent_at=datetime.fromisoformat("2026-11-23T08:00:00+07:00"),
        user_id=chat,
        message_id=key,
        text=text,
        addressed=True,
    )


def hear(tx: Connection, message: IncomingMessage, now: datetime) -> None:
    """Stands for the conversation: writes down what was said, in the order it was handled."""
    if message.text == "hỏng":
        raise KeyError(message.text)
    count = len(tx.execute(select(options.c.name)).all())
    set_option(tx, f"{message.chat_id}/{count:04}", message.key)


def heard(tx: Connection, _now: datetime) -> list[tuple[str, str]]:
    """(chat, key) in the order of handling."""
    rows = tx.execute(select(options.c.name, options.c.value))
    by_number = sorted((row.name.split("/")[1], row.name.split("/")[0], row.value) for row in rows)
    return [(chat, key) for _, chat, key in by_number]


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "answer", hear)


@pytest.fixture
def empty_sqlite_url(empty_sqlite: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(empty_sqlite, tmp_path / 'lanes.sqlite3')}"


@pytest.fixture
def reception(database: Database, clock: Clock) -> Reception:
    return Reception(database, clock)


@pytest.mark.usefixtures("listening")
async def test_a_copy_dies_whether_it_comes_with_the_first_or_later(
    reception: Reception, database: Database, now: datetime
) -> None:
    await reception.receive([said("1"), said("1"), said("2")])
    await reception.receive([said("1")])
    assert await database.read(heard, now) == [("1005", "1"), ("1005", "2")]


@pytest.mark.usefixtures("listening")
async def test_copies_at_the_same_moment_are_one(reception: Reception, database: Database, now: datetime) -> None:
    await asyncio.gather(*(reception.receive([said(str(n % 5))]) for n in range(40)))
    assert sorted(key for _, key in await database.read(heard, now)) == ["0", "1", "2", "3", "4"]


@pytest.mark.usefixtures("listening")
async def test_what_cannot_be_handled_is_parked_and_stops_nothing(
    reception: Reception, database: Database, now: datetime, cast: Cast
) -> None:
    await reception.receive([said("1"), said("2", "hỏng"), said("3"), said("4", "hỏng", chat="1003")])
    assert [key for _, key in await database.read(heard, now)] == ["1", "3"]
    kept = await database.read(lambda tx, _: inbox.parked(tx), now)
    assert {(one.key, one.error) for one in kept} == {("2", "KeyError"), ("4", "KeyError")}
    assert msgspec.json.decode(kept[0].raw, type=IncomingMessage).text == "hỏng"
    told = await database.read(lambda tx, _: tx.execute(select(parcels.c.chat_id)).scalars().all(), now)
    assert told == [cast.rooms["office"]]  # once, though two were parked


@pytest.mark.usefixtures("listening")
async def test_what_cannot_even_be_read_is_parked_raw(reception: Reception, database: Database, now: datetime) -> None:
    poison = Poison("telegram", "7000", "9", b"\xff{", "DecodeError")
    await reception.receive([poison, said("1"), poison])
    [kept] = await database.read(lambda tx, _: inbox.parked(tx), now)
    assert (kept.key, kept.raw) == ("9", b"\xff{")
    assert await database.read(heard, now) == [("1005", "1")]


async def test_a_press_of_what_nobody_was_offered_is_refused_and_not_kept(
    reception: Reception, database: Database, now: datetime, cast: Cast
) -> None:
    """An altered app sends any data it likes; a press that fails though it was offered is a defect of ours, and parked."""
    for key, data in (("1", "mend:fix"), ("2", "mend:fix:" + "9" * 40), ("3", "said")):
        forged = replace(said(key, ""), act=Act.PRESS, pressed=data, press_id=f"p{key}")
        await reception.receive([forged, forged])
    assert await database.read(lambda tx, _: inbox.parked(tx), now) == []
    [told] = {each.message.text for each in await database.read(lambda tx, _: find_all(tx, Parcel, parcels), now)}
    assert told == OLD_BUTTON
    offered = OutgoingMessage(platform="telegram", chat_id="1005", text="?", buttons=((Button("Sửa", "mend:fix"),),))
    await database.run(lambda tx, now: put(tx, offered, key="offered", lane=Lane.ANSWER, now=now), now)
    press = replace(said("4", ""), act=Act.PRESS, pressed="mend:fix", press_id="p4")
    await reception.receive([press])
    assert [one.error for one in await database.read(lambda tx, _: inbox.parked(tx), now)] == ["IndexError"]


class Away(Database):
    """A database that takes nothing."""

    async def run(self, work: Work[object], now: datetime) -> object:  # type: ignore[override]
        raise DatabaseAwayError("gone")


async def test_while_the_database_is_away_nothing_is_confirmed(database_url: str, clock: Clock) -> None:
    database = Away(database_url)
    reception = Reception(database, clock)
    for arrivals in ([said("1")], [said("1"), said("2", chat="1003")], [Poison("telegram", "7000", "9", b"", "x")]):
        with pytest.raises(DatabaseAwayError):
            await reception.receive(arrivals)
    database.close()


@pytest.mark.usefixtures("listening")
async def test_lanes_leave_nothing_behind(reception: Reception) -> None:
    await asyncio.gather(*(reception.receive([said(str(n), chat=str(n % 3))]) for n in range(30)))
    assert reception._lanes == {}


def in_batches(arrivals: Sequence[IncomingMessage], size: int) -> list[Sequence[IncomingMessage]]:
    return [arrivals[start : start + size] for start in range(0, len(arrivals), size)]


@given(
    chats=st.lists(st.sampled_from(["1003", "1004", "1005"]), min_size=1, max_size=25),
    size=st.integers(1, 8),
    broken=st.sets(st.integers(0, 24)),
)
@pytest.mark.usefixtures("listening")
def test_the_order_of_a_chat_is_kept_whatever_comes_beside_it(
    chats: list[str], size: int, broken: set[int], empty_sqlite_url: str, now: datetime
) -> None:
    """Batches come one after the other, as a poll brings them; each holds several chats."""
    arrivals = [said(f"{n:02}", "hỏng" if n in broken else "alo", chat) for n, chat in enumerate(chats)]

    async def play() -> list[tuple[str, str]]:
        database = Database(empty_sqlite_url)
        await database.run(lambda tx, _: (tx.execute(options.delete()), tx.execute(inbox.inbox.delete())), now)
        reception = Reception(database, Clock())
        for batch in in_batches(arrivals, size):
            await reception.receive(batch)
        order = await database.read(heard, now)
        database.close()
        return order

    order = asyncio.run(play())
    for chat in set(chats):
        wanted = [one.key for one in arrivals if one.chat_id == chat and one.text != "hỏng"]
        assert [key for place, key in order if place == chat] == wanted


async def test_an_answer_is_kept_with_its_update_or_not_at_all(
    reception: Reception, database: Database, now: datetime, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real conversation, failing after it has written."""
    answer = conversation.answer

    def answer_and_fail(tx: Connection, message: IncomingMessage, now: datetime) -> None:
        answer(tx, message, now)
        add(tx, options, name="half", value=1)
        raise RuntimeError

    monkeypatch.setattr(conversation, "answer", answer_and_fail)
    await reception.receive([replace(said("1", "/trogiup"), user_id=cast.lan.account, chat_id=cast.lan.account)])
    rows = await database.read(lambda tx, _: tx.execute(select(parcels.c.chat_id)).scalars().all(), now)
    assert rows == [cast.rooms["office"]]  # only the note that something was parked
    monkeypatch.setattr(conversation, "answer", answer)
    await reception.receive([replace(said("2", "/trogiup"), user_id=cast.lan.account, chat_id=cast.lan.account)])
    rows = await database.read(lambda tx, _: tx.execute(select(parcels.c.chat_id)).scalars().all(), now)
    assert cast.lan.account in rows

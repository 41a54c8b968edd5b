"""The outbox: nothing is put twice, nothing is sent by two, and what may have gone out is known."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from storage import outbox
from storage.database import Database
from storage.messages import Lane, OutgoingMessage
from storage.outbox import Outcome, parcels
from storage.parcels import sending, uncertainty

HOLDER = "deliverer-1"


def a_message(text: str = "xin chào", chat_id: str = "5") -> OutgoingMessage:
    return OutgoingMessage(platform="telegram", chat_id=chat_id, text=text)


def put(tx: Connection, now: datetime, key: str, lane: Lane = Lane.ANSWER) -> bool:
    return outbox.put_if_new(tx, a_message(key), key=key, lane=lane, now=now)


def states(tx: Connection, _now: datetime) -> dict[str, str]:
    return {row.key: row.state for row in tx.execute(select(parcels.c.key, parcels.c.state))}


def claim(tx: Connection, now: datetime, holder: str = HOLDER, limit: int = 10) -> list[outbox.Parcel]:
    return sending.claim(tx, "telegram", holder=holder, now=now, limit=limit)


async def test_a_key_is_put_once(database: Database, now: datetime) -> None:
    assert await database.run(lambda tx, now: put(tx, now, "k"), now)
    assert not await database.run(lambda tx, now: put(tx, now, "k"), now)


async def test_what_nobody_put_off_goes_at_once_whatever_the_clock_of_who_put_it(
    database: Database, now: datetime
) -> None:
    """The machine that hears may be an hour ahead of the one that sends, or its clock may just have been set back."""

    def work(tx: Connection, now: datetime) -> list[list[str]]:
        ahead = now + timedelta(hours=1)
        put(tx, ahead, "alert", Lane.ALERT)
        for words in ("1/2", "2/2"):
            outbox.put_board(tx, a_message(words), key="board", lane=Lane.ANSWER, now=ahead)
        first = claim(tx, now)
        later = now + timedelta(seconds=5)
        sending.postpone(tx, [one.id for one in first], until=later, trouble="too fast")
        return [[one.key for one in each] for each in (first, claim(tx, now), claim(tx, later))]

    assert await database.run(work, now) == [["alert", "board"], [], ["alert", "board"]]


async def test_alerts_are_claimed_before_campaigns_put_earlier(database: Database, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> list[str]:
        put(tx, now, "campaign", Lane.CAMPAIGN)
        put(tx, now, "directive", Lane.DIRECTIVE)
        put(tx, now, "alert", Lane.ALERT)
        return [parcel.key for parcel in claim(tx, now)]

    assert await database.run(work, now) == ["alert", "directive", "campaign"]


async def test_what_was_put_is_there_for_whoever_asks_and_goes_with_what_is_taken_back(
    database: Database, now: datetime
) -> None:
    """Parcels of many messages are put together, just before the commit: nobody can tell."""

    def say(tx: Connection, key: str) -> None:
        outbox.put(tx, a_message(key), key=key, lane=Lane.ANSWER, now=now)

    def work(tx: Connection, now: datetime) -> list[dict[str, str]]:
        seen = []
        say(tx, "before")
        with tx.begin_nested() as attempt:
            say(tx, "within")
            attempt.rollback()
        say(tx, "behind")
        seen.append(states(tx, now))
        say(tx, "last")
        put(tx, now, "last")  # it stands already, though it was not asked for yet
        return [*seen, states(tx, now)]

    ready = Outcome.READY
    first, then = await database.run(work, now)
    assert first == {"before": ready, "behind": ready}
    assert then == {"before": ready, "behind": ready, "last": ready}
    assert await database.read(states, now) == then


async def test_a_hundred_answers_are_put_in_their_order(database: Database, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        for number in range(101):
            outbox.put(tx, a_message(f"{number}"), key=f"{number}", lane=Lane.ANSWER, now=now)
            outbox.put(tx, a_message("again"), key=f"{number}", lane=Lane.ANSWER, now=now)

    await database.run(work, now)
    taken = await database.run(lambda tx, now: claim(tx, now, limit=200), now)
    assert [parcel.message.text for parcel in taken] == [f"{number}" for number in range(101)]


async def test_a_parcel_waits_for_its_time(database: Database, now: datetime) -> None:
    later = now + timedelta(minutes=5)
    await database.run(
        lambda tx, now: outbox.put(tx, a_message(), key="k", lane=Lane.ANSWER, now=now, due_at=later), now
    )
    assert await database.run(claim, now) == []
    assert len(await database.run(claim, later)) == 1


async def test_who_lost_the_lease_cannot_begin(database: Database, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> tuple[set[int], set[int]]:
        put(tx, now, "k")
        [parcel] = claim(tx, now)
        uncertainty.take_over(tx, "telegram", holder="deliverer-2")
        claim(tx, now, holder="deliverer-2")
        late = sending.begin_sending(tx, [parcel.id], holder=HOLDER)
        return late, sending.begin_sending(tx, [parcel.id], holder="deliverer-2")

    late, rightful = await database.run(work, now)
    assert late == set()
    assert len(rightful) == 1


async def test_after_a_crash_alerts_go_again_and_the_rest_waits_for_a_decision(
    database: Database, now: datetime
) -> None:
    def work(tx: Connection, now: datetime) -> int:
        put(tx, now, "alert", Lane.ALERT)
        put(tx, now, "answer")
        put(tx, now, "not begun")
        taken = claim(tx, now)
        sending.begin_sending(tx, [parcel.id for parcel in taken[:2]], holder=HOLDER)
        return uncertainty.take_over(tx, "telegram", holder="deliverer-2")

    assert await database.run(work, now) == 1
    assert await database.run(states, now) == {
        "alert": Outcome.READY,
        "answer": Outcome.UNCERTAIN,
        "not begun": Outcome.READY,
    }


async def test_a_board_goes_again_when_its_words_changed_while_it_was_sent(database: Database, now: datetime) -> None:
    def show(tx: Connection, now: datetime, text: str) -> None:
        outbox.put_board(tx, a_message(text), key="board", lane=Lane.REMINDER, now=now)

    def begin(tx: Connection, now: datetime) -> outbox.Parcel:
        show(tx, now, "1/3")
        [parcel] = claim(tx, now)
        sending.begin_sending(tx, [parcel.id], holder=HOLDER)
        show(tx, now, "2/3")
        sending.settle(tx, parcel, external_id="77", now=now)
        return parcel

    await database.run(begin, now)
    [again] = await database.run(claim, now)
    assert again.message.text == "2/3"
    assert again.external_id == "77"


async def test_a_board_with_the_same_words_is_not_sent_again(database: Database, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> dict[str, str]:
        outbox.put_board(tx, a_message("1/3"), key="board", lane=Lane.REMINDER, now=now)
        [parcel] = claim(tx, now)
        sending.begin_sending(tx, [parcel.id], holder=HOLDER)
        sending.settle(tx, parcel, external_id="77", now=now)
        outbox.put_board(tx, a_message("1/3"), key="board", lane=Lane.REMINDER, now=now)
        return states(tx, now)

    assert await database.run(work, now) == {"board": Outcome.SENT}


async def test_somebody_decides_about_an_uncertain_parcel_once(database: Database, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> tuple[bool, bool]:
        put(tx, now, "k")
        [parcel] = claim(tx, now)
        sending.begin_sending(tx, [parcel.id], holder=HOLDER)
        uncertainty.leave_uncertain(tx, uncertainty.are([parcel.id]), trouble="timed out")
        first = uncertainty.decide(tx, parcel.id, send_again=True, now=now)
        return first, uncertainty.decide(tx, parcel.id, send_again=False, now=now)

    assert await database.run(work, now) == (True, False)
    assert await database.run(states, now) == {"k": Outcome.READY}

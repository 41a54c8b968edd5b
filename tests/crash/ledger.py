"""What must hold after any number of kills: the test's own ledger, the database and the rooms tell the same story."""

from __future__ import annotations

from collections import Counter, defaultdict

from sqlalchemy import Connection, func, select

from bot.delivery.parcels import AGAIN
from storage import inbox
from storage.invariants import broken_invariants
from storage.messages import BOLD_OFF, BOLD_ON, Deed
from storage.outbox import Outcome, Parcel, parcels
from storage.record import find_all
from storage.records.check_ins import CheckIn, CheckInState, check_ins
from storage.records.schedules import schedule_ticks
from tests.crash import office
from tests.crash.scene import Scene, wire_id

SETTLED = {Outcome.SENT, Outcome.UNCERTAIN}


async def discrepancies(scene: Scene) -> list[str]:
    """Sentences; empty is what everybody wants to see."""
    found = await scene.database.read(lambda tx, _: [*_in_records(tx, scene), *_in_parcels(tx)], scene.now)
    letters = await scene.database.read(lambda tx, _: find_all(tx, Parcel, parcels), scene.now)
    return [*found, *_in_rooms(letters, await shown_in_rooms(scene))]


def _in_records(tx: Connection, scene: Scene) -> list[str]:
    broken = [f"invariant: {sentence}" for sentence in broken_invariants(tx)]
    parked = [f"parked: {one.key} {one.error}" for one in inbox.parked(tx)]
    return [*broken, *parked, *_of_check_ins(tx, scene), *_of_ticks(tx)]


def _of_check_ins(tx: Connection, scene: Scene) -> list[str]:
    """Everything said stands once, and in the order it was said; but for what a messenger handed out once, to the killed."""
    kept: dict[str, list[CheckIn]] = defaultdict(list)
    is_new = check_ins.c.chat_id.not_in(scene.older)
    for row in in_order_of_corrections(find_all(tx, CheckIn, check_ins, is_new, order_by=(check_ins.c.id,))):
        kept[row.chat_id].append(row)
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in scene.said:
        said[one.place.chat].append((one.message_id, one.text))
    found, lost = [], 0
    for chat in said.keys() | kept.keys():
        recorded = [(row.message_id, row.said) for row in kept[chat]]
        heard = [line for line in said[chat] if line in recorded] if scene.may_lose else said[chat]
        lost += len(said[chat]) - len(heard)
        if recorded != heard:
            found.append(f"records of {chat}: {recorded}, but said was {said[chat]}")
        current = [row.said for row in kept[chat] if row.state == CheckInState.CURRENT]
        if (heard and current[-1:] != [heard[-1][1]]) or len(current) > 1 + scene.has_two_days:
            found.append(f"what stands in {chat}: {current}")
    return found + ([f"{lost} lines lost by {scene.may_lose} kills"] if lost > scene.may_lose else [])


def in_order_of_corrections(rows: list[CheckIn]) -> list[CheckIn]:
    """Each behind what it corrects: what was heard late stands where it was said."""
    corrects = {row.supersedes_id: row for row in rows if row.supersedes_id is not None}
    ordered = []
    for first in (row for row in rows if row.supersedes_id is None):
        row: CheckIn | None = first
        while row is not None:
            ordered.append(row)
            row = corrects.get(row.id)
    return ordered


def _of_ticks(tx: Connection) -> list[str]:
    columns = (schedule_ticks.c.schedule_id, schedule_ticks.c.due_at)
    doubled = select(*columns).group_by(*columns).having(func.count() > 1)
    failed = select(schedule_ticks.c.schedule_id).where(schedule_ticks.c.outcome == "failed")
    return [f"tick twice: {row}" for row in tx.execute(doubled)] + [f"tick failed: {r}" for r in tx.execute(failed)]


def _in_parcels(tx: Connection) -> list[str]:
    states = Counter(tx.execute(select(parcels.c.state)).scalars())
    return [f"{count} parcels {state}" for state, count in states.items() if state not in SETTLED]


async def shown_in_rooms(scene: Scene) -> dict[str, list[tuple[str, str]]]:
    """What the bot has said: chat → (message id, text)."""
    places = {place.chat: (place.person, place.room) for place in office.talking_places(wire=scene.wire)}
    places |= {scene.wire.group(number): (office.HOA, str(number)) for number in _room_numbers(scene.rooms)}
    places[scene.wire.account(office.HOA)] = (office.HOA, scene.wire.bot)
    shown = {}
    for chat, (person, room) in places.items():
        query = {"as": person, "room": room, "limit": 1000}
        messages = await scene.ask("/human/messages", **query)
        shown[chat] = [(wire_id(m), m.get("text", "")) for m in messages if m["from"].get("is_bot")]
    return shown


def _room_numbers(rooms: int) -> list[int]:
    units = [office.FIRST_ROOM - n for n in range(office.UNITS)]
    return [office.OFFICE_ROOM, *units, *(office.FIRST_OF_MANY - n for n in range(rooms))]


def _in_rooms(letters: list[Parcel], shown: dict[str, list[tuple[str, str]]]) -> list[str]:
    """Every parcel that says it was sent is seen once; whatever else is seen belongs to one that is uncertain."""
    found = []
    for chat, messages in shown.items():
        here = [one for one in letters if one.chat_id == chat and one.message.deed == Deed.SAY]
        ids = [message_id for message_id, _ in messages]
        found += [f"sent and not seen: {one.key}" for one in here if _is_sent(one) and one.external_id not in ids]
        known = {one.external_id for one in here}
        in_doubt = [one for one in here if one.state == Outcome.UNCERTAIN or one.repeats]
        doubtful = [_plain(one) for one in in_doubt for _ in range(max(1, one.repeats))]
        for message_id, text in messages:
            if message_id in known:
                continue
            # where there are no buttons, words for them stand behind the text
            words = text.removeprefix(AGAIN)
            if (one := next((one for one in doubtful if words.startswith(one)), None)) is None:
                found.append(f"seen in {chat} without a parcel: {text!r}")
            else:
                doubtful.remove(one)
    return found


def _is_sent(parcel: Parcel) -> bool:
    return parcel.state == Outcome.SENT


def _plain(parcel: Parcel) -> str:
    return parcel.message.text.replace(BOLD_ON, "").replace(BOLD_OFF, "")

"""The messages of a chase: one merged reminder a person, a line without names a room, the names to heads of unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from handlers.directives.audience import chosen_audiences
from handlers.directives.missing import missing_by_unit
from handlers.directives.sheet import (
    excerpt,
    file_of,
    note_on_file,
    paper_of,
    receipt_button,
    receipt_buttons,
    sheet,
    title,
)
from handlers.local_time import local_day
from handlers.telling import Buttons, tell_person, tell_room
from handlers.wording import and_more, bold, bullets
from storage import outbox
from storage.messages import Lane, OutgoingMessage
from storage.record import find_all
from storage.records.accounts import Account, private_chats_of
from storage.records.chats import Audience, ChatState, GroupChat, chats, rooms_of_unit
from storage.records.directives import Directive, who_has_not_acknowledged
from storage.records.people import Person, Role, people_named, people_with

MERGED = 8  # directives in one reminder; their ids must fit into the parcel's `about`


def chase_key(chased: Sequence[Directive]) -> str:
    """Names this asking: the same directives are never asked for twice under one count of chases."""
    return "chase/" + "-".join(f"{one.id}.{one.chases}" for one in chased[:MERGED])


def remind_people(tx: Connection, chased: Sequence[Directive], now: datetime) -> list[Person]:
    """One message to each who still owes; returns those who can be reached only by their rooms."""
    owed = _owed_by_person(tx, chased)
    people = people_named(tx, list(owed))
    private = private_chats_of(tx, list(owed))
    letters = [_reminder(tx, person, owed[person.id], private[person.id]) for person in people if person.id in private]
    outbox.put_all(tx, letters, lane=Lane.REMINDER, now=now)
    return [person for person in people if person.id not in private]


def remind_rooms(tx: Connection, chased: Sequence[Directive], unreached: Iterable[Person], now: datetime) -> None:
    """Rooms read how many are missing, never who."""
    only_by_room = {person.id for person in unreached}
    counts: dict[int, list[tuple[Directive, int]]] = defaultdict(list)
    rooms: dict[int, GroupChat] = {}
    for directive in chased:
        for room, count in _rooms_to_remind(tx, directive, only_by_room):
            rooms[room.id] = room
            counts[room.id].append((directive, count))
    for room_id, lines in counts.items():
        _remind_room(tx, rooms[room_id], lines[:MERGED], now)


def call_heads(tx: Connection, chased: Sequence[Directive], now: datetime) -> None:
    """Each head of unit learns in private who of his unit is missing, over all these directives."""
    lines: dict[int, list[str]] = defaultdict(list)
    for directive in chased:
        for head, names in _missing_by_head(tx, directive, now):
            lines[head.id].append(f"{title(directive)}: {names}")
    text = "Đơn vị của anh/chị còn người chưa xác nhận chỉ đạo, nhờ anh/chị đôn đốc giúp ạ:"
    for head_id, missed in lines.items():
        words = f"🔔 {text}\n{bullets(missed)}"
        tell_person(tx, head_id, words, key=f"{chase_key(chased)}/head", lane=Lane.REMINDER, now=now)


def _missing_by_head(tx: Connection, directive: Directive, now: datetime) -> Iterator[tuple[Person, str]]:
    """Each head of unit who lacks somebody, and whom."""
    for unit_id, missing in missing_by_unit(tx, directive).items():
        heads = [] if unit_id is None else people_with(tx, local_day(now), Role.HEAD_OF_UNIT, unit_ids=[unit_id])
        for head in heads:
            names = ", ".join(person.called for person in missing if person.id != head.id)
            if names:
                yield head, names


def _owed_by_person(tx: Connection, chased: Iterable[Directive]) -> Mapping[int, list[Directive]]:
    owed: dict[int, list[Directive]] = defaultdict(list)
    for directive in chased:
        for one in who_has_not_acknowledged(tx, directive.id):
            owed[one.person_id].append(directive)
    return owed


def _reminder(
    tx: Connection, person: Person, owed: list[Directive], account: Account
) -> tuple[str, OutgoingMessage, str]:
    """The parcel's key, the message and what it is about."""
    only = owed[0] if len(owed) == 1 else None
    message = OutgoingMessage(
        platform=account.platform,
        chat_id=account.private_chat_id or "",
        text=_one(tx, person, only, account.platform) if only else _several(person, owed),
        buttons=receipt_buttons(only) if only else _a_button_each(owed),
        file=file_of(tx, only, account.platform) if only else None,
    )
    about = only.about if only else "directives/" + ",".join(str(one.id) for one in owed[:MERGED])
    return f"{chase_key(owed)}/person/{person.id}", message, about


def _one(tx: Connection, person: Person, directive: Directive, platform: str) -> str:
    ask = f"🔔 Nhắc {person.called}: còn một chỉ đạo chờ xác nhận. Xin đọc rồi xác nhận “Đã nhận” ạ."
    return f"{ask}\n\n{sheet(directive)}{note_on_file(tx, directive, platform)}"


def _several(person: Person, owed: list[Directive]) -> str:
    parts = [f"🔔 Nhắc {person.called}: còn {len(owed)} chỉ đạo chờ xác nhận ạ."]
    for directive in owed[:MERGED]:
        paper = paper_of(directive)
        head = bold(f"Mã {directive.code}") + (f" · văn bản {paper}" if paper else "")
        parts.append(f"{head}\n{excerpt(directive.text)}\n{directive.signatory}")
    parts += and_more(len(owed) - MERGED, "chỉ đạo khác (gõ /chuanhan).")
    return "\n\n".join(parts)


def _a_button_each(owed: Sequence[Directive]) -> Buttons:
    return tuple((receipt_button(one, f"Đã nhận {one.code}"),) for one in owed[:MERGED])


def _rooms_to_remind(tx: Connection, directive: Directive, only_by_room: set[int]) -> list[tuple[GroupChat, int]]:
    """The units' own rooms; for leaders and managers the room they got it in, and only for those who read no private."""
    owing = who_has_not_acknowledged(tx, directive.id)
    if _is_for_units(directive):
        counts: dict[int, int] = defaultdict(int)
        for one in owing:
            if one.unit_id is not None:
                counts[one.unit_id] += 1
        return [(room, count) for unit, count in counts.items() for room in _unit_rooms(tx, unit)]
    hidden = sum(one.person_id in only_by_room for one in owing)
    where = (chats.c.id.in_(directive.sent_to["room_ids"]), chats.c.state == ChatState.ACTIVE)
    return [(room, len(owing)) for room in find_all(tx, GroupChat, chats, *where)] if hidden else []


def _is_for_units(directive: Directive) -> bool:
    audiences = set(chosen_audiences(directive.audience))
    return not audiences or Audience.EVERYONE in audiences


def _unit_rooms(tx: Connection, unit_id: int) -> list[GroupChat]:
    return [room for room in rooms_of_unit(tx, unit_id) if room.audience == Audience.UNIT]


def _remind_room(tx: Connection, room: GroupChat, missed: list[tuple[Directive, int]], now: datetime) -> None:
    directives = [directive for directive, _ in missed]
    lines = bullets([f"{title(directive)}: còn {count} người chưa xác nhận" for directive, count in missed])
    several = len(directives) > 1
    tell_room(
        tx,
        room,
        f"🔔 {bold('Nhắc nhận chỉ đạo')}\n{lines}\nAnh/chị nào chưa nhận xin xác nhận “Đã nhận” ạ.",
        key=chase_key(directives),
        lane=Lane.REMINDER,
        now=now,
        about="directives/" + ",".join(str(one.id) for one in directives),
        buttons=_a_button_each(directives) if several else receipt_buttons(directives[0]),
    )

"""Sends a confirmed directive out to its rooms and people, exactly once; and takes it back when its author says so."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from handlers.directives.audience import Reach, find_reach
from handlers.directives.board import refresh_board
from handlers.directives.meetings import next_chase
from handlers.directives.sheet import file_of, note_on_file, paper_of, receipt_buttons, sheet
from handlers.directives.working_hours import after_working_time
from handlers.local_time import full_moment, local_day
from handlers.telling import tell_person, tell_room
from handlers.wording import bold
from storage.messages import Lane
from storage.parcels.recall import take_back_all_about
from storage.record import find_all
from storage.records.accounts import reachable_accounts
from storage.records.audit import note
from storage.records.chats import ChatState, GroupChat, chats
from storage.records.directives import (
    Directive,
    DirectiveState,
    change_directive,
    expect_receipts,
    find_directive,
    hold_directive,
)
from storage.records.people import Person
from storage.records.schedules import exceptional_days

FIRST_CHASE_AFTER = timedelta(hours=2)  # of working time


def publish(tx: Connection, directive_id: int, now: datetime) -> Reach | None:
    """Publish a draft: rooms, private copies, what everybody owes, the board. None: it is no draft any more.

    1. Claim it. 2. Note who owes. 3. Put the messages. 4. Put the board.
    """
    draft = find_directive(tx, directive_id)
    if draft is None:
        return None
    reach = find_reach(tx, draft.audience, local_day(now), author_id=draft.author_id)
    if not reach.debtors or not _claim(tx, draft, reach, now):
        return None
    expect_receipts(tx, draft.id, reach.debtors.items())
    for room in reach.rooms:
        _send_to_room(tx, draft, room, now)
    for person in reach.privately:
        send_privately(tx, draft, person, now)
    refresh_board(tx, draft.id, now)
    counts = {"rooms": len(reach.rooms), "people": len(reach.debtors), "privately": len(reach.privately)}
    note(tx, at=now, actor_id=draft.author_id, act="directive.published", subject=draft.about, **counts)
    return reach


def send_privately(tx: Connection, directive: Directive, person: Person, now: datetime) -> None:
    """The sheet with its button, to one person."""
    accounts = reachable_accounts(tx, person.id)
    platform = accounts[0].platform if accounts else directive.platform
    tell_person(
        tx,
        person.id,
        sheet(directive) + note_on_file(tx, directive, platform),
        key=directive.about,
        lane=Lane.DIRECTIVE,
        now=now,
        about=directive.about,
        buttons=receipt_buttons(directive),
        file=file_of(tx, directive, platform),
    )


def withdraw(tx: Connection, directive_id: int, now: datetime) -> bool:
    """Take a published directive back: what has not left stays, whoever got it is told. False: nothing to take back."""
    directive = hold_directive(tx, directive_id)
    values = {"state": DirectiveState.CANCELLED, "withdrawn_at": now, "chase_at": None}
    if directive is None or not change_directive(tx, directive_id, DirectiveState.PUBLISHED, **values):
        return False
    never_left = take_back_all_about(tx, directive.about, now=now)
    _tell_of_withdrawal(tx, directive, never_left, now)
    refresh_board(tx, directive_id, now, is_news=True)
    note(tx, at=now, actor_id=directive.author_id, act="directive.withdrawn", subject=directive.about)
    return True


def _claim(tx: Connection, draft: Directive, reach: Reach, now: datetime) -> bool:
    sent_to = {"room_ids": [room.id for room in reach.rooms], "person_ids": [one.id for one in reach.privately]}
    exceptions = exceptional_days(tx)
    chase_at = next_chase(draft, after_working_time(now, FIRST_CHASE_AFTER, exceptions), now, exceptions)
    values = {"state": DirectiveState.PUBLISHED, "published_at": now, "chase_at": chase_at, "sent_to": sent_to}
    return change_directive(tx, draft.id, DirectiveState.DRAFT, **values)


def _send_to_room(tx: Connection, directive: Directive, room: GroupChat, now: datetime) -> None:
    tell_room(
        tx,
        room,
        sheet(directive) + note_on_file(tx, directive, room.platform),
        key=directive.about,
        lane=Lane.DIRECTIVE,
        now=now,
        about=directive.about,
        buttons=receipt_buttons(directive),
        file=file_of(tx, directive, room.platform),
    )


def _tell_of_withdrawal(tx: Connection, directive: Directive, never_left: set[str], now: datetime) -> None:
    """Only those that the directive has reached, or may have."""
    text = _withdrawal(directive, now)
    key = f"{directive.about}/withdrawn"
    for room in _rooms_it_went_to(tx, directive):
        if f"{directive.about}/room/{room.id}" not in never_left:
            tell_room(tx, room, text, key=key, lane=Lane.DIRECTIVE, now=now)
    for person_id in directive.sent_to["person_ids"]:
        if f"{directive.about}/person/{person_id}" not in never_left:
            tell_person(tx, person_id, text, key=key, lane=Lane.DIRECTIVE, now=now)


def _rooms_it_went_to(tx: Connection, directive: Directive) -> list[GroupChat]:
    where = (chats.c.id.in_(directive.sent_to["room_ids"]), chats.c.state == ChatState.ACTIVE)
    return find_all(tx, GroupChat, chats, *where, order_by=(chats.c.id,))


def _withdrawal(directive: Directive, now: datetime) -> str:
    paper = paper_of(directive)
    return (
        f"{bold('THU HỒI CHỈ ĐẠO')} mã {directive.code}" + (f"\nVăn bản {paper}" if paper else "") + "\n\n"
        f"{directive.signatory} thu hồi chỉ đạo này lúc {full_moment(now)}. "
        "Xin dừng thực hiện và không chuyển tiếp. Không cần xác nhận nữa ạ."
    )

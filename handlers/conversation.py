"""The front desk: who is it, may they, what do they mean; then whoever is meant does it. One call, one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from sqlalchemy import Connection

from handlers import (
    alerts,
    approvals,
    commanding,
    directives,
    incidents,
    playbooks,
    small_talk,
    timed_reminders,
)
from handlers.answerers import DIALOGUES, IS_OPEN, PRESSES
from handlers.command import Command
from handlers.duty import sent_roster
from handlers.kinds import foresee_kinds, open_kinds
from handlers.local_time import local_day
from handlers.membership import joining, rooms, withdrawing
from handlers.reporting import alarming, hearing, mending, quick_answers
from handlers.reporting.asking import begin
from handlers.reporting.foreseeing import foresee_reports
from handlers.setting_up import sent_file
from handlers.telling.windows import note_heard
from handlers.unreadable import say_of_file, take_unreadable
from handlers.visit import Visit
from handlers.without_buttons import choosing
from handlers.wording import OLD_BUTTON, plain
from storage import outbox
from storage.messages import Act, IncomingMessage
from storage.prepared import is_far
from storage.records.accounts import foresee_who
from storage.records.chats import Audience, foresee_chat
from storage.records.dialogues import foresee_dialogue
from understanding.phrases.normalize import fold

ANONYMOUS = (
    "Tôi chưa biết ai vừa nhắn vì tài khoản đang ẩn danh. "
    "Xin tắt chế độ ẩn danh của quản trị viên, hoặc nhắn riêng cho tôi."
)
STRANGER = "Tôi chưa biết anh/chị là ai. Xin nhắn riêng cho tôi mã cá nhân do Văn phòng cấp."
NOT_PLACED = "Văn phòng chưa xếp anh/chị vào đơn vị nào nên tôi chưa ghi được. Xin báo Văn phòng giúp."
FORWARDED = (
    "Đây là tin chuyển tiếp nên tôi không ghi. Nếu là việc của anh/chị hay đơn vị, xin gõ lại bằng lời của mình."
)


def foresee(tx: Connection, message: IncomingMessage, now: datetime) -> None:
    """What is asked of nearly every message comes along with the answer to whether it is new."""
    if not is_far(tx):
        return
    if message.user_id is None or message.anonymous or message.act != Act.TEXT:
        return
    said_on = local_day(min(now, message.sent_at))
    foresee_who(tx, message.platform, message.user_id, said_on)
    if not message.is_private:
        foresee_chat(tx, message.platform, message.chat_id)
    foresee_dialogue(tx, message.platform, message.chat_id, message.user_id)
    foresee_kinds(tx)


def foresee_all(tx: Connection, arrivals: Sequence[tuple[IncomingMessage, datetime]]) -> None:
    """What messages that are new are going to ask: who says them and where has come along."""
    if is_far(tx):
        foresee_reports(tx, arrivals)


def answer(tx: Connection, message: IncomingMessage, now: datetime) -> None:
    """Handle one message wholly: records and parcels are in `tx` afterwards, or nothing is."""
    if message.act == Act.MOVED:
        rooms.move(tx, message)
        return
    if message.act == Act.WITHDRAWN:
        withdrawing.forget_account(tx, message, now)
        return
    visit = receive(tx, message, now)
    match message.act:
        case Act.ADDED:
            _enter(visit)
        case Act.REMOVED:
            _leave(visit)
        case Act.PRESS:
            _press(visit)
        case Act.EDIT if mending.take_edit(visit) or directives.take_edit(visit):
            pass
        case Act.UNSUPPORTED:
            take_unreadable(visit)
        case _:
            _listen(visit)


def receive(tx: Connection, message: IncomingMessage, now: datetime) -> Visit:
    """Who says it, where, with which posts."""
    visit = Visit(tx=tx, now=now, message=message)
    known = joining.know(tx, message, visit.today)
    note_heard(tx, message)
    if known is not None:
        visit.account, visit.person, visit.posts = known.account, known.person, known.posts
    visit.room = rooms.room_of(tx, message) if message.act != Act.REMOVED else None
    return visit


def _enter(visit: Visit) -> None:
    if not visit.message.is_private:
        rooms.enter(visit)


def _leave(visit: Visit) -> None:
    if visit.message.is_private:
        joining.close_private_chat(visit.tx, visit.message)
    else:
        rooms.leave(visit)


def _press(visit: Visit) -> None:
    verb, *parts = visit.message.pressed.split(":")
    press = PRESSES.get(verb)
    if verb == choosing.SAID:
        _hear_as_said(visit, parts[0])
    elif press is None:
        visit.close_press(OLD_BUTTON)
    elif visit.person is None and verb != "ack":  # a receipt tells strangers itself how to join
        visit.close_press(ANONYMOUS if visit.message.anonymous else STRANGER)
    else:
        press(visit, parts)


def _hear_as_said(visit: Visit, words: str) -> None:
    """It was no choice after all, but the answer to the open question."""
    visit.message = replace(visit.message, act=Act.TEXT, pressed="", text=words)
    _hear(visit)


def _listen(visit: Visit) -> None:
    """Words or a file: a command, a code, the answer to an open question, or something to report."""
    message = visit.message
    if message.anonymous:
        if message.addressed:
            visit.reply(ANONYMOUS)
    elif (found := commanding.command_in(message.text)) is not None:
        _run(visit, *found)
    elif visit.person is None:
        _hear_stranger(visit)
    elif joining.take_code(visit) or rooms.take_code(visit) or choosing.take_choice(visit, _press, IS_OPEN):
        pass
    elif not visit.posts:
        if message.addressed:
            visit.reply(NOT_PLACED)
    else:
        _hear(visit)


def _hear_stranger(visit: Visit) -> None:
    if visit.message.is_private:
        joining.answer_stranger(visit)
    elif joining.take_code(visit) or rooms.take_code(visit) or alerts.pass_on_unverified(visit):
        pass
    elif visit.message.addressed:
        visit.reply(STRANGER)


def _hear(visit: Visit) -> None:
    """What an open question makes of it comes before what the words say by themselves."""
    if _continue_dialogue(visit) or _open_something(visit):
        return
    message = visit.message
    if message.forwarded:  # somebody else's words: news or hearsay, never a report of whoever passes them on
        if message.is_private and not alarming.ask_whether_urgent(visit):
            visit.reply(FORWARDED)
        return
    abouts = [] if message.reply_to is None else _abouts(visit, message.reply_to)
    if any(family.take_words(visit, abouts) for family in (approvals, incidents, playbooks)):
        return
    if message.text and (alerts.answer_by_word(visit, abouts) or quick_answers.same_by_word(visit, abouts)):
        return
    if (message.text or (message.file and abouts)) and hearing.hear(visit, abouts):
        return
    if not alarming.ask_whether_urgent(visit):
        _answer_what_reports_nothing(visit, abouts)


def _answer_what_reports_nothing(visit: Visit, abouts: list[str]) -> None:
    message = visit.message
    if message.addressed and (advice := say_of_file(visit)):
        visit.reply(advice)
    elif message.is_private and (message.text or message.file):
        small_talk.answer(visit, abouts)
    elif message.text and (message.addressed or _is_office_room(visit)):
        small_talk.answer_in_room(visit, abouts, is_said_to_us=message.addressed)


def _is_office_room(visit: Visit) -> bool:
    """There people work with us: what is asked into the room is asked of us too."""
    return visit.room is not None and visit.room.audience == Audience.OFFICE


def _abouts(visit: Visit, reply_to: str) -> list[str]:
    return outbox.what_it_was_about(visit.tx, visit.message.platform, visit.message.chat_id, reply_to)


def _continue_dialogue(visit: Visit) -> bool:
    dialogue = visit.dialogue()
    if dialogue is None:
        return False
    go_on = DIALOGUES.get(dialogue.topic)
    return go_on is not None and go_on(visit, dialogue.state)


def _open_something(visit: Visit) -> bool:
    """A staff file, a duty roster, a playbook, "chỉ đạo: …", "nhắc cả phòng 16:00 …", or the words that begin a kind's dialogue."""
    takers = (sent_roster.take_roster, sent_file.take_file, playbooks.take_file)
    if visit.message.file is not None and any(take(visit) for take in takers):
        return True
    rest = directives.opens_directive(visit.message.text)
    if rest is not None:
        _run(visit, commanding.command_named("chidao"), rest)
        return True
    if timed_reminders.takes(visit):
        return True
    said = plain(visit.message.text)
    for kind in open_kinds(visit.tx):
        if said in _openings(kind.opens_with):
            begin(visit, kind.name)
            return True
    return False


@cache
def _openings(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(line) for line in words)


def _run(visit: Visit, command: Command, rest: str) -> None:
    if visit.person is None and command.needs_person:
        _hear_stranger(visit)
    else:
        commanding.run(visit, command, rest)

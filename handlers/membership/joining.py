"""Joining: a personal code ties an account of a messenger to a person, once; strangers are asked for theirs."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from handlers.membership.codes import as_typed, looks_like_join_code, renew_join_code
from handlers.membership.guesses import TOO_MANY, has_guessed_too_often, note_wrong_guess
from handlers.membership.welcome import ask_who_is_there, greet
from handlers.visit import Visit
from storage import outbox
from storage.inserts import insert_or_ignore
from storage.messages import Act, IncomingMessage, Lane, OutgoingMessage
from storage.record import change, find_one
from storage.records import audit
from storage.records.accounts import Account, Known, account_of, accounts, who_is
from storage.records.people import Person, find_person, people, posts_of

WRONG = (
    "Mã này không đúng. Mã cá nhân gồm 8 chữ và số, do Văn phòng cấp riêng cho từng người; xin xem lại rồi gõ lại giúp."
)
USED = "Mã này đã dùng rồi. Nếu anh/chị đổi máy hoặc dùng thêm ứng dụng khác, xin Văn phòng cấp mã mới."
LEFT = "Mã này của người không còn trong danh sách cơ quan. Nếu có nhầm lẫn, xin hỏi Văn phòng."
NOT_HERE = (
    "Mã cá nhân xin gõ trong trò chuyện riêng với tôi, không gõ trong nhóm. Xin Văn phòng cấp mã mới cho an toàn."
)
CLOSING = (Act.REMOVED, Act.MOVED)
"""After these the private chat is not open."""


def know(tx: Connection, message: IncomingMessage, day: date) -> Known | None:
    """Who wrote, kept up to date: whoever writes in private can be written to there. None: nobody can say."""
    if message.user_id is None or message.anonymous:
        return None
    known = who_is(tx, message.platform, message.user_id, day)
    if known is None:
        values = {"platform": message.platform, "external_id": message.user_id, "display_name": message.user_name[:120]}
        insert_or_ignore(tx, accounts, values | {"is_reachable": True})
    elif not _has_moved(message, known.account):
        return known
    if message.is_private and message.act not in CLOSING:
        where = (accounts.c.platform == message.platform, accounts.c.external_id == message.user_id)
        change(tx, accounts, *where, private_chat_id=message.chat_id, is_reachable=True)
    return who_is(tx, message.platform, message.user_id, day)


def _has_moved(message: IncomingMessage, account: Account) -> bool:
    """Is this private chat news to us?"""
    is_where_it_was = account.private_chat_id == message.chat_id and account.is_reachable
    return message.is_private and message.act not in CLOSING and not is_where_it_was


def close_private_chat(tx: Connection, message: IncomingMessage) -> None:
    """Somebody blocked us: nothing can be sent there until he writes again."""
    where = (accounts.c.platform == message.platform, accounts.c.private_chat_id == message.chat_id)
    change(tx, accounts, *where, is_reachable=False)


def answer_stranger(visit: Visit) -> None:
    """Somebody we do not know wrote in private: his code, or the question for it."""
    if looks_like_join_code(visit.message.text):
        join(visit, visit.message.text)
    else:
        ask_who_is_there(visit)


def take_code(visit: Visit) -> bool:
    """A code typed in a room, or by somebody we know; false where the words only look like one."""
    code = as_typed(visit.message.text)
    if not looks_like_join_code(code):
        return False
    owner = _owner(visit.tx, code)
    if owner is None and not _was_used(visit.tx, code):
        return False
    if visit.message.is_private:
        join(visit, code)
    elif owner is not None:
        renew_join_code(visit.tx, owner.id)  # everybody in the room has read it
        visit.reply(NOT_HERE)
    return True


def join(visit: Visit, typed: str) -> None:
    """1 not by guessing, 2 whose code is it, 3 is this account free, 4 tie them, 5 greet."""
    if has_guessed_too_often(visit.tx, visit.message, visit.now):
        visit.reply(TOO_MANY)
        return
    code = as_typed(typed)
    person = _owner(visit.tx, code)
    refusal = _why_not(visit, code, person)
    if refusal or person is None:
        visit.reply(refusal)
        return
    _tie(visit, person, code)
    visit.person = person
    visit.posts = posts_of(visit.tx, person.id, visit.today)
    greet(visit)


def _why_not(visit: Visit, code: str, person: Person | None) -> str:
    """Why this code does not tie this account; empty where it does."""
    if person is None:
        if _was_used(visit.tx, code):
            return USED
        note_wrong_guess(visit.tx, visit.message, visit.now)
        return WRONG
    if not person.is_active:
        return LEFT
    holder = visit.account.person_id if visit.account is not None else None
    if holder == person.id:
        return f"Tài khoản này đã gắn với {person.called} rồi, không cần gõ mã nữa."
    present = None if holder is None else find_person(visit.tx, holder)
    if present is not None and present.is_active:
        return f"Tài khoản này đang gắn với {present.called}; mã vừa gõ là của người khác. Xin hỏi Văn phòng."
    return ""


def _tie(visit: Visit, person: Person, code: str) -> None:
    """The account of before on the same platform is let go: a new phone takes the place of the lost one."""
    account = visit.account
    if account is None:
        raise LookupError("a code was typed by nobody")
    _let_go_of_others(visit, person, account)
    change(visit.tx, accounts, accounts.c.id == account.id, person_id=person.id, linked_at=visit.now)
    change(visit.tx, people, people.c.id == person.id, people.c.joined_at.is_(None), joined_at=visit.now)
    renew_join_code(visit.tx, person.id)
    audit.note(
        visit.tx,
        at=visit.now,
        actor_id=person.id,
        act="joined",
        subject=_subject(code),
        platform=account.platform,
        basis="91/2025/QH15 19.1",  # the notice that the greeting shows
    )
    visit.account = account_of(visit.tx, account.platform, account.external_id)


def _let_go_of_others(visit: Visit, person: Person, account: Account) -> None:
    where = (
        accounts.c.platform == account.platform,
        accounts.c.person_id == person.id,
        accounts.c.id != account.id,
    )
    before = find_one(visit.tx, Account, accounts, *where)
    if before is None:
        return
    change(visit.tx, accounts, *where, person_id=None)
    if before.private_chat_id is None:
        return
    text = f"Tài khoản này không còn gắn với {person.called}: mã mới vừa được dùng ở tài khoản khác. "
    message = OutgoingMessage(
        platform=before.platform,
        chat_id=before.private_chat_id,
        text=text + "Nếu không phải anh/chị làm việc đó, xin báo ngay Văn phòng.",
    )
    key = f"let_go/{before.id}/{visit.message.key}"
    outbox.put(visit.tx, message, key=key, lane=Lane.ANSWER, now=visit.now)


def _owner(tx: Connection, code: str) -> Person | None:
    return find_one(tx, Person, people, people.c.join_code == code)


def _was_used(tx: Connection, code: str) -> bool:
    entries = audit.audit_entries.c
    where = (entries.subject == _subject(code), entries.act == "joined")
    return tx.execute(select(entries.id).where(*where).limit(1)).first() is not None


def _subject(code: str) -> str:
    return f"join_code/{code}"[:80]


def who_has_joined(tx: Connection) -> set[int]:
    """Everybody who has an account on any platform."""
    linked = select(accounts.c.person_id).where(accounts.c.person_id.is_not(None))
    return set(tx.execute(linked).scalars())

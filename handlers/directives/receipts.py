"""Somebody says that he has received a directive: by the button under it, or by a word in answer to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from handlers.abouts import ids_in
from handlers.directives.board import refresh_board
from handlers.directives.sheet import receipt_button, title
from handlers.local_time import full_moment
from handlers.visit import Visit
from handlers.wording import and_more, bullets
from storage.messages import Lane
from storage.parcels.recall import take_back, waiting_in_chat
from storage.records.accounts import reachable_accounts
from storage.records.directives import (
    Directive,
    DirectiveState,
    acknowledgement_of,
    directives_owed_by,
    find_directive,
    hold_directive,
    receive,
)
from storage.records.people import Person
from understanding.phrases.normalize import fold

SAYS_SO = re.compile(  # without case and diacritics: "da" is both dạ and đã
    r"(?:(?:da|vang|em|toi|minh)\s)*(?:nhan|doc|ro|quan triet|tiep thu)(?:\s(?:duoc|roi|chi dao|thong tin|nhe|a))*"
)
AGREES = re.compile(r"(?:ok|oke|oki|okie|okay|vang|da|👍|✅)(?:\s(?:roi|nhe|a))*")


MANY = 8  # directives offered with a button each


class Receipt(StrEnum):
    """What became of an acknowledgement."""

    RECORDED = "recorded"
    ALREADY = "already"
    NOT_MEANT = "not_meant"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


def acknowledges(text: str) -> bool:
    """Whether these words, answering a directive, say that it was received."""
    said = _plain(text)
    return SAYS_SO.fullmatch(said) is not None or AGREES.fullmatch(said) is not None


def says_received(text: str) -> bool:
    """Whether these words say "received" by themselves, whatever they answer."""
    return SAYS_SO.fullmatch(_plain(text)) is not None


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[.!,;]", " ", fold(text)).split())


def acknowledge(visit: Visit, directive_id: int, via: str = "button") -> bool:
    """Take the receipt of whoever presses or says so, and answer; true where it now stands."""
    directive = find_directive(visit.tx, directive_id)
    if visit.person is None:
        _answer(
            visit, "Chưa biết anh/chị là ai ạ. Xin nhắn riêng cho tôi mã cá nhân do Văn phòng cấp, rồi xác nhận lại."
        )
        return False
    receipt = record_receipt(visit.tx, directive_id, visit.person.id, via=via, now=visit.now)
    if receipt is Receipt.RECORDED and via == "word" and not visit.message.is_private:
        visit.receive_quietly()
    else:
        is_receipt = receipt is Receipt.RECORDED
        _answer(visit, _wording(visit, receipt, directive, visit.person), is_receipt=is_receipt)
    return receipt in (Receipt.RECORDED, Receipt.ALREADY)


def acknowledge_by_word(visit: Visit, directive_ids: Iterable[int]) -> bool:
    """ "đã nhận" in answer to one or several directives; false if the words say something else."""
    return acknowledges(visit.message.text) and take_receipts(visit, directive_ids)


def acknowledge_what_is_owed(visit: Visit) -> bool:
    """ "đã nhận" in private, in answer to nothing: clear where one directive is owed, asked about where several are."""
    if visit.person is None or not visit.message.is_private or not says_received(visit.message.text):
        return False
    owed = directives_owed_by(visit.tx, visit.person.id)
    if len(owed) == 1:
        return take_receipts(visit, [owed[0].id])
    if owed:
        buttons = tuple((receipt_button(one, f"Đã nhận {one.code}"),) for one in owed[:MANY])
        lines = [bullets([title(one) for one in owed[:MANY]]), *and_more(len(owed) - MANY, "chỉ đạo nữa.")]
        question = f"Có {len(owed)} chỉ đạo đang chờ xác nhận, xin chọn đúng chỉ đạo đã nhận ạ:"
        visit.reply("\n".join([question, *lines]), buttons=buttons)
    return bool(owed)


def take_receipts(visit: Visit, directive_ids: Iterable[int]) -> bool:
    """Somebody has said that he received these; false if they are none."""
    wanted = sorted(set(directive_ids))
    if not wanted:
        return False
    if len(wanted) == 1 or visit.person is None:
        acknowledge(visit, wanted[0], "word")
        return True
    taken = [record_receipt(visit.tx, one, visit.person.id, via="word", now=visit.now) for one in wanted]
    count = taken.count(Receipt.RECORDED)
    _answer(visit, f"Đã ghi nhận {visit.person.called} nhận {count} chỉ đạo ạ." if count else "Đã ghi nhận từ trước ạ.")
    return True


def directive_ids_in(abouts: Iterable[str]) -> list[int]:
    """The directives that messages were about: "directive/5" of a sheet, "directives/3,5" of a merged reminder."""
    return ids_in(abouts, "directive", "directives")


def record_receipt(tx: Connection, directive_id: int, person_id: int, *, via: str, now: datetime) -> Receipt:
    """The record, the board, and the reminders that need not go any more."""
    directive = hold_directive(tx, directive_id)
    reason = _why_not(tx, directive, person_id)
    if reason is not None:
        return reason
    receive(tx, directive_id, person_id, via=via, now=now)
    _take_back_reminders(tx, person_id, now)
    refresh_board(tx, directive_id, now)
    return Receipt.RECORDED


def _why_not(tx: Connection, directive: Directive | None, person_id: int) -> Receipt | None:
    if directive is None or directive.state == DirectiveState.DRAFT:
        return Receipt.UNKNOWN
    if directive.state == DirectiveState.CANCELLED:
        return Receipt.WITHDRAWN
    owed = acknowledgement_of(tx, directive.id, person_id)
    if owed is None:
        return Receipt.NOT_MEANT
    return None if owed.acknowledged_at is None else Receipt.ALREADY


def _take_back_reminders(tx: Connection, person_id: int, now: datetime) -> None:
    """Nobody is asked after he has answered: a reminder that still waits goes only if something in it is owed."""
    still_owed = {directive.id for directive in directives_owed_by(tx, person_id)}
    for account in reachable_accounts(tx, person_id):
        waiting = waiting_in_chat(tx, account.platform, account.private_chat_id or "", Lane.REMINDER)
        idle = [parcel.id for parcel in waiting if _is_settled(parcel.about, still_owed)]
        if idle:
            take_back(tx, idle, now=now)


def _is_settled(about: str, still_owed: set[int]) -> bool:
    reminded_of = directive_ids_in([about])
    return bool(reminded_of) and still_owed.isdisjoint(reminded_of)


def _wording(visit: Visit, receipt: Receipt, directive: Directive | None, person: Person) -> str:
    if directive is None or receipt is Receipt.UNKNOWN:
        return "Chỉ đạo này không còn ạ."
    if receipt is Receipt.RECORDED:
        return f"Đã ghi nhận {person.called} nhận chỉ đạo {title(directive)}."
    if receipt is Receipt.WITHDRAWN:
        return "Chỉ đạo này đã được thu hồi, không cần xác nhận nữa ạ."
    if receipt is Receipt.NOT_MEANT:
        return f"Cảm ơn {person.called}. Chỉ đạo này không cần {person.called} xác nhận ạ."
    taken = acknowledgement_of(visit.tx, directive.id, person.id)
    at = f" lúc {full_moment(taken.acknowledged_at)}" if taken and taken.acknowledged_at else ""
    return f"{person.called[:1].upper()}{person.called[1:]} đã xác nhận{at} rồi ạ."


def is_open_receipt(visit: Visit, parts: list[str]) -> bool:
    """Whether this person still owes the receipt that the button gives."""
    owed = None if visit.person is None else acknowledgement_of(visit.tx, int(parts[0]), visit.person.id)
    return owed is not None and owed.acknowledged_at is None


def _answer(visit: Visit, text: str, *, is_receipt: bool = False) -> None:
    if visit.message.pressed:
        visit.close_press(text, is_receipt=is_receipt)
    else:
        visit.reply(text, is_receipt=is_receipt)

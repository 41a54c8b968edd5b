"""The live board of receipts that the author of a directive follows in private."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.directives.audience import named
from handlers.directives.meetings import meets_at
from handlers.directives.sheet import excerpt, paper_of
from handlers.local_time import full_moment
from handlers.telling import Buttons
from handlers.wording import and_more, bold, bullets, number
from storage import outbox
from storage.messages import Button, Lane, OutgoingMessage
from storage.record import find_all
from storage.records.directives import (
    Directive,
    DirectiveState,
    Receipts,
    UnitReceipts,
    count_receipts,
    count_receipts_by_unit,
    count_units,
    find_directive,
)
from storage.records.units import Unit, units

LINES = 25  # units named on the board; those that are complete go last
WITHOUT_UNIT = "Chưa xếp đơn vị"


def refresh_board(tx: Connection, directive_id: int, now: datetime, *, is_news: bool = False) -> None:
    """Bring the author's board to what stands now.

    `is_news`: worth a message of its own where nothing can be edited, as the first one and the last one are.
    """
    directive = find_directive(tx, directive_id)
    if directive is None or directive.published_at is None:
        return
    receipts = count_receipts(tx, directive_id)
    message = OutgoingMessage(
        platform=directive.platform,
        chat_id=directive.chat_id,
        text=board_of(tx, directive, receipts),
        buttons=board_buttons(directive),
    )
    key, about = f"{directive.about}/board", f"board/{directive.id}"
    said_anew = True if is_news or receipts.is_complete else None
    outbox.put_board(tx, message, key=key, lane=Lane.ANSWER, now=now, about=about, is_news=said_anew)


def board_of(tx: Connection, directive: Directive, receipts: Receipts) -> str:
    """Who has it, in numbers only."""
    lines = _lines(tx, directive)
    parts = [_headline(tx, directive), bold(said_of(receipts)), bullets(lines), _outlook(directive, receipts)]
    return "\n\n".join(part for part in parts if part)


def board_buttons(directive: Directive) -> Buttons:
    if directive.state != DirectiveState.PUBLISHED:
        return ()
    return (
        (Button("Ai chưa nhận", f"receipts:{directive.id}:who"), Button("Nhắc ngay", f"receipts:{directive.id}:chase")),
        (Button("Thu hồi", f"receipts:{directive.id}:withdraw"),),
    )


def said_of(receipts: Receipts) -> str:
    """ "Đã nhận 14/41 (34%)"."""
    share = 100 * receipts.received // receipts.owed if receipts.owed else 100
    mark = " ✅" if receipts.is_complete else ""
    return f"Đã nhận {number(receipts.received)}/{number(receipts.owed)} ({share}%){mark}"


def unit_names(tx: Connection) -> dict[int | None, str]:
    names: dict[int | None, str] = {unit.id: unit.short_name for unit in find_all(tx, Unit, units)}
    return names | {None: WITHOUT_UNIT}


def _headline(tx: Connection, directive: Directive) -> str:
    published = directive.published_at or directive.written_at
    audience = named(tx, directive.audience)
    paper = paper_of(directive)
    return "\n".join(
        [
            bold(f"CHỈ ĐẠO mã {directive.code}") + (f"\nVăn bản {paper}" if paper else ""),
            excerpt(directive.text, 120),
            f"Phát hành {full_moment(published)} · {audience}",
        ]
    )


def _lines(tx: Connection, directive: Directive) -> list[str]:
    """A line for each unit, those with somebody missing first."""
    counted = count_receipts_by_unit(tx, directive.id, LINES)
    lines = [f"{one.unit or WITHOUT_UNIT}: {one.received}/{one.owed}{_tick(one)}" for one in counted]
    rest = count_units(tx, directive.id) - len(counted) if len(counted) == LINES else 0
    return [*lines, *and_more(rest, "đơn vị khác")]


def _tick(counted: UnitReceipts) -> str:
    return " ✓" if counted.received == counted.owed else ""


def _outlook(directive: Directive, receipts: Receipts) -> str:
    """What comes next."""
    if directive.withdrawn_at is not None:
        return f"⛔ Đã thu hồi lúc {full_moment(directive.withdrawn_at)}."
    if receipts.is_complete:
        return "Tất cả đã nhận."
    if directive.chase_at is None:
        return "Đã hết các lần nhắc tự động. Có thể chọn “Nhắc ngay”."
    if directive.chase_at == meets_at(directive, directive.chase_at):
        return f"Tới giờ họp ({full_moment(directive.chase_at)}) thì thôi nhắc."
    return f"Nhắc lần {directive.chases + 1}: {full_moment(directive.chase_at)}"

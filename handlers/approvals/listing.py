"""What waits: for this person's word, of his own, and for those who see the whole body everything undecided."""

from __future__ import annotations

from datetime import timedelta

from handlers.access import Right
from handlers.approvals.asking import decision_buttons, in_a_line, state_line, what_is_asked
from handlers.approvals.deciding import list_for_decision
from handlers.visit import Visit
from handlers.wording import and_more, bold
from storage.records.approvals import (
    Approval,
    approvals_asked_by,
    approvals_asked_of,
    approvals_waiting,
)

LOOK_BACK = timedelta(days=14)
MOST = 20


def list_approvals(visit: Visit) -> None:
    """First what this person has to decide, then the rest that he may see."""
    mine = approvals_asked_of(visit.tx, visit.known.id)
    own = approvals_asked_by(visit.tx, visit.known.id, visit.today - LOOK_BACK)
    others = _undecided(visit, {each.id for each in mine}) if visit.may(Right.SEE_TRAVEL) else []
    if mine:
        list_for_decision(visit, mine)
    if own:
        lines = [f"• {_own_line(visit, each)}" for each in own[-MOST:]]
        visit.reply("\n".join([bold("Đơn của anh/chị:"), *lines]))
    if others:
        lines = [f"• {in_a_line(visit.tx, each)}. {state_line(visit.tx, each)}" for each in others[:MOST]]
        lines += and_more(len(others) - MOST, "đơn nữa.")
        rows = tuple(decision_buttons(each) for each in others[:1]) if len(others) == 1 else ()
        visit.reply("\n".join([bold(f"Toàn cơ quan còn {len(others)} đơn chờ duyệt:"), *lines]), buttons=rows)
    if not (mine or own or others):
        visit.reply("Không có đơn nào chờ duyệt.")


def _own_line(visit: Visit, approval: Approval) -> str:
    kind, check_in = what_is_asked(visit.tx, approval)
    return f"{kind.title}: {kind.say(check_in.answers)}. {state_line(visit.tx, approval)}"


def _undecided(visit: Visit, without: set[int]) -> list[Approval]:
    return [each for each in approvals_waiting(visit.tx) if each.id not in without]

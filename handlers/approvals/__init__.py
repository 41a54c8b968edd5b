"""Approvals: leave asked before it happens, decided step by step by those whom the office's rules name."""

from handlers.approvals.asking import line_for_traveller
from handlers.approvals.changing import change_policy
from handlers.approvals.deciding import DIALOGUES, PRESSES, take_words
from handlers.approvals.following import Followed, follow, withdraw_request
from handlers.approvals.listing import list_approvals
from handlers.approvals.reminding import remind_due

__all__ = [
    "DIALOGUES",
    "PRESSES",
    "Followed",
    "change_policy",
    "follow",
    "line_for_traveller",
    "list_approvals",
    "remind_due",
    "take_words",
    "withdraw_request",
]

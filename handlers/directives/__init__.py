"""Directives: written and confirmed by those entitled, sent to rooms and people, followed until everybody has them."""

from __future__ import annotations

from handlers.command import Continue, Press
from handlers.directives import composing, following
from handlers.directives.chasing import chase_due, chase_now
from handlers.directives.codes import as_typed
from handlers.directives.composing import begin, opens_directive, take_edit
from handlers.directives.drafts import forget_old_drafts, is_open_draft
from handlers.directives.following import list_receipts
from handlers.directives.publishing import publish, withdraw
from handlers.directives.receipts import (
    acknowledge,
    acknowledge_by_word,
    acknowledge_what_is_owed,
    acknowledges,
    directive_ids_in,
    is_open_receipt,
    record_receipt,
    says_received,
    take_receipts,
)
from handlers.directives.verifying import verify

PRESSES: dict[str, Press] = composing.PRESSES | following.PRESSES
DIALOGUES: dict[str, Continue] = composing.DIALOGUES

__all__ = [
    "DIALOGUES",
    "PRESSES",
    "acknowledge",
    "acknowledge_by_word",
    "acknowledge_what_is_owed",
    "acknowledges",
    "as_typed",
    "begin",
    "chase_due",
    "chase_now",
    "directive_ids_in",
    "forget_old_drafts",
    "is_open_draft",
    "is_open_receipt",
    "list_receipts",
    "opens_directive",
    "publish",
    "record_receipt",
    "says_received",
    "take_edit",
    "take_receipts",
    "verify",
    "withdraw",
]

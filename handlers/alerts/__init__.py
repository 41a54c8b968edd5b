"""Alerts: those who must act hear at once, one after the other up the chain, until enough of them have taken it.

`raise_alert` opens one; `machine` decides (pure), `chain` says who stands where today, `moving` tells, `answering` hears.
"""

from __future__ import annotations

from handlers.alerts.answering import PRESSES, is_open_alert
from handlers.alerts.changing import add_report, amend_alert, has_raised, join, retract_alert, tell_news
from handlers.alerts.moving import escalate_due
from handlers.alerts.raising import raise_alert, raise_anew
from handlers.alerts.unknown import pass_on_unverified
from handlers.alerts.ways import note_undelivered, try_other_ways
from handlers.alerts.words import answer_by_word, ask_to_take, take_by_word

__all__ = [
    "PRESSES",
    "add_report",
    "amend_alert",
    "answer_by_word",
    "ask_to_take",
    "escalate_due",
    "has_raised",
    "is_open_alert",
    "join",
    "note_undelivered",
    "pass_on_unverified",
    "raise_alert",
    "raise_anew",
    "retract_alert",
    "take_by_word",
    "tell_news",
    "try_other_ways",
]

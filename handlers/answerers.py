"""Who answers what comes back to us: a pressed button by its verb, the words after an open question by its topic."""

from __future__ import annotations

from typing import TypeVar

from handlers import (
    alerts,
    approvals,
    defining,
    directives,
    duty,
    follow_ups,
    incidents,
    playbooks,
    risk_areas,
    timed_reminders,
)
from handlers.command import Continue, Press
from handlers.commands import apps, origin, parked, units
from handlers.membership import keeping_in_touch
from handlers.reporting import awaiting, mending, quick_answers, replying
from handlers.setting_up import sent_file
from handlers.without_buttons import choosing

Answerer = TypeVar("Answerer")


def _together(*families: dict[str, Answerer]) -> dict[str, Answerer]:
    """Each name has one home: of two, one would never be heard."""
    found: dict[str, Answerer] = {}
    for family in families:
        if doubled := found.keys() & family.keys():
            raise RuntimeError(f"answered in two places: {sorted(doubled)}")
        found |= family
    return found


PRESSES: dict[str, Press] = _together(
    alerts.PRESSES,
    approvals.PRESSES,
    apps.PRESSES,
    defining.PRESSES,
    directives.PRESSES,
    duty.PRESSES,
    follow_ups.PRESSES,
    incidents.PRESSES,
    keeping_in_touch.PRESSES,
    mending.PRESSES,
    origin.PRESSES,
    parked.PRESSES,
    playbooks.PRESSES,
    quick_answers.PRESSES,
    replying.PRESSES,
    risk_areas.PRESSES,
    sent_file.PRESSES,
    timed_reminders.PRESSES,
    units.PRESSES,
)
IS_OPEN: dict[str, choosing.IsOpen] = {
    "ack": directives.is_open_receipt,
    "alert": alerts.is_open_alert,
    "directive": directives.is_open_draft,
    "dlg": replying.is_asked_now,
    "kindq": replying.is_asked_now,
}
"""Buttons that may have been settled meanwhile, where they are chosen by words."""
DIALOGUES: dict[str, Continue] = _together(
    approvals.DIALOGUES,
    awaiting.DIALOGUES,
    defining.DIALOGUES,
    directives.DIALOGUES,
    incidents.DIALOGUES,
    playbooks.DIALOGUES,
    replying.DIALOGUES,
    timed_reminders.DIALOGUES,
)

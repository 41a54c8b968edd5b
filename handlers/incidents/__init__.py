"""Incidents: followed up from the first report to the last thing that had to be told outside."""

from __future__ import annotations

from handlers.command import Continue, Press
from handlers.incidents import details, settling
from handlers.incidents.chasing import chase_duties
from handlers.incidents.desk import list_incidents, press_incident, press_likeness, take_words
from handlers.incidents.details import ask_details, take_unreadable
from handlers.incidents.opening import amend_incident, open_incident, withdraw_incident
from handlers.incidents.shown import keep_shown, shown_before

PRESSES: dict[str, Press] = {
    "incident": press_incident,
    "incq": details.press_answer,
    "duty": settling.press_duty,
    "like": press_likeness,
}
DIALOGUES: dict[str, Continue] = {details.TOPIC: details.go_on, settling.TOPIC: settling.go_on}

__all__ = [
    "DIALOGUES",
    "PRESSES",
    "amend_incident",
    "ask_details",
    "chase_duties",
    "keep_shown",
    "list_incidents",
    "open_incident",
    "shown_before",
    "take_unreadable",
    "take_words",
    "withdraw_incident",
]

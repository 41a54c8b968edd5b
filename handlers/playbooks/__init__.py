"""Playbooks: what is done by whom and by when; run with an incident or as a drill, to the closing report."""

from __future__ import annotations

from handlers.command import Continue, Press
from handlers.playbooks import doing, editing
from handlers.playbooks.chasing import chase_steps
from handlers.playbooks.doing import take_words
from handlers.playbooks.editing import run_command, take_file
from handlers.playbooks.leading import list_drills, press_playbook, press_run
from handlers.playbooks.offering import offer_playbooks

PRESSES: dict[str, Press] = {
    "pb": press_playbook,
    "pbk": editing.press_kept,
    "run": press_run,
    "step": doing.press_step,
}
DIALOGUES: dict[str, Continue] = {doing.TOPIC: doing.go_on, editing.WAITING: editing.go_on}

__all__ = [
    "DIALOGUES",
    "PRESSES",
    "chase_steps",
    "list_drills",
    "offer_playbooks",
    "run_command",
    "take_file",
    "take_words",
]

"""Defining kinds of the office's own: the dialogue that writes one, and its keeping from version to version."""

from handlers.defining import buttons, dialogue
from handlers.defining.dialogue import DIALOGUES, begin_with
from handlers.defining.showing import list_kinds

PRESSES = {**buttons.PRESSES, **dialogue.PRESSES}

__all__ = ["DIALOGUES", "PRESSES", "begin_with", "list_kinds"]

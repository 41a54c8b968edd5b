"""Defining kinds of the office's own: the dialogue that writes one, and its keeping from version to version."""

from handlers.defining.dialogue import DIALOGUES, PRESSES, begin_with, list_kinds

__all__ = ["DIALOGUES", "PRESSES", "begin_with", "list_kinds"]

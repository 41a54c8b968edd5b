"""Reminders for an hour: set in chat by words, said once when the hour has come, listed and taken back."""

from handlers.timed_reminders.saying import say_due
from handlers.timed_reminders.setting import PRESSES, run, takes

__all__ = ["PRESSES", "run", "say_due", "takes"]

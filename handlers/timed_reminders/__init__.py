"""Reminders for an hour: set in chat by words, said once or in a rhythm, listed and taken back."""

from handlers.timed_reminders.changing import PRESSES, follow_calendar
from handlers.timed_reminders.saying import say_due
from handlers.timed_reminders.setting import run, takes

__all__ = ["PRESSES", "follow_calendar", "run", "say_due", "takes"]

"""Reminders for an hour: set in chat by words, said once or in a rhythm, listed and taken back."""

from handlers.timed_reminders import changing, completing
from handlers.timed_reminders.changing import follow_calendar
from handlers.timed_reminders.completing import DIALOGUES
from handlers.timed_reminders.saying import say_due
from handlers.timed_reminders.setting import run, takes

PRESSES = changing.PRESSES | completing.PRESSES

__all__ = ["DIALOGUES", "PRESSES", "follow_calendar", "run", "say_due", "takes"]

"""Troubles of the house itself: silence is an alarm too, and the administrator hears of it by a way that works."""

from handlers.troubles.limits import TroubleLimits
from handlers.troubles.looking import troubles_in_tables
from handlers.troubles.telling import administrators, see, tell_and_clear
from storage.records.troubles import is_any_trouble_open

__all__ = ["TroubleLimits", "administrators", "is_any_trouble_open", "see", "tell_and_clear", "troubles_in_tables"]

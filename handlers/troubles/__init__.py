"""What went wrong: silence is an alarm too, what cannot be handled or delivered is told, and nothing of it is lost."""

from handlers.troubles.limits import TroubleLimits
from handlers.troubles.looking import troubles_in_tables
from handlers.troubles.telling import administrators, see, tell_and_clear
from storage.records.troubles import is_any_trouble_open

__all__ = ["TroubleLimits", "administrators", "is_any_trouble_open", "see", "tell_and_clear", "troubles_in_tables"]

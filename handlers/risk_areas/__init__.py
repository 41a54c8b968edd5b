"""Areas of risk: a list the office keeps; journeys that lead there are marked, and the traveller is warned at once."""

from handlers.risk_areas.editing import PRESSES, run
from handlers.risk_areas.marking import mark_journey, note_for, warning_for
from handlers.risk_areas.wording import note

__all__ = ["PRESSES", "mark_journey", "note", "note_for", "run", "warning_for"]

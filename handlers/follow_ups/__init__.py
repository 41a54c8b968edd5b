"""Follow-ups: people whose health is asked for every day, in private, until the duty ends or is ended."""

from handlers.follow_ups.asking import look_after
from handlers.follow_ups.beginning import begin
from handlers.follow_ups.listing import PRESSES, run
from handlers.follow_ups.proposing import begin_for_returned, consider, end_with

__all__ = ["PRESSES", "begin", "begin_for_returned", "consider", "end_with", "look_after", "run"]

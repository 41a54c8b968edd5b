"""The duty roster: who is on call when; planned by rotation or from a sheet, swapped by two persons' consent."""

from __future__ import annotations

from handlers.duty import sent_roster, swapping

PRESSES = {**sent_roster.PRESSES, **swapping.PRESSES}

__all__ = ["PRESSES"]

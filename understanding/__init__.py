"""Words: what one line of Vietnamese office chat says, and how sure that is."""

from understanding.reader import read
from understanding.reading import Context, Doubt, Nicknames, Reading, Report, Slot

__all__ = ["Context", "Doubt", "Nicknames", "Reading", "Report", "Slot", "read"]

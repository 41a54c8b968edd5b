"""Setting up: staff, units and responsibilities come in by one spreadsheet, and a second one brings them up to date."""

from handlers.setting_up.applying import apply_staff
from handlers.setting_up.local_file import ImportOutcome, import_file
from handlers.setting_up.reading import read_staff
from handlers.setting_up.sent_file import ERRAND, PRESSES, take_file
from handlers.setting_up.staff_file import BadStaffFile, StaffFile

__all__ = [
    "ERRAND",
    "PRESSES",
    "BadStaffFile",
    "ImportOutcome",
    "StaffFile",
    "apply_staff",
    "import_file",
    "read_staff",
    "take_file",
]

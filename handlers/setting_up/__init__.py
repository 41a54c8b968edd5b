"""Setting up: staff, units and responsibilities come in by one spreadsheet, and a second one brings them up to date."""

from handlers.setting_up.applying import apply_staff
from handlers.setting_up.reading import read_staff
from handlers.setting_up.staff_file import BadStaffFile, StaffFile

__all__ = ["BadStaffFile", "StaffFile", "apply_staff", "read_staff"]

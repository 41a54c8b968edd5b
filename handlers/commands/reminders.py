"""/nhac: what is to be said at an hour: set, listed, taken back."""

from __future__ import annotations

from handlers import timed_reminders
from handlers.command import Command

COMMAND = Command(
    name="nhac",
    menu="Hẹn giờ nhắc, một lần hay hằng tuần, hằng tháng",
    run=timed_reminders.run,
    words=(
        "lời nhắc",
        "các lời nhắc",
        "lời nhắc đã hẹn",
        "tạo lời nhắc",
        "đặt lời nhắc",
        "hẹn giờ nhắc",
        "hẹn giờ",
        "đặt lịch nhắc",
        "tạo lời nhắc hằng tuần",
        "tạo lời nhắc hằng tháng",
        "nhắc định kỳ",
        "tạo nhắc nhở",
    ),
    order=46,
)

"""The words of a rhythm, without marks: what makes it daily, weekly, monthly, and how its days are told."""

import re

from handlers.timed_reminders.rhythm import Every

LOOKALIKES = re.compile(r"(?<!\w)(?:mới|mời|môi|mồi|mối|hạng|hãng|háng|thư|thử|thủ|thụ|quỹ|nàm)(?!\w)", re.IGNORECASE)
"""Without their marks they would be words of a rhythm."""
EACH = r"(?<!\w)(?:hang|moi|tung)"
NEVER_LEFT_OUT = r"nao(?:\s+cung)?(?!\w)"
UNTO = r"(?<!\w)cu\s+(?:(?:den|toi|vao)\s+)?"
JOINT = r"\s*(?:,|-|va|den|toi)\s*"
PART = r"(?:buoi\s+)?(?P<part>sang|trua|chieu|toi|dem)"
WEEKDAY = r"(?:thu\s*(?:hai|ba|tu|nam|sau|bay|[2-7])|t[2-7]|chu nhat|cn)(?!\w)"
WEEKDAYS = rf"(?<!\w){WEEKDAY}(?:(?:\s+[2-7])+(?=\s+(?:hang|moi)\s+tuan)|(?:{JOINT}(?:{WEEKDAY}|[2-7](?![\w:])))*)"
NUMBER = r"(?:\d{1,2}(?![\d:/h]|\s*(?:gio|h)\b)|(?:mot|hai|ba|bon|tu|nam|sau|bay|tam|chin|muoi)(?!\w))"
MONTH_DAYS = rf"(?<!\w)(?:ngay\s+(?:mung|mong)|ngay|mung|mong)\s+{NUMBER}(?:{JOINT}(?:(?:ngay|mung|mong)\s+)?{NUMBER})*"
ONCE_A = r"(?<!\w)(?:1|mot)\s+{0}\s+(?:1|mot)\s+lan(?!\w)|(?<!\w)(?:1|mot)\s+lan\s+(?:1|mot|moi)\s+{0}(?!\w)"
IN_MONTH = rf"\s+(?:{EACH}\s+|cua\s+)?(?:thang|quy)(?!\w)"

MARKS = {
    Every.YEAR: re.compile(rf"{EACH}\s+nam(?!\w)|(?<!thu )(?<!\w)nam\s+{NEVER_LEFT_OUT}"),
    Every.QUARTER: re.compile(rf"{EACH}\s+quy(?!\w)|(?<!\w)quy\s+{NEVER_LEFT_OUT}|{ONCE_A.format('quy')}"),
    Every.MONTH: re.compile(
        rf"{EACH}\s+thang(?!\w)(?:\s+(?:1|mot)\s+lan(?!\w))?|(?<!\w)thang\s+{NEVER_LEFT_OUT}|{ONCE_A.format('thang')}|{UNTO}(?={MONTH_DAYS})"
    ),
    Every.WEEK: re.compile(
        rf"{EACH}\s+tuan(?!\w)(?:\s+(?:1|mot)\s+lan(?!\w))?|(?<!\w)tuan\s+{NEVER_LEFT_OUT}|{ONCE_A.format('tuan')}"
        rf"|(?:{EACH}\s+|{UNTO})(?=(?:(?:buoi\s+)?(?:sang|trua|chieu|toi|dem)\s+)?{WEEKDAYS})|{WEEKDAYS}\s+{NEVER_LEFT_OUT}"
    ),
    Every.DAY: re.compile(
        rf"{EACH}\s+ngay(?:\s+(?P<working>lam viec|trong tuan))?(?!\w)|(?<!\w)ngay\s+(?:lam viec\s+)?{NEVER_LEFT_OUT}"
        rf"|(?<!\w)(?:tat ca\s+)?cac\s+ngay\s+(?:lam viec|trong tuan)|{EACH}\s+{PART}(?!\w)"
    ),
}
"""The slowest first: in "mỗi ngày 5 hằng tháng" the month counts."""
WEEKDAYS_TOLD = re.compile(
    rf"(?:(?<!\w)(?:vao|tu)\s+)?(?:(?<!\w){PART}\s+)?(?P<days>{WEEKDAYS})|(?<!\w)(?P<end>dau|cuoi)(?:\s+tuan(?!\w)|(?=\s+{EACH}\s+tuan))"
)
MONTH_DAYS_TOLD = re.compile(
    rf"(?:(?<!\w)vao\s+)?(?:(?<!\w){PART}\s+)?(?P<days>{MONTH_DAYS})"
    rf"|(?<!\w)(?:ngay\s+)?(?:lam viec\s+)?(?P<end>dau|cuoi)(?:\s+(?:cung|tien))?(?:\s+cua)?(?:\s+(?:thang|quy)(?!\w)|(?={IN_MONTH}))"
)
MONTH_OF_QUARTER = re.compile(
    r"(?<!\w)(?:(?:cua|trong)\s+)?thang\s+(?P<which>dau|giua|cuoi)(?:\s+(?:cung|tien))?(?:\s+(?:cua|trong))?(?:\s+quy(?!\w))?"
)
DAY_OF_YEAR = re.compile(r"(?<![\d/])(?:ngay\s+)?(?P<day>\d{1,2})(?:\s*[/-]\s*|\s+thang\s+)(?P<month>\d{1,2})(?![\d/])")
NOT_SO_OFTEN = re.compile(
    r"(?<!\w)(?:[2-9]|1\d|hai|ba|bon|nam|sau|nua)\s+(?:ngay|tuan|thang|gio|tieng|phut)\s+(?:1|mot)\s+lan(?!\w)"
    rf"|(?<!\w)cach\s+(?:ngay|tuan|thang)(?!\w)|{EACH}\s+(?:\d+\s+)?(?:gio|tieng|phut)(?!\w)"
)
LUNAR = re.compile(r"(?<!\w)(?:am lich|(?:ngay|hom|den)\s+ram|ram\s+(?:hang|moi))(?!\w)")
DATE = r"\d{1,2}[/-]\d{1,2}(?:[/-]\d{4})?"
UNTIL = re.compile(rf"(?<!\w)(?:cho\s+)?(?:den|toi)\s+(?:het\s+)?(?:ngay\s+)?(?P<day>{DATE})(?!\d)")
UNTIL_YEAR_ENDS = re.compile(r"(?<!\w)(?:cho\s+)?(?:den|toi)\s+(?:het|cuoi)\s+nam(?:\s+nay)?(?!\w)")
SINCE = re.compile(rf"(?<!\w)(?:bat dau\s+|ke\s+)?tu\s+(?:ngay\s+)?(?P<day>{DATE})(?!\d)")
DAYS_OFF_TOO = re.compile(
    r"(?<!\w)(?:ke\s+)?ca\s+(?:cac\s+)?(?:ngay\s+)?(?:nghi|le|cuoi tuan|thu\s*(?:bay|7)|t7|chu nhat|cn)"
    r"(?:\s*(?:,|va)?\s*(?:chu nhat|cn|le))?(?!\w)"
)

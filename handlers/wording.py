"""Sentences and marks used by more than one file."""

from __future__ import annotations

from storage.messages import BOLD_OFF, BOLD_ON
from understanding.phrases.normalize import fold


def bold(text: str) -> str:
    return f"{BOLD_ON}{text}{BOLD_OFF}"


def bullets(lines: list[str]) -> str:
    return "\n".join(f"• {line}" for line in lines)


def number(value: int) -> str:
    """12500 → "12.500", as Vietnamese papers write it."""
    return f"{value:,}".replace(",", ".")


def and_more(count: int, what: str) -> list[str]:
    """The line behind a list that was cut, "… và 5 người nữa."; none where nothing was."""
    return [f"… và {number(count)} {what}"] if count > 0 else []


def among(names: list[str], count: int, others: str) -> str:
    """ "Phòng TM, Phòng KT và 5 đơn vị khác": the first names of so many."""
    more = count - len(names)
    return ", ".join(names) + (f" và {number(more)} {others}" if more > 0 else "")


NOT_ALLOWED = "Việc này cần thẩm quyền khác ạ. Nếu anh/chị cần làm, xin nhắn Văn phòng."
"""What somebody reads who presses or types what his posts do not allow."""
OLD_BUTTON = "Lựa chọn này đã cũ. Xin nhắn lại nội dung cần làm."


PLATFORMS = {"telegram": "Telegram", "zalo": "Zalo", "zalo_oa": "Zalo OA", "email": "thư điện tử", "sms": "SMS"}


def platform_name(platform: str) -> str:
    """As people call it."""
    return PLATFORMS.get(platform, platform)


def firm(text: str) -> str:
    """As `plain`, but a question stays one: who asks "duyệt?" has not agreed."""
    return " ".join(fold(text).strip(" .!").split())


def plain(text: str) -> str:
    """A whole line as it is compared: without marks, case, signs at its ends and double spaces."""
    return " ".join(fold(text).strip(" .!?").split())

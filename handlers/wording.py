"""Sentences and marks used by more than one file."""

from __future__ import annotations

import re

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


BOTH = "anh/chị"
"""Whoever it is: where the house knows, `called_by` puts his own word in its place."""
TO_ONE = re.compile(r"(?<!các )[Aa]nh/chị(?! (?:nào|em)\b)(?P<next> ?.?)")
"""Not where it speaks of several people, such as whom a directive asks."""


def called_by(text: str, honorific: str) -> str:
    """The text to somebody in particular: "Anh/chị cứ viết" → "Chị cứ viết"; as it is where nobody told how he is called."""
    if honorific == BOTH or "nh/chị" not in text:
        return text
    return TO_ONE.sub(lambda found: _called_there(found, honorific), text)


def _called_there(found: re.Match[str], honorific: str) -> str:
    """ "anh/chị Tú" is somebody else, of whom nobody told how he is called."""
    if found["next"].strip().isupper():
        return found[0]
    called = honorific[:1].upper() + honorific[1:] if found[0].startswith("A") else honorific
    return f"{called}{found['next']}"


NOT_ALLOWED = "Việc này cần thẩm quyền khác ạ. Nếu cần làm, xin nhắn Văn phòng."
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

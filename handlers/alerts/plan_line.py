"""A plan as the office writes and reads it: "3 phút: trực ban + trưởng đơn vị > phó phụ trách > giám đốc; 2 người nhận"."""

from __future__ import annotations

import re
from dataclasses import replace

from handlers.alerts.policies import Link, Policy, Step
from storage.records.alerts import Severity
from understanding.phrases.normalize import fold

SEVERITIES = {"nghiêm trọng": Severity.SEVERE, "thường": Severity.MEDIUM, "không gấp": Severity.LOW}
LINKS = {
    "trực ban": Link.DUTY,
    "trưởng đơn vị": Link.HEAD_OF_UNIT,
    "phó phụ trách": Link.DEPUTY,
    "giám đốc": Link.DIRECTOR,
    "tổ giám sát": Link.MONITORING,
    "đầu mối": Link.FOCAL_POINT,
    "văn phòng": Link.OFFICE,
}
FIELDS = {
    "y tế": "health",
    "an toàn lao động": "safety",
    "cháy nổ": "fire",
    "thiên tai": "storm",
    "thực phẩm": "food",
    "hóa chất": "chemical",
    "an ninh": "security",
}
LONGEST_WAIT = 120  # minutes
MOST_STEPS = 8

_links = {fold(name): link for name, link in LINKS.items()}
_called = {link: name for name, link in LINKS.items()}
WAIT = re.compile(r"(\d{1,3}) phut")
NEEDED = re.compile(r"(\d) nguoi(?: nhan)?")


def read_plan(text: str, standing: Policy) -> Policy | str:
    """The plan that the words change `standing` into, or a sentence that says what is wrong."""
    head, colon, rest = text.partition(":")
    wait = WAIT.fullmatch(fold(head).strip())
    if not colon or wait is None or not 1 <= int(wait[1]) <= LONGEST_WAIT:
        return f"Xin ghi thời gian chờ của mỗi bước trước dấu hai chấm, từ 1 đến {LONGEST_WAIT} phút, ví dụ: 3 phút: …"
    chain, _, terms = rest.partition(";")
    steps = _steps_in(chain)
    if isinstance(steps, str):
        return f"“{steps[:40]}” không phải một vị trí trong chuỗi. Các vị trí: {', '.join(LINKS)}."
    needed = NEEDED.fullmatch(fold(terms).strip()) if terms.strip() else None
    if (terms.strip() and needed is None) or (needed is not None and needed[1] == "0") or len(steps) > MOST_STEPS:
        return f"Sau dấu chấm phẩy xin ghi số người cần nhận, ví dụ: 2 người nhận. Chuỗi dài nhất {MOST_STEPS} bước."
    return replace(
        standing,
        steps=tuple(steps),
        wait_seconds=60 * int(wait[1]),
        needed=1 if needed is None else int(needed[1]),
        office_at=min(standing.office_at, len(steps)),
    )


def _steps_in(chain: str) -> list[Step] | str:
    """ "trưởng đơn vị > lãnh đạo + văn phòng"; the first words that are no place in a chain, where there are such."""
    steps: list[Step] = []
    for words in chain.split(">"):
        named = [part.strip() for part in words.split("+")]
        unknown = next((name for name in named if fold(name) not in _links), None)
        if unknown is not None:
            return unknown
        steps.append(tuple(_links[fold(name)] for name in named))
    return steps


def say_plan(policy: Policy) -> str:
    """As it would be written."""
    chain = " > ".join(" + ".join(_called[link] for link in step) for step in policy.steps)
    needed = f"; {policy.needed} người nhận" if policy.needed > 1 else ""
    return f"{policy.wait_seconds // 60} phút: {chain}{needed}"


def say_rest(policy: Policy) -> str:
    """What the line does not say."""
    known = f"Biết ngay từ đầu: {', '.join(_called[link] for link in policy.informs)}. " if policy.informs else ""
    put_off = "" if policy.may_snooze else "Không hoãn được. "
    quiet = "Ban đêm chờ tới 06:30. " if policy.is_quiet_at_night else ""
    return f"{known}{put_off}{quiet}Văn phòng được nhắc từ bước {policy.office_at}."

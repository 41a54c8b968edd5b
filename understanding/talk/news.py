"""What papers, offices and forwarders tell, and what only looks like it."""

import re

from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line

FORWARDED = re.compile(r"^\s*(?:fwd?|fw|forwarded|chuyển tiếp)\b", re.IGNORECASE)
FORWARDING = frozenset({"fwd", "fw", "forwarded", "chuyen"})
"""The words it begins with."""
HEADS = frozenset({"total", "present", "absent", "leave", "sick"})
OFFICES = function_words("moods.offices")
TOLD_TO = function_words("moods.told_to")


def is_source(line: Line, at: int) -> bool:
    """ "đã báo CDC": who is told is not who tells; "Sở Y tế: tổng số 118, có mặt 109" counts its own heads."""
    if _heads_its_figures(line, at) or line.words[max(at - 1, 0) : at + 1] == ["thong", "tin"]:
        return False  # "cổng thông tin của sở"
    if line.raw[at][:1].isupper() and any(after == at for _, after, _ in line.of("units")):
        return False  # "Phòng Thời sự"
    if line.words[at] not in OFFICES:
        return True
    return not (at and line.words[at - 1] in TOLD_TO and "theo" not in line.words[max(at - 3, 0) : at])


def _heads_its_figures(line: Line, at: int) -> bool:
    """The name of an office at the head of a line, its colon, and more than one name of a figure of heads behind."""
    end = next((after for first, after, value in line.of("moods") if first == at and value == "news"), at)
    if (at and line.words[at - 1] != "\n") or ":" not in line.words[end : end + 2]:
        return False
    return sum(value in HEADS for first, _, value in line.of("count_fields") if first > end) > 1


def tells_news(line: Line) -> bool:
    """Forwarded or quoted from a paper: what follows is not the writer's either."""
    return bool(FORWARDED.match(line.text)) or any(
        value == "news" and is_source(line, at) for at, _, value in line.of("moods")
    )


def news_from(line: Line, first: int) -> set[int]:
    """From the sentence with the source on; earlier sentences keep their own word."""
    return {at for at in range(len(line)) if line.sentences[at] >= line.sentences[first]}

"""A directive that calls people together: when they meet, so that nobody is asked afterwards whether he has read of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from handlers.days.named_moments import last_moment_in, moments_in
from handlers.directives.working_hours import is_daytime
from storage.records.directives import Directive
from understanding.phrases.normalize import fold, lower

MEETING = re.compile(r"(?<!\w)(?:họp|giao ban|hội nghị|hội thảo|tập huấn|mít tinh|chào cờ|có mặt)(?!\w)")
WITHOUT_MARKS = re.compile(
    r"(?<!phu )(?<!tong )(?<!phoi )(?<!ket )(?<!\w)(?:hop|giao ban|hoi nghi|tap huan|co mat)(?!\w)"
)
AHEAD = timedelta(minutes=30)
"""So long before they meet those who have not read of it are reminded, where the usual reminder would come too late."""


def meets_at(directive: Directive, now: datetime) -> datetime | None:
    """The last moment a call to a meeting speaks of; `now` where it is being published.

    None where nobody is called, where that moment lay behind already, or is the limit of something else to be done.
    """
    published = directive.published_at or now
    if not _calls_together(directive.text):
        return None
    last = last_moment_in(directive.text, published)
    if last is None or last <= published:
        return None
    return None if any(one.is_limit and one.at == last for one in moments_in(directive.text, published)) else last


def next_chase(directive: Directive, usual: datetime, now: datetime, exceptions: Mapping[date, str]) -> datetime:
    """Shortly before they meet where the usual moment comes too late; the meeting's own moment ends the chase."""
    met_at = meets_at(directive, now)
    if met_at is None or usual < met_at:
        return usual
    ahead = met_at - AHEAD
    return ahead if ahead - now >= AHEAD and is_daytime(ahead, exceptions) else met_at


def _calls_together(text: str) -> bool:
    said = lower(text)
    return (WITHOUT_MARKS if said == fold(text) else MEETING).search(said) is not None

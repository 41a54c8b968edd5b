"""Follow-ups: each person once at a time, what runs has a clock, what has ended says how."""

from __future__ import annotations

from sqlalchemy import func, select

from storage.invariant import Invariant
from storage.records.follow_ups import Ending, follow_ups

_runs = follow_ups.c.ended_at.is_(None)

INVARIANTS = (
    Invariant(
        "Người được theo dõi sức khỏe hai lần cùng lúc (số người)",
        select(follow_ups.c.person_id).where(_runs).group_by(follow_ups.c.person_id).having(func.count() > 1),
    ),
    Invariant(
        "Việc theo dõi còn chạy mà không có giờ hỏi, hoặc đã hết mà vẫn còn (số)",
        select(follow_ups.c.id).where(_runs != follow_ups.c.next_at.is_not(None)),
    ),
    Invariant(
        "Việc theo dõi đã hết mà không ghi vì sao (số)",
        select(follow_ups.c.id).where(~_runs, follow_ups.c.ending.not_in(list(Ending)) | follow_ups.c.ending.is_(None)),
    ),
    Invariant(
        "Việc theo dõi hết trước lúc bắt đầu (số)",
        select(follow_ups.c.id).where(follow_ups.c.last_day < follow_ups.c.first_day),
    ),
)

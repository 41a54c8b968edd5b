"""What came in and what goes out: every update done or parked with its words, every parcel in a state that has a way on."""

from __future__ import annotations

from sqlalchemy import select

from storage.errands import MOST_ATTEMPTS, errands
from storage.inbox import Arrival, inbox
from storage.invariant import Invariant
from storage.messages import Deed, Lane
from storage.outbox import Outcome, parcels

_in_hand = (Outcome.LEASED, Outcome.SENDING)

INVARIANTS = (
    Invariant("Tin tới có trạng thái lạ (khóa)", select(inbox.c.key).where(inbox.c.state.not_in(list(Arrival)))),
    Invariant(
        "Tin tới bị giữ lại mà không còn nguyên văn để thử lại (khóa)",
        select(inbox.c.key).where(inbox.c.state == Arrival.PARKED, inbox.c.raw.is_(None)),
    ),
    Invariant(
        "Tin tới đã xử lý mà còn giữ nguyên văn (khóa)",
        select(inbox.c.key).where(inbox.c.state == Arrival.DONE, inbox.c.raw.is_not(None)),
    ),
    Invariant("Tin đi có trạng thái lạ (số)", select(parcels.c.id).where(parcels.c.state.not_in(list(Outcome)))),
    Invariant(
        "Tin đi có luồng hoặc việc lạ (số)",
        select(parcels.c.id).where(
            parcels.c.lane.not_in([lane.rank for lane in Lane]) | parcels.c.deed.not_in(list(Deed))
        ),
    ),
    Invariant(
        "Tin đi đang được gửi mà không biết ai gửi (số)",
        select(parcels.c.id).where(parcels.c.state.in_(_in_hand), parcels.c.holder.is_(None)),
    ),
    Invariant(
        "Tin đi đã tới nơi mà không ghi lúc tới (số)",
        select(parcels.c.id).where(parcels.c.state == Outcome.SENT, parcels.c.settled_at.is_(None)),
    ),
    Invariant(
        "Tin khẩn bị bỏ lửng thay vì gửi lại (số)",
        select(parcels.c.id).where(parcels.c.state == Outcome.UNCERTAIN, parcels.c.lane == Lane.ALERT.rank),
    ),
    Invariant(
        "Việc tải tệp thử quá số lần mà chưa bỏ (số)",
        select(errands.c.id).where(errands.c.done_at.is_(None), errands.c.attempts > MOST_ATTEMPTS * 2),
    ),
)

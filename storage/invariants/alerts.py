"""Alerts: what is taken has a taker, what is closed has somebody who closed it, what is open still climbs or was told."""

from __future__ import annotations

from sqlalchemy import select

from storage.invariant import Invariant
from storage.records.alerts import AlertState, alert_notices, alerts
from storage.records.duty import shifts

INVARIANTS = (
    Invariant("Tin khẩn có trạng thái lạ (số)", select(alerts.c.id).where(alerts.c.state.not_in(list(AlertState)))),
    Invariant(
        "Tin khẩn đã có người nhận mà không ghi ai, lúc nào (số)",
        select(alerts.c.id).where(
            alerts.c.state == AlertState.TAKEN, alerts.c.taken_by.is_(None) | alerts.c.taken_at.is_(None)
        ),
    ),
    Invariant(
        "Tin khẩn đã khép mà không ghi lúc khép (số)",
        select(alerts.c.id).where(alerts.c.state == AlertState.CLOSED, alerts.c.closed_at.is_(None)),
    ),
    Invariant(
        "Tin khẩn chưa khép mà không có giờ báo tiếp (số)",
        select(alerts.c.id).where(alerts.c.state != AlertState.CLOSED, alerts.c.next_at.is_(None)),
    ),
    Invariant(
        "Ca trực kết thúc trước khi bắt đầu (số)", select(shifts.c.id).where(shifts.c.ends_at <= shifts.c.starts_at)
    ),
    Invariant(
        "Lượt báo việc khẩn được trả lời mà không ghi lúc trả lời (số)",
        select(alert_notices.c.id).where(alert_notices.c.answer.is_not(None), alert_notices.c.answered_at.is_(None)),
    ),
)

"""Approvals: what waits is looked after, what is decided says when, and what is approved was agreed to at every step."""

from __future__ import annotations

from sqlalchemy import func, select

from storage.invariant import Invariant
from storage.records.approvals import Act, ApprovalState, approval_steps, approvals
from storage.records.check_ins import CheckInState, check_ins

_DECIDED = (ApprovalState.APPROVED, ApprovalState.RETURNED, ApprovalState.LAPSED)
_agreed = (
    select(func.count(func.distinct(approval_steps.c.step)))
    .where(
        approval_steps.c.approval_id == approvals.c.id,
        approval_steps.c.round == approvals.c.round,
        approval_steps.c.act == Act.AGREED,
    )
    .scalar_subquery()
)

INVARIANTS = (
    Invariant(
        "Đơn xin phép có trạng thái lạ (số)",
        select(approvals.c.id).where(approvals.c.state.not_in(list(ApprovalState))),
    ),
    Invariant(
        "Đơn xin phép đang chờ mà không ai trông (số)",
        select(approvals.c.id).where(approvals.c.state == ApprovalState.WAITING, approvals.c.next_at.is_(None)),
    ),
    Invariant(
        "Đơn xin phép đã xong mà vẫn còn nhắc (số)",
        select(approvals.c.id).where(approvals.c.state != ApprovalState.WAITING, approvals.c.next_at.is_not(None)),
    ),
    Invariant(
        "Đơn xin phép đã quyết định mà không ghi lúc nào (số)",
        select(approvals.c.id).where(approvals.c.state.in_(_DECIDED), approvals.c.decided_at.is_(None)),
    ),
    Invariant(
        "Đơn xin phép đã duyệt mà chưa đủ bước đồng ý (số)",
        select(approvals.c.id).where(approvals.c.state == ApprovalState.APPROVED, _agreed != approvals.c.step + 1),
    ),
    Invariant(
        "Đơn xin phép bị trả lại mà không có lý do (số)",
        select(approvals.c.id).where(approvals.c.state == ApprovalState.RETURNED, approvals.c.comment.is_(None)),
    ),
    Invariant(
        "Đơn xin phép còn chờ mà tin báo đã rút hoặc đã sửa (số)",
        select(approvals.c.id)
        .join(check_ins, check_ins.c.id == approvals.c.check_in_id)
        .where(approvals.c.state == ApprovalState.WAITING, check_ins.c.state != CheckInState.CURRENT),
    ),
)

"""Directives and their acknowledgements: nobody has received what was never published."""

from __future__ import annotations

from sqlalchemy import exists, select

from storage.invariant import Invariant
from storage.records.directives import DirectiveState, acknowledgements, directives

_receipts = select(acknowledgements.c.id).join(directives, directives.c.id == acknowledgements.c.directive_id)

INVARIANTS = (
    Invariant(
        "Chỉ đạo có trạng thái lạ (mã)",
        select(directives.c.code).where(directives.c.state.not_in(list(DirectiveState))),
    ),
    Invariant(
        "Chỉ đạo đã ban hành mà không ghi lúc ban hành (mã)",
        select(directives.c.code).where(
            directives.c.state.in_([DirectiveState.PUBLISHED, DirectiveState.CANCELLED]),
            directives.c.published_at.is_(None),
        ),
    ),
    Invariant(
        "Dự thảo mà đã có người phải xác nhận (mã)",
        select(directives.c.code).where(
            directives.c.state == DirectiveState.DRAFT,
            exists().where(acknowledgements.c.directive_id == directives.c.id).correlate(directives),
        ),
    ),
    Invariant(
        "Xác nhận mà không ghi bằng cách nào (số)",
        select(acknowledgements.c.id).where(
            acknowledgements.c.acknowledged_at.is_not(None), acknowledgements.c.via.is_(None)
        ),
    ),
    Invariant(
        "Xác nhận trước khi chỉ đạo được ban hành (số)",
        _receipts.where(acknowledgements.c.acknowledged_at < directives.c.published_at),
    ),
)

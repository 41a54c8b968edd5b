"""Expectations: each in a legal state, and what is answered is answered by a check-in that stands."""

from __future__ import annotations

from sqlalchemy import select

from storage.invariant import Invariant
from storage.records.check_ins import CheckInState, check_ins
from storage.records.rounds import ANSWERED, OPEN, Expected, expectations, rounds

_answered = (
    select(expectations.c.id)
    .join(rounds, rounds.c.id == expectations.c.round_id)
    .join(check_ins, check_ins.c.id == expectations.c.check_in_id)
)
_other_unit = expectations.c.unit_id.is_not(None) & (expectations.c.unit_id != check_ins.c.unit_id)
_other_person = expectations.c.person_id.is_not(None) & expectations.c.person_id.is_distinct_from(check_ins.c.person_id)
_still_owed = (
    select(expectations.c.id)
    .join(check_ins, check_ins.c.round_id == expectations.c.round_id)
    .where(check_ins.c.state == CheckInState.CURRENT, expectations.c.state.in_(OPEN))
)

INVARIANTS = (
    Invariant(
        "Khoản phải báo cáo có trạng thái lạ (số)",
        select(expectations.c.id).where(expectations.c.state.not_in(list(Expected))),
    ),
    Invariant(
        "Khoản phải báo cáo không của đúng một đơn vị hoặc một người (số)",
        select(expectations.c.id).where(expectations.c.unit_id.is_(None) == expectations.c.person_id.is_(None)),
    ),
    Invariant(
        "Khoản đã trả lời mà không có báo cáo, hoặc chưa trả lời mà lại có (số)",
        select(expectations.c.id).where(expectations.c.state.in_(ANSWERED) != expectations.c.check_in_id.is_not(None)),
    ),
    Invariant(
        "Khoản đã trả lời mà không ghi lúc trả lời (số)",
        select(expectations.c.id).where(expectations.c.state.in_(ANSWERED), expectations.c.settled_at.is_(None)),
    ),
    Invariant(
        "Khoản đã trả lời bằng báo cáo không còn hiệu lực (số)",
        _answered.where(check_ins.c.state != CheckInState.CURRENT),
    ),
    Invariant(
        "Khoản đã trả lời bằng báo cáo khác loại hoặc khác ngày (số)",
        _answered.where((check_ins.c.kind != rounds.c.kind) | (check_ins.c.day != rounds.c.day)),
    ),
    Invariant("Khoản đã trả lời bằng báo cáo của nơi khác (số)", _answered.where(_other_unit | _other_person)),
    Invariant(
        "Đơn vị đã báo cáo trong đợt mà vẫn bị coi là chưa (số)",
        _still_owed.where(check_ins.c.unit_id == expectations.c.unit_id, check_ins.c.person_id.is_(None)),
    ),
    Invariant(
        "Người đã báo cáo trong đợt mà vẫn bị coi là chưa (số)",
        _still_owed.where(check_ins.c.person_id == expectations.c.person_id),
    ),
    Invariant("Đợt báo cáo có hạn trước lúc mở (số)", select(rounds.c.id).where(rounds.c.due_at < rounds.c.opens_at)),
)

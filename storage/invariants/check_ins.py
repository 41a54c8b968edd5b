"""Check-ins: nothing counted twice, and each chain of corrections whole, so that every figure can be opened."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, union_all

from storage.invariant import Invariant
from storage.records.check_ins import CheckInState, check_ins, figures
from storage.records.monthly_figures import KEY, monthly_figures, what_months_hold

_later = check_ins.alias("later")
_has_successor = exists().where(_later.c.supersedes_id == check_ins.c.id).correlate(check_ins)


def _doubled(debtor: ColumnElement[int], *where: ColumnElement[bool]) -> Select[tuple[str, int, str]]:
    """(kind, debtor, day) counted more than once in a round."""
    return (
        select(check_ins.c.kind, debtor, check_ins.c.day)
        .where(check_ins.c.state == CheckInState.CURRENT, check_ins.c.round_id.is_not(None), *where)
        .group_by(check_ins.c.kind, debtor, check_ins.c.day)
        .having(func.count() > 1)
    )


_as_kept = select(
    *(monthly_figures.c[name] for name in KEY),
    (-monthly_figures.c.value).label("value"),
    (-monthly_figures.c.reports).label("reports"),
)
_difference = union_all(what_months_hold(), _as_kept).subquery()


INVARIANTS = (
    Invariant(
        "Báo cáo có trạng thái lạ (số)", select(check_ins.c.id).where(check_ins.c.state.not_in(list(CheckInState)))
    ),
    Invariant(
        "Một đơn vị có hai báo cáo cùng hiệu lực trong một đợt (loại, đơn vị, ngày)",
        _doubled(check_ins.c.unit_id, check_ins.c.person_id.is_(None)),
    ),
    Invariant(
        "Một người có hai báo cáo cùng hiệu lực trong một đợt (loại, người, ngày)",
        _doubled(check_ins.c.person_id, check_ins.c.person_id.is_not(None)),
    ),
    Invariant(
        "Báo cáo đã bị đính chính mà không có bản đính chính (số)",
        select(check_ins.c.id).where(check_ins.c.state == CheckInState.SUPERSEDED, ~_has_successor),
    ),
    Invariant(
        "Báo cáo có bản đính chính mà vẫn còn hiệu lực (số)",
        select(check_ins.c.id).where(check_ins.c.state != CheckInState.SUPERSEDED, _has_successor),
    ),
    Invariant(
        "Bản đính chính khác loại, khác nơi hoặc có trước bản nó đính chính (số)",
        select(_later.c.id)
        .join(check_ins, _later.c.supersedes_id == check_ins.c.id)
        .where(
            or_(
                _later.c.kind != check_ins.c.kind,
                _later.c.unit_id != check_ins.c.unit_id,
                _later.c.person_id.is_distinct_from(check_ins.c.person_id),
                _later.c.id == check_ins.c.id,
                # said again, it may stand behind what was said between and heard late
                and_(
                    _later.c.reported_at < check_ins.c.reported_at,
                    func.coalesce(_later.c.said_at, _later.c.reported_at) < check_ins.c.reported_at,
                ),
            )
        ),
    ),
    Invariant(
        "Báo cáo có ngày cuối trước ngày đầu (số)", select(check_ins.c.id).where(check_ins.c.until < check_ins.c.day)
    ),
    Invariant(
        "Số cộng theo tháng khác với tổng các báo cáo (loại, tháng, đơn vị, tên)",
        select(*(_difference.c[name] for name in KEY))
        .group_by(*(_difference.c[name] for name in KEY))
        .having(or_(func.sum(_difference.c.value) != 0, func.sum(_difference.c.reports) != 0)),
    ),
    Invariant("Số liệu âm (số báo cáo, tên)", select(figures.c.check_in_id, figures.c.name).where(figures.c.value < 0)),
)

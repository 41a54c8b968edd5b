"""/conthieu [đơn vị]: what one's unit (and oneself) still owes; for those who see all units, who of them does."""

from __future__ import annotations

from datetime import date

from handlers.access import Right
from handlers.command import Command
from handlers.days.working_days import working_day_before
from handlers.kinds import all_kinds
from handlers.local_time import clock_time, short_day
from handlers.naming import unit_meant
from handlers.rounds import Owing, board_text, owing
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, bold, bullets
from storage.records.directives import directives_owed_by
from storage.records.rounds import Round, rounds_on
from storage.records.schedules import exceptional_days

NOTHING = "Không còn thiếu gì ạ."
NOTHING_OWED = "không còn thiếu gì ạ."


def run(visit: Visit, rest: str) -> None:
    if rest:
        _show_unit(visit, rest)
        return
    sees_all = visit.may(Right.SEE_ALL_UNITS) and visit.is_in_closed_circle
    has_boards = sees_all and _show_boards(visit)
    units = [visit.room.unit_id] if visit.room is not None and visit.room.unit_id is not None else []
    units = units or visit.unit_ids
    open_ones = owing(visit.tx, unit_ids=units, person_id=visit.known.id, now=visit.now)
    unread = directives_owed_by(visit.tx, visit.known.id) if visit.message.is_private else []
    # a room must not learn who owes a health declaration: that tells of a journey
    shown = [each for each in open_ones if visit.message.is_private or not each.kind.is_private]
    if has_boards:  # they name the asker's own unit too
        shown = [each for each in shown if each.unit is None]
    lines = [_line(each) for each in shown]
    lines += [f"Chỉ đạo chưa xác nhận đã nhận: {directive.code}" for directive in unread]
    if lines:
        visit.reply(f"{bold('Còn phải báo:')}\n{bullets(lines)}")
    elif not has_boards:
        visit.reply(NOTHING)


def _show_unit(visit: Visit, name: str) -> None:
    """What one unit owes, for its own people and those who see all."""
    unit = unit_meant(visit.tx, name, visit.today)
    if isinstance(unit, str):
        visit.reply(unit)
    elif not visit.may(Right.SEE_ALL_UNITS) and unit.id not in visit.unit_ids:
        visit.reply(NOT_ALLOWED)
    else:
        found = owing(visit.tx, unit_ids=[unit.id], person_id=None, now=visit.now)
        lines = bullets([_line(each) for each in found if not each.kind.is_private])
        visit.reply(
            f"{bold(f'{unit.short_name} còn phải báo:')}\n{lines}" if lines else f"{unit.short_name}: {NOTHING_OWED}"
        )


def _show_boards(visit: Visit) -> bool:
    """How far each round has come, and who is missing in it: of today, before the first of today of the working day before."""
    asked = _rounds_begun(visit, visit.today) or _rounds_begun(visit, _day_before(visit))
    kinds = all_kinds(visit.tx)
    if asked:
        visit.reply("\n\n".join(board_text(visit.tx, kinds[each.kind], each) for each in asked))
    return bool(asked)


def _rounds_begun(visit: Visit, day: date) -> list[Round]:
    kinds = all_kinds(visit.tx)
    return [each for each in rounds_on(visit.tx, day) if each.kind in kinds and each.opens_at <= visit.now]


def _day_before(visit: Visit) -> date:
    return working_day_before(visit.today, exceptional_days(visit.tx))


def _line(each: Owing) -> str:
    debtor = each.unit.short_name if each.unit is not None else "anh/chị"
    return f"{each.kind.title} ({debtor}), ngày {short_day(each.round.day)}, hạn {clock_time(each.round.due_at)}"


COMMAND = Command(
    name="conthieu",
    menu="Đơn vị tôi còn thiếu gì",
    run=run,
    words=("còn thiếu gì", "đơn vị tôi còn thiếu gì", "phòng còn thiếu gì", "còn phải báo gì"),
    order=6,
)

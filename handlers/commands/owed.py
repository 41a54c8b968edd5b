"""/conthieu: what one's unit (and oneself) still owes."""

from __future__ import annotations

from handlers.command import Command
from handlers.local_time import clock_time, short_day
from handlers.rounds import Owing, owing
from handlers.visit import Visit
from handlers.wording import bold, bullets
from storage.records.directives import directives_owed_by


def run(visit: Visit, _rest: str) -> None:
    units = [visit.room.unit_id] if visit.room is not None and visit.room.unit_id is not None else []
    units = units or [post.unit_id for post in visit.posts]
    open_ones = owing(visit.tx, unit_ids=units, person_id=visit.known.id, now=visit.now)
    unread = directives_owed_by(visit.tx, visit.known.id) if visit.message.is_private else []
    # a room must not learn who owes a health declaration: that tells of a journey
    shown = [each for each in open_ones if visit.message.is_private or not each.kind.is_private]
    lines = [_line(each) for each in shown]
    lines += [f"Chỉ đạo chưa xác nhận đã nhận: {directive.code}" for directive in unread]
    if lines:
        visit.reply(f"{bold('Còn phải báo:')}\n{bullets(lines)}")
    else:
        visit.reply("Không còn thiếu gì. Cảm ơn anh/chị.")


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

"""/vang [đơn vị] [ngày]: who is not at the office, by name: heads of their own unit, leaders and the office of all."""

from __future__ import annotations

from datetime import date

from handlers.access import Right
from handlers.command import Command, Place
from handlers.days.named_days import WEEKS, find_day, find_week
from handlers.local_time import full_day
from handlers.naming import unit_meant
from handlers.summaries import absentees_text
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, bold
from storage.records.people import members_of
from understanding.phrases.normalize import fold

HOW = "Xin ghi ngày, hoặc đơn vị, như: /vang, /vang mai, /vang 28/11, /vang tuần này, /vang Phòng KT 28/11."
AS_TOLD = "(theo tự báo; ai không báo gì coi như ở cơ quan)"


def run(visit: Visit, rest: str) -> None:
    days, name = _days_and_name(visit, rest)
    meant = _whose(visit, name, days[0])
    if isinstance(meant, str):
        visit.reply(f"{meant}\n{HOW}")
        return
    whose, only = meant
    text = absentees_text(visit.tx, days, only)
    when = f"ngày {full_day(days[0])}" + (f" đến {full_day(days[-1])}" if len(days) > 1 else "")
    heading = f"{bold(f'Không ở cơ quan {when}')}, {whose}"
    visit.reply(f"{heading}\n{text}\n{AS_TOLD}" if text else f"{heading}: chưa ai báo vắng. {AS_TOLD}")


def _days_and_name(visit: Visit, rest: str) -> tuple[list[date], str]:
    """A week at the end of the words, a day, or today; and what else they say."""
    for week in WEEKS:
        if fold(rest).endswith(week):
            return find_week(week, today=visit.today), rest[: len(rest) - len(week)].strip()
    day, name = find_day(rest, today=visit.today, is_ahead=True) or (visit.today, rest)
    return [day], name.strip()


def _whose(visit: Visit, name: str, day: date) -> tuple[str, set[int] | None] | str:
    """Whom the list is to show and what it calls them; a sentence where that unit is not known, or not the asker's."""
    sees_all = visit.may(Right.SEE_TRAVEL)
    own = visit.headed_unit_ids
    if not name:
        return ("toàn cơ quan", None) if sees_all else ("đơn vị của anh/chị", _people_of(visit, own, day))
    unit = unit_meant(visit.tx, name, day)
    if isinstance(unit, str):
        return unit
    if not sees_all and unit.id not in own:
        return NOT_ALLOWED
    return unit.short_name, _people_of(visit, [unit.id], day)


def _people_of(visit: Visit, unit_ids: list[int], day: date) -> set[int]:
    return {person.id for person in members_of(visit.tx, unit_ids, day)}


COMMAND = Command(
    name="vang",
    menu="Ai vắng: đi công tác, nghỉ, làm ở nhà",
    run=run,
    right=Right.SEE_WHO_IS_AWAY,
    place=Place.PRIVATE,
    order=39,
)

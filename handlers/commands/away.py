"""/vang [ngày]: who is not at the office, by name: heads of their own unit, leaders and the office of all."""

from __future__ import annotations

from handlers.access import HEADS, Right
from handlers.command import Command, Place
from handlers.days.named_days import find_day
from handlers.local_time import full_day
from handlers.summaries import absentees_text
from handlers.visit import Visit
from handlers.wording import bold
from storage.records.people import members_of

HOW = "Xin ghi ngày như: /vang, /vang mai, /vang 28/11."
AS_TOLD = "(theo tự báo; ai không báo gì coi như ở cơ quan)"


def run(visit: Visit, rest: str) -> None:
    found = find_day(rest, today=visit.today, is_ahead=True) if rest.strip() else (visit.today, "")
    if found is None:
        visit.reply(HOW)
        return
    only, whose = None, "toàn cơ quan"
    if not visit.may(Right.SEE_TRAVEL):
        units = [post.unit_id for post in visit.posts if post.role in HEADS]
        only, whose = {person.id for person in members_of(visit.tx, units, found[0])}, "đơn vị của anh/chị"
    text = absentees_text(visit.tx, found[0], only)
    heading = f"{bold(f'Không ở cơ quan ngày {full_day(found[0])}')}, {whose}"
    visit.reply(f"{heading}\n{text}\n{AS_TOLD}" if text else f"{heading}: chưa ai báo vắng. {AS_TOLD}")


COMMAND = Command(
    name="vang",
    menu="Ai vắng: đi công tác, nghỉ, làm ở nhà",
    run=run,
    right=Right.SEE_WHO_IS_AWAY,
    place=Place.PRIVATE,
    order=39,
)

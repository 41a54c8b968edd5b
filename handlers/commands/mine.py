"""/toidabao: what this person has reported in the last days, with ways to mend it."""

from __future__ import annotations

from datetime import timedelta

from handlers.approvals import line_for_traveller
from handlers.command import Command, Place
from handlers.kinds import all_kinds
from handlers.local_time import clock_time, local_day, short_day
from handlers.reporting.saying_back import title_back
from handlers.visit import Visit
from handlers.wording import bold
from storage.messages import Button
from storage.records.approvals import approval_of
from storage.records.check_ins import check_ins_by

LOOK_BACK = timedelta(days=7)
MOST = 10


def run(visit: Visit, _rest: str) -> None:
    kept = check_ins_by(visit.tx, visit.known.id, visit.now - LOOK_BACK, limit=MOST + 1)
    kinds = all_kinds(visit.tx)
    shown = [check_in for check_in in kept[:MOST] if check_in.kind in kinds]
    if not shown:
        visit.reply("Bảy ngày qua tôi chưa ghi gì của anh/chị.")
        return
    lines, rows = [bold("Anh/chị đã báo trong 7 ngày qua:")], []
    for number, check_in in enumerate(shown, start=1):
        kind = kinds[check_in.kind]
        when = f"{short_day(local_day(check_in.reported_at))} {clock_time(check_in.reported_at)}"
        title = title_back(visit.tx, kind, check_in, visit.today)
        lines.append(f"{number}. {when} · {title}: {kind.say(check_in.answers)}")
        if kind.leave is not None and (approval := approval_of(visit.tx, check_in.id)) is not None:
            lines.append(f"   {line_for_traveller(visit.tx, approval)}")
        rows.append(
            (Button(f"Sửa {number}", f"mend:fix:{check_in.id}"), Button(f"Rút {number}", f"mend:undo:{check_in.id}"))
        )
    if len(kept) > MOST:
        lines.append("… và những tin cũ hơn.")
    visit.reply("\n".join(lines), buttons=tuple(rows))


COMMAND = Command(
    name="toidabao",
    menu="Những điều tôi đã báo",
    run=run,
    words=("tôi đã báo gì", "em đã báo gì", "tôi đã báo", "đã báo gì"),
    place=Place.PRIVATE,
    order=5,
)

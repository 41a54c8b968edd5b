"""/tinhhinh: how things stand now, on one screen: what is urgent, who has reported, who is away, what waits."""

from __future__ import annotations

from handlers.access import Right
from handlers.command import Command, Place
from handlers.summaries import situation_text
from handlers.visit import Visit
from handlers.wording import plain

NOW = ("hom nay", "nay", "bay gio", "luc nay")
ONLY_NOW = "Lệnh này chỉ cho biết tình hình lúc này của toàn cơ quan, chưa lọc theo “{said}”. Một đơn vị: /xem và tên đơn vị; ngày khác: /tonghop 20/11."
LONGEST_QUOTE = 60


def run(visit: Visit, rest: str) -> None:
    if rest and plain(rest) not in NOW:
        visit.reply(f"{ONLY_NOW.format(said=rest[:LONGEST_QUOTE])}\n\n{situation_text(visit.tx, visit.now)}")
    else:
        visit.reply(situation_text(visit.tx, visit.now))


COMMAND = Command(
    name="tinhhinh",
    menu="Tình hình lúc này, gọn một màn hình",
    run=run,
    right=Right.SEE_ALL_UNITS,
    place=Place.PRIVATE,
    order=38,
)

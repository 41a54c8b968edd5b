"""The buttons of the list of own kinds: look at one, begin one, stop one, open it again."""

from __future__ import annotations

from handlers.access import Right
from handlers.command import Press
from handlers.defining.dialogue import begin_anew
from handlers.defining.keeping import is_built_in, reopen, stop
from handlers.defining.showing import OLD, show
from handlers.kinds import all_kinds
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED


def _press_kind(visit: Visit, parts: list[str]) -> None:
    visit.close_press()
    deed, name = parts[0], parts[1] if len(parts) > 1 else ""
    if not visit.may(Right.SET_UP):
        visit.reply(NOT_ALLOWED)
    elif deed == "new":
        begin_anew(visit)
    elif name not in all_kinds(visit.tx) or is_built_in(name):
        visit.reply(OLD)
    elif deed == "show":
        show(visit, name)
    else:
        _stop_or_reopen(visit, deed, name)


def _stop_or_reopen(visit: Visit, deed: str, name: str) -> None:
    kind = all_kinds(visit.tx)[name]
    if deed == "stop" and not kind.is_stopped:
        stop(visit.tx, name, by=visit.known.id, now=visit.now)
        visit.reply(f"Đã dừng “{kind.title}”: không hỏi, không nhắc nữa. Các tin đã báo vẫn xem được.")
    elif deed == "open" and kind.is_stopped:
        reopen(visit.tx, name, by=visit.known.id, now=visit.now)
        visit.reply(f"Đã mở lại “{kind.title}”.")
    else:
        visit.reply(f"“{kind.title}” {'đã dừng' if kind.is_stopped else 'đang mở'} từ trước.")


PRESSES: dict[str, Press] = {"kind": _press_kind}

"""The buttons under the preview of a file somebody sent: what was read ahead is taken in, or dropped, once."""

from __future__ import annotations

from collections.abc import Callable

from handlers.access import Right
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED
from storage.record import change
from storage.records.files import StoredFile, files, find_file

SETTLED = "Tệp này đã được nhập hoặc đã bỏ rồi."


def decide_about_file(
    visit: Visit, parts: list[str], *, take_in: Callable[[Visit, StoredFile, bytes], None], dropped: str
) -> None:
    """`parts`: apply or drop, and the number of the file; `take_in` looks at its content anew."""
    verb, number = parts[0], int(parts[1])
    visit.close_press()
    if not visit.may(Right.SET_UP):
        visit.reply(NOT_ALLOWED)
        return
    file = find_file(visit.tx, number)
    is_first = change(visit.tx, files, files.c.id == number, files.c.content.is_not(None), content=None)
    if file is None or file.content is None or not is_first:
        visit.reply(SETTLED)
    elif verb == "apply":
        take_in(visit, file, file.content)
    else:
        visit.reply(dropped)

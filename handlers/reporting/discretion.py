"""Where a kind may be talked about: what is private is answered in the private chat, whatever room it was said in."""

from __future__ import annotations

from handlers.check_in import CheckInKind
from handlers.telling import Buttons
from handlers.visit import Visit
from storage.messages import Marks


def must_not_be_told_here(visit: Visit, kind: CheckInKind) -> bool:
    return kind.is_private and not visit.message.is_private


def say_discreetly(
    visit: Visit,
    kind: CheckInKind,
    text: str,
    *,
    buttons: Buttons = (),
    about: str = "",
    marks: Marks = Marks.NUMBERS,
) -> None:
    """Here, or in private where others must not read it."""
    say = visit.reply_privately if must_not_be_told_here(visit, kind) else visit.reply
    say(text, buttons=buttons, about=about, marks=marks)

"""/start: what the button under a new chat sends, with the code of a personal link or of a room behind it."""

from __future__ import annotations

from handlers.command import Command
from handlers.membership import joining, rooms, welcome
from handlers.membership.codes import looks_like_room_code
from handlers.visit import Visit


def run(visit: Visit, rest: str) -> None:
    if not visit.message.is_private:
        if looks_like_room_code(rest):
            rooms.bind(visit, rest)
        else:
            rooms.enter(visit)
    elif rest and not looks_like_room_code(rest):
        joining.join(visit, rest)
    elif visit.person is not None:
        welcome.greet(visit)
    else:
        welcome.ask_who_is_there(visit)


COMMAND = Command(name="start", menu="Bắt đầu, hoặc vào bằng mã cá nhân", run=run, needs_person=False, order=90)

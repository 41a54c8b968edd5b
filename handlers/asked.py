"""Questions as people ask them, "ai chưa báo?", "mai ai trực?": each is answered by the command that knows."""

from __future__ import annotations

from handlers import commanding
from handlers.answers.questions import question_in
from handlers.local_time import local
from handlers.visit import Visit


def answer(visit: Visit, *, is_said_to_us: bool = True) -> bool:
    """Run what answers the whole line; false if it is no question that a command answers. What others are asked is
    answered only for who may know: nobody is refused what he did not ask of us."""
    question = question_in(visit.message.text, local(visit.said_at))
    if question is None:
        return False
    command = commanding.command_named(question.command)
    if not is_said_to_us and command not in commanding.offered_to(visit):
        return False
    commanding.run(visit, command, question.rest)
    return True

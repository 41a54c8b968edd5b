"""Questions as people ask them, "ai chưa báo?", "mai ai trực?": each is answered by the command that knows."""

from __future__ import annotations

from handlers import commanding
from handlers.answers.questions import question_in
from handlers.local_time import local
from handlers.visit import Visit


def answer(visit: Visit) -> bool:
    """Run what answers the whole line; false if it is no question that a command answers."""
    question = question_in(visit.message.text, local(visit.said_at))
    if question is None:
        return False
    commanding.run(visit, commanding.command_named(question.command), question.rest)
    return True

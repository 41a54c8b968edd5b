"""The answer to what a wish lacked: the missing word alone, typed or pressed, completes it."""

from __future__ import annotations

from handlers.command import Continue, Press
from handlers.timed_reminders.asking import TOPIC, completed
from handlers.timed_reminders.reading import is_wish
from handlers.timed_reminders.setting import read_whole, set_from
from handlers.timed_reminders.unclear import Lack, NotToBeReadError
from handlers.visit import Visit
from handlers.wording import OLD_BUTTON
from storage.messages import Act


def go_on(visit: Visit, state: dict[str, object]) -> bool:
    """False for what does not answer the question: it is heard as anything else."""
    message = visit.message
    if message.act is not Act.TEXT or message.forwarded or not message.text:
        return False
    if is_wish(message.text, visit.said_at):
        visit.forget_dialogue()
        return False
    before, lacks = str(state["text"]), Lack(str(state["lacks"]))
    whole = completed(before, message.text, lacks)
    if not _answers(visit, before, whole, lacks):
        return False
    visit.forget_dialogue()
    set_from(visit, whole)
    return True


def _answers(visit: Visit, before: str, whole: str, lacks: Lack) -> bool:
    """It does where nothing is left over of it: else it speaks of something else."""
    if lacks is Lack.WHAT:
        return True
    try:
        _, _, said = read_whole(visit, whole)
    except NotToBeReadError as error:
        return error.lacks not in (None, lacks)
    return set(said.split()) <= set(before.split())


def _press(visit: Visit, parts: list[str]) -> None:
    dialogue = visit.dialogue()
    if dialogue is None or dialogue.topic != TOPIC or dialogue.state["lacks"] != parts[0]:
        visit.close_press(OLD_BUTTON)
        return
    answer = dialogue.state["choices"][int(parts[1])]
    visit.close_press()
    visit.forget_dialogue()
    set_from(visit, completed(str(dialogue.state["text"]), answer, Lack(parts[0])))


PRESSES: dict[str, Press] = {TOPIC: _press}
DIALOGUES: dict[str, Continue] = {TOPIC: go_on}

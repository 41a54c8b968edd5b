"""Words of alarm that report nothing certain: better one question too many than a fire that nobody heard of."""

from __future__ import annotations

import re
from functools import cache

from handlers.answers.courtesies import courtesy_in
from handlers.answers.groups import read_marked_groups
from handlers.answers.questions import question_in
from handlers.incidents.news import shown_in
from handlers.kinds import kind_named
from handlers.local_time import local
from handlers.reporting.asking import Draft, ask, choices_of
from handlers.visit import Visit
from understanding.phrases.normalize import fold

LIST = "alarms.tsv"
KIND = "incident"
IS_IT = "Tôi đọc chưa chắc câu “{said}” nên chưa báo ai. Nếu là việc khẩn, xin chọn việc gì: tôi báo lãnh đạo ngay."
QUOTED = 80
WORD = re.compile(r"\w+|!+")
BARE_TOO = ("kêu", "không phải", "thật")


def ask_whether_urgent(visit: Visit) -> bool:
    """Ask in private what has happened, one press from the leaders; false where nothing sounds like it."""
    message = visit.message
    if not message.text or not _sounds_urgent(message.text, needs_cry=not message.is_private or message.forwarded):
        return False
    if courtesy_in(message.text) is not None or question_in(message.text, local(visit.said_at)) is not None:
        return False
    kind = kind_named(visit.tx, KIND)
    question = kind.questions[0]
    draft = Draft(
        kind=KIND,
        unit_id=visit.unit_id,
        person_id=visit.known.id,
        said=message.text,
        message_id=message.message_id,
        answers=kind.from_words(message.text),
        asking=question.name,
        shown=shown_in(message),
    )
    ask(visit, draft, IS_IT.format(said=message.text[:QUOTED]), choices_of(question, draft))
    return True


def _sounds_urgent(said: str, *, needs_cry: bool) -> bool:
    """In a room, where people also talk, and in others' words: a danger, and beside it a cry."""
    words = WORD.findall(said.casefold())
    is_harmless = _has(words, "không phải") and not _has(words, "thật")
    if is_harmless or not (_has(words, "nguy hiểm") or _has(words, "nguy hiểm không dấu")):
        return False
    return not needs_cry or _has(words, "kêu")


def _has(words: list[str], group: str) -> bool:
    """ "chạy" is no "cháy"; where no mark is typed, only what is listed so counts as danger."""
    return any(words[at : at + len(way)] == way for way in _ways(group) for at in range(len(words) - len(way) + 1))


@cache
def _ways(group: str) -> tuple[list[str], ...]:
    """As they are written; those that only soften or call also without marks."""
    written = read_marked_groups(LIST)[group]
    bare = [fold(way) for way in written] if group in BARE_TOO else []
    return tuple(WORD.findall(way) for way in dict.fromkeys([*written, *bare]))

"""Kinds of check-in that the office defines itself: as text it writes, as a definition that is kept, as a kind that works."""

from handlers.own_kinds.changing import first_day_of, succeed
from handlers.own_kinds.definition import Definition, OwnQuestion, Schedule
from handlers.own_kinds.making import made_from, make, opening_words, stored
from handlers.own_kinds.naming import name_of
from handlers.own_kinds.question_line import ITEM
from handlers.own_kinds.reading import Reading, read_definition
from handlers.own_kinds.showing import as_text

__all__ = [
    "ITEM",
    "Definition",
    "OwnQuestion",
    "Reading",
    "Schedule",
    "as_text",
    "first_day_of",
    "made_from",
    "make",
    "name_of",
    "opening_words",
    "read_definition",
    "stored",
    "succeed",
]

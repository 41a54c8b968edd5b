""" "số điện thoại anh Khải": at night nobody looks for the list."""

from __future__ import annotations

import re

from handlers.access import Right
from handlers.naming import people_named
from handlers.telling.phones import phones_of
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, bullets
from understanding.phrases.normalize import fold

ASKED = re.compile(
    r"\W*(?:(?:cho|xin|em|toi|anh|chi|gui|biet|hoi)\s+)*(?:so dien thoai|sdt|so dt|dien thoai)\s+(?:cua\s+)?"
    r"(?P<name>\w+(?:\s+\w+){0,4}?)(?:\s+(?:la gi|la bao nhieu|la so may|so may|bao nhieu|voi|a|nhe|di))*\W*"
)
NONE_KEPT = "chưa ghi số điện thoại"
MOST = 5


def answer_number(visit: Visit) -> str:
    """The number kept of whom the line names; empty where it asks for none. Only for those who answer for others."""
    folded = fold(visit.message.text)
    found = ASKED.fullmatch(folded)
    if found is None or len(folded) != len(visit.message.text):
        return ""
    name = visit.message.text[found.start("name") : found.end("name")]
    people = people_named(visit.tx, name, visit.today, visit.unit_ids)
    if not people:
        return ""
    if not (visit.may(Right.SEE_ALL_UNITS) or visit.headed_unit_ids):
        return NOT_ALLOWED
    phones = phones_of(visit.tx, [person.id for person in people])
    return bullets([f"{person.in_full}: {phones.get(person.id, NONE_KEPT)}" for person in people[:MOST]])

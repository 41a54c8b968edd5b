"""Whom the words of a reminder mean: oneself, a person, one's unit, named units, rooms of an audience; and who may do that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from handlers.access import Right
from handlers.naming import HONORIFICS, people_named, units_named
from handlers.timed_reminders.unclear import Lack, NotToBeReadError
from handlers.visit import Visit
from storage.records.chats import Audience
from storage.records.people import Person, members_of
from storage.records.units import Unit, UnitKind, find_unit
from understanding.phrases.normalize import fold

MINE = r"(?:\s+(?:minh|em|toi|ta|nay|nha|chung ta|tui))?"
OWN_UNIT = re.compile(
    rf"(?:(?:ca|toan|toan the)\s+)(?:phong|don vi|khoa|to|ban|nhom|nha){MINE}\b"
    r"|(?:phong|don vi|khoa|to|nhom)\s+(?:minh|em|toi|ta|nay)\b|anh(?:\s+chi)?\s+em\b(?:\s+trong\s+phong)?|cac ban\b"
)
EVERY_UNIT = re.compile(
    r"(?:tat ca\s+)?(?:cac|tung|moi)\s+(?:phong(?:\s+ban)?|don vi|khoa|bo phan)\b(?:\s*,?\s*don vi\b)?"
)
MANAGERS = re.compile(r"(?:cac\s+)?(?:truong|lanh dao)\s+(?:cac\s+)?(?:phong|don vi|khoa)\b")
LEADERS = re.compile(r"(?:ban\s+)?(?:lanh dao|giam doc)\b(?:\s+(?:so|co quan))?")
EVERYONE = re.compile(
    r"(?:toan|ca)\s+(?:co quan|so|truong|vien)\b|toan the(?:\s+(?:can bo|co quan))?\b|tat ca(?:\s+moi nguoi)?\b"
)
WIDE = (
    (MANAGERS, Audience.MANAGERS, "lãnh đạo và trưởng các đơn vị"),
    (LEADERS, Audience.LEADERS, "lãnh đạo"),
    (EVERYONE, Audience.EVERYONE, "toàn cơ quan"),
)
EVERYBODY_HERE = re.compile(r"moi nguoi\b|ca nha\b")
MYSELF = re.compile(r"(?:cho\s+)?(?:toi|em|minh|tui|chau|con|anh|chi|co|chu|bac|ong|ba)\b")
AND = re.compile(r"\s*(?:,|va\b|voi\b|&|\+)\s*")
LONGEST_NAME = 6
ONESELF = "riêng mình"
ASK_WHOM = "Nhắc ai ạ?"
HOW_WHOM = "Ví dụ: nhắc tôi 14:00 họp; nhắc cả phòng 16:00 nộp báo cáo; nhắc Phòng KT 15:30 gửi số liệu; nhắc các đơn vị 9:00 mai nộp báo cáo quý."
OWN_ROOM_ONLY = (
    "Nhắc cả phòng là việc của trưởng đơn vị, lãnh đạo, Văn phòng ạ. Nhắc riêng mình thì được: “nhắc tôi 14:00 họp”."
)
OTHERS_ONLY = (
    "Nhắc đơn vị khác, người khác là việc của lãnh đạo và Văn phòng ạ. Nhắc riêng mình thì được: “nhắc tôi 14:00 họp”."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Whom, as it is kept and called, and what stands behind these words."""

    called: str
    rest: str
    people: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    rooms: tuple[int, ...] = ()
    audiences: tuple[Audience, ...] = ()
    is_every_unit: bool = False

    @property
    def audience(self) -> dict[str, Any]:
        return {
            "called": self.called,
            "people": list(self.people),
            "units": list(self.units),
            "rooms": list(self.rooms),
            "audiences": list(self.audiences),
            "every_unit": self.is_every_unit,
        }


def target_in(visit: Visit, words: str) -> Target:
    """NotToBeReadError with a sentence where nobody is named, somebody could be two, or the asker may not."""
    folded = fold(words)
    for pattern, audience, called in WIDE:
        if found := pattern.match(folded):
            _must_be(visit.may(Right.ISSUE_DIRECTIVES), OTHERS_ONLY)
            return Target(called=called, rest=words[found.end() :], audiences=(audience,))
    if found := EVERY_UNIT.match(folded):
        _must_be(visit.may(Right.ISSUE_DIRECTIVES), OTHERS_ONLY)
        return Target(called="các đơn vị", rest=words[found.end() :], is_every_unit=True)
    if found := OWN_UNIT.match(folded) or EVERYBODY_HERE.match(folded):
        return _own(visit, words[found.end() :], is_everybody=EVERYBODY_HERE.match(folded) is not None)
    named = _units_at_the_start(visit, words)
    if named is not None:
        return _named_units(visit, *named)
    return _somebody(visit, words)


def _own(visit: Visit, rest: str, *, is_everybody: bool) -> Target:
    """The room it is said in; in private the asker's unit, and to who leads all of them "mọi người" is everybody."""
    if visit.room is not None:
        _must_be(_leads_here(visit), OWN_ROOM_ONLY)
        return Target(called=f"nhóm {visit.room.title}", rest=rest, rooms=(visit.room.id,))
    if is_everybody and visit.may(Right.ISSUE_DIRECTIVES):
        return Target(called="toàn cơ quan", rest=rest, audiences=(Audience.EVERYONE,))
    unit = find_unit(visit.tx, visit.unit_id)
    _must_be(unit is not None and unit.kind != UnitKind.ORGANIZATION, ASK_WHOM)
    _must_be(_leads_here(visit), OWN_ROOM_ONLY)
    return Target(called=unit.short_name if unit else "", rest=rest, units=(visit.unit_id,))


def _leads_here(visit: Visit) -> bool:
    return visit.may(Right.ISSUE_DIRECTIVES) or visit.unit_id in visit.headed_unit_ids


def _units_at_the_start(visit: Visit, words: str) -> tuple[list[Unit], str] | None:
    """ "Phòng KT và Phòng TM nộp …": the longest words at the start that name one unit, and those joined to them."""
    units: list[Unit] = []
    rest = words.strip()
    while (found := _unit_at_the_start(visit, rest)) is not None:
        units.append(found[0])
        rest = found[1]
        joined = AND.match(fold(rest))
        if joined is None or _unit_at_the_start(visit, rest[joined.end() :]) is None:
            break
        rest = rest[joined.end() :]
    return (units, rest) if units else None


def _unit_at_the_start(visit: Visit, words: str) -> tuple[Unit, str] | None:
    ends = [found.end() for found in re.finditer(r"[\w.]+", words)][:LONGEST_NAME]
    for end in reversed(ends):
        named = units_named(visit.tx, words[:end], visit.today)
        if len(named) == 1 and fold(words[:end]).strip(" .") not in HONORIFICS:
            return named[0], words[end:]
    return None


def _named_units(visit: Visit, named: list[Unit], rest: str) -> Target:
    own = visit.headed_unit_ids
    _must_be(visit.may(Right.ISSUE_DIRECTIVES) or all(unit.id in own for unit in named), OTHERS_ONLY)
    return Target(
        called=", ".join(unit.short_name for unit in named), rest=rest, units=tuple(unit.id for unit in named)
    )


def _somebody(visit: Visit, words: str) -> Target:
    named = _person_at_the_start(visit, words)
    if named is not None:
        return _person(visit, *named)
    found = MYSELF.match(fold(words))
    if found is not None:
        return Target(called=ONESELF, rest=words[found.end() :], people=(visit.known.id,))
    if visit.room is not None:
        _must_be(_leads_here(visit), OWN_ROOM_ONLY)
        return Target(called=f"nhóm {visit.room.title}", rest=words, rooms=(visit.room.id,))
    raise NotToBeReadError(ASK_WHOM, HOW_WHOM, lacks=Lack.WHOM)


def _person(visit: Visit, person: Person, rest: str) -> Target:
    if person.id == visit.known.id:
        return Target(called=ONESELF, rest=rest, people=(person.id,))
    own = visit.headed_unit_ids
    is_own = bool(own) and any(one.id == person.id for one in members_of(visit.tx, own, visit.today))
    _must_be(visit.may(Right.ISSUE_DIRECTIVES) or is_own, OTHERS_ONLY)
    return Target(called=person.called, rest=rest, people=(person.id,))


def _person_at_the_start(visit: Visit, words: str) -> tuple[Person, str] | None:
    """ "anh Minh", "chị Vũ Thị Lan": a word of address and a name that somebody bears."""
    ends = [found.end() for found in re.finditer(r"\w+", words)][:LONGEST_NAME]
    if len(ends) < 2 or fold(words[: ends[0]]).strip() not in HONORIFICS:
        return None
    for end in reversed(ends[1:]):
        found = people_named(visit.tx, words[:end], visit.today, visit.unit_ids)
        if len(found) == 1:
            return found[0], words[end:]
        if found:
            names = ", ".join(f"{one.called} ({one.full_name})" for one in found[:5])
            raise NotToBeReadError(f"“{words[:end].strip()}” có thể là {names}. Xin nhắn lại với đủ họ tên.")
    return None


def _must_be(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise NotToBeReadError(otherwise)

"""Which unit or person a name in somebody's words means: found by folded words, never by likeness alone."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from sqlalchemy import Connection

from handlers.local_time import full_day
from storage.records.people import Person, members_of, names_of_everyone
from storage.records.people import people_named as people_with_ids
from storage.records.units import Unit, UnitKind, ended_units, find_unit, units_on, whom_it_was_merged_into
from understanding.phrases.normalize import fold

FILLING = {"phong", "p", "van", "vp", "cua", "don", "vi", "bo", "phan", "khoa", "ban", "to", "khu", "cong", "nghiep"}
MOST_NAMED = 12
HONORIFICS = {"anh", "chi", "em", "ong", "ba", "co", "chu", "bac", "a", "c", "e", "thay", "cu"}


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold(name))


def initials(name: str) -> str:
    return "".join(word[0] for word in _words(name))


def units_named(tx: Connection, name: str, day: date) -> list[Unit]:
    """Units that this name may mean: the whole name or short name or code first, else all its telling words."""
    said = _words(name)
    if not said:
        return []
    existing = units_on(tx, day)
    joined = " ".join(said)
    exact = [unit for unit in existing if joined in {" ".join(_words(n)) for n in _names_of(unit)}]
    if exact:
        return exact
    telling = set(said) - FILLING
    if not telling:
        return [unit for unit in existing if unit.kind == UnitKind.OFFICE] if said[0] in {"van", "vp"} else []
    return [unit for unit in existing if telling <= _telling_words(unit)]


def unit_meant(tx: Connection, name: str, day: date) -> Unit | str:
    """The unit that a command names, or the sentence that tells why it cannot be told."""
    named = units_named(tx, name, day)
    if len(named) == 1:
        return named[0]
    if named:
        return f"“{name}” có thể là: {_list(named)}. Xin ghi rõ hơn."
    return f"{unknown_unit(tx, name)} Hiện có: {_list(units_on(tx, day))}."


def unknown_unit(tx: Connection, name: str) -> str:
    """The sentence for a name that no unit of today bears; of one that has ended, what became of it."""
    said = _words(name)
    gone = next((unit for unit in ended_units(tx) if said in [_words(one) for one in _names_of(unit)]), None)
    if gone is None or gone.valid_to is None:
        return f"Tôi chưa thấy đơn vị “{name}” trong danh sách."
    into = find_unit(tx, whom_it_was_merged_into(tx).get(gone.id, 0))
    return f"{gone.short_name} đã thôi từ hết {full_day(gone.valid_to)}{f', nay là {into.short_name}' if into else ''}."


def _list(named: list[Unit]) -> str:
    shown = ", ".join(unit.short_name for unit in named[:MOST_NAMED])
    return shown if len(named) <= MOST_NAMED else f"{shown}…"


def _names_of(unit: Unit) -> tuple[str, ...]:
    return (unit.name, unit.short_name, unit.code)


def _telling_words(unit: Unit) -> set[str]:
    words = {word for name in _names_of(unit) for word in _words(name)}
    return (words | {initials(unit.name), initials(unit.name)[1:]}) - FILLING


def people_named(tx: Connection, name: str, day: date, unit_ids: list[int]) -> list[Person]:
    """People that this name may mean: those of the speaker's units first, the whole body only if none there fits."""
    said = _words(name)
    while len(said) > 1 and said[0] in HONORIFICS:
        said = said[1:]
    if not said:
        return []
    near = [person for person in members_of(tx, unit_ids, day) if _fits(said, person.full_name)]
    return near or people_with_ids(tx, [one for one, full_name in names_of_everyone(tx) if _fits(said, full_name)])


def _fits(said: list[str], full_name: str) -> bool:
    """The words are the end of the full name: "Lan", "Thị Lan", "Vũ Thị Lan"."""
    return _last_words(full_name.rsplit(maxsplit=1)[-1])[-1:] == said[-1:] and _words(full_name)[-len(said) :] == said


@lru_cache(maxsize=4_096)
def _last_words(given_name: str) -> list[str]:
    """Thousands of people share a few hundred given names."""
    return _words(given_name)

"""What a staff file says once it has been read: units, people and the posts they hold, or every problem found in it."""

from __future__ import annotations

from dataclasses import dataclass

from storage.records.people import Role
from storage.records.units import UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """A unit; an empty name or kind was not said in the file: what stands in the tables stays."""

    row: int
    code: str
    name: str
    short_name: str
    kind: UnitKind | None
    parent_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    row: int
    code: str
    full_name: str
    honorific: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    row: int
    person_code: str
    unit_code: str
    role: Role
    title: str


@dataclass(frozen=True, slots=True)
class StaffFile:
    units: tuple[UnitLine, ...]
    people: tuple[PersonLine, ...]
    posts: tuple[PostLine, ...]
    remarks: tuple[str, ...] = ()  # harmless things worth knowing: columns nobody reads


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row (or, with no row, the whole file) cannot be taken."""

    reason: str
    row: int | None = None

    def __str__(self) -> str:
        return self.reason if self.row is None else f"Dòng {self.row}: {self.reason}"


@dataclass(frozen=True, slots=True)
class BadStaffFile:
    """Nothing of it may be imported; every problem is named, in the order of the rows."""

    problems: tuple[Problem, ...]

    @staticmethod
    def because(reason: str) -> BadStaffFile:
        return BadStaffFile((Problem(reason),))

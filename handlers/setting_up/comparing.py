"""What a staff file would change: compared with the tables before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, select

from handlers.access import Right, may
from handlers.local_time import local_day
from handlers.setting_up.staff_file import BadStaffFile, PersonLine, PostLine, Problem, StaffFile
from handlers.setting_up.tree_plan import PlannedUnit, TreePlan
from storage.record import find_all
from storage.records.people import Role, held_on, people, posts
from storage.records.units import units


@dataclass(frozen=True, slots=True)
class StandingPerson:
    id: int
    staff_code: str
    full_name: str
    honorific: str
    phone: str | None
    email: str | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class StandingPost:
    id: int
    title: str
    holder: str
    unit: str
    staff_code: str


@dataclass(slots=True)
class Changes:
    """Everything that will be written; what is in none of the lists stays as it is."""

    units: dict[str, PlannedUnit] = field(default_factory=dict)
    new_units: list[PlannedUnit] = field(default_factory=list)
    changed_units: list[PlannedUnit] = field(default_factory=list)
    new_people: list[PersonLine] = field(default_factory=list)
    changed_people: list[tuple[StandingPerson, PersonLine]] = field(default_factory=list)
    new_posts: list[PostLine] = field(default_factory=list)
    retitled_posts: list[tuple[StandingPost, PostLine]] = field(default_factory=list)
    ended_posts: list[StandingPost] = field(default_factory=list)
    leavers: list[StandingPerson] = field(default_factory=list)
    count_people: int = 0
    count_units: int = 0
    remarks: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        lists = (self.new_units, self.changed_units, self.new_people, self.changed_people)
        return not any((*lists, self.new_posts, self.retitled_posts, self.ended_posts, self.leavers))


PostKey = tuple[str, str, str]


def compare_staff(tx: Connection, staff: StaffFile, now: datetime) -> Changes | BadStaffFile:
    """1 the tree, 2 the people, 3 their posts, 4 who would have none left."""
    tree = TreePlan(tx, staff)
    problems = [*tree.problems, *_check_that_somebody_can_set_up(staff)]
    if problems:
        return BadStaffFile(tuple(sorted(problems, key=lambda problem: problem.row or 0)))
    changes = Changes(
        units=tree.units, count_people=len(staff.people), count_units=len(staff.units), remarks=staff.remarks
    )
    _compare_units(tree, changes)
    standing = {person.staff_code: person for person in find_all(tx, StandingPerson, people)}
    _compare_people(staff, standing, changes)
    _compare_posts(staff, _posts_held(tx, local_day(now)), changes)
    named = {person.code for person in staff.people}
    changes.leavers += [person for code, person in standing.items() if person.is_active and code not in named]
    return changes


def _check_that_somebody_can_set_up(staff: StaffFile) -> list[Problem]:
    """A file must not lock everybody out: the next one has to be sent by somebody."""
    if may({post.role for post in staff.posts}, Right.SET_UP):
        return []
    return [Problem("Chưa có ai giữ vai trò “văn phòng” hoặc “quản trị”: sẽ không còn ai cập nhật được danh sách.")]


def _compare_units(tree: TreePlan, changes: Changes) -> None:
    codes = {planned.standing.id: code for code, planned in tree.units.items() if planned.standing is not None}
    for planned in tree.units.values():
        unit = planned.standing
        if unit is None:
            changes.new_units.append(planned)
            continue
        before = (unit.name, unit.short_name, unit.kind, codes.get(unit.parent_id or 0, ""))
        if before != (planned.name, planned.short_name, planned.kind, planned.parent_code):
            changes.changed_units.append(planned)


def _compare_people(staff: StaffFile, standing: dict[str, StandingPerson], changes: Changes) -> None:
    for line in staff.people:
        person = standing.get(line.code)
        if person is None:
            changes.new_people.append(line)
        elif not person.is_active or _says_something_new(person, line):
            changes.changed_people.append((person, line))


def _says_something_new(person: StandingPerson, line: PersonLine) -> bool:
    """An empty cell says nothing."""
    said = (
        (line.full_name, person.full_name),
        (line.honorific, person.honorific),
        (line.phone, person.phone),
        (line.email, person.email),
    )
    return any(new and new != old for new, old in said)


def _posts_held(tx: Connection, today: date) -> dict[PostKey, StandingPost]:
    statement = (
        select(
            people.c.staff_code,
            units.c.code,
            posts.c.role,
            posts.c.id,
            posts.c.title,
            people.c.full_name,
            units.c.short_name,
            people.c.staff_code,
        )
        .join(people, people.c.id == posts.c.person_id)
        .join(units, units.c.id == posts.c.unit_id)
        .where(held_on(today))
        .order_by(posts.c.id)
    )
    return {(row[0], row[1], row[2]): StandingPost(*row[3:]) for row in tx.execute(statement)}


def _compare_posts(staff: StaffFile, held: dict[PostKey, StandingPost], changes: Changes) -> None:
    said = {(post.person_code, post.unit_code, str(Role(post.role))): post for post in staff.posts}
    for key, post in said.items():
        standing = held.get(key)
        if standing is None:
            changes.new_posts.append(post)
        elif standing.title != post.title:
            changes.retitled_posts.append((standing, post))
    changes.ended_posts += [post for key, post in held.items() if key not in said]

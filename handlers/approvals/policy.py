"""Whose leave is needed for what: the office's rules, by the level of who asks and by the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

import msgspec
from sqlalchemy import Connection

from storage.records.options import option, set_option
from storage.records.people import Role

ANY = "*"
"""Every level, or every reason."""


class Level(StrEnum):
    """The highest post somebody holds, as far as asking leave goes."""

    STAFF = "staff"
    DEPUTY_HEAD = "deputy_head"
    HEAD = "head"
    LEADER = "leader"


class Decider(StrEnum):
    """Who may be asked; a person is found for it when it is asked (`deciders.py`)."""

    HEAD = "head"  # the head of the unit
    LEADER = "leader"  # the leader in charge of the unit, else the director
    DIRECTOR = "director"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Rule:
    level: str  # a Level, or ANY
    reason: str  # in the words of the kind ("Công tác"), or ANY
    deciders: tuple[Decider, ...]  # one after the other; nobody: no leave is needed

    @property
    def weight(self) -> int:
        """What is said of a reason weighs more than what is said of a level."""
        return 2 * (self.reason != ANY) + (self.level != ANY)


@dataclass(frozen=True, slots=True)
class Policy:
    is_on: bool
    rules: tuple[Rule, ...]

    def deciders_for(self, level: Level, reason: str) -> tuple[Decider, ...]:
        """Those of the most telling rule; nobody where approval is off."""
        fitting = [rule for rule in self.rules if rule.level in (level, ANY) and rule.reason in (reason, ANY)]
        best = max(fitting, key=lambda rule: rule.weight, default=None)
        return best.deciders if self.is_on and best is not None else ()

    def with_rule(self, rule: Rule) -> Policy:
        """With this rule in the place of the one that spoke of the same."""
        return replace(self, rules=(*self.without(rule.level, rule.reason).rules, rule))

    def without(self, level: str, reason: str) -> Policy:
        kept = tuple(rule for rule in self.rules if (rule.level, rule.reason) != (level, reason))
        return replace(self, rules=kept)


USUAL = Policy(
    is_on=True,
    rules=(
        Rule(Level.STAFF, ANY, (Decider.HEAD, Decider.LEADER)),
        Rule(Level.DEPUTY_HEAD, ANY, (Decider.HEAD, Decider.LEADER)),
        Rule(Level.HEAD, ANY, (Decider.LEADER,)),
        Rule(Level.LEADER, ANY, (Decider.DIRECTOR,)),
    ),
)
"""Until the office says otherwise: the head of unit, then the leader in charge."""


def policy_for(tx: Connection, kind: str) -> Policy:
    kept = option(tx, _name(kind))
    return USUAL if kept is None else msgspec.convert(kept, Policy)


def keep_policy(tx: Connection, kind: str, policy: Policy) -> None:
    set_option(tx, _name(kind), msgspec.to_builtins(policy))


def level_of(roles: Iterable[str]) -> Level:
    held = frozenset(roles)
    if Role.LEADER in held:
        return Level.LEADER
    if Role.HEAD_OF_UNIT in held:
        return Level.HEAD
    return Level.DEPUTY_HEAD if Role.DEPUTY_HEAD in held else Level.STAFF


def _name(kind: str) -> str:
    return f"approval/{kind}"

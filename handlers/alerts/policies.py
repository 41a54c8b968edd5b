"""What is done for which severity: who stands at each step, how long it waits, how many must take it. Data, not code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, select

from storage.inserts import insert_or_update
from storage.records.alerts import Severity, alert_policies


class Link(StrEnum):
    """A place in the chain of command; which persons stand there is found when its turn comes."""

    DUTY = "duty"  # whoever is on duty, at night and on free days
    HEAD_OF_UNIT = "head_of_unit"
    DEPUTY = "deputy"  # the deputy director in charge of the unit or the field
    DIRECTOR = "director"
    MONITORING = "monitoring"
    FOCAL_POINT = "focal_point"
    OFFICE = "office"


Step = tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """`informs` hear at once so that they know; `office_at` is the step from which the office's room hears."""

    steps: tuple[Step, ...]
    wait_seconds: int
    informs: Step = ()
    needed: int = 1
    office_at: int = 2
    may_snooze: bool = True
    is_quiet_at_night: bool = False

    @property
    def wait(self) -> timedelta:
        return timedelta(seconds=self.wait_seconds)

    def as_plan(self) -> dict[str, Any]:
        plan: dict[str, Any] = msgspec.to_builtins(self)
        return plan


NEAR = (Link.DUTY, Link.HEAD_OF_UNIT, Link.MONITORING)
SHIPPED: dict[Severity, Policy] = {
    Severity.SEVERE: Policy(
        steps=(NEAR, (Link.DEPUTY,), (Link.DIRECTOR,), (Link.FOCAL_POINT,)),
        wait_seconds=3 * 60,
        informs=(Link.DEPUTY, Link.DIRECTOR),
        may_snooze=False,
    ),
    Severity.MEDIUM: Policy(
        steps=(NEAR, (Link.DEPUTY,), (Link.DIRECTOR,), (Link.FOCAL_POINT,)), wait_seconds=5 * 60, office_at=3
    ),
    Severity.LOW: Policy(
        steps=((Link.HEAD_OF_UNIT,), (Link.MONITORING,), (Link.DEPUTY,), (Link.FOCAL_POINT,)),
        wait_seconds=10 * 60,
        office_at=4,
        is_quiet_at_night=True,
    ),
}


def policy_for(tx: Connection, rule: str, severity: Severity) -> Policy:
    """The office's own for this rule, else its own for this severity, else the shipped one."""
    rows = tx.execute(
        select(alert_policies.c.name, alert_policies.c.plan).where(alert_policies.c.name.in_((rule, severity)))
    )
    own = {row.name: row.plan for row in rows}
    plan = own.get(rule) or own.get(severity)
    return SHIPPED[severity] if plan is None else read_policy(plan)


def read_policy(plan: dict[str, Any]) -> Policy:
    return msgspec.convert(plan, Policy)


def ship_again(tx: Connection, name: str) -> bool:
    """The shipped plan counts again; false where it already did."""
    return tx.execute(delete(alert_policies).where(alert_policies.c.name == name)).rowcount == 1


def keep_policy(tx: Connection, name: str, policy: Policy) -> None:
    """From now on; alerts that stand keep the plan they were raised with."""
    insert_or_update(tx, alert_policies, {"name": name, "plan": policy.as_plan()}, key=("name",))

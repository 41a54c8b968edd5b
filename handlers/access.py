"""Who may do what: one table of rights, given by the roles of the posts somebody holds."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from storage.records.people import Role


class Right(StrEnum):
    ISSUE_DIRECTIVES = "issue_directives"
    SEE_HEALTH = "see_health"  # names together with symptoms and journeys, of the whole body
    FOLLOW_HEALTH = "follow_health"  # decide who is asked every day, and read the answers
    EDIT_RISK_AREAS = "edit_risk_areas"
    SEE_TRAVEL = "see_travel"  # who asks leave to go where, of the whole body
    SEE_ALL_UNITS = "see_all_units"
    SEE_OWN_UNIT = "see_own_unit"  # who of the unit still owes
    SEE_WHO_IS_AWAY = "see_who_is_away"  # by name: heads of their own unit, leaders and the office of all
    REPORT_FOR_UNIT = "report_for_unit"  # figures of one's own unit
    REPORT_FOR_ANY_UNIT = "report_for_any_unit"
    TAKE_ALERTS = "take_alerts"
    SEE_PLAYBOOKS = "see_playbooks"
    RUN_PLAYBOOKS = "run_playbooks"  # begin a run or a drill, lead it, end it
    SET_UP = "set_up"  # import staff, give out codes, edit the calendar
    DECIDE_UNCERTAIN = "decide_uncertain"  # parked updates and uncertain parcels


LEADERS = frozenset({Role.LEADER})
HEADS = frozenset({Role.HEAD_OF_UNIT, Role.DEPUTY_HEAD})
OFFICE = frozenset({Role.OFFICE})
EVERYBODY = frozenset(Role)

RIGHTS: dict[Right, frozenset[Role]] = {
    Right.ISSUE_DIRECTIVES: LEADERS | OFFICE,
    Right.SEE_HEALTH: LEADERS | OFFICE | {Role.MONITORING},
    Right.FOLLOW_HEALTH: LEADERS | OFFICE | {Role.MONITORING},
    Right.EDIT_RISK_AREAS: LEADERS | OFFICE | {Role.MONITORING},
    Right.SEE_TRAVEL: LEADERS | OFFICE,
    Right.SEE_ALL_UNITS: LEADERS | OFFICE,
    Right.SEE_OWN_UNIT: EVERYBODY,
    Right.SEE_WHO_IS_AWAY: LEADERS | HEADS | OFFICE,
    Right.REPORT_FOR_UNIT: EVERYBODY,
    Right.REPORT_FOR_ANY_UNIT: OFFICE,
    Right.TAKE_ALERTS: LEADERS | HEADS | {Role.MONITORING},
    Right.SEE_PLAYBOOKS: LEADERS | HEADS | OFFICE | {Role.MONITORING, Role.ADMINISTRATOR},
    Right.RUN_PLAYBOOKS: LEADERS | OFFICE,
    Right.SET_UP: OFFICE | {Role.ADMINISTRATOR},
    Right.DECIDE_UNCERTAIN: OFFICE | {Role.ADMINISTRATOR},
}


def may(roles: Iterable[str], right: Right) -> bool:
    return not RIGHTS[right].isdisjoint(roles)

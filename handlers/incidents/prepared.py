"""The prepared text of an outward duty: filled with what is known, dotted where it is not, sent by a human."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection

from handlers.incidents.duties import Duty
from handlers.incidents.harm import say_harm
from handlers.incidents.kinds.disease_case import LEGAL
from handlers.incidents.owing import facts_of
from handlers.local_time import clock_time, full_day, local, local_day
from storage.records.check_ins import find_check_in
from storage.records.incidents import Incident
from storage.records.units import UnitKind, units_on

UNKNOWN = "……"


def prepared_text(tx: Connection, incident: Incident, duty: Duty) -> str:
    return duty.text.format_map(_filled(tx, incident))


def _filled(tx: Connection, incident: Incident) -> defaultdict[str, str]:
    facts, check_in = facts_of(incident), find_check_in(tx, incident.check_in_id)
    answers = {} if check_in is None else check_in.answers
    contract = {True: "có", False: "không có"}.get(facts.get("contract"), UNKNOWN)  # type: ignore[arg-type]  # or None
    known = {
        "organization": _organization(tx, incident),
        "time": clock_time(incident.raised_at),
        "day": full_day(local_day(incident.raised_at)),
        "place": facts.get("place") or answers.get("place") or UNKNOWN,
        "said": (answers.get("what") or UNKNOWN).strip(" ."),
        "harm": say_harm(facts) if "dead" in facts else UNKNOWN,
        "contract": contract,
        "exposure": LEGAL.get(str(facts.get("exposure")), UNKNOWN),
        "disease": facts.get("disease") or UNKNOWN,
    }
    return defaultdict(lambda: UNKNOWN, known)


def _organization(tx: Connection, incident: Incident) -> str:
    found = units_on(tx, local(incident.raised_at).date(), UnitKind.ORGANIZATION)
    return found[0].name if found else UNKNOWN

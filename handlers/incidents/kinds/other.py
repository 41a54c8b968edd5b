"""Any other urgent event: theft, a quarrel, somebody stuck; asked is only whether anybody was hurt."""

from __future__ import annotations

from typing import Any

from handlers.check_in import Answers
from handlers.incidents.harm import HARM, harm_told, say_harm, severity_of_harm
from handlers.incidents.kind import Facts, IncidentKind, Severity


def prefill(_type: str, words: str) -> Answers:
    harm = harm_told(words)
    return {"harm": harm} if harm else {}


def facts(answers: Answers) -> dict[str, Any]:
    return dict(answers.get("harm") or {})


def severity(known: Facts) -> Severity:
    return severity_of_harm(known) or Severity.SERIOUS


KIND = IncidentKind(
    name="other",
    title="Việc khẩn khác",
    field="chung",
    types=("security", "other"),
    questions=(HARM,),
    prefill=prefill,
    facts=facts,
    severity=severity,
    say=lambda known: [say_harm(known)] if "dead" in known else [],
)

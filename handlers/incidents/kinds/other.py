"""Any other urgent event: theft, a quarrel, somebody stuck; asked is only whether anybody was hurt."""

from __future__ import annotations

from typing import Any

from handlers.check_in import Answers
from handlers.incidents.harm import HARM, at_least_serious, prefill_harm, say_harm
from handlers.incidents.kind import IncidentKind


def facts(answers: Answers) -> dict[str, Any]:
    return dict(answers.get("harm") or {})


KIND = IncidentKind(
    name="other",
    title="Việc khẩn khác",
    field="chung",
    types=("security", "other"),
    questions=(HARM,),
    prefill=prefill_harm,
    facts=facts,
    severity=at_least_serious,
    say=lambda known: [say_harm(known)] if "dead" in known else [],
)

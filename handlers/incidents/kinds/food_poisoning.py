"""Food poisoning: how many are ill, how many in hospital, what was eaten where."""

from __future__ import annotations

from typing import Any

from handlers.answers.readers import whole_number
from handlers.check_in import Answers, Question
from handlers.incidents.kind import Facts, IncidentKind, Severity
from handlers.incidents.questions import some_words

MANY = 30


def facts(answers: Answers) -> dict[str, Any]:
    return {name: answers[name] for name in ("ill", "in_hospital", "meal") if answers.get(name) is not None}


def severity(known: Facts) -> Severity:
    if known.get("ill", 0) >= MANY or known.get("in_hospital", 0) >= MANY:
        return Severity.GRAVE
    return Severity.LIGHT if known.get("ill") == 1 and known.get("in_hospital") == 0 else Severity.SERIOUS


def say(known: Facts) -> list[str]:
    told = [f"{known['ill']} người có biểu hiện"] if "ill" in known else []
    told += [f"{known['in_hospital']} người nhập viện"] if "in_hospital" in known else []
    return told + ([f"bữa ăn: {known['meal']}"] if "meal" in known else [])


KIND = IncidentKind(
    name="food_poisoning",
    title="Ngộ độc thực phẩm",
    field="an toàn thực phẩm",
    types=("food_poisoning",),
    questions=(
        Question(
            name="ill",
            ask="Bao nhiêu người có biểu hiện ngộ độc ạ?",
            read=whole_number,
            is_skippable=True,
            hint="Xin trả lời bằng một con số, ví dụ: 5.",
        ),
        Question(
            name="in_hospital",
            ask="Bao nhiêu người phải đi viện ạ?",
            read=whole_number,
            is_skippable=True,
            hint="Xin trả lời bằng một con số, ví dụ: 2. Không có thì ghi: không có.",
        ),
        Question(
            name="meal",
            ask="Ăn gì, ở đâu, lúc nào ạ? Xin giữ lại mẫu thức ăn.",
            read=some_words,
            is_skippable=True,
        ),
    ),
    facts=facts,
    severity=severity,
    say=say,
)

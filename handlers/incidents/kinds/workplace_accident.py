"""An accident: at work or not, how many were killed, badly or lightly hurt, with or without a labour contract."""

from __future__ import annotations

from typing import Any

from handlers.check_in import Answers
from handlers.incidents.harm import HARM, at_least_serious, harm_told, say_harm
from handlers.incidents.kind import Facts, IncidentKind
from handlers.incidents.questions import PLACE, choice
from understanding.phrases.normalize import fold


def prefill(_type: str, words: str) -> Answers:
    harm, said = harm_told(words), fold(words)
    at_work = {"at_work": "yes"} if "tai nan lao dong" in said or "tnld" in said.split() else {}
    return at_work | ({"harm": harm} if harm else {})


def facts(answers: Answers) -> dict[str, Any]:
    known: dict[str, Any] = dict(answers.get("harm") or {})
    known |= {name: answers[name] == "yes" for name in ("at_work", "contract") if answers.get(name)}
    return known | ({"place": answers["place"]} if answers.get("place") else {})


def say(known: Facts) -> list[str]:
    told = [say_harm(known)] if "dead" in known else []
    if "at_work" in known:
        told.append("tai nạn lao động" if known["at_work"] else "không phải tai nạn lao động")
    if "contract" in known:
        told.append("có hợp đồng lao động" if known["contract"] else "không có hợp đồng lao động")
    return told + ([f"nơi xảy ra: {known['place']}"] if "place" in known else [])


def _at_work(answers: Answers) -> bool:
    return answers.get("at_work") != "no"


KIND = IncidentKind(
    name="workplace_accident",
    title="Tai nạn lao động, tai nạn",
    field="an toàn, vệ sinh lao động",
    types=("accident",),
    questions=(
        HARM,
        choice(
            "at_work",
            "Tai nạn xảy ra trong lúc làm việc ạ?",
            {"Khi làm việc": "yes", "Tai nạn khác": "no"},
            also={"co": "yes", "dung": "yes", "khong": "no", "tai nan lao dong": "yes", "tai nan giao thong": "no"},
        ),
        choice(
            "contract",
            "Người bị nạn có hợp đồng lao động không ạ?",
            {"Có hợp đồng": "yes", "Không có hợp đồng": "no"},
            also={"co": "yes", "khong": "no", "khong co": "no"},
            when=_at_work,
        ),
        PLACE,
    ),
    prefill=prefill,
    facts=facts,
    severity=at_least_serious,
    say=say,
)

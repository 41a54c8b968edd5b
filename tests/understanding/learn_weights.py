"""`python -m tests.understanding.learn_weights [MORE.jsonl …]` weighs the words of the labelled messages anew.

Logistic regression, one for each opinion, by small steps in a fixed order: the same messages give the same weights.
"""

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.understanding.scoring import labelled
from understanding.doubts.evidence import FIGURES, OPINIONS, PERSONS, SCALE, SORTS, STATUSES, WEIGHED
from understanding.doubts.traits import catalogue, traits
from understanding.phrases.lexicon import FOLDER
from understanding.reader import scene_of
from understanding.scene import Scene

ROUNDS = 40
LEAST_MESSAGES = 3
"""A trait that fewer messages have is chance."""
FADING = 2e-4
CLEAR = 0.02
"""Who is sure of a message already learns nothing more from it."""
HEAD = "# Do `python -m tests.understanding.learn_weights` tính từ các tin đã gán nhãn; không sửa tay.\n# trait\t"

OF_PERSONS = frozenset({"travel", "symptom", "presence", "incident"})

BY_NAME = catalogue(str, " ".join)
"""Every trait stands for itself."""

Example = tuple[list[str], tuple[int, ...]]
Weights = tuple[dict[str, list[float]], list[float]]


def examples(rows: Iterable[dict[str, Any]]) -> list[Example]:
    """The traits of each message with +1, -1 or 0 (either may be) for each opinion."""
    return [(sorted(traits(_scene(row), BY_NAME)), _truths(row["reports"])) for row in rows]


def _scene(row: dict[str, Any]) -> Scene:
    return scene_of(row["text"], datetime.fromisoformat(row["reference_datetime"]), row["context"], None)


def _truths(reports: list[dict[str, Any]]) -> tuple[int, ...]:
    needed = {each["kind"] for each in reports if not each.get("optional")}
    allowed = {each["kind"] for each in reports} - needed
    kinds = (1 if kind in needed else 0 if kind in allowed else -1 for kind in OPINIONS[1:])
    slots = (
        *_said(reports, "correction", "action", ("cancel",)),
        *_said(reports, "presence", "status", STATUSES),
        *_said(reports, "incident", "type", SORTS),
        *_said(reports, "count", "values", FIGURES),
    )
    return (1 if reports else -1, *kinds, *_persons(reports), _way_back(reports), *slots)


def _persons(reports: list[dict[str, Any]]) -> Iterator[int]:
    """+1 who is told of, -1 who is not, 0 where careful readers differ or nobody is told of."""
    told = [each for each in reports if each["kind"] in OF_PERSONS and not each.get("optional")]
    differ = any("who" in each.get("alt", {}) for each in told)
    named = {each.get("who", "self") for each in told}
    for person in PERSONS:
        yield 0 if not told else 1 if person in named else 0 if differ else -1


def _way_back(reports: list[dict[str, Any]]) -> int:
    trips = [each for each in reports if each["kind"] == "travel"]
    if not trips or any(each.get("optional") or "return" in each.get("alt", {}) for each in trips):
        return 0
    return 1 if any(each.get("return") for each in trips) else -1


def _said(reports: list[dict[str, Any]], kind: str, slot: str, choices: tuple[str, ...]) -> Iterator[int]:
    """+1 what a report of this kind has in a slot (or may have), -1 what it has not, 0 where there is no such report."""
    told = [each for each in reports if each["kind"] == kind]
    values = [value for each in told for value in (each.get(slot), *each.get("alt", {}).get(slot, ()))]
    said = {name for value in values for name in (value if isinstance(value, dict) else (value,))}
    return (0 if not told else 1 if choice in said else -1 for choice in choices)


def learn(found: list[Example]) -> Weights:
    often = Counter(trait for traits_of_one, _ in found for trait in traits_of_one)
    weights = {trait: [0.0] * len(WEIGHED) for trait, count in often.items() if count >= LEAST_MESSAGES}
    base = [0.0] * len(WEIGHED)
    order, chance = list(found), random.Random(1)
    for each in range(ROUNDS):
        chance.shuffle(order)
        for traits_of_one, truths in order:
            known = [weights[trait] for trait in traits_of_one if trait in weights]
            _step(known, base, truths, 1 / (1 + each * 0.3))
    return weights, base


def _step(known: list[list[float]], base: list[float], truths: tuple[int, ...], rate: float) -> None:
    root = math.sqrt(len(known)) or 1.0
    for at, truth in enumerate(truths):
        if not truth:
            continue
        said = base[at] + sum(weight[at] for weight in known) / root
        pull = truth / (1 + math.exp(min(30, truth * said)))
        if abs(pull) < CLEAR:
            continue
        base[at] += 0.1 * rate * pull
        for weight in known:
            weight[at] += rate * (pull / root - FADING * weight[at])


def write(learnt: Weights, path: Path) -> None:
    weights, base = learnt
    whole = {trait: [round(weight * SCALE) for weight in each] for trait, each in {"": base, **weights}.items()}
    rows = (f"{trait}\t{' '.join(map(str, each))}\n" for trait, each in sorted(whole.items()) if any(each))
    path.write_text(HEAD + " ".join(WEIGHED) + "\n" + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    more = [json.loads(line) for name in sys.argv[1:] for line in Path(name).read_text(encoding="utf-8").splitlines()]
    write(learn(examples([*labelled(), *more])), FOLDER / "weights.tsv")

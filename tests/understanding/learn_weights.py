"""`python -m tests.understanding.learn_weights [MORE.jsonl …]` weighs the words of the labelled messages anew.

Logistic regression, one for each opinion, by small steps in a fixed order: the same messages give the same weights.
"""

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.understanding.scoring import labelled
from understanding.evidence import OPINIONS, SCALE, traits
from understanding.lexicon import FOLDER
from understanding.line import Line

ROUNDS = 15
LEAST_MESSAGES = 3
"""A trait that fewer messages have is chance."""
FADING = 2e-4
CLEAR = 0.02
"""Who is sure of a message already learns nothing more from it."""
HEAD = "# Do `python -m tests.understanding.learn_weights` tính từ các tin đã gán nhãn; không sửa tay.\n# trait\t"

Example = tuple[list[str], tuple[int, ...]]
Weights = tuple[dict[str, list[float]], list[float]]


def examples(rows: Iterable[dict[str, Any]]) -> list[Example]:
    """The traits of each message with +1, -1 or 0 (either may be) for each opinion."""
    return [(sorted(traits(Line(row["text"]), row["context"] or "")), _truths(row["reports"])) for row in rows]


def _truths(reports: list[dict[str, Any]]) -> tuple[int, ...]:
    needed = {each["kind"] for each in reports if not each.get("optional")}
    allowed = {each["kind"] for each in reports} - needed
    kinds = (1 if kind in needed else 0 if kind in allowed else -1 for kind in OPINIONS[1:])
    return (1 if reports else -1, *kinds)


def learn(found: list[Example]) -> Weights:
    often = Counter(trait for traits_of_one, _ in found for trait in traits_of_one)
    weights = {trait: [0.0] * len(OPINIONS) for trait, count in often.items() if count >= LEAST_MESSAGES}
    base = [0.0] * len(OPINIONS)
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
    path.write_text(HEAD + " ".join(OPINIONS) + "\n" + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    more = [json.loads(line) for name in sys.argv[1:] for line in Path(name).read_text(encoding="utf-8").splitlines()]
    write(learn(examples([*labelled(), *more])), FOLDER / "weights.tsv")

"""What the words of a message speak for, weighed on messages that people have read: a second opinion beside the rules."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import sqrt

from understanding.lexicon import FOLDER
from understanding.line import Line
from understanding.reading import Report

OPINIONS = ("any", "travel", "symptom", "count", "incident", "ack", "presence", "correction")
"""What is weighed: that there is anything to report, and each kind."""
SCALE = 16
"""The weights are kept as whole numbers, this many to one."""
FIELD = 32
HALF = 1 << 20
CHATTER = -0.8
"""Words weighed as low as this tell nothing, unless the rules are certain."""
MERE_CHATTER = -1.5
"""As low as this they tell nothing even then; but what is urgent is asked about."""
ANSWERS = 1.0
"""From here on the words alone acknowledge; an acknowledgement has nothing that could be read wrong."""
AGAINST = -0.5
"""Below this the words speak against a report that the rules have read."""
BESIDE = 0.0
"""From here on they speak for a kind that the rules have not read."""
OUTWEIGHED = -1.0
CLEAR = 1.5
"""A report below the one, beside another above the other, is left out: the same words were read twice."""
TELLING = frozenset(
    {
        "moods",
        "presence_words",
        "correction_words",
        "count_fields",
        "incident_words",
        "symptoms",
        "ack_words",
        "wellness",
        "travel_words",
    }
)
"""Of these lists it matters which of their meanings was found, not only that one was."""


def traits(line: Line, context: str) -> set[str]:
    """What is weighed of a message: its words, each two in a row without marks, the lists that know them, what came before."""
    found = {_plain(word) for word in line.typed}
    words = ["^", *map(_plain, line.words), "$"]
    found.update(f"{before} {word}" for before, word in pairwise(words))
    for kind, matches in line.found.items():
        found.add(f"@{kind}")
        if kind in TELLING:
            found.update(f"@{kind}={value}" for _, _, value in matches)
    found.add("context:" + ":".join(context.split(":")[:2]))
    return found


def _plain(word: str) -> str:
    """Which figure it is tells nothing; an end of a line is a sign of its own."""
    return "#" if word.isdecimal() else "¶" if word == "\n" else word


def weigh(line: Line, context: str) -> Mapping[str, float]:
    """For each opinion how strongly the words speak for it; below nought they speak against it."""
    weights = _weights()
    known = [weights[trait] for trait in traits(line, context) if trait in weights]
    total, root = sum(known), sqrt(len(known)) or 1.0
    sums = ((total >> FIELD * at & (1 << FIELD) - 1) - len(known) * HALF for at in range(len(OPINIONS)))
    return {
        name: (_base()[at] + each / root) / SCALE for at, (name, each) in enumerate(zip(OPINIONS, sums, strict=True))
    }


def is_chatter(evidence: Mapping[str, float], reports: Sequence[Report]) -> bool:
    """Do the words tell that there is nothing to report, more clearly than the rules say what?"""
    if evidence["any"] > CHATTER:
        return False
    certain = [report for report in reports if report.is_certain]
    urgent = any(report.kind == "incident" for report in certain)
    return not certain or (evidence["any"] < MERE_CHATTER and not urgent)


def outweighed(evidence: Mapping[str, float], reports: Sequence[Report]) -> list[Report]:
    """The reports without those that the words speak against while they clearly speak for another one."""
    if len(reports) < 2 or max(evidence[report.kind] for report in reports) < CLEAR:
        return list(reports)
    return [report for report in reports if evidence[report.kind] > OUTWEIGHED or report.kind == "incident"]


def kinds_against(evidence: Mapping[str, float], reports: Sequence[Report]) -> dict[str, str]:
    """All that was told, when the words speak against one of it or for something else.

    What is urgent waits for no answer, unless the words are those of chatter: whoever must act reads the sentence.
    """
    told = {report.kind for report in reports}
    if evidence["any"] < AGAINST:
        return dict.fromkeys(told, "kind")
    weighable = told - {"incident"}
    weak = any(evidence[kind] < AGAINST for kind in weighable)
    more = any(evidence[kind] > BESIDE for kind in OPINIONS[1:] if kind not in told)
    return dict.fromkeys(weighable, "kind") if weak or more else {}


@cache
def _table() -> Mapping[str, tuple[int, ...]]:
    lines = (FOLDER / "weights.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("# "))
    return {trait: tuple(map(int, figures.split(" "))) for trait, figures in rows}


@cache
def _base() -> tuple[int, ...]:
    return _table()[""]


@cache
def _weights() -> Mapping[str, int]:
    """All weights of a trait in one number, side by side: so one sum adds up every opinion at once."""
    return {
        trait: sum(weight + HALF << FIELD * at for at, weight in enumerate(weights))
        for trait, weights in _table().items()
        if trait
    }

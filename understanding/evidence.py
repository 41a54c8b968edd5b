"""What the words of a message speak for, weighed on messages that people have read: a second opinion beside the rules."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache, partial
from math import sqrt
from struct import unpack

from understanding.lexicon import FOLDER
from understanding.reading import Report
from understanding.scene import Scene
from understanding.traits import Catalogue, sign_of, traits

OPINIONS = ("any", "travel", "symptom", "count", "incident", "ack", "presence", "correction")
"""What is weighed: that there is anything to report, and each kind."""
PERSONS = ("self", "family", "other", "group")
"""Also weighed: of whom a report tells."""
URGENT = "incident"
ANSWERED = {
    "reply_to:daily_count": "count",
    "reply_to:health_check": "symptom",
    "reply_to:travel_check": "travel",
    "reply_to:checkin": "presence",
}
"""What a question of the bot asks for."""
RETURN = "return"
"""And whether a journey has a day of coming back."""
STATUSES = ("office", "home", "leave", "field", "sick")
SORTS = ("f0_case", "f1_contact", "accident", "fire", "food_poisoning", "chemical", "security", "other")
CANCEL = "cancel"
FIGURES = ("visitors", "total", "present", "absent", "leave", "sick", "wfh", "field")
"""And, each only among its kind: where somebody is, what has happened, whether a report is taken back, which figures are given."""
WEIGHED = (
    *OPINIONS,
    *PERSONS,
    RETURN,
    CANCEL,
    *(f"presence={status}" for status in STATUSES),
    *(f"incident={sort}" for sort in SORTS),
    *(f"count={field}" for field in FIGURES),
)
SCALE = 16
"""The weights are kept as whole numbers, this many to one."""
FIELD_BYTES = 4
FIELDS = f"<{len(WEIGHED)}I"
"""The sums of all opinions lie side by side in one number, each in a field of its own."""
HALF = 1 << 20
MOST_SIGNS = 5_000
CHATTER = -0.8
"""Words weighed as low as this tell nothing, unless the rules are certain."""
MERE_CHATTER = -1.0
"""As low as this they tell nothing even then; but what is urgent is asked about."""
ASKED_ANYWAY = 0.0
"""An incident told among chatter is asked about, where its words are weighed above this: silence would be worse."""
ANSWERS = 1.0
"""From here on the words alone acknowledge; an acknowledgement has nothing that could be read wrong."""
UNBELIEVABLE = -1.5
"""A report whose kind is weighed as low as this is a misreading: a car that coughs, a price that has a fever."""
NOTHING, AGAINST = 0.5, 0.25
"""Below these the words speak against there being a report, and against a kind that the rules have read."""
BESIDE = -0.25
"""From here on they speak for a kind that the rules have not read."""
CLEARLY = 0.7
"""On either side of nought: what is needed to doubt a person, a way back, or which figures are given."""


def weigh(scene: Scene) -> Mapping[str, float]:
    """For each opinion how strongly the message speaks for it; below nought it speaks against it."""
    weights = _weights()
    found = traits(scene, weights.catalogue)
    sums = unpack(FIELDS, sum(map(weights.of.__getitem__, found)).to_bytes(FIELD_BYTES * len(WEIGHED), "little"))
    root, none = sqrt(len(found)) or 1.0, len(found) * HALF
    return {name: (base + (sums[at] - none) / root) / SCALE for at, (name, base) in enumerate(weights.bases)}


def is_chatter(evidence: Mapping[str, float], reports: Sequence[Report]) -> bool:
    """Do the words tell that there is nothing to report, more clearly than the rules say what?"""
    if evidence["any"] > CHATTER:
        return False
    certain = [report for report in reports if report.is_certain]
    urgent = any(report.kind == URGENT for report in certain)
    return not certain or (evidence["any"] < MERE_CHATTER and not urgent)


def believable(
    evidence: Mapping[str, float], reports: Sequence[Report], question: str, spared: AbstractSet[str] = frozenset()
) -> list[Report]:
    """What is left of the reports: nothing of mere chatter, and no kind that the words speak strongly against.

    What is urgent stays (among mere chatter, where the words speak for it), what is spared because it was spelled out,
    and a few words that answer what was just asked ("không ạ") speak by the question.
    """
    answered = ANSWERED.get(question)
    is_talk = is_chatter(evidence, reports)
    return [
        each
        for each in reports
        if (each.kind == answered and each.is_certain)
        or (not is_talk and (each.kind == URGENT or each.kind in spared or evidence[each.kind] > UNBELIEVABLE))
        or (each.kind == URGENT and evidence[URGENT] > ASKED_ANYWAY)
    ]


def kinds_against(evidence: Mapping[str, float], reports: Sequence[Report]) -> dict[str, str]:
    """All that was told, when the words speak against one of it or for something else.

    What is urgent waits for no answer, unless hardly anything speaks for it: whoever must act reads the sentence.
    """
    told = {report.kind for report in reports}
    weak = evidence["any"] < NOTHING or any(evidence[kind] < AGAINST for kind in told)
    more = any(evidence[kind] > BESIDE for kind in OPINIONS[1:] if kind not in told)
    if not (weak or more):
        return {}
    return {kind: "kind" for kind in sorted(told) if kind != URGENT or evidence[kind] < UNBELIEVABLE}


def person_meant(evidence: Mapping[str, float], told: str) -> str | None:
    """Who is spoken of instead, where the words are against the one told and clearly for another."""
    best = max(PERSONS, key=evidence.__getitem__)
    return best if best != told and evidence[told] < -CLEARLY and evidence[best] > CLEARLY else None


def is_way_back_doubtful(evidence: Mapping[str, float], trip: Report) -> bool:
    """The words speak of a way back where none was read, or the other way round."""
    return evidence[RETURN] < -CLEARLY if trip.get("return") else evidence[RETURN] > CLEARLY


def are_figures_doubtful(evidence: Mapping[str, float], counts: Sequence[Report]) -> bool:
    """The words speak of a figure that was not read, or against one that was."""
    read = {name for count in counts for name in count.get("values") or ()}
    return any(evidence[f"count={name}"] * (-1 if name in read else 1) > CLEARLY for name in FIGURES)


@cache
def _weights() -> "Weights":
    lines = (FOLDER / "weights.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("# "))
    return Weights({trait: tuple(map(int, figures.split(" "))) for trait, figures in rows})


class Weights:
    """All traits that weigh something by their numbers, and what each of them weighs."""

    def __init__(self, table: dict[str, tuple[int, ...]]) -> None:
        self.bases = tuple(zip(WEIGHED, table.pop(""), strict=True))
        self.of = [_side_by_side(weights) for weights in table.values()]
        numbers = {trait: number for number, trait in enumerate(table)}
        pairs = {(before, phrase): numbers[trait] for trait in table for before, _, phrase in [trait.partition(" ")]}
        sign = lru_cache(MOST_SIGNS)(partial(sign_of, catalogue=numbers.get))
        self.catalogue = Catalogue(numbers.get, pairs.get, sign)


def _side_by_side(weights: tuple[int, ...]) -> int:
    """All weights of a trait in one number: so one sum adds up every opinion at once."""
    return sum(weight + HALF << 8 * FIELD_BYTES * at for at, weight in enumerate(weights))

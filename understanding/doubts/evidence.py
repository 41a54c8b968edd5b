"""What the words of a message speak for, weighed on messages that people have read: a second opinion beside the rules."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import accumulate, chain, islice, pairwise, starmap
from math import inf, sqrt
from struct import Struct
from typing import Any

from understanding.counting.guests import tells_guests
from understanding.counting.out_of_all import add_up
from understanding.doubts.traits import catalogue, traits
from understanding.illness.measured import is_told_plainly
from understanding.lazy import lazy
from understanding.mishaps.breaches import tells_breach
from understanding.phrases.lexicon import FOLDER
from understanding.reading import Context, Report
from understanding.scene import Scene

OPINIONS = ("any", "travel", "symptom", "count", "incident", "ack", "presence", "correction")
"""What is weighed: that there is anything to report, and each kind."""
PERSONS = ("self", "family", "other", "group")
"""Also weighed: of whom a report tells."""
URGENT = "incident"
ANSWERED = {
    Context.DAILY_COUNT.value: "count",
    Context.HEALTH_CHECK.value: "symptom",
    Context.TRAVEL_CHECK.value: "travel",
    Context.CHECKIN.value: "presence",
}
"""What a question of the bot asks for."""
RETURN = "return"
"""And whether a journey has a day of coming back."""
STATUSES = ("office", "home", "leave", "field", "sick")
SORTS = ("f0_case", "f1_contact", "accident", "fire", "food_poisoning", "chemical", "security", "other")
CANCEL = "cancel"
FIGURES = ("visitors", "total", "present", "absent", "leave", "sick", "wfh", "field")
"""And, each only among its kind: where somebody is, what has happened, whether a report is taken back, which figures are given."""
ALWAYS = ""
WEIGHED_TOGETHER = {
    ALWAYS: (*OPINIONS, *PERSONS, RETURN, CANCEL),
    "presence": tuple(f"presence={status}" for status in STATUSES),
    "incident": tuple(f"incident={sort}" for sort in SORTS),
    "count": tuple(f"count={field}" for field in FIGURES),
}
"""What is asked only among its kind is added up only then."""
WEIGHED = tuple(chain.from_iterable(WEIGHED_TOGETHER.values()))
SCALE = 16
"""The weights are kept as whole numbers, this many to one."""
HALF = 1 << 20
"""Added to every weight, so that none is below nought where they lie side by side in one number, and no sum runs into the next."""
HEAD_LINES = 2
"""What they begin with, "# ", begins traits as well: a figure before a phrase."""
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
UNSUPPORTED = -0.5
"""What all words and those of its kind together speak for no more than this is not even asked about, unless the rules are certain."""
HARDLY = -1.5
"""As low as this together an incident is a way of speaking, however certain the rules are (oranges are "cháy hàng"), and no answer is overheard."""
HOPELESS = -4.0
"""As low as this even an absence told by two signs is not looked for."""
RULED_OUT = {
    **dict.fromkeys(("correction", "count", "symptom", "ack"), UNBELIEVABLE),
    "presence": HOPELESS,
    **dict.fromkeys(("incident", "travel"), -inf),
}
"""A kind weighed as low as this is not looked for unless it is told outright; incidents and journeys always are."""
NOTHING, AGAINST = 0.5, 0.25
"""Below these the words speak against there being a report, and against a kind that the rules have read."""
BESIDE = 0.25
"""From here on they speak for a kind that the rules have not read."""
CLEARLY = 0.7
"""On either side of nought: what is needed to doubt a person, a way back, or which figures are given."""


class Evidence(dict[str, float]):
    """For each opinion how strongly a message speaks for it, below nought against it; added up when first asked for."""

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self.scene = scene
        self.added: dict[Sums, tuple[int, ...]] = {}

    @lazy
    def found(self) -> set[int]:
        return traits(self.scene, _weights().catalogue)

    def __missing__(self, name: str) -> float:
        sums, at, base = _weights().opinions[name]
        added = self.added.get(sums)
        if added is None:
            added = self.added[sums] = sums.added(self.found)
        count = len(self.found)
        opinion = self[name] = base + (added[at] - count * HALF) / ((sqrt(count) or 1.0) * SCALE)
        return opinion

    def whole(self) -> Mapping[str, float]:
        return {name: self[name] for name in WEIGHED}


def is_mere_talk(scene: Scene, evidence: Mapping[str, float]) -> bool:
    """So clearly is there nothing to report that only what is urgent, and certain, would be heard beside it."""
    if scene.question in ANSWERED or scene.context.startswith("after:") or scene.temperatures:
        return False
    if evidence["any"] >= MERE_CHATTER or evidence[URGENT] > ASKED_ANYWAY:
        return False
    return not (is_told_plainly(scene) or tells_breach(scene.line) or tells_guests(scene.line))


def is_figure_of_speech(evidence: Mapping[str, float]) -> bool:
    """Neither the message nor its words of an incident speak for one."""
    return evidence["any"] + evidence[URGENT] < HARDLY


def is_chatter(evidence: Mapping[str, float], reports: Sequence[Report]) -> bool:
    """Do the words tell that there is nothing to report, more clearly than the rules say what?"""
    if evidence["any"] > CHATTER:
        return False
    certain = [report for report in reports if report.is_certain]
    urgent = any(report.kind == URGENT for report in certain)
    return not certain or (evidence["any"] < MERE_CHATTER and not urgent)


def are_unbelievable(evidence: Mapping[str, float], reports: Sequence[Report]) -> bool:
    """Do the words speak strongly against a kind of these?"""
    return any(evidence[report.kind] <= UNBELIEVABLE for report in reports)


def are_hardly_doubted(evidence: Mapping[str, float]) -> bool:
    """Something is told, and the words speak not too strongly against a trip."""
    return evidence["any"] > NOTHING and evidence["travel"] > 2 * UNBELIEVABLE


def believable(
    evidence: Mapping[str, float], reports: Sequence[Report], question: str, spared: AbstractSet[str] = frozenset()
) -> list[Report]:
    """What is left of the reports: nothing of mere chatter, and no kind that the words speak strongly against.

    What is urgent stays unless it is a way of speaking (among mere chatter, where the words speak for it), what is spared
    because it was spelled out, and a few words that answer what was just asked ("không ạ") speak by the question.
    """
    answered = ANSWERED.get(question)
    is_talk = is_chatter(evidence, reports)
    return [
        each
        for each in reports
        if (each.kind == answered and each.is_certain)
        or (not is_talk and (each.kind in spared or _is_supported(evidence, each)))
        or (each.kind == URGENT and evidence[URGENT] > ASKED_ANYWAY)
    ]


def _is_supported(evidence: Mapping[str, float], told: Report) -> bool:
    """Do the words speak for what was read, or, where the rules are certain, at least not strongly against it?"""
    if told.kind == URGENT:
        return not is_figure_of_speech(evidence)
    is_heard = told.is_certain or evidence["any"] + evidence[told.kind] > UNSUPPORTED
    return is_heard and evidence[told.kind] > UNBELIEVABLE


def kinds_against(evidence: Mapping[str, float], reports: Sequence[Report]) -> dict[str, str]:
    """All that was told, when the words speak against one of it or for something else.

    What is urgent waits for no answer, unless hardly anything speaks for it: whoever must act reads the sentence. Figures that
    add up need none: no misreading does.
    """
    told = frozenset([report.kind for report in reports])
    weak = evidence["any"] < NOTHING or min(map(evidence.__getitem__, told), default=AGAINST) < AGAINST
    if not weak and max(map(evidence.__getitem__, _others(told)), default=BESIDE) <= BESIDE:
        return {}
    spared = {"count"} if "count" in told and add_up(reports) else set()
    return {kind: "kind" for kind in sorted(told - spared) if kind != URGENT or evidence[kind] < UNBELIEVABLE}


@cache
def _others(told: frozenset[str]) -> tuple[str, ...]:
    """The kinds beside these."""
    return tuple(kind for kind in OPINIONS[1:] if kind not in told)


def person_meant(evidence: Mapping[str, float], told: str) -> str | None:
    """Who is spoken of instead, where the words are against the one told and clearly for another."""
    if evidence[told] >= -CLEARLY:
        return None
    best = max(PERSONS, key=evidence.__getitem__)
    return best if evidence[best] > CLEARLY else None


def is_way_back_doubtful(evidence: Mapping[str, float], trip: Report) -> bool:
    """The words speak of a way back where none was read, or the other way round."""
    return evidence[RETURN] < -CLEARLY if trip.get("return") else evidence[RETURN] > CLEARLY


def are_figures_doubtful(evidence: Mapping[str, float], reports: Sequence[Report]) -> bool:
    """The words speak of a figure that was not read."""
    read = {name for each in reports if each.kind == "count" for name in each.get("values") or ()}
    return any(evidence[f"count={name}"] > CLEARLY for name in FIGURES if name not in read)


@cache
def _weights() -> "Weights":
    with (FOLDER / "weights.tsv").open(encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in islice(lines, HEAD_LINES, None))
        return Weights((trait, tuple(map(int, figures.split(" ")))) for trait, figures in rows)


class Weights:
    """All traits that weigh something by their numbers, and what each of them weighs."""

    def __init__(self, rows: Iterator[tuple[str, tuple[int, ...]]]) -> None:
        """A trait and its weights after the other, so that never all of them lie there as they are written."""
        _, bases = next(rows)
        parts = dict(zip(WEIGHED_TOGETHER, _parts(), strict=True))
        sums_of = {kind: Sums(len(names)) for kind, names in WEIGHED_TOGETHER.items()}
        self.opinions = {
            name: (sums_of[kind], at, base / SCALE)
            for kind, names in WEIGHED_TOGETHER.items()
            for at, (name, base) in enumerate(zip(names, bases[parts[kind]], strict=True))
        }
        """Where each is added up, which of the sums it is, and what it begins with."""
        numbers: dict[str, int] = {}
        pairs: dict[tuple[str, str], int] = {}
        known: dict[Any, Any] = {}  # what stands for several is kept once
        for number, (trait, weights) in enumerate(rows):
            numbers[trait] = number
            before, _, phrase = trait.partition(" ")
            if phrase:
                pairs[known.setdefault(before, before), known.setdefault(phrase, phrase)] = number
            for kind, sums in sums_of.items():
                side_by_side = sums.side_by_side(weights[parts[kind]])
                sums.weights.append(known.setdefault(side_by_side, side_by_side))
        self.catalogue = catalogue(numbers.get, pairs.get)


def _parts() -> Iterator[slice]:
    """Which of the weights of a trait are added up together."""
    ends = [0, *accumulate(map(len, WEIGHED_TOGETHER.values()))]
    return starmap(slice, pairwise(ends))


class Sums:
    """Opinions that are added up together: all weights of a trait lie side by side in one number, so one sum serves every opinion."""

    def __init__(self, opinions: int) -> None:
        self.fields = Struct(f"<{opinions}I")
        self.weights: list[int] = []

    def side_by_side(self, weights: tuple[int, ...]) -> int:
        return int.from_bytes(self.fields.pack(*map(HALF.__add__, weights)), "little")

    def added(self, found: set[int]) -> tuple[int, ...]:
        """The sum for each opinion, with HALF for each trait in it."""
        return self.fields.unpack(sum(map(self.weights.__getitem__, found)).to_bytes(self.fields.size, "little"))

"""The front of the room: one message in, its reading out."""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache, reduce
from operator import or_

from understanding.apart import sentences, told_apart
from understanding.doubts.evidence import (
    ANSWERED,
    RULED_OUT,
    Evidence,
    is_figure_of_speech,
    is_mere_talk,
)
from understanding.doubts.second_thoughts import second_thoughts, without_bare_wellness
from understanding.doubts.told_outright import is_told_outright
from understanding.illness.symptoms import BODY, PAINS
from understanding.kind import ReadKind
from understanding.kinds.ack import read_ack
from understanding.kinds.correction import read_correction
from understanding.kinds.count import read_count
from understanding.kinds.incident import read_incident
from understanding.kinds.presence import read_presence
from understanding.kinds.symptom import read_symptom
from understanding.kinds.travel import read_travel
from understanding.mishaps.built_incidents import SIGNS as BUILT_OF
from understanding.phrases.closings import closing
from understanding.phrases.gaps import narrowed
from understanding.phrases.gates import FIGURES, gate
from understanding.phrases.lexicon import ALL_PLACES, OF_THE_OFFICE, Node, plant
from understanding.phrases.normalize import lower, nfc
from understanding.phrases.openings import opening
from understanding.phrases.pieces import pieces
from understanding.presences.posts import SIGNS as POST_SIGNS
from understanding.presences.whereabouts import SIGNS
from understanding.reading import Context, Doubt, Nicknames, Reading, Report
from understanding.scene import Scene
from understanding.talk.news import tells_news

INCIDENTS = gate(BUILT_OF, lists={"incident_words", "symptoms"})
KINDS: tuple[tuple[str, ReadKind, int, tuple[str, ...]], ...] = (
    ("correction", read_correction, gate(lists={"correction_words", "negation"}), (Context.after("travel"),)),
    (
        "count",
        read_count,
        gate({"nao", "tren", "du", "full", "ful", "nguoi", "dua", "tiep"}, lists={"count_fields"}) | FIGURES,
        (Context.DAILY_COUNT, Context.after("count")),
    ),
    ("incident", read_incident, INCIDENTS, ()),
    (
        "symptom",
        read_symptom,
        gate(BODY | PAINS, lists={"symptoms", "wellness", "temperature_words"}),
        (Context.HEALTH_CHECK,),
    ),
    ("travel", read_travel, gate({"que"}, lists=ALL_PLACES), ()),
    ("presence", read_presence, gate(SIGNS | POST_SIGNS, lists={"presence_words"}), (Context.CHECKIN,)),
    ("ack", read_ack, gate(lists={"ack_words"}), ()),
)
"""Each kind with what one of must be there for it to be told at all: a word, a phrase of a list, any figure, or a context."""
OF_ANY_KIND = reduce(or_, (gates for _, _, gates, _ in KINDS))
MOST_SIGNS = 1_000

OF_ALL_SENTENCES = frozenset({"news", "retract", "unreal", "settled", "joke"})
"""Moods of a whole message: its other sentences tell nothing by themselves either."""
NOTHING: frozenset[int] = frozenset()
DRILL = frozenset({"dien", "tap"})
LONGEST = 4096
LEAST = 0.5
"""What is less likely than this is not even asked about."""


def read(text: str, sent_at: datetime, context: str | None = None, nicknames: Nicknames | None = None) -> Reading:
    """What a message reports, and what to ask before it is written down; spans count in the NFC text."""
    reports: list[Report] = []
    doubts: list[Doubt] = []
    tree = _tree_of(nicknames)
    said, places = narrowed(nfc(text)[:LONGEST])
    begin = opening(said)
    scene = None
    for start, piece in pieces(said[begin : closing(said)]):
        if scene is not None and tells_news(scene.line):
            break
        scene = Scene(piece, sent_at.date(), context, nicknames, tree)
        told, asked = _read_apart(piece, scene, tree)
        reports += [_moved(report, begin + start, places) for report in told if report.certainty >= LEAST]
        doubts += asked
    return Reading(tuple(reports), tuple(doubts))


def _read_apart(piece: str, scene: Scene, tree: Node | None) -> tuple[list[Report], list[Doubt]]:
    """A piece of several sentences is read together, and each sentence by itself where that tells more."""
    together, asked = _read_piece(scene)
    parts = sentences(piece)
    if not parts or any(mood in OF_ALL_SENTENCES for _, _, mood in scene.line.of("moods")) or scene.line.bag >= DRILL:
        return together, asked
    alone, doubts = [], list(asked)
    for start, part in parts:
        told, more = _read_piece(Scene(part, scene.today, scene.context or None, scene.nicknames, tree))
        alone += [_moved(report, start, None) for report in told if report.certainty >= LEAST]
        doubts += [doubt for doubt in more if doubt not in doubts]
    apart = told_apart([report for report in together if report.certainty >= LEAST], alone)
    if apart is None:
        return together, asked
    apart = without_bare_wellness(scene, apart)
    kinds = {report.kind for report in apart}
    return apart, [doubt for doubt in doubts if doubt.kind in kinds]


def _read_piece(scene: Scene) -> tuple[list[Report], list[Doubt]]:
    evidence = Evidence(scene)
    if is_mere_talk(scene, evidence) and (is_figure_of_speech(evidence) or not _tells_of_urgent(scene)):
        return [], []
    reports: list[Report] = []
    doubts: list[Doubt] = []
    used = NOTHING
    for read_kind in _kinds_that_may_be_told(scene, evidence):
        found = read_kind(scene, used)
        reports += found.reports
        doubts += found.doubts
        used |= found.words
        if read_kind is read_correction and found.reports:
            if _is_called_off(found.reports[0]) and "symptoms" in scene.line.found:
                reports += read_symptom(scene, frozenset()).reports
            break
    return second_thoughts(scene, evidence, reports, doubts)


def _tells_of_urgent(scene: Scene) -> bool:
    """A fire told for certain is heard in any talk."""
    return bool(scene.line.gates & INCIDENTS) and any(each.is_certain for each in read_incident(scene, NOTHING).reports)


def _is_called_off(correction: Report) -> bool:
    """ "chị gái em đau bụng nên thôi khỏi đi": why something is called off is news of its own."""
    return correction.get("action") == "cancel" and correction.get("target") in ("travel", "presence")


def _kinds_that_may_be_told(scene: Scene, evidence: Evidence) -> list[ReadKind]:
    """Those for which there is a sign; what was not asked for is not looked for where the words speak strongly against it.

    Unless it is told outright.
    """
    is_answer = scene.question in ANSWERED
    return [
        read_kind
        for kind, read_kind in _kinds_with_a_sign(scene.line.gates & OF_ANY_KIND, scene.question)
        if is_answer or evidence[kind] > RULED_OUT[kind] or is_told_outright(scene, kind)
    ]


@lru_cache(MOST_SIGNS)
def _kinds_with_a_sign(opened: int, question: str) -> tuple[tuple[str, ReadKind], ...]:
    return tuple(
        (kind, read_kind)
        for kind, read_kind, gates, contexts in KINDS
        if opened & gates or (contexts and question.startswith(contexts))
    )


def _moved(report: Report, start: int, places: list[int] | None) -> Report:
    """The report of a piece with its spans in the whole text: `start` letters later, and where the letters stood."""
    if not start and places is None:
        return report
    slots = {
        name: slot._replace(span=_moved_span(slot.span, start, places)) if slot.span else slot
        for name, slot in report.slots.items()
    }
    return replace(report, slots=slots)


def _moved_span(span: tuple[int, int], start: int, places: list[int] | None) -> tuple[int, int]:
    first, after = span[0] + start, span[1] + start
    return (first, after) if places is None else (places[first], places[after - 1] + 1)


def scene_of(text: str, sent_at: datetime, context: str | None, nicknames: Nicknames | None) -> Scene:
    """The shared findings of a short message, for those who want to see them."""
    said, _ = narrowed(text[:LONGEST])
    return Scene(said[opening(said) : closing(said)], sent_at.date(), context, nicknames, _tree_of(nicknames))


def _tree_of(nicknames: Nicknames | None) -> Node | None:
    if nicknames is None:
        return None
    tree = Node()
    for kind, names in zip(OF_THE_OFFICE, (nicknames.units, nicknames.people), strict=True):
        for typed, full in names.items():
            plant(tree, kind, lower(typed), full)
    return tree

"""Sentences that stand for themselves: what each tells alone, where together they were heard as one."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from understanding.reading import Report

CUT = re.compile(
    r"(?<=[^\W\d][^\W\d][.!?…])\s+(?=[^\W_])|(?<=\s[ạáàaịrc][.!?…])\s+(?=[^\W_])|(?<=\d[.!?])\s+(?=[^\W\d])|(?<=[)!?…][.!?…])\s+(?=[^\W\d])|\s*\n\s*"
)
TITLES = re.compile(r"\b(?:mr|ms|mrs|dr|ths|ts|pgs|gs|bs|ks|tp|tx|tt|p|q|st|k)\.$", re.IGNORECASE)
STOP = re.compile(r"[.!?…]\s")
OF_TABLES = frozenset('|\t">“[:;')
"""With one of these signs lines are rows, lists or somebody else's words."""
ASKED = 0.75
MOST = 4
"""Who writes more sentences tells one long thing."""
LEAST_WORDS = 3
"""A line of fewer words is a row or a foot."""


def sentences(text: str) -> list[tuple[int, str]]:
    """Where each sentence begins, and the sentence; none where there is but one, or where the lines make a table."""
    before_last = max(len(text) - 1, 0)
    if "\n" not in text[:before_last] and STOP.search(text, 0, before_last) is None:
        return []
    if "\n" in text and not OF_TABLES.isdisjoint(text):
        return []
    cuts = [found for found in CUT.finditer(text) if not TITLES.search(text[: found.start()])]
    if not cuts or len(cuts) >= MOST:
        return []
    bounds = [0, *(found.end() for found in cuts), len(text)]
    parts = [(first, text[first:after]) for first, after in pairwise(bounds) if first < after]
    return [] if "\n" in text and any(len(part.split()) < LEAST_WORDS for _, part in parts) else parts


def told_apart(together: Sequence[Report], alone: Sequence[Report]) -> list[Report] | None:
    """The reports of the sentences read each by itself, where they tell more than read together; None where they hang together.

    Two reports of one kind are one told in two sentences, and a sentence that lost a day, a person or a figure took it from its neighbour.
    """
    heard = {report.kind: report for report in together}
    if not together:
        alone = [
            report for report in alone if report.is_certain
        ]  # silence has its reasons: what is doubtful alone tells nothing
    alone = [report for report in alone if report.kind != "ack" or "ack" in heard]
    kinds = {report.kind for report in alone}
    if not alone or len(kinds) < len(alone) or len(heard) < len(together) or not heard.keys() <= kinds:
        return None
    chosen = [_of_both(report, heard.get(report.kind)) for report in alone]
    return None if chosen == list(together) else chosen


def _of_both(alone: Report, together: Report | None) -> Report:
    """The report of the lone sentence, unless together it has more to tell; asked about where they differ."""
    if together is None:
        return _asked(alone)
    here, there = _told(alone), _told(together)
    if here == there:
        return together if together.certainty <= alone.certainty else alone
    return _asked(together if there.keys() - here.keys() else alone)


def _told(report: Report) -> dict[object, object]:
    """Every slot that is filled; every figure and every symptom counts as one."""
    told: dict[object, object] = {}
    for name, slot in report.slots.items():
        if isinstance(slot.value, dict):
            told.update({(name, each): value for each, value in slot.value.items()})
        elif isinstance(slot.value, list):
            told.update({(name, each): True for each in slot.value})
        elif slot.value is not None:
            told[name] = slot.value
    return told


def _asked(report: Report) -> Report:
    return replace(report, certainty=min(report.certainty, ASKED))

"""When an illness began: the first day told, a night, or a sentence of its own about the beginning."""

from datetime import date
from itertools import pairwise

from understanding.dates import When
from understanding.illness.symptoms import Symptom
from understanding.kind import slot
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.reading import Slot
from understanding.scene import Scene

NOW = function_words("symptom.now")
BY_NIGHT = frozenset({"sang", "khuya"})
BEGINS = frozenset({("khoi", "phat"), ("bat", "dau"), ("phat", "benh"), ("khoi", "benh")})
ASKING = function_words("symptom.asking")


def onset(scene: Scene, group: list[Symptom]) -> Slot | None:
    line = scene.line
    places = {line.sentences[ill.first] for ill in group if not ill.denied} or ({0} if not group else set())
    days = [
        when
        for when in scene.whens
        if when.sort != "period"
        and _past(when.first, when.back, scene.today) is not None
        and not _counts_days(line, when)
        and (line.sentences[when.first_word] in places or _begins_then(line, when.first_word))
        and not _is_of_absence(scene, when.first_word, group)
        and not _is_of_the_end(line, when.first_word, group)
    ]
    if not days:
        return slot(scene.today, None, 0.9) if _began_at_an_hour(scene, places) else None
    best = max(days, key=lambda when: (when.sort == "since", follows_from(scene, when.first_word), -when.first_word))
    day = _past(best.first, best.back, scene.today)
    return slot(day, line.span(best.first_word, best.after), best.certainty)


def _is_of_the_end(line: Line, at: int, group: list[Symptom]) -> bool:
    """ "còn ho ít, hết sốt từ hôm qua": the day of a clause in which all that ailed is over."""
    here = [ill.denied for ill in group if line.clauses[ill.first] == line.clauses[at]]
    if any(ill.denied and ill.after == at and line.words[ill.first - 1] == "het" for ill in group):
        return True  # "hết sốt từ tối qua nhưng còn ho"
    return bool(here) and all(here)


def _counts_days(line: Line, when: When) -> bool:
    """ "BN Kiệt, ngày 4: dứt sốt": the fourth day of the illness, not of the month."""
    return line.words[when.first_word] == "ngay" and line.words[when.after : when.after + 1] == [":"]


def _begins_then(line: Line, at: int) -> bool:
    """ "Khởi phát 19/5", "Bắt đầu từ hôm qua": a sentence of its own about the beginning."""
    return bool(BEGINS & set(pairwise(line.words[max(at - 4, 0) : at])))


def _began_at_an_hour(scene: Scene, places: set[int]) -> bool:
    """ "từ 3 giờ khuya", "hồi 2h sáng": this very night; "từ hồi 9h tới giờ": this very day."""
    line = scene.line
    return any(
        at
        and line.words[at - 1] in ("tu", "hoi", "luc")
        and (BY_NIGHT & set(line.words[at : at + 5]) or "tu" in line.words[max(at - 2, 0) : at])
        for at in scene.time_words
        if line.sentences[at] in places and at - 1 not in scene.time_words
    )


def _is_of_return(scene: Scene, at: int, group: list[Symptom]) -> bool:
    """ "đi Bạc Liêu về hôm qua giờ đau bụng": the day behind "về" is that of coming back, "giờ" begins the illness."""
    line = scene.line
    first = min(ill.first for ill in group)
    home = any(after == at for _, after, _ in line.of("travel_home"))
    return home and bool(scene.places) and bool(NOW & set(line.words[at:first]))


def _past(first: date, back: date | None, today: date) -> date | None:
    if first <= today:
        return first
    return back if back is not None and (today - back).days <= 60 else None


def follows_from(scene: Scene, at: int) -> bool:
    before = [word for word in scene.line.words[max(at - 2, 0) : at] if word != "hom"]
    begins = scene.line.words[at] == "tu"  # "từ tối qua" is a phrase of its own
    return begins or before[-1:] in (["tu"], ["hoi"], ["luc"])


def _is_of_absence(scene: Scene, at: int, group: list[Symptom]) -> bool:
    """The day of "xin nghỉ hôm nay" in another clause is not the day it began."""
    line = scene.line
    last = max((ill.after for ill in group), default=0)
    if ASKING & set(line.words[last:at]) and not follows_from(scene, at):
        return True
    if any(line.clauses[ill.first] == line.clauses[at] for ill in group):
        return _is_of_return(scene, at, group)
    if any(line.clauses[place.first] == line.clauses[at] for place in scene.places) and group:
        return True
    if (
        any(0 <= first - at <= 4 and line.clauses[first] == line.clauses[at] for first, _, _ in line.of("travel_home"))
        and scene.places
    ):
        return True  # "tối qua mới về, giờ nghẹt mũi"
    if group and scene.places and _came_then(line, at):
        return True
    return any(
        line.clauses[first] == line.clauses[at] for first, _, value in line.of("presence_words") if value != "sick"
    )


def _came_then(line: Line, at: int) -> bool:
    """ "đang ở Việt Trì, lên từ hôm kia, ai cũng ho": since when they are there."""
    opens = at
    while opens and line.clauses[opens - 1] == line.clauses[at]:
        opens -= 1
    return opens < at and any(
        first == opens for kind in ("travel_words", "travel_home") for first, _, _ in line.of(kind)
    )

"""Which of the places in a message somebody travels to, and which are starting points, dishes, streets, or homes."""

from understanding.journeys.left_places import (
    arrives_home,
    comes_back,
    is_home_leg,
    is_landing,
    is_start,
    turns_home,
)
from understanding.journeys.no_visits import are_goods, before_title, is_not_visited, is_sent
from understanding.journeys.places import Place, today_name
from understanding.journeys.trip import Trip
from understanding.journeys.unled_places import (
    brought_there,
    home_again,
    home_of_kin,
    place_at_head,
    place_before_verb,
    plain_answer,
)
from understanding.journeys.verbs import LOCATED, stays_there, verb_before
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

RENAMED = function_words("destinations.renamed")
RENAMED_REACH = 4
DROPS_IN = frozenset({"tat", "ghe"})
JOINERS = function_words("destinations.joiners")
UNLED = (brought_there, home_of_kin, home_again, place_before_verb, place_at_head)
"""What finds a place that no verb leads to; the first that fits."""


def trips(scene: Scene) -> list[Trip]:
    found: list[Trip] = []
    for place in scene.places:
        if place.first in scene.muted:
            continue
        if found and _is_other_name(scene, found[-1].places[-1], place):
            named = found[-1].places[-1]._replace(after=place.after)
            found[-1] = found[-1]._replace(places=(*found[-1].places[:-1], named))
            continue
        role, verb = _role(scene, place, found)
        if role == "more":
            found[-1] = found[-1]._replace(places=(*found[-1].places, place))
        elif role == "go" and found and _is_seen_again(scene, place, found[-1], verb):
            continue
        elif role in ("go", "back"):
            found.append(Trip(verb, (place,), role == "back"))
    if not found and scene.context.endswith("travel_check"):
        return plain_answer(scene)
    if not found:
        found += next(filter(None, (unled(scene) for unled in UNLED)), [])
    if len(found) > 1:
        found = _without_home(scene, found)
    return found


def _without_home(scene: Scene, found: list[Trip]) -> list[Trip]:
    """Of several places those where one was, if one has come back; a home told first is none of them."""
    if _is_home_first(scene, found[0], found[1]):
        return found[1:]
    away = [trip for trip in found if not (trip.back or is_landing(scene, trip, found))]
    return away or [trip for trip in found if trip.back]


def _is_home_first(scene: Scene, home: Trip, trip: Trip) -> bool:
    """ "về lại Hội An tối qua rồi, đi Kon Tum vui lắm": first that one is home again, then where one was."""
    words, clauses = scene.line.words, scene.line.clauses
    back = words[home.verb] == "ve" and words[home.verb + 1 : home.verb + 2] in (["lai"], ["toi"], ["den"])
    return back and words[trip.verb] in ("di", "o") and clauses[home.verb] < clauses[trip.verb]


def _is_seen_again(scene: Scene, place: Place, trip: Trip, verb: int) -> bool:
    """The ground of the trip before, unless another town of it has a day of its own: "mai đi Long Khánh …, mốt đi Biên Hòa"."""
    if not place.name or place.name not in {each.name for each in trip.places}:
        return False
    words, last = scene.line.words, trip.places[-1]
    is_other = words[place.first : place.after] != words[last.first : last.after]
    return not (is_other and any(last.after <= when.first_word and when.after == verb for when in scene.whens))


def _is_other_name(scene: Scene, named: Place, place: Place) -> bool:
    """ "Đồng Hới (Quảng Trị mới)", "Quy Nhơn (nay là Gia Lai)": the same ground by the name of today or of before."""
    words = scene.line.words
    end = named.after + (words[named.after : named.after + 1] in (["cu"], ["moi"]))
    if words[end : end + 1] not in (["("], [","], ["-"]) or place.first - end > RENAMED_REACH:
        return False
    led = RENAMED & set(words[end + 1 : place.first])
    told = words[place.after : place.after + 1] in (["moi"], ["cu"])
    same = today_name(named.name) == today_name(place.name)
    return bool(led) or told or (same and words[end] == "(")


def _is_over(words: list[str], first: int, after: int) -> bool:
    """ "chuyến Phú Yên xong rồi nhé"."""
    return words[max(first - 1, 0)] == "chuyen" and words[after : after + 2] in (
        ["xong", "roi"],
        ["ket", "thuc"],
        ["hoan", "thanh"],
    )


def _role(scene: Scene, place: Place, found: list[Trip]) -> tuple[str, int]:  # noqa: PLR0911  one exit for each rule reads best
    words = scene.line.words
    first = before_title(words, place.first)
    if is_not_visited(scene, place) or (found and arrives_home(words, first)):
        return "none", 0
    if (at := stays_there(scene, first)) is not None:
        return "go", at
    if is_start(scene, first):
        return ("back", first) if comes_back(scene, place) and not are_goods(scene, first) else ("none", 0)
    if found and (_is_listed(scene, found[-1].places[-1].after, first) or _is_dropped_in(scene, found[-1], first)):
        return "more", 0
    if _leads_back(words, first, found):
        return "none", 0
    verb = verb_before(scene, first)
    leaves = scene.line.typed[max(first - 1, 0)] == "rời" or _is_over(words, first, place.after)
    if leaves or (turns_home(scene, place) and (verb is None or words[verb] in LOCATED)):
        return "back", first
    if verb is None or is_sent(scene, verb):
        return "none", 0
    if found and words[verb] in ("ve", "ra", "vao", "len", "xuong") and is_home_leg(scene, found[-1], verb):
        return "none", 0
    return "go", verb


def _leads_back(words: list[str], first: int, found: list[Trip]) -> bool:
    """ "trở lại Huế", "quay về Huế"."""
    before = words[first - 1] if first else ""
    return (before in ("lai", "tro") and bool(found)) or (
        before == "ve" and first > 1 and words[first - 2] in ("quay", "tro")
    )


def _is_listed(scene: Scene, start: int, end: int) -> bool:
    line = scene.line
    if end <= start or end - start > 6:
        return end == start
    goes = {at for first, after, _ in line.of("travel_words") for at in range(first, after)}
    if line.words[end - 2 : end] == ["vong", "ve"]:
        end -= 1
    if line.words[start:end] == ["ve"] or any(when.first_word in range(start, end) for when in scene.whens):
        return False
    return all(
        line.words[at] in JOINERS or line.words[at] == "vong" or (at in goes and line.words[at] != "ve")
        for at in range(start, end)
    )


def _is_dropped_in(scene: Scene, trip: Trip, first: int) -> bool:
    """ "đi Cà Mau thăm nội rồi tạt qua Bạc Liêu": a place seen on the same journey, without days of its own."""
    start, line = trip.places[-1].after, scene.line
    near = line.words[max(first - 2, start) : first]
    if DROPS_IN.isdisjoint(near) or line.sentences[start - 1] != line.sentences[first]:
        return False
    return not any(start <= when.first_word < first for when in scene.whens)

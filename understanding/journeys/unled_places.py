"""Trips whose place no verb of motion leads to: named before the verb, where kin lives, where one was before coming home."""

from collections.abc import Iterator
from itertools import pairwise

from understanding.journeys.left_places import is_visitors_home
from understanding.journeys.no_visits import is_not_visited
from understanding.journeys.places import Place
from understanding.journeys.travellers import who_brings
from understanding.journeys.trip import Trip
from understanding.persons.household import FAMILY
from understanding.phrases.lexicon import ALL_PLACES, function_words
from understanding.scene import Scene

HOME_OF = function_words("destinations.home_of")
SIDES = function_words("destinations.sides")
THERE = function_words("destinations.there")
"""Behind a verb of motion the place named before: "vô nớ", "ra ngoải", "lên trển"."""
BACK = frozenset({"ve"})
SHORT = 12
FEW = 4
"""Of so few words a place is the whole answer."""


def plain_answer(scene: Scene) -> list[Trip]:
    """ "Hà Nội, 12 tới 14" to "Anh chị có đi đâu không?"."""
    if stays_home(scene):
        return []
    heard = tuple(place for place in scene.places if place.first not in scene.muted)
    if not heard and len(scene.line) <= FEW:
        heard = tuple(_short_names(scene))
    return [Trip(heard[0].first, heard)] if heard and (scene.whens or len(scene.line) <= FEW) else []


def _short_names(scene: Scene) -> Iterator[Place]:
    """ "QN", "Lào ạ": short names that elsewhere need a verb before them."""
    for kind in ("places_with_care", "ambiguous_places"):
        for first, after, name in scene.line.of(kind):
            names = name.split("|")
            yield Place(first, after, name, 0.7) if len(names) < 2 else Place(first, after, "", 0.3, tuple(names))


def stays_home(scene: Scene) -> bool:
    """ "em loanh quanh trong Pleiku thôi, có đi đâu đâu"."""
    return ("di", "dau") in pairwise(scene.line.words)


def place_before_verb(scene: Scene) -> list[Trip]:
    """ "Ninh Bình với team, t7 đi cn về": the place is named first, then a day with a bare "đi"."""
    words = scene.line.words
    heads = {each.first for each in scene.places}
    for place in scene.places:
        before = words[place.first - 1] if place.first else ""
        if (
            before == ":"
            and any(when.after == place.first - 1 for when in scene.whens)
            and place.first not in scene.muted
        ):
            return [Trip(place.first, (place,))]  # "26/11 - 29/11: Đà Nẵng"
        if place.first in scene.muted or before in ("o", "tu", "tai") or is_not_visited(scene, place):
            continue
        for when in scene.whens:
            at = when.after
            if at < len(words) - 1 and words[at] == "di" and when.first_word >= place.after and at + 1 not in heads:
                return [Trip(at, (place,))]
            at = when.first_word - 1
            if at > place.after and words[at] == "di" and words[at - 1] in (":", ",", "-"):
                return [Trip(at, (place,))]
    return []


def place_at_head(scene: Scene) -> list[Trip]:
    """ "HP 23/2, về trong ngày", "Huế 25/2, 27/2 về": a few words, the place first, its day right behind, then the way back."""
    line = scene.line
    if not scene.whens or len(line) > SHORT or not BACK & line.bag:
        return []
    for first, after, name in (match for kind in ALL_PLACES for match in line.of(kind)):
        dated = any(when.first_word == after for when in scene.whens)
        home = line.words[after : after + 2] == ["ve", "roi"]
        if first or first in scene.muted or not (dated or home) or not _is_name(line.raw[first]):
            continue
        names = name.split("|")
        place = Place(first, after, name, 0.85) if len(names) < 2 else Place(first, after, "", 0.3, tuple(names))
        return [Trip(first, (place,), back=home)]
    return []


def _is_name(raw: str) -> bool:
    return raw[:1].isupper()


def home_of_kin(scene: Scene) -> list[Trip]:
    """ "Ôn ngoại em ở Quảng Trị mất, em về 3 bữa": the place where somebody lives, then a bare "về"."""
    line = scene.line
    if not (scene.whens or scene.durations):
        return []
    for place in scene.places:
        before = line.words[place.first - 1] if place.first else ""
        if before not in HOME_OF or place.first in scene.muted or is_visitors_home(scene, place):
            continue
        stays = any(person.who == "self" and person.after == place.first - 1 for person in scene.people)
        if stays or line.words[max(place.first - 2, 0)] in ("dang", "con", "van"):
            return [Trip(place.first - 1, (place,))]
        for first, _, _ in line.of("travel_home"):
            person = scene.subject(first)
            me = person is not None and person.who == "self"
            there = line.words[first + 1 : first + 2] != [] and line.words[first + 1] in THERE
            if (line.words[first] == "ve" or there) and first > place.after and me:
                return [Trip(first, (place,))]
    return []


def home_again(scene: Scene) -> list[Trip]:
    """ "Hội thảo bên Thái Lan bổ ích lắm, mình về tới nhà từ tối thứ Năm": where one was, then the way home."""
    line = scene.line
    for place in scene.places:
        before = line.words[place.first - 1] if place.first else ""
        led = before in SIDES or before in ("tai", "dot")
        if not led or place.first in scene.muted or is_not_visited(scene, place):
            continue
        for first, after, _ in line.of("travel_home"):
            home = line.words[first] == "ve" and ({"nha", "toi", "den"} & set(line.words[first + 1 : after + 1]))
            person = scene.subject(first)
            mine = person is None or person.who in ("self", "group") or person.name is not None
            days = [when for when in scene.whens if 0 <= when.first_word - after <= 3]
            if home and first > place.after and mine and any((when.back or when.first) <= scene.today for when in days):
                return [Trip(place.first, (place,), back=True)]
    return []


def brought_there(scene: Scene) -> list[Trip]:
    """ "mẹ em mổ mắt ở Huế thứ 5, em đưa bà đi": where one of the family will be, and who goes along."""
    words = scene.line.words
    for place in scene.places:
        before = words[place.first - 1] if place.first else ""
        kin = any(person.who == FAMILY and person.first < place.first for person in scene.people)
        if before not in HOME_OF or not kin or place.first in scene.muted or is_visitors_home(scene, place):
            continue
        trip = Trip(place.first - 1, (place,))
        if who_brings(scene, trip):
            return [trip]
    return []

"""Several trips in one message, a place and its days each: "Jakarta 5–8/10, Seoul 19–23/10", "- Phi: Lạng Sơn 5-7/1"."""

from typing import NamedTuple

from understanding.dates import When
from understanding.journeys.no_visits import is_passed
from understanding.journeys.places import Place
from understanding.persons.household import GROUP, OTHER, SELF, Person
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

BESIDE = frozenset(
    {",", ":", "-", "–", "(", "tu", "ngay", "hom", "di", "ra", "vao", "bay", "len", "vo", "xuong", "sang"}
)
"""What may stand between a place and its days."""
HEADS = function_words("itineraries.heads")
NO_TRIPS = function_words("itineraries.no_trips")
ITEM_SIGNS = frozenset({"\n", ",", ";", ":", "-", "–", "•", "*", "+", ".", "(", "va"})
HYPHENS = frozenset({"-", "–", "/", "den", "toi"})
"""The days of a list are written in figures."""
LONGEST_BETWEEN = 3
FEWEST = 2
BOSSES = frozenset({"sep", "lanh", "giam", "thu", "bi", "truong"})


class Visit(NamedTuple):
    """One trip of the list."""

    place: Place
    when: When
    person: Person | None
    same_day: bool = False


def visits(scene: Scene) -> list[Visit]:
    """The trips of a list, if it names two or more and something says that they are trips; else none."""
    if len(scene.whens) < FEWEST or not (HYPHENS & scene.line.bag or len(scene.line.of("weekdays")) >= FEWEST):
        return []
    pairs = _pairs(scene)
    if len(pairs) < FEWEST or NO_TRIPS & set(scene.line.typed):
        return []
    first = min(pairs[0][0].first, pairs[0][1].first_word)
    people = [_person_of(scene, at, pairs) for at in range(len(pairs))]
    if not (_tells_of_trips(scene, first, pairs) or all(people)) or scene.line.words[-1] == "?":
        return []
    leader = _leader(scene, first)
    ends = [min(pair[0].first, pair[1].first_word) for pair in pairs[1:]] + [len(scene.line)]
    return [
        Visit(place, when, person or leader, _is_one_day(scene, max(place.after, when.after), end))
        for (place, when), person, end in zip(pairs, people, ends, strict=True)
    ]


def _pairs(scene: Scene) -> list[tuple[Place, When]]:
    """Every place with the days beside it; empty when a place or a day is left over."""
    days = [when for when in scene.whens if when.sort in ("day", "range")]
    found: list[tuple[Place, When]] = []
    taken: set[int] = set()
    listed = _places(scene)
    leads = bool(days and listed) and _stands_before(scene, days[0], listed[0]) and days[-1].after <= listed[-1].first
    for place in listed:
        near = [when for when in days if when.first_word not in taken and _is_beside(scene, place, when)]
        behind = [when for when in near if when.first_word >= place.after]
        when = next(iter(behind if behind and not (_days_lead(found) or (leads and not found)) else near), None)
        if when is None and not found and _is_quarter(scene, place):
            continue
        if when is None or not place.name:
            return []
        taken.add(when.first_word)
        found.append((place, when))
    return found if len(taken) == len(days) else []


def _is_one_day(scene: Scene, first: int, after: int) -> bool:
    return "trong ngay" in " ".join(scene.line.words[first:after])


def _places(scene: Scene) -> list[Place]:
    """Also "Huế 3-5", "Vinh: 7/6": short names that elsewhere need a verb before them."""
    line = scene.line
    short = [
        Place(first, after, name, 0.85)
        for first, after, name in line.of("places_with_care")
        if line.raw[first].istitle() and not any(place.first == first for place in scene.places)
    ]
    there = [place for place in scene.places if not is_passed(scene, place.first)]
    return sorted([*there, *(place for place in short if any(_is_beside(scene, place, when) for when in scene.whens))])


def _is_quarter(scene: Scene, place: Place) -> bool:
    """The "Q4" of "Q4 em có 3 trip" is a part of the year, no district."""
    words = scene.line.words[place.first : place.after]
    return words[0] == "q" and words[-1] in ("1", "2", "3", "4")


def _stands_before(scene: Scene, when: When, place: Place) -> bool:
    """ "16/11 Bình Dương", "T2: Bình Dương"; a verb between makes a sentence of it."""
    return scene.line.words[when.after : place.first] in ([], [":"])


def _days_lead(found: list[tuple[Place, When]]) -> bool:
    return bool(found) and found[-1][1].first_word < found[-1][0].first


def _is_beside(scene: Scene, place: Place, when: When) -> bool:
    words = scene.line.words
    behind = when.first_word >= place.after
    between = words[place.after : when.first_word] if behind else words[when.after : place.first]
    if not behind and "tu" in between:
        return False  # "tối 14/11 từ Hà Nội đi thẳng Hải Phòng": where one sets out
    return len(between) <= LONGEST_BETWEEN and BESIDE.issuperset(between)


def _leads(scene: Scene, when: When, place: Place) -> bool:
    """A weekday right before its place."""
    weekdays = {first for first, _, _ in scene.line.of("weekdays")}
    return when.after == place.first and when.first_word in weekdays


def _tells_of_trips(scene: Scene, first: int, pairs: list[tuple[Place, When]]) -> bool:
    """A word of travelling heads the list: "3 trip", "đi tỉnh", "lịch công tác của em"; or travel was asked about."""
    words = set(scene.line.words[:first])
    owned = any(scene.line.words[at - 1] == "cua" for at, _, _ in scene.line.of("pronouns") if 0 < at < first)
    if all(_leads(scene, when, place) for place, when in pairs) and HEADS & scene.line.bag:
        return True  # "thứ Hai Bắc Ninh, thứ Năm Hải Dương, em đi về trong ngày"
    own = "lich" in words and (owned or any(person.who and person.first < first for person in scene.people))
    return scene.context.endswith("travel_check") or own or bool(HEADS & words)


def _person_of(scene: Scene, at: int, pairs: list[tuple[Place, When]]) -> Person | None:
    """Who stands before the pair, behind the one before it: "- Phi: Lạng Sơn", "anh Long đi Vinh"."""
    place, when = pairs[at]
    start = max(pairs[at - 1][0].after, pairs[at - 1][1].after) if at else 0
    end = min(place.first, when.first_word)
    here = [person for person in scene.people if start <= person.first < end and person.name]
    if here:
        return here[-1] if at or len(pairs) < FEWEST or _is_in_item(scene, here[-1], end) else None
    return _bare_person(scene, start, end)


def _is_in_item(scene: Scene, person: Person, end: int) -> bool:
    """The first one's name stands in its own line, not in the heading."""
    return "\n" not in scene.line.words[person.after : end]


def _bare_person(scene: Scene, start: int, end: int) -> Person | None:
    """ "- Phi: Lạng Sơn": one or two capitalised words that fill the head of the line."""
    line = scene.line
    while end > start and line.words[end - 1] in ITEM_SIGNS:
        end -= 1
    first = end
    while (
        first > start and line.raw[first - 1].istitle() and line.raw[first - 1].isalpha() and end - first < FEWEST + 1
    ):
        first -= 1
    opens = not first or line.words[first - 1] == "\n" or (first > start and line.words[first - 1] in "-–•*+.;")
    known = any(a <= first < b for kind in ("travel_words", "day_words", "moods", "units") for a, b, _ in line.of(kind))
    ends = line.words[end : end + 1] and line.words[end] in ":-–("
    return (
        Person(first, end, OTHER, line.written(first, end), 0.75)
        if first < end and opens and ends and not known
        else None
    )


def _leader(scene: Scene, first: int) -> Person | None:
    """Who the whole list is about: "Q4 em có 3 trip", "lịch bay của sếp"."""
    line = scene.line
    heading = [person for person in scene.people if person.first < first and person.who in (SELF, OTHER, GROUP)]
    if heading:
        return heading[-1]
    for at in range(1, first):
        if line.words[at - 1] == "cua" and line.words[at] in BOSSES:
            return Person(at, at + 1, OTHER, None, 0.75)
    return None

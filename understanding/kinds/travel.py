"""A trip: where to, out on, back on, and who goes."""

from understanding.dates import When
from understanding.journeys.destinations import trips
from understanding.journeys.itineraries import Visit, visits
from understanding.journeys.places import Place
from understanding.journeys.stays import stay_of
from understanding.journeys.travellers import traveller, who_brings
from understanding.journeys.trip import Stay, Trip
from understanding.kind import Found, report, slot, whose
from understanding.persons.household import FAMILY, SELF, Person
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.reading import Doubt, Slot
from understanding.scene import Scene

MATTERS = function_words("travel.matters")
PRICED = frozenset({"vé", "giá", "tour"})
EARNEST = function_words("travel.earnest")


def read_travel(scene: Scene, used: frozenset[int]) -> Found:
    found = Found()
    if listed := visits(scene):
        for visit in listed:
            _report_visit(scene, found, visit)
        return found
    legs = [
        trip
        for trip in trips(scene)
        if (trip.verb not in used or _is_own_line(scene, trip) or _is_dated_absence(scene, trip))
        and not _is_denied(scene, trip)
    ]
    if not legs:
        _homeward_without_place(scene, found, used)
    bounds = _bounds(scene, legs)
    for trip, (first, after) in zip(legs, bounds, strict=True):
        _report_trip(scene, found, trip, trip.verb if trip.verb in used else first, after)
    return found


def _report_visit(scene: Scene, found: Found, visit: Visit) -> None:
    """One trip of a list: to be asked about, as nobody said of each that he goes."""
    person, place, when, line = visit.person, visit.place, visit.when, scene.line
    found.reports.append(
        report(
            "travel",
            0.75,
            destinations=Slot([place.name], line.span(place.first, place.after), place.certainty),
            depart=slot(when.first, line.span(when.first_word, when.after), when.certainty),
            return_=slot(when.last if when.sort == "range" or visit.same_day else None, None, when.certainty),
            **whose(person, line, 0.75),
        )
    )
    found.words.update([*range(place.first, place.after), *range(when.first_word, when.after)])


def _is_own_line(scene: Scene, trip: Trip) -> bool:
    """In a report of several lines the one about a trip holds no figures, though the block of figures surrounds it."""
    line = scene.line
    sentence = line.sentences[trip.verb]
    told = any(person.who and line.sentences[person.first] == sentence for person in scene.people)
    return told and not any(line.sentences[first] == sentence for first, _, _ in line.of("count_fields"))


def _is_dated_absence(scene: Scene, trip: Trip) -> bool:
    """ "có mặt chín, còn hai người đi Nam Định từ hôm qua": with a day of its own the figure is a trip as well."""
    if not trip.places or not any(0 <= when.first_word - trip.places[-1].after <= 1 for when in scene.whens):
        return False
    ends = {number.after for number in scene.numbers}
    return any(after == trip.verb and first in ends for first, after, _ in scene.line.of("people_nouns"))


def _is_denied(scene: Scene, trip: Trip) -> bool:
    words = scene.line.words
    before = words[max(trip.verb - 2, 0) : trip.verb]
    return "khong" in before or "chua" in before or "khoi" in before


def _bounds(scene: Scene, legs: list[Trip]) -> list[tuple[int, int]]:
    """Which words belong to which trip: the clause of its verb, and what follows until the next trip's clause."""
    line = scene.line
    starts = []
    for at, trip in enumerate(legs):
        first = trip.verb
        floor = _past_own_day(scene, legs[at - 1].places[-1].after, trip.verb) if at else 0
        while first > floor and line.clauses[first - 1] == line.clauses[trip.verb]:
            first -= 1
        while (
            first - 2 >= floor and line.words[first - 1] == "," and any(when.after == first - 1 for when in scene.whens)
        ):
            first = next(when.first_word for when in scene.whens if when.after == first - 1)
        starts.append(max(first, floor))
    if starts:
        starts[0] = _first_word(scene, legs[0])
    return [(first, starts[at + 1] if at + 1 < len(starts) else len(line.words)) for at, first in enumerate(starts)]


def _past_own_day(scene: Scene, floor: int, verb: int) -> int:
    """ "đi Huế 2/12 rồi 5/12 vào Sài Gòn": the first of two days right behind a place belongs to it."""
    days = [when for when in scene.whens if floor <= when.first_word < verb]
    own = len(days) > 1 and days[0].first_word - floor <= 1
    return days[0].after if own else floor


def _first_word(scene: Scene, trip: Trip) -> int:
    """All that precedes the first trip may date it, unless it stands in a line of its own with its own days."""
    line = scene.line
    first = line.sentences.index(line.sentences[trip.verb])
    if "\n" not in line.words[:first]:
        return 0
    return first if any(first <= when.first_word < trip.verb for when in scene.whens) else 0


def _report_trip(scene: Scene, found: Found, trip: Trip, first: int, after: int) -> None:
    days = _days_of(scene, trip, first, after)
    stay = stay_of(scene, trip, days, (first, after))
    person = traveller(scene, trip)
    if _is_idle(scene, trip, stay, person, days):
        return
    line = scene.line
    found.reports.append(
        report(
            "travel",
            _certainty(scene, stay, person, days),
            destinations=_destinations(line, trip.places),
            depart=slot(stay.depart, None, stay.certainty),
            return_=slot(stay.back, None, stay.certainty),
            **whose(person, line),
        )
    )
    for place in trip.places:
        if place.candidates:
            found.doubts.append(Doubt("travel", "destinations", "which", place.candidates))
    if stay.depart is None and not trip.back:
        found.doubts.append(Doubt("travel", "depart", "when"))
    found.words.update(_words_of(line, trip))
    for when in days:
        found.words.update(range(when.first_word, when.after))


def _destinations(line: Line, places: tuple[Place, ...]) -> Slot:
    names = list(dict.fromkeys(place.name for place in places if place.name))
    span = line.span(places[0].first, places[-1].after) if places else None
    return Slot(names, span, min((place.certainty for place in places), default=1.0))


def _words_of(line: Line, trip: Trip) -> set[int]:
    """From the verb to the last place; "làm ở nhà" among them tells a presence of its own."""
    works = {at for a, b, value in line.of("presence_words") if value == "home" for at in range(a, b)}
    return set(range(trip.verb, trip.places[-1].after if trip.places else trip.verb + 1)) - works


def _days_of(scene: Scene, trip: Trip, first: int, after: int) -> list[When]:
    """The days among the trip's words that date nothing else."""
    return [
        when
        for when in scene.whens
        if first <= when.first_word < after
        and when.first_word not in scene.muted
        and not _is_of_illness(scene, trip, when)
        and not _is_of_other_matter(scene, trip, when)
        and not _is_of_leave(scene, trip, when)
        and not _is_of_kin(scene, trip, when)
    ]


def _is_of_illness(scene: Scene, trip: Trip, when: When) -> bool:
    """ "về tối qua, sáng nay em sốt": a day in the clause of an illness dates no trip."""
    clauses = scene.line.clauses
    clause = clauses[when.first_word]
    if clause < clauses[trip.verb] and scene.line.words[when.first_word - 1] not in ("tu", "hoi"):
        return False
    return clause != clauses[trip.verb] and any(clauses[ill] == clause for ill, _, _ in scene.line.of("symptoms"))


def _is_of_leave(scene: Scene, trip: Trip, when: When) -> bool:
    """ "xin nghỉ phép thứ Năm 31/12, tối 30 em đi Đà Lạt": the trip has a day of its own in its clause."""
    clauses = scene.line.clauses
    clause = clauses[when.first_word]
    if clause >= clauses[trip.verb]:
        return False
    absent = any(value == "leave" and clauses[at] == clause for at, _, value in scene.line.of("presence_words"))
    return absent and any(
        clauses[other.first_word] == clauses[trip.verb]
        and (other.first_word < trip.verb or "tu" in scene.line.words[other.first_word - 1 : other.first_word + 1])
        for other in scene.whens
    )


def _is_of_kin(scene: Scene, trip: Trip, when: When) -> bool:
    """ "mai em ra Hải Phòng, thứ 7 vợ em mới về": the day of a clause in which one of the family comes or goes."""
    clauses = scene.line.clauses
    if clauses[when.first_word] <= clauses[trip.verb] or not scene.line.has_marks:
        return False
    kin = any(person.who == FAMILY and person.first == when.after for person in scene.people)
    leader = traveller(scene, trip) if kin else None
    return kin and (leader is None or leader.who != FAMILY)


def _is_of_other_matter(scene: Scene, trip: Trip, when: When) -> bool:
    """ "… về Phú Thọ chiều nay. Ca trực 01/01 tôi sẽ bố trí lại": a later sentence without a word of going."""
    line = scene.line
    sentence = line.sentences[when.first_word]
    if sentence <= line.sentences[trip.verb] or not when.first_word or line.sentences[when.first_word - 1] != sentence:
        return False
    goes = any(
        line.sentences[first] == sentence for kind in ("travel_home", "travel_words") for first, _, _ in line.of(kind)
    )
    return not goes and line.words[when.first_word - 1] in MATTERS


def _is_idle(scene: Scene, trip: Trip, stay: Stay, person: Person | None, days: list[When]) -> bool:
    """Guests come from a place; a place and a verb alone are talk; a day, a purpose, or the writer's own "xin phép" make a trip of them."""
    line = scene.line
    if trip.back and person is not None and person.who == FAMILY and not days:
        return True
    if stay.depart or stay.back or days or scene.durations or scene.context.endswith("travel_check"):
        return False
    if not PRICED.isdisjoint(line.typed):
        return True
    if trip.places and _is_still_away(scene, trip.places[-1].after):
        return False
    if person is None or ":" in line.words[person.after : trip.verb]:
        return True  # "chị Ba báo: ấp 3 có 2 hộ về từ Sài Gòn"
    return not (trip.back or EARNEST & line.bag or (person.who == SELF and who_brings(scene, trip)))


def _is_still_away(scene: Scene, start: int) -> bool:
    """ "nhỏ Ly về Sóc Trăng chưa lên": the way home is awaited."""
    line = scene.line
    return any(first >= start and line.words[first - 1] == "chua" for first, _, _ in line.of("travel_home"))


def _certainty(scene: Scene, stay: Stay, person: Person | None, days: list[When]) -> float:
    if any(value in ("joke", "wish") for _, _, value in scene.line.of("moods")):
        return 0.65
    if len(days) > 2 or any(when.sort == "period" for when in days):
        return 0.7
    if stay.depart is None and stay.back is None:
        return 0.6
    return 0.9 if person is None or person.certainty >= 0.8 else 0.7


def _homeward_without_place(scene: Scene, found: Found, used: frozenset[int]) -> None:
    """ "mai em về quê, chủ nhật lên": a trip whose place must be asked."""
    at = _verb_of_going_home(scene, used)
    if at is None or scene.places:
        return
    days = [when for when in scene.whens if when.first_word not in scene.muted]
    if not days:
        return
    line, person = scene.line, scene.subject(at)
    stay = stay_of(scene, Trip(at, ()), days, (0, len(line.words)))
    found.reports.append(
        report(
            "travel",
            0.6,
            destinations=Slot([], line.span(at, at + 2), 0.5),
            depart=slot(stay.depart, None, 0.7),
            return_=slot(stay.back, None, 0.7),
            who=Slot(person.who if person else SELF, None, 0.9),
            name=slot(person.name if person else None),
        )
    )
    found.doubts.append(Doubt("travel", "destinations", "what"))
    found.words.update(range(at, at + 2))


def _verb_of_going_home(scene: Scene, used: frozenset[int]) -> int | None:
    """The first "về quê" that is said, and not denied."""
    words = scene.line.words
    said = (at for at in range(len(words) - 1) if words[at] == "ve" and words[at + 1] == "que")
    return next(
        (at for at in said if not (at in used or at in scene.muted or _is_denied(scene, Trip(at, ())))),
        None,
    )

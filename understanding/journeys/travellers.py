"""Who goes on a trip: the last person named before the verb, the writer and whoever is taken along, or some people counted."""

from understanding.journeys.trip import Trip
from understanding.persons.household import FAMILY, GROUP, OTHER, SELF, SPEAKERS, Person
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

CREWS = function_words("travel.crews")
COMPANIONS = function_words("travel.companions")
BRINGING = function_words("travel.bringing")
JOINING = function_words("travel.joining")
STATIONS = function_words("travel.stations")
GOING = frozenset({"di", "ve", "len", "ra", "vao", "vo", "xuong", "qua", "sang"})
MUST = frozenset({"phai", "cung", "se", "dinh", "tinh", "xin", "phep", "nghi"})
"""Between somebody and what he does."""
CHILDREN = function_words("people.children")


def traveller(scene: Scene, trip: Trip) -> Person | None:
    """The last person before the verb; one who is taken along makes the writer's company."""
    line = scene.line
    before = [p for p in scene.people if p.first < trip.verb and line.sentences[p.first] == line.sentences[trip.verb]]
    if not before:
        before = [
            p
            for p in scene.people
            if p.first < trip.verb
            and p.who in (OTHER, GROUP)
            and line.sentences[p.first] == line.sentences[trip.verb] - 1
        ]
    if counted := _counted_travellers(scene, trip, before[-1].after if before else 0):
        return counted
    person = (
        scene.subject(trip.verb)
        if before and line.sentences[before[-1].first] == line.sentences[trip.verb]
        else before[-1]
        if before
        else None
    )
    if person is None:
        return _named_aboard(scene, trip) or _taken_along(scene, trip) or _unit_that_goes(scene, trip)
    led = (
        _leader(scene, person)
        or _who_takes(scene, person)
        or _brought_by(scene, trip, person)
        or _with_other(scene, person)
    )
    return led or _as_company(scene, trip, person)


def are_crews(scene: Scene) -> bool:
    """A unit of people opens a clause, and nobody speaks of himself or of all."""
    if any(person.who in (SELF, GROUP) for person in scene.people):
        return False
    return any(_opens_a_clause(scene, first) and scene.line.means(first, *CREWS) for first, _, _ in scene.units)


def _opens_a_clause(scene: Scene, first: int) -> bool:
    """Nothing but a day stands before it."""
    clauses = scene.line.clauses
    return not first or clauses[first - 1] != clauses[first] or any(when.after == first for when in scene.whens)


def _unit_that_goes(scene: Scene, trip: Trip) -> Person | None:
    """ "tổ Văn đi thực tế Ninh Bình", "to sat 4 nguoi len Son La": a unit at the head of its clause; "phòng em" is the writer's."""
    line = scene.line
    for first, after, name in scene.units:
        leads = first < trip.verb and line.clauses[first] == line.clauses[trip.verb]
        if leads and line.means(first, *CREWS) and _opens_a_clause(scene, first):
            return Person(first, after, OTHER if name else GROUP, None, 0.7)
    return None


def who_brings(scene: Scene, trip: Trip) -> Person | None:
    """ "con em thi ở Nam Định, em đưa cháu đi": the writer goes there too; not "em đưa bà ra bến xe"."""
    line = scene.line
    end = trip.places[-1].after if trip.places else trip.verb
    for person in scene.people:
        goes = _brings(line.words, person.after) or (person.who == GROUP and _goes(line.words, person.after))
        if person.first < end or person.who == OTHER or not goes:
            continue
        clause = [at for at in range(person.after, len(line)) if line.clauses[at] == line.clauses[person.first]]
        if STATIONS.isdisjoint(line.words[at] for at in clause) and person.first not in scene.muted:
            return person._replace(certainty=0.7)
    return None


def brings_kin(scene: Scene) -> bool:
    """The writer goes with one of the family who is named before."""
    kin = [person.first for person in scene.people if person.who == FAMILY]
    return bool(kin) and any(
        person.who == SELF and person.first > kin[0] and _brings(scene.line.words, person.after)
        for person in scene.people
    )


def _goes(words: list[str], at: int) -> bool:
    """ "tui với bả chạy lên trển": those who go there together."""
    return words[at : at + 1] != [] and words[at] in GOING | {"chay", "keo"}


def _brings(words: list[str], at: int) -> bool:
    """ "đưa cháu đi", "phải chở", "cũng đi theo"."""
    while words[at : at + 1] and words[at] in MUST:
        at += 1
    return words[at : at + 1] != [] and (
        words[at] in BRINGING or (words[at] in GOING and words[at + 1 : at + 2] != [] and words[at + 1] in JOINING)
    )


def _brought_by(scene: Scene, trip: Trip, person: Person) -> Person | None:
    """Whoever brings one of the family; if that is another of the family, they both are."""
    return who_brings(scene, trip) if person.who == FAMILY else None


def takes_somebody(scene: Scene) -> bool:
    """ "đưa khách đi Vũng Tàu"."""
    words = scene.line.words
    return any(
        person.who == OTHER and person.first and words[person.first - 1] in COMPANIONS for person in scene.people
    )


def _as_company(scene: Scene, trip: Trip, person: Person) -> Person:
    """Whoever is taken along, or has company, goes as a group."""
    line = scene.line
    led_by = line.words[person.first - 1 - (line.words[person.first - 1] == "nha")] if person.first else ""
    if person.who in (FAMILY, OTHER, GROUP) and led_by in COMPANIONS:  # also "theo nhà chồng"
        return person._replace(who=GROUP if person.who in (OTHER, GROUP) else SELF, name=None, certainty=0.7)
    led = person.who == OTHER and not person.name and _is_led_by_writer(scene, person)
    if led or (person.who == SELF and _has_company(scene, trip)):
        return person._replace(who=GROUP, certainty=0.7)
    if person.who == SELF and _is_beside_another(scene, person):
        return person._replace(who=GROUP, certainty=0.7)  # "eng Lam với em ra Đà Nẵng"
    if person.who in (SELF, OTHER) and not person.name and scene.is_counted(person):
        groups = [each for each in scene.people if each.who == GROUP and 0 <= person.first - each.after <= 3]
        if groups:  # "đoàn mình 15 bạn đi Mộc Châu", "phòng em 2 cán bộ ra Hà Nội"
            return groups[-1] if person.who == SELF else groups[-1]._replace(certainty=0.7)
        return person._replace(who=OTHER, certainty=0.7)
    return person


def _who_takes(scene: Scene, person: Person) -> Person | None:
    """ "bà xã tui theo đoàn đi Châu Đốc", "chị Dung đưa con lên Thái Nguyên": the one of the family, or named, who goes with them."""
    line = scene.line
    if not person.first or person.name or line.words[person.first - 1] not in COMPANIONS:
        return None
    before = [
        each
        for each in scene.people
        if each.after < person.first and line.sentences[each.first] == line.sentences[person.first]
    ]
    leader = before[-1] if before else None
    if leader is None or not (leader.who == FAMILY or (leader.who == OTHER and leader.name)):
        return None
    speaks = person.who == SELF and line.words[person.first] in SPEAKERS
    return None if speaks else leader._replace(certainty=0.7)


def _counted_travellers(scene: Scene, trip: Trip, start: int) -> Person | None:
    """ "xã tôi có 2 người đi Trung Quốc về": some people of a place, not the writer."""
    line = scene.line
    if not any(line.means(at, "có", "còn") for at in range(start, trip.verb)):
        return None
    ends = {number.after for number in scene.numbers}
    for first, after, value in line.of("people_nouns"):
        if (
            value == "person"
            and start <= first < trip.verb
            and first in ends
            and line.sentences[first] == line.sentences[trip.verb]
        ):
            return Person(first, after, OTHER, None, 0.7)
    return None


def _with_other(scene: Scene, person: Person) -> Person | None:
    """ "anh Sơn với chị Hà đi Vĩnh Phúc": both names."""
    joined = scene.line.words[person.after : person.after + 1] in (["voi"], ["va"], ["cung"])
    if person.who != OTHER or not person.name or not joined:
        return None
    other = next((each.name for each in scene.people if each.name and each.first == person.after + 1), None)
    return None if other is None else person._replace(name=f"{person.name}, {other}", certainty=0.7)


def _is_beside_another(scene: Scene, person: Person) -> bool:
    before = person.first - 1
    return scene.line.words[max(before, 0)] in ("voi", "va", "cung") and any(
        each.name and each.after == before for each in scene.people
    )


def _is_led_by_writer(scene: Scene, person: Person) -> bool:
    """ "tôi đưa đoàn học sinh đi thi": who is led goes with the writer."""
    line = scene.line
    leaders = [each for each in scene.people if each.who in (SELF, GROUP) and each.after < person.first]
    near = bool(leaders) and line.clauses[leaders[-1].first] == line.clauses[person.first]
    return near and bool(COMPANIONS & set(line.words[leaders[-1].after : person.first]))


def _leader(scene: Scene, person: Person) -> Person | None:
    """ "em đưa hai cháu lên Mộc Châu": who leads the children goes."""
    line = scene.line
    before = line.words[max(person.first - 2, 0) : person.first]
    if person.name or not CHILDREN & set(line.words[person.first : person.after]) or not COMPANIONS & set(before):
        return None
    leaders = [each for each in scene.people if each.after < person.first and each.who == SELF]
    return leaders[-1] if leaders else None


def _named_aboard(scene: Scene, trip: Trip) -> Person | None:
    """ "xe thư viện đi Cao Bằng từ 9/3, có tôi và đ/c Mến": behind the trip, who is on it."""
    words = scene.line.words
    aboard = (each for each in scene.people if each.first > trip.verb and each.who in (SELF, GROUP))
    return next((each for each in aboard if words[each.first - 1] in ("co", "gom")), None)


def _taken_along(scene: Scene, trip: Trip) -> Person | None:
    line = scene.line
    for person in scene.people:
        if (
            -3 <= person.first - trip.verb <= 2
            and line.words[person.first - 1] in COMPANIONS
            and person.who in (OTHER, GROUP)
        ):
            return person._replace(who=GROUP, name=None, certainty=0.7)
    return None


def _has_company(scene: Scene, trip: Trip) -> bool:
    words = scene.line.words[max(trip.verb - 3, 0) : trip.verb + 3]
    verb = scene.line.words[trip.verb]
    return (verb == "cho" and bool({"sep", "doan", "lanh"} & set(words))) or "doan" in words

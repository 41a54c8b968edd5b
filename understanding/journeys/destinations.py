"""Which of the places in a message somebody travels to, and which are starting points, dishes, streets, or homes."""

from itertools import pairwise

from understanding.journeys.places import Place, today_name
from understanding.journeys.trip import Trip
from understanding.journeys.unled_places import home_again, home_of_kin, place_at_head, place_before_verb, plain_answer
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

PLACE_TITLES = function_words("destinations.titles")
SIDES = function_words("destinations.sides")
TURNS_HOME = function_words("destinations.turns_home")
COMES_BACK = function_words("destinations.comes_back")

STAYING = function_words("destinations.staying")
STAY_REACH = 5
"""So near behind "em ở Huế" several days must follow to make it a stay."""
REACH = 7
"""So many words may stand between the verb and the place."""
LOCATED = function_words("destinations.located")
RENAMED = function_words("destinations.renamed")
RENAMED_REACH = 4
NOT_VISITED = function_words("destinations.not_visited")
SENDING = function_words("destinations.sending")
GOODS = function_words("destinations.goods")
DISTRICTS = function_words("destinations.districts")
LANDINGS = frozenset(
    {("ha", "canh"), ("dap", "chuyen"), ("dap", "xuong"), ("vua", "dap"), ("moi", "dap"), ("may", "bay")}
)
PASSED = function_words("destinations.passed")
LANDED = function_words("stays.landed")
PLEASURES = frozenset({"choi", "tham"})
GUESTS_REACH = 4
"""So near behind "mẹ em ở Ninh Thuận mới vô" stands what guests do."""
DROPS_IN = frozenset({"tat", "ghe"})
JOINERS = function_words("destinations.joiners")


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
        elif role == "go" and found and place.name and place.name in {each.name for each in found[-1].places}:
            continue
        elif role in ("go", "back"):
            found.append(Trip(verb, (place,), role == "back"))
    if not found and scene.context.endswith("travel_check"):
        return plain_answer(scene)
    if not found:
        found += home_of_kin(scene) or home_again(scene) or place_before_verb(scene) or place_at_head(scene)
    if len(found) > 1:
        found = [trip for trip in found if not (trip.back or _is_landing(scene, trip, found))] or [
            trip for trip in found if trip.back
        ]
    return found


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


def _is_landing(scene: Scene, trip: Trip, found: list[Trip]) -> bool:
    """ "hạ cánh Nội Bài, chuyến Nhật về": the airport of home beside the place one returns from."""
    words, before = scene.line.words[trip.verb : trip.verb + 2], scene.line.words[max(trip.verb - 1, 0)]
    lands = words in (["ha", "canh"], ["ve", "toi"], ["ve", "den"]) or words[:1] in (["dap"], ["land"], ["landed"])
    lands = (
        lands
        or scene.line.words[trip.verb : trip.verb + 3] == ["xuong", "san", "bay"]
        or (before == "ve" and words[0] in ("toi", "den"))
    )
    return lands and any(other.back or (other.verb < trip.verb and words[0] != "land") for other in found)


def _role(scene: Scene, place: Place, found: list[Trip]) -> tuple[str, int]:  # noqa: PLR0911  one exit for each rule reads best
    words = scene.line.words
    first = _before_title(words, place.first)
    before = words[first - 1] if first else ""
    if (
        before in NOT_VISITED
        and not _is_verb_end(scene, first)
        and not (before == "que" and first > 1 and words[first - 2] in ("ve", "o", "tham"))
    ):
        return "none", 0
    if is_site(scene, place, first) or _is_passed(scene, first) or is_of_guests(scene, place):
        return "none", 0
    if (at := _is_there(scene, first)) is not None:
        return "go", at
    if _is_start(scene, first):
        return ("back", first) if _comes_back(scene, place) and not _are_goods(scene, first) else ("none", 0)
    if found and (_is_listed(scene, found[-1].places[-1].after, first) or _is_dropped_in(scene, found[-1], first)):
        return "more", 0
    if (before in ("lai", "tro") and found) or (before == "ve" and first > 1 and words[first - 2] in ("quay", "tro")):
        return "none", 0
    if _returns_from(scene, place):
        return "back", first
    verb = _verb_before(scene, first)
    if verb is None:
        return "none", 0
    if found and words[verb] in ("ve", "ra", "vao", "len", "xuong") and _is_home_leg(scene, found[-1], verb):
        return "none", 0
    return ("none", 0) if _is_sent(scene, verb) else ("go", verb)


def _is_passed(scene: Scene, first: int) -> bool:
    """ "transit Doha", "quá cảnh ở Dubai", "nối chuyến tại Seoul": only passed through."""
    words = scene.line.words
    near = words[max(first - 3, 0) : first]
    pairs = {("qua", "canh"), ("noi", "chuyen"), ("dung", "chan"), ("doi", "may")}
    return bool(PASSED & set(near[-2:])) or any(pair in pairs for pair in pairwise(near))


def is_of_guests(scene: Scene, place: Place) -> bool:
    """ "mẹ em ở Ninh Thuận mới vô chơi hôm qua": the home of who comes to see the writer."""
    words = scene.line.words
    near = words[place.after : place.after + GUESTS_REACH]
    comes = TURNS_HOME & set(near) and PLEASURES & set(near)
    return bool(comes) and words[place.first - 1 : place.first] == ["o"]


def _is_sent(scene: Scene, verb: int) -> bool:
    """ "ship tài liệu ra Huế": a parcel travels."""
    line = scene.line
    before = [at for at in range(max(verb - 5, 0), verb) if line.clauses[at] == line.clauses[verb]]
    if line.words[verb] != "di" and any(line.words[at] in SENDING for at in before):
        return True
    return _are_goods(scene, verb)


def _are_goods(scene: Scene, verb: int) -> bool:
    """ "hàng từ Hải Phòng về tới chiều nay", "chuyển phát nhanh đi Cần Thơ": nobody is named before the verb but goods."""
    line = scene.line
    sentence = [at for at in range(verb) if line.sentences[at] == line.sentences[verb]]
    led = any(line.typed[at] in GOODS for at in sentence[:3])
    return led and not any(person.first < verb for person in scene.people if person.first in sentence)


def _is_verb_end(scene: Scene, at: int) -> bool:
    """ "vi vu Phú Quốc": the word before the place belongs to the verb."""
    return any(after == at and after - first > 1 for first, after, _ in scene.line.of("travel_words"))


def _before_title(words: list[str], at: int) -> int:
    while at and words[at - 1] in PLACE_TITLES and at > 1:
        if words[at - 1] == "." and words[at - 2] not in ("tp", "tx", "t"):
            break
        at -= 1
    return at


def is_site(scene: Scene, place: Place, first: int) -> bool:
    """ "đi cơ sở ở huyện Yên Thủy", "xuống KCN Yên Phong": a site of the writer's own work, no trip."""
    before = scene.line.words[max(place.first - 3, 0) : place.first]
    if before[-1:] in (["kcn"], ["ccn"]) or before == ["khu", "cong", "nghiep"]:
        return True
    if not DISTRICTS & set(scene.line.words[first : place.first]):
        return False
    return any(value == "field" and 0 <= first - after <= 1 for _, after, value in scene.line.of("presence_words"))


def _is_there(scene: Scene, first: int) -> int | None:
    """ "remote từ Đà Lạt", "đang ở Hải Phòng, mai về": who works or stays in a place is there; where the verb stands."""
    words = scene.line.words
    if first > 1 and words[first - 1] in SIDES and words[first - 1] != "chuyen" and words[first - 2] in STAYING:
        return first - 1 if scene.whens or scene.durations else None  # "đang bên Addis Ababa"
    if words[max(first - 1, 0)] == "o" and first > 1:
        if words[first - 2] in STAYING:
            return first - 1 if scene.whens or scene.durations else None
        me = any(person.who == "self" and person.after == first - 1 for person in scene.people)
        span = any(when.sort == "range" and 0 <= when.first_word - first <= STAY_REACH for when in scene.whens)
        return first - 1 if me and span else None
    if not _is_start(scene, first):
        return None
    ends = {after: at for at, after, value in scene.line.of("presence_words") if value == "home"}
    return ends.get(first - 1)


def _is_start(scene: Scene, first: int) -> bool:
    return first > 0 and scene.line.words[first - 1] == "tu"


def _comes_back(scene: Scene, place: Place) -> bool:
    """ "từ Phan Rang về", "về từ Singapore": the place was where the trip led."""
    words = scene.line.words
    after = words[place.after : place.after + 3]
    before = words[max(place.first - 4, 0) : place.first]
    if "ve" in before or "tro" in before or has_landed(before):
        return True
    return bool(COMES_BACK & set(after)) and not _place_follows(scene, place.after + 3)


def has_landed(before: list[str]) -> bool:
    """ "vừa landing từ Nairobi", "mới xuống máy bay từ Seoul"."""
    pairs = set(pairwise(before))
    return bool({"landing", "landed"} & set(before) or pairs & LANDINGS)


def _place_follows(scene: Scene, at: int) -> bool:
    return any(place.first <= at <= place.after for place in scene.places)


def _returns_from(scene: Scene, place: Place) -> bool:
    """ "ở Huế về", "bên Lào về", "trong Sài Gòn ra": somebody comes back from there."""
    words = scene.line.words
    before = words[place.first - 1] if place.first else ""
    after = words[place.after] if place.after < len(words) else ""
    if after in ("moi", "vua", "bay") and place.after + 1 < len(words):
        after = words[place.after + 1]  # "ba má em ở Mỹ mới về"
    if before in SIDES and after in TURNS_HOME:
        return _verb_before(scene, place.first - 1) is None
    return False


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


def _verb_before(scene: Scene, first: int) -> int | None:
    """The nearest verb of motion before a place within its sentence."""
    line = scene.line
    best = None
    for start, after, _ in line.of("travel_words"):
        if start >= first:
            break
        if line.sentences[start] != line.sentences[first] or first - after > REACH:
            continue
        if line.words[start] in LOCATED and (best is not None or after == start + 1):
            continue
        if after != first and _other_thought(scene, after, first):
            continue
        best = start
    return best


def _other_thought(scene: Scene, start: int, end: int) -> bool:
    """A comma with a new person between verb and place, or a whole new clause."""
    line = scene.line
    return (
        any(start <= person.first < end for person in scene.people if person.who == "other")
        and "," in line.words[start:end]
    )


def _is_home_leg(scene: Scene, trip: Trip, verb: int) -> bool:
    """ "đi Phan Thiết, 9/7 về lại Đà Lạt", "đi Huế rồi bay ra Hà Nội ngày 5": the way home."""
    words = scene.line.words
    if words[verb + 1 : verb + 2] == ["lai"]:
        return True
    if words[verb] == "ve" and "que" not in words[verb : verb + 2]:
        return any(when.first_word > trip.verb for when in scene.whens)
    return False

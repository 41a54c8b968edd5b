"""Words that lead home again, and trips that end on the day they began."""

from itertools import pairwise

from understanding.journeys.trip import Trip
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

OWN = function_words("household.speakers") | {"doan", "con", "chau"}
AGAIN = function_words("stays.again")
LANDS = function_words("stays.lands")
AT_ONCE = function_words("stays.at_once")
"""Behind "về" they bring one home on the same day, unless a day follows."""
BETWEEN = function_words("stays.before_day") | function_words("stays.between") | {"nuoc"}
WITHIN_A_DAY = (
    "trong ngay",
    "di ve luon",
    "ve trong dem",
    "khong ngu lai",
    "khong o lai",
    "khong qua dem",
    "cung ngay",
    "cuoi ngay quay ve",
    "cuoi ngay ve",
    "cuoi ngay toi ve",
    "cuoi ngay em ve",
)
HOMECOMING = frozenset({("ve", "toi"), ("ve", "den"), ("bay", "ve")})
HOME_AGAIN = frozenset({"lai", "toi", "den"})
EVENINGS = frozenset({"chieu", "toi", "trua", "dem", "khuya"})
DONE = frozenset({"la", "viec", "thi", "roi", "em", "e"})
"""Between "xong" and "về"."""
ERRANDS = function_words("stays.errands")
"""Behind a verb of motion they tell why one goes there: "lên thăm", "vô nuôi"."""
MOVED = frozenset({"doi", "lui", "chuyen", "don"})
"""Before a "về" that brings a day nearer, and nobody home."""
REACH, NAME = 6, 2


def home_verbs(scene: Scene, trip: Trip) -> list[tuple[int, int]]:
    """Verbs of motion that lead to no new place: those of coming back; looked for once, as many ask."""
    told = (trip.verb, trip.back)
    if told not in scene.ways_home:
        scene.ways_home[told] = _home_verbs(scene, trip)
    return scene.ways_home[told]


def _home_verbs(scene: Scene, trip: Trip) -> list[tuple[int, int]]:
    line = scene.line
    heads = {place.first: place.after for place in scene.places}
    verbs = []
    for first, after, _ in line.of("travel_home"):
        if first and line.words[first] == "ve" and line.words[first - 1] in MOVED:
            continue
        if first < trip.verb and line.words[first] == "ve" and line.words[after - 1] in HOME_AGAIN:
            verbs.append((first, heads.get(after) or _behind_a_name(scene, after)))
            continue  # "về lại Hội An tối qua, đi Kon Tum vui lắm"
        lands = first > trip.verb and (line.words[first : first + 2] == ["ha", "canh"] or line.typed[first] in LANDS)
        if first > trip.verb and after in heads and (lands or HOMECOMING & set(pairwise(line.words[first:after]))):
            verbs.append((first, heads[after]))  # "…, landed Sài Gòn tối qua", "sáng nay về tới Mộc Bài"
        elif not (_goes_out(scene, trip, first, after) or (not lands and _leads_on(scene, trip, first, after))):
            verbs.append((first, after))
    return verbs


def _behind_a_name(scene: Scene, at: int) -> int:
    """Where the name of a home ends that no list holds: "về lại Vinh chiều qua"."""
    clauses = scene.line.clauses
    days = [when.first_word for when in scene.whens if 0 <= when.first_word - at <= NAME]
    return days[0] if days and clauses[days[0]] == clauses[at - 1] else at


def _goes_out(scene: Scene, trip: Trip, first: int, after: int) -> bool:
    """The trip's own verb or one right before it, "về quê", "lên thăm", the "vào" of a day."""
    line = scene.line
    if first == trip.verb or (0 < trip.verb - first <= 3 and line.clauses[first] == line.clauses[trip.verb]):
        return True
    follower = line.words[after : after + 1]
    if follower == ["que"] or (after == first + 1 and not ERRANDS.isdisjoint(follower)):
        return True
    return line.words[first:after] == ["vao"] and _is_before_a_day(scene, first)


def _leads_on(scene: Scene, trip: Trip, first: int, after: int) -> bool:
    """To a place that is no home of the trip."""
    line = scene.line
    heads = {place.first for place in scene.places}
    titled = after + 1 in heads and line.words[after] in ("que", "tp", "tinh")
    if not (after in heads or titled) or trip.back or line.words[after - 1] == "lai":
        return False
    stays = trip.verb >= 0 and line.words[trip.verb] == "o"
    return not stays and not _is_dated_way_home(scene, trip, first)


def _is_dated_way_home(scene: Scene, trip: Trip, at: int) -> bool:
    """ "T4 tới T6, T7 về HN": home lies where the trip does not lead."""
    return (
        at > trip.verb >= 0
        and scene.line.words[at] == "ve"
        and any(when.after == at and when.first_word > trip.verb for when in scene.whens)
    )


def _is_before_a_day(scene: Scene, at: int) -> bool:
    """The "vào" of "dự lễ vào thứ Sáu" is no way home; behind "em", "mới", "lại" it is."""
    if not any(when.first_word == at + 1 for when in scene.whens) or not at:
        return False
    mine = scene.line.words[at - 1] in OWN
    return not (mine or scene.line.words[at - 1] in AGAIN)


def leads_home(scene: Scene, at: int, homes: set[int]) -> bool:
    """A way home right behind the day that ends before the word `at`, an hour between them or not."""
    words = scene.line.words
    for each in range(at, min(at + REACH, len(words))):
        if each in homes:
            return True
        if words[each] not in BETWEEN and each not in scene.time_words:
            return False
    return False


def home_by_evening(scene: Scene) -> bool:
    """ "sáng mai chiều về": the part of the day before "về" belongs to no other day."""
    words = scene.line.words
    dated = scene.busy_days
    return any(
        words[at] == "ve" and _is_evening(scene, at - 1) and at - 1 not in dated and at - 2 in dated
        for at in range(2, len(words))
    )


def _is_evening(scene: Scene, at: int) -> bool:
    """ "chiều về", "tối về"; in "mai tôi về" nobody comes back in the evening."""
    return scene.line.words[at] in EVENINGS and scene.line.typed[at] not in ("tôi", "tới")


def home_when_done(scene: Scene, trip: Trip) -> bool:
    """ "ghé Buôn Ma Thuột lấy phụ tùng xong là về chiều nay": no night is spent there."""
    words = scene.line.words
    return any(
        words[at] == "xong" and set(words[at + 1 : first]) <= DONE
        for first, _ in home_verbs(scene, trip)
        for at in range(max(first - 3, trip.verb, 0), first)
    )


def _evening_home(scene: Scene, start: int) -> bool:
    """ "đi Hưng Yên, tối về HN": home on the same day, though a place is named."""
    words = scene.line.words
    return "ve" in words[start + 1 :] and any(
        words[at] == "ve" and _is_evening(scene, at - 1) and any(place.first == at + 1 for place in scene.places)
        for at in range(start + 1, len(words))
        if scene.line.sentences[at] == scene.line.sentences[start - 1]
    )


def says_the_same_day(scene: Scene) -> bool:
    """ "ngày 13, chiều cùng ngày về"."""
    return ("cung", "ngay") in pairwise(scene.line.words)


def same_day(scene: Scene, trip: Trip) -> bool:
    """ "sáng đi chiều về", "tối về", "đi về trong ngày"."""
    text = " ".join(scene.line.words)
    if any(said in text for said in WITHIN_A_DAY):
        return True
    if trip.places and _evening_home(scene, trip.places[-1].after):
        return True
    return any(_is_home_today(scene, trip, first, after) for first, after in home_verbs(scene, trip))


def _is_at_once(scene: Scene, at: int) -> bool:
    """The "luôn" of "về luôn", the "ngay" of "làm việc xong về ngay"."""
    line = scene.line
    if at >= len(line):
        return False
    ends = line.words[at + 1 : at + 2] in ([], ["."], [","], ["a"])
    done = line.typed[at] == "ngay" and ends and "xong" in line.words[max(at - REACH, 0) : at]
    return line.words[at] in AT_ONCE or done


def _is_home_today(scene: Scene, trip: Trip, first: int, after: int) -> bool:
    """A way home by the evening, at an hour, or at once."""
    words = scene.line.words
    behind = words[after : after + 3]
    late = any(_is_evening(scene, at) for at in range(max(first - 3, 0), first))
    if late and words[first] != "co":
        return True
    at_once = after - (words[after - 1] in AT_ONCE)
    dated = {when.first_word for when in scene.whens if words[when.first_word - 1] != "trong"}
    if _is_at_once(scene, at_once) and not dated & set(range(after, after + 4)):
        return first > trip.verb
    if scene.time_words.intersection(range(first - 3, first)) and "mai" not in words[first:]:
        return first > trip.verb or first - 1 in scene.time_words
    later = [at for at in range(after, min(after + 2, len(words))) if _is_evening(scene, at)]
    return bool(later) and "mai" not in behind and not "".join(words[later[0] + 1 : later[0] + 2]).isdecimal()

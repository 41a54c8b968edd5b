"""Places that a journey leaves or ends at: "từ Huế về", "ở Lào về", "hạ cánh Nội Bài", "đi Phan Thiết, 9/7 về lại Đà Lạt"."""

from itertools import pairwise

from understanding.journeys.places import Place
from understanding.journeys.trip import Trip
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

SIDES = function_words("destinations.sides")
TURNS_HOME = function_words("destinations.turns_home")
COMES_BACK = function_words("destinations.comes_back")
VISITING = function_words("destinations.visiting")
LANDINGS = frozenset(
    {("ha", "canh"), ("dap", "chuyen"), ("dap", "xuong"), ("vua", "dap"), ("moi", "dap"), ("may", "bay")}
)
EVENINGS = frozenset({"trua", "chieu", "toi", "dem", "khuya"})
GUESTS_REACH = 4
"""So near behind "mẹ em ở Ninh Thuận mới vô" stands what guests do."""
ARRIVES = frozenset({"toi", "den", "duoc", "lai"})
"""Behind "về" they tell that the place is home."""


def is_landing(scene: Scene, trip: Trip, found: list[Trip]) -> bool:
    """ "hạ cánh Nội Bài, chuyến Nhật về": the airport of home beside the place one returns from."""
    words, before = scene.line.words[trip.verb : trip.verb + 2], scene.line.words[max(trip.verb - 1, 0)]
    lands = words in (["ha", "canh"], ["ve", "toi"], ["ve", "den"]) or words[:1] in (["dap"], ["land"], ["landed"])
    lands = (
        lands
        or scene.line.words[trip.verb : trip.verb + 3] == ["xuong", "san", "bay"]
        or (before == "ve" and words[0] in ("toi", "den"))
    )
    return lands and any(other.back or (other.verb < trip.verb and words[0] != "land") for other in found)


def is_start(scene: Scene, first: int) -> bool:
    """ "từ Huế"."""
    return first > 0 and scene.line.words[first - 1] == "tu"


def comes_back(scene: Scene, place: Place) -> bool:
    """ "từ Phan Rang về", "về từ Singapore": the place was where the trip led."""
    words = scene.line.words
    after = words[place.after : place.after + 3]
    before = words[max(place.first - 4, 0) : place.first]
    if _arrives_home(after):
        return True  # "bay từ Paris về tới Nội Bài"
    if "ve" in before or "tro" in before or has_landed(before):
        return True
    return bool(COMES_BACK & set(after)) and not _place_follows(scene, place.after + 3)


def has_landed(before: list[str]) -> bool:
    """ "vừa landing từ Nairobi", "mới xuống máy bay từ Seoul"."""
    pairs = set(pairwise(before))
    return bool({"landing", "landed"} & set(before) or pairs & LANDINGS)


def _place_follows(scene: Scene, at: int) -> bool:
    return any(place.first <= at <= place.after for place in scene.places)


def turns_home(scene: Scene, place: Place) -> bool:
    """ "ở Huế về", "bên Lào về", "trong Sài Gòn ra": a place, and behind it the way back; "ngoài Thanh Hóa vô chơi" is a visitor's."""
    words = scene.line.words
    before = words[place.first - 1] if place.first else ""
    at = place.after
    if words[at : at + 1] and words[at] in ("moi", "vua", "bay") and at + 1 < len(words):
        at += 1  # "ba má em ở Mỹ mới về"
    at = next((when.after for when in scene.whens if when.first_word == place.after), at)  # "ở Huế sáng nay về tới nhà"
    return before in SIDES and words[at : at + 1] != [] and words[at] in TURNS_HOME


def is_visitors_home(scene: Scene, place: Place) -> bool:
    """ "mẹ em ở Ninh Thuận mới vô chơi hôm qua", "bố mẹ vợ ngoài Thanh Hóa vô thăm": the home of who comes to see the writer."""
    line = scene.line
    near = line.words[place.after : place.after + GUESTS_REACH]
    if near[:1] == ["ve"] and any(
        line.means(at, "đón") for at in range(max(place.first - GUESTS_REACH, 0), place.first)
    ):
        return True  # "ra sân bay đón con ở Úc về"
    at = next((at for at, word in enumerate(near) if word in TURNS_HOME), None)
    if at is None or near[at] == "ve" or VISITING.isdisjoint(near[at + 1 :]):
        return False
    person = scene.subject(place.first)
    return line.words[place.first - 1] == "o" or (person is not None and person.who in ("family", "other"))


def arrives_home(words: list[str], first: int) -> bool:
    """ "…, chiều nay về tới Cà Mau", "ngày kia mới về được Buôn Ma Thuột": the words before a place that is home."""
    led = words[max(first - 3, 0) : first]
    return bool(led) and led[-1] in ARRIVES and "ve" in led


def _arrives_home(after: list[str]) -> bool:
    """The "về tới" behind the place one has left."""
    return any(pair[0] == "ve" and pair[1] in ARRIVES for pair in pairwise(after))


def is_home_leg(scene: Scene, trip: Trip, verb: int) -> bool:
    """ "đi Phan Thiết, 9/7 về lại Đà Lạt", "đi Huế rồi bay ra Hà Nội ngày 5", "tối về HN": the way home."""
    words = scene.line.words
    if words[verb + 1 : verb + 2] == ["lai"] or (words[verb] == "ve" and words[verb - 1] in EVENINGS):
        return True
    if words[verb] == "ve" and words[verb - 1] in ("duong", "xe", "tau"):
        return True  # "dang tren duong ve HN"
    if words[verb] == "ve" and "que" not in words[verb : verb + 2]:
        return any(when.first_word > trip.verb for when in scene.whens)
    return False

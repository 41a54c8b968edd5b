"""The day of coming home that no day names: "giờ mới về tới nhà", "vừa đáp chuyến từ Seoul", "khuya mới về"."""

from datetime import date
from itertools import pairwise

from understanding.journeys.trip import Stay, Trip
from understanding.journeys.ways_home import home_verbs
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

JUST = function_words("stays.just")
LANDED = function_words("stays.landed")
ARRIVED = frozenset({("toi", "noi"), ("toi", "nha"), ("den", "nha"), ("den", "noi"), ("toi", "ben"), ("hoi", "nay")})
NOW = frozenset({"gio", "chu", "nay"})
JUST_NOW = frozenset({"gio", "nay", "hien"})
LATE = frozenset({"khuya", "dem", "toi", "chieu"})
RIDING = frozenset(
    {("tren", "xe"), ("tren", "duong"), ("tren", "tau"), ("len", "xe"), ("duong", "quay"), ("duong", "tro")}
)
HOMEWARD = frozenset({"ve", "ra", "vo", "vao", "len", "xuong", "lai"})
NEAR = 5
REACH = 6


def homecoming(scene: Scene, trip: Trip, out: date | None) -> date | None:
    """The day one is back on where none is named: today, when one has just come home, or will only late in the day."""
    if trip.back:
        return scene.today if is_home(scene, trip) or _has_landed(scene, trip) else None
    if out is not None and out > scene.today:
        return None
    if is_home_before(scene, trip) or _is_on_the_way_home(scene, trip):
        return scene.today
    homes = [(first, after) for first, after in home_verbs(scene, trip) if first > trip.verb]
    by_now = any(
        _is_by_now(scene, first) or _is_only_late(scene, first) or _is_back_already(scene, first, after)
        for first, after in homes
    )
    return scene.today if by_now else None


def _has_landed(scene: Scene, trip: Trip) -> bool:
    """ "vừa hạ cánh Nội Bài, chuyến Nhật về", "từ Đà Nẵng lên tới nơi"."""
    words = scene.line.words
    arrived = ARRIVED & set(pairwise(words[trip.places[-1].after :]))
    landed = LANDED & set(words[: trip.verb]) and words[max(trip.verb - 2, 0)] in ("chuyen", ",")
    return bool(arrived or landed)


def _is_by_now(scene: Scene, home: int) -> bool:
    """ "từ thứ Bảy tới giờ mới qua cửa khẩu về": until now, and no hour."""
    line = scene.line
    return any(
        line.words[at] in NOW
        and line.words[at + 1] in ("moi", "vua")
        and at not in scene.time_words
        and not line.words[max(at - 1, 0)].isdecimal()
        for at in range(max(home - REACH, 0), home - 1)
    )


def _is_back_already(scene: Scene, home: int, after: int) -> bool:
    """ "đi Hòa Bình lúc 5h sáng, giờ về tới cơ quan rồi": as told just now."""
    words = scene.line.words
    return bool(JUST_NOW & set(words[max(home - 2, 0) : home])) and "roi" in words[after : after + NEAR]


def _is_only_late(scene: Scene, home: int) -> bool:
    """ "chắc khuya mới về tới Sài Gòn"."""
    words = scene.line.words
    late = words[max(home - 2, 0) : home - 1] if words[home - 1] in ("moi", "la") else []
    return bool(LATE & set(late)) and not any(when.after > home - 4 and when.first_word < home for when in scene.whens)


def is_home(scene: Scene, trip: Trip) -> bool:
    """ "vừa landing từ Nairobi", "em mới ở Huế về": back already, today if no day is named."""
    line = scene.line
    near = range(max(trip.verb - NEAR, 0), min(trip.places[-1].after + 2, len(line)))
    return any(line.words[at] in JUST and not _is_only_then(scene, at) for at in near)


def _is_only_then(scene: Scene, at: int) -> bool:
    """The "mới" of "hết tuần này tôi mới rời Cao Bằng": not before a day to come."""
    return any(when.last > scene.today and 0 <= at - when.after <= 1 for when in scene.whens)


def comes_straight_back(scene: Scene, trip: Trip, stay: Stay) -> bool:
    """ "hôm nay có 2 người đi Trung Quốc về": the day is that of coming back."""
    if not trip.places or stay.depart is None or stay.depart > scene.today or scene.durations:
        return False
    at = trip.places[-1].after
    words = scene.line.words
    dated = any(0 <= when.first_word - at <= 2 for when in scene.whens)
    goes = "di" in words[trip.verb : trip.verb + 2]
    return goes and words[at : at + 1] == ["ve"] and not dated


def is_home_before(scene: Scene, trip: Trip) -> bool:
    """ "em về lại Huế rồi, đi Đắk Lắk từ thứ 2": back already, told in a clause before where one was."""
    line = scene.line
    if trip.verb < 1 or "roi" not in line.bag:
        return False
    return any(
        line.words[first] == "ve"
        and line.clauses[first] < line.clauses[trip.verb]
        and any(line.words[at] == "roi" and line.clauses[at] == line.clauses[first] for at in range(after, trip.verb))
        for first, after, _ in line.of("travel_home")
    )


def _is_on_the_way_home(scene: Scene, trip: Trip) -> bool:
    """ "đi Hội An từ bữa qua, chừ đang trên xe ra", "xuống Nam Định rồi, đang trên đường về"."""
    line = scene.line
    return not RIDING.isdisjoint(pairwise(line.words)) and any(
        tuple(line.words[at - 2 : at]) in RIDING
        and line.words[at] in HOMEWARD
        and line.clauses[at] > line.clauses[trip.verb]
        for at in range(max(trip.verb + 1, 2), len(line))
    )

"""When a trip begins and ends: which of the days named is the going, which the coming back."""

import itertools
from datetime import date, timedelta
from itertools import pairwise

from understanding.dates import When
from understanding.dates.weeks import is_weekday
from understanding.dates.when import end_of
from understanding.journeys.homecomings import comes_straight_back, homecoming, is_home, is_home_before
from understanding.journeys.trip import Stay, Trip
from understanding.journeys.verbs import LOCATED, STAYING
from understanding.journeys.ways_home import (
    BETWEEN,
    LANDS,
    home_by_evening,
    home_verbs,
    home_when_done,
    leads_home,
    same_day,
    says_the_same_day,
)
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.scene import Scene

ON_THE_WAY = function_words("stays.on_the_way")
SINCE = function_words("stays.since")
OVER_VERBS = function_words("stays.over_verbs")
JUST_NOW = frozenset(itertools.product(("moi", "vua", "da"), OVER_VERBS)) | {("ve", "roi"), ("vua", "roi")}

BEFORE_DAY = function_words("stays.before_day")
REACH = 6
LAST_MONTH = timedelta(days=45)
WEEK = timedelta(days=7)


def stay_of(scene: Scene, trip: Trip, days: list[When], bounds: tuple[int, int]) -> Stay:
    """Departure and return from the days and lengths of time that belong to a trip."""
    stay = Stay()
    over = _is_over(scene, trip)
    is_ahead = False
    for when in days:
        if trip.back and (stay.depart or stay.back):
            break
        since = (trip.back or over) and when.back and when.first > scene.today and _is_since(scene, when)
        behind = when._replace(first=when.back, last=when.back) if since and when.back else _behind(scene, when)
        if trip.back and behind.first > scene.today and is_home(scene, trip):
            continue  # "vừa đáp chuyến từ Tokyo về, mai em nghỉ bù"
        meant = behind if over else _in_a_week(scene, when)
        is_ahead |= meant.first > scene.today
        stay = _with_day(scene, trip, stay, meant)
    if stay.back is None and comes_straight_back(scene, trip, stay) and not same_day(scene, trip):
        stay = Stay(None, stay.depart, 0.7)
    if trip.back and stay.back is None:
        stay = Stay(None, stay.depart or homecoming(scene, trip, None), stay.certainty)
    elif trip.verb >= 0 and stay.back is None and not is_ahead:
        stay = stay._replace(back=homecoming(scene, trip, stay.depart))
    if trip.back and stay.depart is None:
        stay = stay._replace(depart=_left_on(scene, days))
    stay = _in_order(stay, days)
    return _with_length(scene, trip, stay, bounds)


def _in_a_week(scene: Scene, when: When) -> When:
    """The "t3 em mới vô làm" told on a Tuesday is the next one."""
    words = scene.line.words
    late = "moi" in words[when.after : when.after + 2]
    if when.first != scene.today or not late or not is_weekday(scene.line, when):
        return when
    return when._replace(first=when.first + WEEK, last=when.last + WEEK)


def _is_since(scene: Scene, when: When) -> bool:
    """ "về tới nhà từ tối thứ Năm"."""
    at, words = when.first_word - 1, scene.line.words
    while at > 0 and words[at] in BEFORE_DAY:
        at -= 1
    return at >= 0 and words[at] == "tu"


def _left_on(scene: Scene, days: list[When]) -> date | None:
    """ "về tối qua, đi từ thứ sáu", "…, đi coi mô hình bên đó từ hôm thứ tư": the day behind "đi … từ"."""
    words, clauses = scene.line.words, scene.line.clauses
    for when in days:
        led = words[max(when.first_word - 2, 0) : when.first_word] + words[when.first_word : when.first_word + 1]
        since = "di" in led[:2] and SINCE & set(led[1:]) and "ve" not in led
        went = [at for at in range(when.first_word) if words[at] == "di" and clauses[at] == clauses[when.first_word]]
        if since or (went and words[went[0] - 1] == "," and "tu" in led):
            return when.back if when.first > scene.today else when.first
    return None


def _is_over(scene: Scene, trip: Trip) -> bool:
    """ "mới đi … về", "vừa ở … ra", "về rồi": the days named lie behind."""
    if trip.back:
        return True
    words = scene.line.words
    if "mai" in words:
        return False
    if JUST_NOW.isdisjoint(itertools.pairwise(words)):
        return is_home_before(scene, trip)
    ends = {when.after for when in scene.whens if words[when.after : when.after + 1] != ["vua"]}
    ends |= {length.after for length in scene.durations}  # "2 tháng mới ra"
    ends |= {end + 1 for end in ends if words[end + 1 : end + 2] == ["moi"]}  # "thứ hai em mới lên"
    told = any(pair in JUST_NOW and at not in ends for at, pair in enumerate(itertools.pairwise(words)))
    return told or is_home_before(scene, trip)


def _behind(scene: Scene, when: When) -> When:
    if (
        when.sort == "day"
        and when.first > scene.today
        and when.back
        and scene.today - when.back < min(LAST_MONTH, when.first - scene.today)
    ):
        return when._replace(first=when.back, last=when.back)
    return when


def _with_day(scene: Scene, trip: Trip, stay: Stay, when: When) -> Stay:  # noqa: PLR0911  one exit for each rule reads best
    out, back, sure = stay
    if when.sort == "period":
        named = scene.line.words[max(when.first_word - 1, 0) : when.after]
        weekend = {"cuoi", "tuan"} <= set(named)
        return Stay(when.first, back or when.last, 0.6) if weekend and out is None else Stay(out, back, 0.6)
    sure = min(sure, when.certainty)
    if when.sort == "since":
        return Stay(out or when.first, back, sure)
    if when.sort == "range":
        inside = out is not None and when.first < out <= when.last
        if inside and back is None:  # "lễ 2/9 em đi từ 30/8 đến 3/9": the feast is no day of going
            return Stay(when.first, when.last, min(sure, 0.85))
        apart = out is not None and not when.first <= out <= when.last  # "rằm này thầy đi Huế từ 14 đến 17"
        return Stay(out or when.first, when.last, min(sure, 0.7) if apart else sure)
    if back is not None and out is not None and _goes_to_work(scene.line.words[when.after : when.after + REACH]):
        return stay
    if _is_return(scene, trip, when):
        leaves = out is None and trip.verb >= 0 and _is_told_twice(scene.line, when)
        return Stay(when.first if leaves else out, _return_day(scene, _nearer(scene, out, when)), sure)
    if out is None:
        return Stay(when.first, back, sure)
    if back is None and when.first < out and scene.line.words[max(when.first_word - 1, 0)] == "tu":
        return Stay(
            when.first, None, min(sure, 0.85)
        )  # "lễ 2/9 em về quê 3 ngày từ 31/8": the feast is no day of going
    if back is None and when.first >= out:
        return Stay(out, when.first, min(sure, 0.7))
    return Stay(out, back, min(sure, 0.6))


def _is_told_twice(line: Line, when: When) -> bool:
    """ "nghiệm thu sáng mai, chiều mai về": the same day of going and of coming back."""
    return sum(when.first_word <= first < when.after for first, _, _ in line.of("day_words")) > 1


def _nearer(scene: Scene, out: date | None, when: When) -> When:
    """ "thứ Sáu tuần trước em về ngoại, đến tối Chủ nhật mới quay lại": the Sunday behind a day of going that has passed."""
    if out is None or out >= scene.today or when.back is None or when.back < out or when.first - out <= WEEK:
        return when
    return when._replace(first=when.back, last=when.back, back=None)


def _return_day(scene: Scene, when: When) -> date:
    """ "thứ Hai đi làm lại": back the day before."""
    words = scene.line.words[when.after : when.after + REACH]
    return when.first - timedelta(days=1) if _goes_to_work(words) else when.first


def _goes_to_work(words: list[str]) -> bool:
    """ "đi làm lại", "vô làm", "lên làm" before any "về"."""
    return any(
        words[at + 1 : at + 2] == ["lam"] and word in ("di", "vo", "vao", "len", "ra") and "ve" not in words[:at]
        for at, word in enumerate(words)
    )


def _is_return(scene: Scene, trip: Trip, when: When) -> bool:
    """A day right before or after "về", "lên", "vô lại" …; or after "đến", "tới", "hết"."""
    words = scene.line.words
    behind = words[when.after : when.after + REACH]
    if ("moi", "di") in pairwise(behind) and not _goes_to_work(behind):
        return False  # "tới thứ sáu tui mới đi lận"
    before = when.first_word - 1
    while before >= 0 and words[before] in BEFORE_DAY and not _is_until(scene.line, before):
        before -= 1
    if before >= 0 and _is_until(scene.line, before):
        return True
    homes = home_verbs(scene, trip)
    for _, end in homes:
        if 0 <= when.first_word - end <= 2 and all(
            word in BETWEEN or (word == "tu" and words[end - 1] == "ve") for word in words[end : when.first_word]
        ):
            apart = _is_apart(scene, when, trip)
            return apart or not 0 <= trip.verb - when.after <= 2
    dated = {other.first_word for other in scene.whens}
    return leads_home(scene, when.after, {start for start, end in homes if end not in dated})


def _is_apart(scene: Scene, when: When, trip: Trip) -> bool:
    """ "về lại Huế tối qua, đi Lào vui lắm": the day stands in the clause before that of the trip."""
    clauses = scene.line.clauses
    return trip.verb >= 0 and clauses[when.after - 1] < clauses[trip.verb]


def _is_until(line: Line, at: int) -> bool:
    return line.means(at, "đến", "hết", "tới") and not (line.words[at] == "toi" and at == 0)


def _in_order(stay: Stay, days: list[When]) -> Stay:
    """ "thứ 2 tuần sau đi, thứ 4 về": the weekday after the day of going; "chiều chủ nhật đi, sáng nay về rồi": the one before."""
    if stay.depart is None or stay.back is None or stay.back >= stay.depart:
        return stay
    gone = next((when.back for when in days if when.first == stay.depart and when.back), None)
    if gone is not None and timedelta() <= stay.back - gone < LAST_MONTH:
        return stay._replace(depart=gone)
    week = timedelta(days=7)
    named = any(when.first == stay.back and when.back == stay.back - week for when in days)
    later = stay.back + week
    return stay._replace(back=later) if named and later >= stay.depart else stay._replace(certainty=0.6)


def _with_length(scene: Scene, trip: Trip, stay: Stay, bounds: tuple[int, int]) -> Stay:
    lengths = [
        length
        for length in scene.durations
        if length.sort == "length"
        and bounds[0] <= length.first < bounds[1]
        and length.first not in scene.muted
        and length.first not in scene.busy_days
        and length.days > 0
    ]
    if stay == Stay() and trip.verb >= 0 and same_day(scene, trip) and not lengths:
        return Stay(None if _is_staying(scene, trip) else scene.today, scene.today, 0.75)
    if stay.depart is None and not trip.back and (_is_on_the_way(scene, trip) or _has_just_arrived(scene, trip)):
        stay = stay._replace(depart=scene.today, certainty=min(stay.certainty, 0.8))
    if stay.depart and stay.back is None:
        if lengths:
            unit = scene.line.words[lengths[0].after - 1]
            sure = 0.7 if unit == "thang" else stay.certainty
            back = end_of(stay.depart, lengths[0].days, unit)
            return stay._replace(back=back, certainty=min(sure, stay.certainty))
        if same_day(scene, trip):
            return stay._replace(back=stay.depart)
    if stay.back and stay.depart is None and not trip.back and _is_out_for_the_day(scene, trip, stay.back):
        return stay._replace(depart=stay.back)
    if stay.back and stay.depart is None and lengths and not trip.back:
        return stay._replace(depart=stay.back - timedelta(days=lengths[0].days - 1), certainty=0.7)
    return stay


def _is_staying(scene: Scene, trip: Trip) -> bool:
    """ "kẹt ở Đà Nẵng", "đang trên Cần Thơ": there already, since a day not told."""
    words = scene.line.words
    return words[trip.verb] in LOCATED or bool(STAYING & set(words[max(trip.verb - 2, 0) : trip.verb]))


def _is_out_for_the_day(scene: Scene, trip: Trip, back: date) -> bool:
    """ "sáng đi chiều về", "xong là về", "vô Đà Nẵng nhận vắc xin, chiều ni ra", "đi Long An họp rồi chiều mới về"."""
    if home_by_evening(scene) or home_when_done(scene, trip) or says_the_same_day(scene):
        return True
    goes = 0 <= trip.verb < len(scene.line) and not _is_staying(scene, trip)
    return goes and back == scene.today and not _is_over(scene, trip) and same_day(scene, trip)


def _has_just_arrived(scene: Scene, trip: Trip) -> bool:
    """ "Đáp Phú Quốc lúc 3h chiều rồi nha": arrived today where one was going."""
    words = scene.line.words
    if trip.verb < 0:
        return False
    lands = scene.line.typed[trip.verb] in LANDS or words[trip.verb : trip.verb + 2] == ["ha", "canh"]
    lands = lands or "check" in words[max(trip.verb - 2, 0) : trip.verb + 1]
    clause = scene.line.clauses[trip.verb]
    return lands and any(word in ("roi", "xong") and scene.line.clauses[at] == clause for at, word in enumerate(words))


def _is_on_the_way(scene: Scene, trip: Trip) -> bool:
    """ "đang trên đường ra Hà Nội" leaves today; who is there already, "đang ở Huế", left on a day not told."""
    words = scene.line.words
    if trip.verb > 0 and scene.line.means(trip.verb - 1, "chờ"):
        return True  # "đang ở sân bay chờ bay ra Hà Nội"
    near = [at for at in range(max(trip.verb - 4, 0), trip.verb) if words[at] == "dang"]
    return bool(near) and words[near[-1] + 1] in ON_THE_WAY and "cong" not in words[near[-1] : trip.verb + 3]

"""What a correction changes: the new figures, days, places, symptoms, status."""

from datetime import date, timedelta

from understanding.corrections.told_later import has_company, is_of_coming_back, works_until_then
from understanding.corrections.units_mixed_up import right_unit
from understanding.counting.bare_tables import with_sum
from understanding.counting.counts import blocks
from understanding.counting.measures import is_code
from understanding.dates import When
from understanding.dates.when import day_of_month
from understanding.illness.symptoms import symptoms
from understanding.illness.temperature import temperatures
from understanding.journeys.stays import stay_of
from understanding.journeys.trip import Trip
from understanding.kind import slot
from understanding.mishaps.victims import only_tells_where
from understanding.persons.household import GROUP, OTHER, SELF
from understanding.phrases.lexicon import function_words
from understanding.presences.absence_days import LISTING
from understanding.reading import Slot
from understanding.scene import Scene

SPEAKERS = function_words("household.speakers")
SHIFTED = function_words("correction.shifted")
FAR_AHEAD = timedelta(days=100)
"""What lies further ahead is told, not changed: "còn 8 tháng nữa là bác hưu"."""
HARMED = frozenset({"thuong", "sao", "gi", "trong"})
VEHICLES = frozenset({"xe", "tau", "ghe", "doan", "do"})
"""Who came in one of these is a guest."""
ONLY = frozenset({"thoi", "chi"})
WORKERS = function_words("tables.workers")


def changes_of(scene: Scene, target: str, old: frozenset[int]) -> dict[str, Slot | None]:
    """The slots a message gives anew for a report of this kind; words that tell the old value are left out."""
    found = READERS[target](scene, old) if target in READERS else {}
    return {name: each for name, each in found.items() if each is not None and each.value not in (None, [], {})}


def _only_so_many(scene: Scene, old: frozenset[int]) -> int | None:
    """ "ca 3 có 7 người thôi": those who are there, whatever is told of somebody behind."""
    if "thoi" not in scene.line.bag:
        return None
    words = scene.line.words
    nouns = {after for first, after, value in scene.line.of("people_nouns") if value == "person"}
    return next(
        (
            int(number.value)
            for number in scene.numbers
            if number.first not in old
            and words[max(number.first - 1, 0)] in ("co", "con")
            and number.after + 1 in nouns
            and words[number.after + 1 : number.after + 2] == ["thoi"]
        ),
        None,
    )


def _count_changes(scene: Scene, old: frozenset[int]) -> dict[str, Slot | None]:
    if (left := _only_so_many(scene, old)) is not None:
        return {
            "values": Slot({"present": left}),
            "unit": slot(next((name for _, _, name in scene.units if name), None)),
        }
    parts = [with_sum(scene, block) for block in blocks(scene, old)]
    wrong = {name for first, _, name in scene.units if first in old}  # "cộng thiếu ca chiều"
    values = {name: value for block in parts for name, value in block.values.items()}
    unit = next((block.unit for block in parts if block.unit and block.unit not in wrong), None)
    if "total" in values and "present" not in values and not _names_total(scene):
        values = {"present": values.pop("total"), **values}
    if not values:
        taken = scene.busy_days | scene.time_words | scene.words_of_units
        numbers = [
            n
            for n in scene.numbers
            if n.first not in old | taken | scene.muted and not is_code(scene.line.words[n.first : n.after])
        ]
        if not numbers:
            return {"unit": slot(right_unit(scene))}
        unit = next((name for _, _, name in scene.units if name), None)
        values = {_field_of(scene, numbers[0].after, old): int(numbers[0].value)}
    days = [
        when for when in scene.whens if when.sort == "day" and when.first < scene.today and when.first_word not in old
    ]  # not the day of "em gửi nhầm của hôm qua, số bữa nay là 22"
    if any(when.sort == "day" and when.first == scene.today for when in scene.whens):
        days = []  # "em gửi nhầm của hôm qua, khách hôm nay là 15 lượt"
    return {"values": Slot(values), "unit": slot(unit), "date": slot(days[0].first) if days else None}


def _names_total(scene: Scene) -> bool:
    """Without it a figure before the others corrects the number of those present: "nhầm, 13 vắng 1"."""
    return bool(scene.ratios) or any(value == "total" for _, _, value in scene.line.of("count_fields"))


def _field_of(scene: Scene, after: int, old: frozenset[int]) -> str:
    """The figure that is named; else heads ("27 bé thôi") are those present, anything else visitors."""
    line = scene.line
    told = [each for each in line.of("count_fields") if each[0] not in old and not scene.is_trapped(each[0], each[1])]
    beside = [value for first, _, value in told if line.clauses[first] == line.clauses[after - 1]]
    counted = any(first == after and value == "person" for first, _, value in line.of("people_nouns"))
    fields = beside if counted else [value for _, _, value in told]  # "7 người thôi, Đạt xin nghỉ"
    heads = any(first == after and line.words[first] not in SPEAKERS for first, _, _ in line.of("people_nouns"))
    workers = any(name and line.words[first] in WORKERS for first, _, name in scene.units)
    named = any(
        after < first and end < len(line) and line.raw[end][:1].isupper() for first, end, _ in line.of("people_nouns")
    )  # "10 mới đúng, quên đếm ông Tư"
    if not fields and heads and not workers and VEHICLES & line.bag:
        return "visitors"  # "hăm bảy người lận, đếm sót xe sau"
    return fields[0] if fields else "present" if heads or workers or named else "visitors"


def _travel_changes(scene: Scene, old: frozenset[int]) -> dict[str, Slot | None]:
    names = [
        place.name for place in scene.places if place.first not in old and place.first not in scene.muted and place.name
    ]
    days = [
        when
        for when in scene.whens
        if when.first_word not in old and when.first_word not in scene.muted and not _stays_so(scene, when.first_word)
    ]
    days = days or _bare_days(scene, old)
    if len(scene.line.of("symptoms")):
        days = [when for when in days if not _is_of_illness(scene, when)]
    end = 0 if SHIFTED & scene.line.bag else len(scene.line)  # "lùi 1 ngày": by how much, not how long
    stay = stay_of(scene, Trip(-9, tuple(scene.places)), days, (0, end))
    if stay.back and not stay.depart and works_until_then(scene):
        stay = stay._replace(depart=stay.back, back=None)
    if stay.depart and not stay.back and all(is_of_coming_back(scene, when) for when in days):
        stay = stay._replace(depart=None, back=stay.depart)
    return {
        "destinations": slot(list(dict.fromkeys(names))),
        "depart": slot(stay.depart if not _stays_longer(scene) or not stay.back else None),
        "return": slot(stay.back),
        **(_other_person(scene, old) or {"who": slot(GROUP if has_company(scene) else None)}),
    }


def _is_of_illness(scene: Scene, when: When) -> bool:
    """ "con em sốt từ tối qua nên thôi em không đi nữa": the day of the illness dates no trip."""
    clauses = scene.line.clauses
    return when.first <= scene.today and any(
        clauses[at] == clauses[when.first_word] for at, _, _ in scene.line.of("symptoms")
    )


def _stays_longer(scene: Scene) -> bool:
    """ "ở lại thêm 2 ngày, thứ 6 mới vào": only the way back changes."""
    return "them" in scene.line.words and bool(scene.durations)


def _bare_days(scene: Scene, old: frozenset[int]) -> list[When]:
    """ "về tới 26 chứ không phải 25": after a trip a lone number is a day."""
    found = []
    named = {first for kind in ("not_counts", "duration_units", "people_nouns") for first, _, _ in scene.line.of(kind)}
    taken = old | scene.muted | scene.time_words | {length.first for length in scene.durations}
    for number in scene.numbers:
        if number.first in taken or number.after in named or not scene.line.words[number.first].isdecimal():
            continue
        ahead, back = day_of_month(int(number.value), scene.today) if 1 <= number.value <= 31 else (None, None)
        if ahead is not None:
            found.append(When(number.first, number.after, ahead, ahead, back=back, certainty=0.85))
    return found


def _stays_so(scene: Scene, at: int) -> bool:
    """ "về vẫn thứ bảy": what is no change."""
    return at > 0 and scene.line.words[at - 1] == "van"


def _other_person(scene: Scene, old: frozenset[int]) -> dict[str, Slot | None]:
    """ "không phải chị Thoa mà chị Thơm", "không phải em đi, chị Lan đi": who takes the place of the wrong one."""
    if not any(person.first in old for person in scene.people):
        return {}
    new = next((each for each in scene.people if each.name and each.first not in old), None)
    if new is None:
        return {}
    myself = any(person.who == SELF and person.first in old for person in scene.people)
    return {"name": slot(new.name), "who": slot(OTHER if myself else None)}


def _symptom_changes(scene: Scene, old: frozenset[int]) -> dict[str, Slot | None]:
    heat = [each for each in temperatures(scene.line) if not any(scene.line.starts[at] == each.start for at in old)]
    ills = [ill for ill in symptoms(scene.line) if ill.first not in scene.muted]
    has = sorted({ill.code for ill in ills if not ill.denied and ill.first not in old})
    denied = sorted({ill.code for ill in ills if ill.denied or ill.first in old})
    days = [
        day
        for when in scene.whens
        if when.first_word not in old and (day := when.first if when.first <= scene.today else when.back)
    ]
    person = next((each for each in scene.people if each.who == OTHER and each.first not in old), None)
    return {
        "temperature_c": slot(heat[-1].value if heat else None),
        "symptoms": slot(has),
        "negated": slot(denied),
        "onset": slot(days[0] if days else None),
        "who": slot(person.who if person else None),
        "name": slot(person.name if person else None),
    }


def _incident_changes(scene: Scene, old: frozenset[int]) -> dict[str, Slot | None]:
    """How many it was: a number right before a noun of people."""
    nouns = {first for first, _, _ in scene.line.of("people_nouns")}
    people = [
        number
        for number in scene.numbers
        if number.after in nouns and number.first not in old | scene.muted and not only_tells_where(scene, number.first)
    ]
    sorts = [value for first, _, value in scene.line.of("incident_words") if first not in old]
    turned = any(first in old for first, _, _ in scene.line.of("incident_words"))
    told = scene.line.of("incident_words")
    units = [name for first, _, name in scene.units if name and first not in old | scene.muted and not told]
    return {
        "people": slot(int(people[0].value) if people else 0 if _is_nobody_hurt(scene) else None),
        "unit": slot(units[0] if units else None),
        **_other_person(scene, old),
        "type": slot(sorts[0] if sorts and turned else None),
    }


def somebody_named(scene: Scene) -> dict[str, Slot | None]:
    """Whose incident is taken back: "c Hiền test lại âm tính"."""
    named = next((person for person in scene.people if person.name and person.first not in scene.muted), None)
    return {} if named is None else {"name": Slot(named.name, None, named.certainty)}


def _is_nobody_hurt(scene: Scene) -> bool:
    """ "chứ không có ai bị thương", "không ai bị sao"."""
    words = scene.line.words
    return any(
        words[at] == "khong" and "ai" in words[at + 1 : at + 3] and HARMED & set(words[at + 2 : at + 6])
        for at in range(len(words) - 2)
    )


def _presence_changes(scene: Scene, old: frozenset[int]) -> dict[str, Slot | None]:
    kept = _kept_at_work(scene) if _absent_otherwise(scene) else set()
    days = [
        when
        for when in scene.whens
        if when.first_word not in old
        and when.first_word not in scene.muted
        and when.sort != "period"
        and when.first - scene.today < FAR_AHEAD
        and scene.line.clauses[when.first_word] not in kept
    ] or _bare_days(scene, old)
    status = [
        value
        for first, _, value in scene.line.of("presence_words")
        if first not in old and scene.line.words[max(first - 1, 0)] not in ("khoi", "khong")
    ]
    first = days[0] if days else None
    words = scene.line.words
    if first is not None and words[first.after : first.after + 1] == ["moi"] and status[:1] == ["office"]:
        return {"until": slot(first.first - timedelta(days=1))}  # "xin thêm 1 ngày, thứ Sáu mới đi làm"
    until = first is not None and first.first_word and words[first.first_word - 1] in ("den", "toi", "het")
    if until and status[:1] == ["office"]:
        status = []  # "hết 8 thôi, 9 có mặt": what comes after the absence
    return {
        "date": slot(first.first if first and not until else None),
        "until": slot(first.last if first and (until or first.last != first.first) else _last_listed(scene, days)),
        "status": slot(status[0] if status else None),
        **_other_person(scene, old),
    }


def _last_listed(scene: Scene, days: list[When]) -> date | None:
    """ "nghỉ 12 với 15 cơ": the last of the days named in a row."""
    between = scene.line.words[days[0].after : days[-1].first_word] if len(days) == 2 else ["."]
    return days[1].last if set(between) <= LISTING and days[1].last > days[0].first else None


def works_after_all(scene: Scene) -> bool:
    """ "đổi ý rồi, mai em vẫn đi làm": no absence at all."""
    return bool(_kept_at_work(scene)) and not _absent_otherwise(scene)


def _kept_at_work(scene: Scene) -> set[int]:
    """The clauses of "vẫn đi làm"."""
    line = scene.line
    told = line.of("presence_words")
    return {line.clauses[at] for at, _, value in told if value == "office" and at and line.words[at - 1] == "van"}


def _absent_otherwise(scene: Scene) -> bool:
    """ "em nghỉ thứ 6 thôi, thứ 5 vẫn đi làm": another clause keeps an absence and its day."""
    line, kept = scene.line, _kept_at_work(scene)
    absent = {line.clauses[at] for at, _, value in line.of("presence_words") if value in ("leave", "home", "field")}
    return any(line.clauses[when.first_word] in absent - kept for when in scene.whens) and bool(ONLY & line.bag)


READERS = {
    "count": _count_changes,
    "travel": _travel_changes,
    "symptom": _symptom_changes,
    "presence": _presence_changes,
    "incident": _incident_changes,
}

"""At the office, working from home, on leave, out on duty, off sick."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from understanding.dates import When
from understanding.kind import Found, report, slot, whose
from understanding.persons.household import FAMILY, GROUP, OTHER, SELF, Person
from understanding.phrases.lexicon import function_words
from understanding.phrases.settle import Match
from understanding.presences.absence_days import (
    day_of,
    day_of_the_question,
    is_back_at_work,
)
from understanding.presences.listed_absences import Absence, listed_absences
from understanding.presences.part_of_a_day import is_of_an_hour, is_of_what_was_called
from understanding.presences.posts import in_passing
from understanding.presences.presence_words import counts, is_kin, stands_in, unless_denied
from understanding.presences.told_days import told_days
from understanding.presences.whereabouts import busy_outside, whereabouts
from understanding.reading import Report, Slot
from understanding.scene import Scene

OUTDOORS = function_words("presence.outdoors")
PLACED = frozenset(("dang", side) for side in ("ngoai", "duoi", "tren", "trong"))
PLAIN_YES = function_words("presence.plain_yes")

IN_TURN = frozenset({"phien", "nhau"})
IN_TURN_BY = frozenset({("thay", "phien"), ("luan", "phien"), ("chia", "nhau"), ("xoay", "nhau")})
NOT_HIRED = frozenset({"sinh", "tru", "quan", "nhay", "truyen", "vien"})
OWN = function_words("units.own")
CAME = function_words("presence.came")
AWAY = function_words("presence.away")
BUILT_OVER = frozenset({"office", "leave", "field"})
PASSING = 0.75
"""Told beside other matters, in words that no list holds: asked about."""
PAIR, REACH = 2, 3
RANK = {"sick": 0, "home": 1, "leave": 2, "field": 3, "office": 4}


def read_presence(scene: Scene, used: frozenset[int]) -> Found:
    found = Found()
    if listed := listed_absences(scene):
        for absence in listed:
            _report_listed(scene, found, absence)
        return found
    if _tells_of_no_one(scene):
        return found
    matches = [match for match in scene.matches("presence_words") if match[0] not in used]
    if len(matches) == 1:
        matches = [unless_denied(scene, matches[0])]
    matches = [match for match in matches if counts(scene, match, used)] if matches else []
    built = [match for match in whereabouts(scene) if match[0] not in used]
    if built and all(match[2] in BUILT_OVER for match in matches):
        matches = [*built, *(match for match in matches if match[2] == built[0][2])]
    passing = [match for match in in_passing(scene) if match[0] not in used and _is_news(scene, match, matches)]
    matches += passing
    matches = [match for match in matches if not _ends_absence(scene, match, matches)]
    if not matches and scene.context.endswith("checkin"):
        matches = _answer(scene)
    for group in _by_day(scene, matches) if matches else ():
        best = _of_the_house(scene, group) or min(group, key=lambda match: (RANK[match[2]], match[0]))
        if _is_of_a_past_while(scene, best, used):
            continue
        report_presence(scene, found, best, used)
        if best in passing or is_of_an_hour(scene, best) or is_of_what_was_called(scene, best):
            found.reports[-1] = replace(found.reports[-1], certainty=min(found.reports[-1].certainty, PASSING))
    return found


def _of_the_house(scene: Scene, group: list[Match]) -> Match | None:
    """ "đang ở công ty, vừa xuống xưởng 2": at work, and just gone from one room of it to another."""
    words = scene.line.words
    if len(group) < PAIR:
        return None
    here = [match for match in group if match[2] == "office" and words[match[0]] == "dang"]
    moved = {match for match in group if match[2] == "field" and match[0] and words[match[0] - 1] in ("vua", "moi")}
    return here[0] if here and {here[0], *moved} == set(group) else None


def _tells_of_no_one(scene: Scene) -> bool:
    """Turns that a list sets, a place that is advertised, a delegation from above: "anh em thay phiên nghỉ", "cty bạn em tuyển dev, remote"."""
    line = scene.line
    if not line.bag.isdisjoint(IN_TURN) and IN_TURN_BY & set(pairwise(line.words)):
        return True
    hiring = "tuyen" in line.bag and any(
        pair[0] == "tuyen" and pair[1] not in NOT_HIRED and line.means(at, "tuyển")
        for at, pair in enumerate(pairwise(line.words))
    )
    visiting = line.words[:1] == ["doan"] and line.means(0, "đoàn") and OWN.isdisjoint(line.words[1:2])
    return hiring or (visiting and not scene.context)


def _answer(scene: Scene) -> list[Match]:
    """A short answer to "Anh chị đã có mặt chưa?" in words that no list holds."""
    line = scene.line
    if _plain_yes(scene) or _is_at_post(scene):
        outside = any(line.means(at, *OUTDOORS) for at in range(len(line)))
        return [(0, len(line), "field" if outside else "office")]
    return busy_outside(scene)


def _ends_absence(scene: Scene, match: Match, matches: list[Match]) -> bool:
    """The "thứ Sáu mới đi làm lại" of one who is ill: the day of coming back is the end of the absence, nothing of its own."""
    if match[2] not in ("office", "field"):
        return False
    return any(
        is_back_at_work(scene, when, away) and when.after <= match[0] <= when.after + REACH
        for away in matches
        for when in scene.whens
    )


def _report_listed(scene: Scene, found: Found, absence: Absence) -> None:
    """One line of a list of those who are away, on the day that its heading names."""
    person = absence.person
    day = next((when for when in scene.whens if when.sort in ("day", "range")), None)
    found.reports.append(
        report(
            "presence",
            PASSING,
            status=Slot(absence.status, scene.line.span(person.first, person.after)),
            date=slot(day.first if day else scene.today, None, 0.9),
            until=slot(day.last if day and day.last != day.first else None, None, 0.9),
            who=Slot(OTHER, None, person.certainty),
            name=slot(person.name),
        )
    )
    found.words.update(range(person.first, person.after))


def _is_of_a_past_night(scene: Scene, match: Match) -> bool:
    """ "bé Ngân trực đêm qua kêu mệt": when the duty was, and over."""
    return any(match[0] < when.first_word <= match[1] + 1 and when.last < scene.today for when in scene.whens)


def _is_of_a_past_while(scene: Scene, match: Match, used: frozenset[int]) -> bool:
    """ "tuần rồi 142 cont ra cảng", "tháng trước em trực suốt": a span of days that is over."""
    if not any(when.sort == "period" and when.last < scene.today for when in scene.whens):
        return False
    when = day_of(scene, match, used)
    return when is not None and when.sort == "period" and when.last < scene.today


def _is_news(scene: Scene, match: Match, matches: list[Match]) -> bool:
    """Said in passing, and not told already in words that a list holds."""
    told = [*matches, *scene.line.of("presence_words")]
    if any(match[0] < other[1] and other[0] < match[1] for other in told):
        return False
    return not (stands_in(scene, match) or _is_of_a_past_night(scene, match))


def _plain_yes(scene: Scene) -> bool:
    """ "Dạ có ạ" to "Anh chị đã có mặt chưa?"."""
    words = {word for word in scene.line.words if word.isalnum()}
    return "co" in words and words <= PLAIN_YES


def _is_at_post(scene: Scene) -> bool:
    """ "tui đang ở bến rồi" to a check-in: wherever this one works, unless it is home, a town, or a sickbed."""
    line = scene.line
    words = [at for at, word in enumerate(line.words) if word.isalnum()]
    if not 2 <= len(words) <= 9 or scene.places or line.of("symptoms"):
        return False
    pairs = set(pairwise(line.words))
    said = [line.words[at] for at in words if line.words[at] not in PLAIN_YES]
    came = said[:1] and said[0] in CAME and "roi" in line.words  # "dạ em vô từ 4 giờ sáng rồi"
    there = came or pairs & {("dang", "o"), ("toi", "roi"), ("den", "roi"), *PLACED}
    return bool(there) and not AWAY & line.bag


def _by_day(scene: Scene, matches: list[Match]) -> list[list[Match]]:
    """Statements of one sentence are one, unless people or statuses clearly differ ("sáng ở nhà, chiều lên cơ quan")."""
    line = scene.line
    groups = [matches[:1]]
    for match in matches[1:]:
        person = scene.subject(match[0])
        for group in groups:
            other = scene.subject(group[0][0])
            same_day = (
                line.sentences[group[0][0]] == line.sentences[match[0]]
                or match[2] == group[0][2]
                or {match[2], group[0][2]} <= {"sick", "leave"}
            )
            if (
                same_day
                and not _is_of_other_day(scene, group[0], match)
                and (person.name if person else None) == (other.name if other else None)
            ):
                group.append(match)
                break
        else:
            groups.append([match])
    return groups


def _is_of_other_day(scene: Scene, first: Match, match: Match) -> bool:
    """ "trực hết hôm nay, mai nghỉ bù": each with a day in its own clause; "2/10 đi làm lại" only ends the absence."""
    if first[2] == match[2] or {first[2], match[2]} <= {"sick", "leave"}:
        return False
    words = scene.line.words
    if "lai" in words[match[0] : match[1] + 1] or words[match[0] : match[1]] == ["di", "lam"]:
        return False
    days = [_own_day(scene, each) for each in (first, match)]
    return None not in days and days[0] != days[1]


def _own_day(scene: Scene, match: Match) -> date | None:
    clauses = scene.line.clauses
    return next((when.first for when in scene.whens if clauses[when.first_word] == clauses[match[0]]), None)


def report_presence(scene: Scene, found: Found, match: Match, used: frozenset[int]) -> None:
    line = scene.line
    when = day_of(scene, match, used) or day_of_the_question(scene, match)
    person = _whose(scene, match)
    who = person.who if person else SELF
    days = told_days(scene, match, when)
    status = "sick" if match[2] == "leave" and who in (SELF, OTHER) and _own_illness(scene, who) else match[2]
    told = report(
        "presence",
        _certainty(scene, match, person, when),
        status=Slot(status, line.span(match[0], match[1])),
        date=slot(
            days.first, line.span(when.first_word, when.after) if when else None, when.certainty if when else 0.9
        ),
        until=slot(days.last, None, 0.9),
        days=slot(days.how_many),
        **whose(person),
    )
    found.reports += _of_each_day(told, days.apart) if days.apart else [told]
    found.words.update(range(match[0], match[1]))


def _whose(scene: Scene, match: Match) -> Person | None:
    """The subject; of a child's illness the parent, of so many people of a unit they, of "sếp" the one that was named."""
    person = scene.subject(match[0])
    if person is not None and person.who == FAMILY:
        person = _parent(scene, person)
    counted = person is None or (person.who == SELF and scene.is_counted(person))
    if counted and any(name and after <= match[0] for _, after, name in scene.units):
        return Person(match[0], match[0], OTHER, None, 0.7)  # "tổ tuần tra số 2 gồm 6 đồng chí đi mốc"
    if person is None or person.who != OTHER or person.name is not None:
        return person
    return _named_before(scene, person) if scene.line.words[person.first] in ("sep", "lanh") else person


def _of_each_day(told: Report, days: tuple[date, ...]) -> list[Report]:
    """ "Tôi trực 14/2 và 21/2": one report a day."""
    slots = {name: each for name, each in told.slots.items() if name != "until"}
    return [replace(told, slots={**slots, "date": slots["date"]._replace(value=day)}) for day in days]


def _named_before(scene: Scene, person: Person) -> Person | None:
    """ "Em thay mặt sếp Hoàng báo: chiều nay sếp …": the head named before; without a name it is the writer."""
    words = scene.line.words
    named = [each for each in scene.people if each.name and each.first < person.first]
    titled = [each for each in named if words[person.first] in (words[each.first], words[max(each.first - 1, 0)])]
    return titled[-1] if titled else None


def _own_illness(scene: Scene, who: str) -> bool:
    from understanding.illness.symptoms import symptoms

    line = scene.line
    if ("nghi", "phep") in pairwise(line.words):
        return False
    return any(
        not ill.denied and ailing.who == who and not (who == OTHER and is_kin(scene, ailing))
        for ill in symptoms(line)
        if ill.first not in scene.muted
        for ailing in (scene.subject(ill.first) or SELF_PERSON,)
    )


def _parent(scene: Scene, person: Person) -> Person | None:
    """ "Chị Trâm con bị sốt, xin nghỉ": the colleague named before her child asks leave."""
    line = scene.line
    named = [
        each
        for each in scene.people
        if each.name and each.first < person.first and line.sentences[each.first] == line.sentences[person.first]
    ]
    return named[-1] if named and person.first - named[-1].after <= NEAR else None


NEAR = 3
SELF_PERSON = Person(0, 0, SELF)


def _certainty(scene: Scene, match: Match, person: Person | None, when: When | None) -> float:
    if any(value in ("joke", "wish") for _, _, value in scene.line.of("moods")):
        there = match[2] == "office" and scene.line.words[match[1] : match[1] + 1] == ["roi"]
        return 0.6 if match[2] in ("home", "leave") or there or scene.context else 0.4
    if person is not None and (person.certainty < 0.8 or person.who == GROUP):
        return 0.7
    return 0.9 if when or scene.context or match[2] != "leave" else 0.75

"""Where somebody is, said in passing: "em ở trụ sở nha", "mai tui trực", "xuống mấy hộ tiêm", "trạm có thằng Tý trực"."""

from understanding.persons.household import FAMILY, OTHER
from understanding.phrases.gates import gate
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.phrases.normalize import fold
from understanding.phrases.settle import Match
from understanding.presences.arrivals import ARRIVING, end_of_workplace, has_arrived, inside_from
from understanding.presences.whereabouts import REACH, is_work
from understanding.scene import Scene

AT = function_words("posts.at")
AT_POST = AT | ARRIVING | {"truc"}
FILLERS = function_words("posts.fillers")
BEHIND = function_words("posts.behind")
NOT_DUTY = function_words("posts.not_duty")
SITES = function_words("posts.sites")
BARE_SITES = frozenset(fold(word) for word in SITES)
MOTION = function_words("posts.motion")
ERRANDS = function_words("posts.errands")
PLEASURES = function_words("posts.pleasures")
OBJECT_OF = function_words("posts.object_of")
SOME = function_words("units.some")
RUNS = "chay"
WATCH = function_words("posts.watch")
BARE_WATCH = frozenset(map(fold, WATCH))
KEPT = function_words("posts.kept")
SIGNS = frozenset({"truc", RUNS}) | BARE_SITES | BARE_WATCH
"""One of these words stands in such a message, or one of those of `whereabouts`."""
NEAR = 4
BETWEEN = 7


def in_passing(scene: Scene) -> list[Match]:
    """The first word, the word behind, and the status; at most one of each status."""
    line = scene.line
    finders = [find for find, needs in FINDERS if line.gates & needs == needs]
    if not finders or "?" in line.bag or any(value == "news" for _, _, value in line.of("moods")):
        return []
    found: dict[str, Match] = {}
    for find in finders:
        if (match := find(scene)) and match[0] not in scene.muted:
            found.setdefault(match[2], match)
    return list(found.values())


def _at_post(scene: Scene) -> Match | None:
    """ "e ở trụ sở nha", "tui trực tới sáng", "đang ngồi phòng máy": the writer, or a colleague with a name."""
    line = scene.line
    for at, word in [(at, word) for at, word in enumerate(line.words) if word in AT_POST]:
        if end := (word in AT and _place_behind(line, at)) or (word in ARRIVING and has_arrived(line, at)):
            match = (at, end, "office")
        elif word == "truc" and line.means(at, "trực") and _is_duty(line, at):
            match = (at, at + 1, "office")
        else:
            continue
        if _told_by(scene, at) and _ends_well(scene, match[1]):
            return match
    return None


def _keeps_watch(scene: Scene) -> Match | None:
    """ "4h tui vô bến canh xe", "chú Sáu coi trạm": what is kept is the place of work."""
    line = scene.line
    if any(place.name for place in scene.places):
        return None
    for at in range(len(line) - 1):
        if line.typed[at] not in WATCH or line.typed[at + 1] not in KEPT or not (scene.whens or scene.time_words):
            continue
        person = scene.subject(at)
        known = person is not None and person.who != FAMILY and (person.who != OTHER or person.name)
        if known and person is not None and line.clauses[person.first] == line.clauses[at]:
            return at, at + 2, "office"
    return None


def _place_behind(line: Line, at: int) -> int:
    """The word behind the place of work that follows; nought if none does."""
    if not line.means(at, "ở", "tại", "ngồi", "đứng", "đậu", "đỗ"):
        return 0
    return end_of_workplace(line, inside_from(line, at + 1))


def _is_duty(line: Line, at: int) -> bool:
    """ "trực đêm nay", "trực tới sáng"; not "trực thuộc", "lịch trực"."""
    before, behind = line.words[at - 1] if at else "", line.words[at + 1] if at + 1 < len(line) else ""
    return behind not in NOT_DUTY and before not in NOT_DUTY


def _told_by(scene: Scene, at: int) -> bool:
    """Right behind the person, or at the head of the message, with nothing but days and small words between."""
    line = scene.line
    person = scene.subject(at)
    if person is None:
        start = 0
    elif person.who == FAMILY or (person.who == OTHER and not person.name):
        return False
    elif person.first and line.words[person.first - 1] in OBJECT_OF:
        return False  # "gặp em ở trụ sở nhé"
    else:
        start = person.after
    dated = scene.busy_days | scene.time_words
    between = [each for each in range(start, at) if each not in dated and line.words[each] not in FILLERS]
    return not between and (person is not None or line.words[:1] != ["ai"])


def _ends_well(scene: Scene, at: int) -> bool:
    """What follows is the end, a day, an hour, or a small word: not the name of another house."""
    line = scene.line
    if at >= len(line) or not line.words[at].isalnum() or line.words[at] in BEHIND:
        return True
    dated = scene.busy_days | scene.time_words
    parts = {first for first, _, _ in line.of("day_parts")}
    return at in dated or at in parts or is_work(line, at)


def _out_at_a_site(scene: Scene) -> Match | None:
    """ "xuống mấy hộ tiêm", "ra trại giống": a way to where the work is, with a day, or what is done there."""
    line = scene.line
    if any(place.name and place.first not in scene.muted for place in scene.places):
        return None
    for at, word in enumerate(line.words):
        stays = word == "o" and (line.words[max(at - 1, 0)] == "dang" or _ends_a_person(scene, at))
        if not (stays or word in MOTION) or at in scene.muted or not (end := _site_behind(line, at)):
            continue
        person = scene.subject(at)
        if person is None or person.who == FAMILY or (person.who == OTHER and not person.name):
            continue
        if line.clauses[person.first] == line.clauses[at] and at - person.after <= BETWEEN and _is_for_work(scene, end):
            return at, end, "field"
    return None


def _ends_a_person(scene: Scene, at: int) -> bool:
    return any(person.after == at for person in scene.people)


def _site_behind(line: Line, at: int) -> int:
    units = {first for first, _, _ in line.of("units")} if line.words[at] == RUNS else ()
    for each in line.behind(at, NEAR):
        if each in units and line.words[each - 1] in SOME:
            return each + 1  # "chạy mấy trường cài phần mềm"
        if line.typed[each] in SITES or (not line.has_marks and line.words[each] in BARE_SITES):
            return 0 if line.words[each + 1 : each + 2] == ["ve"] else each + 1
    return 0


def _is_for_work(scene: Scene, at: int) -> bool:
    line = scene.line
    clause = [each for each in range(at, min(at + REACH, len(line))) if line.clauses[each] == line.clauses[at - 1]]
    if PLEASURES & {line.typed[each] for each in clause}:
        return False
    works = any(is_work(line, each) or line.typed[each] in ERRANDS for each in clause)
    return works or scene.context.endswith("checkin") or bool(scene.whens)


FINDERS = (
    (_at_post, gate(AT_POST)),
    (_keeps_watch, gate(BARE_WATCH)),
    (_out_at_a_site, gate(MOTION | {"o"}) | gate(BARE_SITES | {RUNS})),
)
"""Each with the gates it needs open."""

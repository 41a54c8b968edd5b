"""Which words of presence tell of somebody's place of work, and which only look like it."""

from itertools import pairwise

from understanding.journeys.no_visits import is_site
from understanding.persons.household import FAMILY, GROUP, OTHER, SELF, Person
from understanding.phrases.lexicon import function_words, lexicon
from understanding.phrases.line import Line
from understanding.phrases.settle import Match
from understanding.presences.leave_words import asks_leave, is_ill_leave, is_sent_home
from understanding.presences.whereabouts import is_for_a_child
from understanding.scene import Scene

NO_ABSENCE = function_words("presence.no_absence")
JUST = function_words("presence.just")
BOASTS = frozenset({"ke", "khoe"})
FEASTS = frozenset({"le", "tet"})
VEHICLES = function_words("presence.vehicles")
TO_WORK = function_words("presence.to_work")


def unless_denied(scene: Scene, match: Match) -> Match:
    """ "bữa nay tui hông có ra ủy ban được": not going to the office is an absence."""
    first, after, status = match
    line = scene.line
    to_work = status in ("office", "field") and line.words[first] in TO_WORK and after - first > 1
    at = first - 1 - (line.words[first - 1] == "co")
    if not to_work or at < 0 or not line.means(at, "không") or "?" in line.words or scene.subject(first) is None:
        return match
    return at, after, "leave"


def _is_plain(words: str, status: str) -> bool:
    """Words that may as well mean something else: they need a person, a day, or a request beside them."""
    return lexicon("plain_presence").get(words) == status


def counts(scene: Scene, match: Match, used: frozenset[int]) -> bool:
    """Do these words tell that somebody of the house is there or away?"""
    person = scene.subject(match[0])
    if (
        _is_of_the_family(scene, match, person)
        or _is_no_notice(scene, match, person)
        or _is_asked(scene, match, person)
    ):
        return False
    if _is_called_off(scene.line, match[0]) or _is_a_figures_name(scene.line, match):
        return False
    return _fits_its_status(scene, match, person, used)


def _fits_its_status(scene: Scene, match: Match, person: Person | None, used: frozenset[int]) -> bool:
    """What each status asks for besides."""
    first, after, value = match
    words = " ".join(scene.line.words[first:after])
    if value == "sick":
        return is_ill_leave(scene, match) and not _is_told_of_somebody(scene, match, person, used)
    if value == "leave":
        return not is_sent_home(scene, first) and (not _is_plain(words, "leave") or asks_leave(scene, match))
    if value == "home":
        return not is_for_a_child(scene.line, first)
    if value == "field":
        return _goes_out(scene, match, words, person)
    if value == "office":
        elsewhere = _is_of_another_house(scene.line, match) or (scene.places and _is_told(scene, match, used))
        return not elsewhere and _is_here(scene, match, words, used)
    return True


def _is_of_another_house(line: Line, match: Match) -> bool:
    """ "đang ở công ty Thiên Ân": a company with a name is not the one where one works."""
    at = match[1]
    named = at < len(line) and line.raw[at].istitle() and line.sentences[at] == line.sentences[at - 1]
    return named and tuple(line.words[max(at - 2, 0) : at]) == ("cong", "ty")


def _is_of_the_family(scene: Scene, match: Match, person: Person | None) -> bool:
    """Of a child, a mother: not of the house; nor of those of a colleague."""
    if person is None or not (person.who == FAMILY or (person.who == OTHER and is_kin(scene, person))):
        return False
    return match[2] == "sick" or scene.line.clauses[person.first] == scene.line.clauses[match[0]]


def _is_no_notice(scene: Scene, match: Match, person: Person | None) -> bool:
    """Of some people or a vehicle, gossip, a feast, a rule of every week."""
    line, first = scene.line, match[0]
    of_nobody = person is None and (_is_of_some_people(scene, first) or _is_of_vehicle(line, first))
    return of_nobody or _is_gossip(scene, first, person) or _is_of_a_feast(scene) or _is_of_each_week(line)


def _is_asked(scene: Scene, match: Match, person: Person | None) -> bool:
    """ "ai ngồi phòng trực tối nay vậy", "ở cơ quan hay ở nhà", "ae cứ nghỉ khỏe", "khi tôi nằm viện hồi tháng Mười"."""
    first, after, value = match
    words = scene.line.words
    before = words[first - 1] if first else ""
    recalled = value == "sick" and words[after : after + 1] == ["hoi"]
    is_own = person is not None and person.after == first
    one_of_two = "hay" in (before, *words[after : after + 1])
    return before in ("ai", "cu") or one_of_two or recalled or (before in NO_ABSENCE and not is_own)


def _is_called_off(line: Line, first: int) -> bool:
    """ "hủy xin nghỉ"."""
    cancelled = [at for at, _, sign in line.of("correction_words") if sign == "cancel"]
    return bool(cancelled) and any(at < first and line.clauses[at] == line.clauses[first] for at in cancelled)


def _is_a_figures_name(line: Line, match: Match) -> bool:
    """ "Nghỉ phép: 2"."""
    return line.words[match[1] : match[1] + 1] == [":"] and any(match[0] == at for at, _, _ in line.of("count_fields"))


def _is_told_of_somebody(scene: Scene, match: Match, person: Person | None, used: frozenset[int]) -> bool:
    """An illness of somebody else that is told already, unless it is only said of him by name that he is away."""
    if person is None or person.who != OTHER or not _is_told(scene, match, used):
        return False
    return not (person.name and not scene.line.of("symptoms"))


def is_kin(scene: Scene, person: Person) -> bool:
    """The "cháu nhà chị ấy" of a colleague."""
    return person.after - person.first > 2 and scene.line.words[person.after - 1] == "ay"


def _is_gossip(scene: Scene, at: int, person: Person | None) -> bool:
    """ "bạn em kể công ty nó cho wfh", "nghe khoe được nghỉ 10 ngày": what friends tell of elsewhere."""
    line = scene.line
    if BOASTS.isdisjoint(line.bag) or (person is not None and person.name is not None):
        return False
    return any(line.means(each, "kể", "khoe") and line.sentences[each] == line.sentences[at] for each in range(at))


def _is_of_a_feast(scene: Scene) -> bool:
    """ "Mai nghỉ Tết dương lịch, thứ Sáu cả phòng làm bình thường": what everybody does is no notice of somebody's."""
    words = scene.line.words
    if FEASTS.isdisjoint(words) or any(person.who not in ("", GROUP) for person in scene.people) or scene.context:
        return False
    return any(word == "nghi" and FEASTS & set(words[at + 1 : at + 3]) for at, word in enumerate(words))


def _is_of_each_week(line: Line) -> bool:
    """ "công ty cho làm ở nhà thứ Sáu hàng tuần": a rule, no day of somebody's."""
    return "hang" in line.bag and ("hang", "tuan") in pairwise(line.words)


def _is_of_vehicle(line: Line, at: int) -> bool:
    """ "Xe 14A đi đăng kiểm", "máy in đi bảo hành": the sentence opens with a thing, and nobody is told of."""
    first = at
    while first and line.sentences[first - 1] == line.sentences[at]:
        first -= 1
    return first < at and line.words[first] in VEHICLES


def _is_of_some_people(scene: Scene, at: int) -> bool:
    """ "cơ quan có 3 ng nghỉ ốm": a figure, nobody's own absence."""
    ends = {number.after for number in scene.numbers}
    return any(after == at and first in ends for first, after, _ in scene.line.of("people_nouns"))


def _is_told(scene: Scene, match: Match, used: frozenset[int]) -> bool:
    """Another report of the same sentence already says it: "sốt, nhập viện", "về tối 29, 4/5 đi làm lại"."""
    return any(scene.line.sentences[at] == scene.line.sentences[match[0]] for at in used)


def _goes_out(scene: Scene, match: Match, words: str, person: Person | None) -> bool:
    line = scene.line
    if {"luc", "khi"} & set(line.words[max(match[0] - 2, 0) : match[0]]) and line.of("incident_words"):
        return False  # "bị chó cắn lúc bắt lấy mẫu"
    if any(
        line.sentences[place.first] == line.sentences[match[0]] and place.first not in scene.muted
        for place in scene.places
        if not is_site(scene, place, place.first - 1)
    ):
        return False
    dated = any(line.sentences[when.first_word] == line.sentences[match[0]] for when in scene.whens) or bool(
        line.of("day_parts")
    )
    away = "co quan" in " ".join(line.words) or scene.context.endswith("checkin")
    if _is_plain(words, "field"):
        return (
            person is not None
            and (dated or away)
            and (words != "hop" or away or (person.who == SELF and "di" in line.words))
        )
    known = person is not None and (person.who != OTHER or person.name is not None)
    return known or dated or away


def stands_in(scene: Scene, match: Match) -> bool:
    """ "chị Út xin vắng, em ngồi quầy thay": only who is away is told of."""
    behind = scene.line.words[match[1] : match[1] + 2]
    away = scene.line.of("symptoms") or any(
        value in ("leave", "sick") for _, _, value in scene.line.of("presence_words")
    )
    return bool(away) and bool({"thay", "giup", "ho", "gium", "dum"} & set(behind))


def _is_here(scene: Scene, match: Match, words: str, used: frozenset[int]) -> bool:
    line = scene.line
    if stands_in(scene, match):
        return False
    if "duong" in line.words[max(match[0] - 3, 0) : match[0]]:
        return False
    if scene.context.endswith("checkin"):
        return True
    if words == "co mat":
        follower = line.words[match[1]] if match[1] < len(line) else ""
        numbers = [number for number in scene.numbers if number.first not in scene.time_words]
        figures = [*(number.after for number in numbers), *(ratio.after for ratio in scene.ratios)]
        counted = any(0 <= match[0] - after <= 3 for after in figures)
        return (
            not counted
            and not (follower in ("o", "tai", "truoc") and line.words[match[1] + 1 : match[1] + 2] != ["co"])
            and not used
        )
    if _is_plain(words, "office"):
        person = scene.subject(match[0])
        near = (match[0] and line.words[match[0] - 1] in JUST) or line.words[match[1] : match[1] + 1] in (
            ["roi"],
            ["lai"],
            ["nghen"],
            ["nha"],
            ["binh"],
        )
        return not used and person is not None and person.who == SELF and bool(near) and len(line) < 14
    return True

"""That somebody is well, said or answered."""

from understanding.kind import Found, report, whose
from understanding.persons.household import GROUP, SELF, Person
from understanding.phrases.lexicon import function_words
from understanding.reading import Slot
from understanding.scene import Scene

BETWEEN = function_words("wellbeing.between")
PLAIN_NO = function_words("wellbeing.plain_no")

STRONG_WELL = function_words("symptom.strong_well")


def report_well(scene: Scene, found: Found, used: frozenset[int]) -> None:
    line = scene.line
    asked = scene.context.endswith("health_check")
    if not asked and "wellness" not in line.found:
        return
    wells = [match for match in scene.matches("wellness") if match[0] not in used]
    wells = [match for match in wells if asked or set(line.words[match[0] : match[1]]) & STRONG_WELL]
    wells = [match for match in wells if not _is_of_those_tested(scene, match[0])]
    wells = [match for match in wells if line.words[max(match[0] - 1, 0) : match[1]] != ["suc", "khoe"]]
    if not wells and asked:
        wells = _plain_no(scene)
    if not wells or any(match[0] in used for match in wells):
        return
    for match in wells if asked else wells[:1]:
        _report_one(scene, found, match, asked=asked)


def _is_of_those_tested(scene: Scene, at: int) -> bool:
    """The "âm tính cả" of "trạm test 5 người, âm tính cả": of them, not of the writer."""
    line = scene.line
    if line.words[at : at + 2] != ["am", "tinh"]:
        return False
    nouns = {first for first, _, _ in line.of("people_nouns")}
    return any(number.after in nouns and number.after <= at for number in scene.numbers)


def _report_one(scene: Scene, found: Found, match: tuple[int, int, str], *, asked: bool) -> None:
    line = scene.line
    first, after, _ = match
    person = _whole_house(scene, first) or scene.subject(first)
    topic = (
        asked
        or scene.context == "after:symptom"
        or bool(line.of("health_topics"))
        or (line.words[first] in ("khoe", "het") and line.words[first:after] != ["het", "roi"])
        or (person is not None and person.who != GROUP)
    )
    who = person.who if person else SELF
    beside = bool(found.reports)
    if any(each.get("who") == who for each in found.reports):
        return
    if beside and (person is None or who == GROUP or not _is_said_of(scene, person.after, first)):
        return
    if any(each.get("who") == GROUP and not each.get("symptoms") for each in found.reports):
        return  # "cả phòng bình thường, không ai ho sốt": said once for all
    if not topic or _denied_well(scene, first) or not (asked or beside or not _is_small_talk(scene, first, after)):
        return
    span = line.span(first, after)
    found.reports.append(
        report(
            "symptom",
            0.9 if asked or line.of("health_topics") else 0.75,
            symptoms=Slot([], span),
            negated=Slot([], span),
            **whose(person),
        )
    )
    found.words.update(range(first, after))


def _whole_house(scene: Scene, first: int) -> Person | None:
    """The "cả nhà" right before "khỏe": not called upon, but told of."""
    words = scene.line.words
    at = first - (words[max(first - 1, 0)] in BETWEEN)
    return Person(at - 2, at, GROUP, None, 0.85) if words[max(at - 2, 0) : at] == ["ca", "nha"] else None


def _is_said_of(scene: Scene, start: int, first: int) -> bool:
    """ "còn em thì khỏe", "Bản thân: tốt": nothing but small words between the person and the word."""
    return all(word in BETWEEN for word in scene.line.words[start:first])


def _plain_no(scene: Scene) -> list[tuple[int, int, str]]:
    """ "không ạ", "dạ không", "không có" to "Anh chị có triệu chứng gì không?"."""
    words = [word for word in scene.line.words if word not in PLAIN_NO]
    if words == ["khong"]:
        at = scene.line.words.index("khong")
        return [(at, at + 1, "well")]
    return []


def _denied_well(scene: Scene, first: int) -> bool:
    before = scene.line.words[max(first - 2, 0) : first]
    return bool({"khong", "chua", "chuc", "mong"} & set(before))


def _is_small_talk(scene: Scene, first: int, after: int) -> bool:
    """ "khỏe" inside a longer line of other matters is no report of health."""
    line = scene.line
    if line.of("health_topics"):
        return False
    if scene.places and scene.whens and _stands_alone(scene, first, after):
        return False  # "… về quê, mùng 6 lên lại; cả nhà khỏe"
    if line.words[first] in ("trong", "hoan", "nguoi"):
        return False  # "trong người hoàn toàn bình thường"
    if line.words[first] == "am" and scene.subject(first) is not None:
        return False
    rest = len(line) - (after - first)
    return rest > 10 or line.words[first] in ("binh", "tot", "on")


def _stands_alone(scene: Scene, first: int, after: int) -> bool:
    """A clause of nothing but whose health it is, at the end of the message."""
    line = scene.line
    clause = [at for at in range(len(line)) if line.clauses[at] == line.clauses[first] and line.words[at].isalnum()]
    person = _whole_house(scene, first) or scene.subject(first)
    told = person is not None and person.first == clause[0] and _is_said_of(scene, person.after, first)
    return told and not any(word.isalpha() for word in line.words[max(clause[-1] + 1, after) :])

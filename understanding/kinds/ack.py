""" "Đã nhận", "rõ ạ", "ok chị": an answer to a notice or an order."""

from understanding.kind import Found, report
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

LONGEST = 30
"""A clause of more words is no mere acknowledgement."""
LONGEST_REST = 4
"""So many words of a clause may be unknown to the list: what was read, understood, agreed to."""
UNDERSTOOD = function_words("ack.understood")
NUMBERED = function_words("ack.numbered")
WAITING = function_words("ack.waiting")
OPENED = function_words("ack.opened")
OPENERS = function_words("ack.openers")


def read_ack(scene: Scene, used: frozenset[int]) -> Found:
    found = Found()
    values = {value for _, _, value in scene.line.of("ack_words")}
    if not values & {"strong", "weak"} or _asks(scene) or _puts_off(scene):
        return found
    if (
        scene.context.endswith("notice")
        and OPENED & set(scene.line.words[:2])
        and not used
        and len(scene.line) <= LONGEST
    ):
        found.reports.append(report("ack", 0.85))
        return found
    for words in _clauses(scene)[:3]:
        sort = _sort(scene, words)
        if sort == "weak" and used and not scene.context.endswith("notice"):
            return found
        if sort in ("strong", "weak") and not any(at in used for at in words) and _may_stand(scene, sort, words):
            found.reports.append(report("ack", _certainty(scene, sort, words)))
            found.words.update(words)
            return found
        if sort not in ("polite", "weak"):
            return found
    return found


def _asks(scene: Scene) -> bool:
    line = scene.line
    if any(value == "question" and first not in scene.trapped for first, _, value in line.of("moods")):
        return True
    if "?" in line.bag:
        return True
    return "chua" in line.bag and len(line.words) < 8 and any(line.means(at, "chưa") for at in range(len(line.words)))


def _puts_off(scene: Scene) -> bool:
    """ "Đợi tôi hỏi lại văn phòng đã", "để em coi lại đã": first something else."""
    if "da" not in scene.line.bag:
        return False
    words = [word for word in scene.line.words if word.isalnum()]
    return len(words) > 2 and words[-1] == "da" and not WAITING.isdisjoint(words[:3])


def _clauses(scene: Scene) -> list[list[int]]:
    """The writer's own clauses, from the left."""
    clauses: dict[int, list[int]] = {}
    for at, clause in enumerate(scene.line.clauses):
        if at not in scene.muted:
            clauses.setdefault(clause, []).append(at)
    signs = {first for first, _, value in scene.line.of("ack_words") if value in ("strong", "weak")}
    return [
        words
        for words in clauses.values()
        if [at for at in words if scene.line.words[at].isalnum() or at in signs]  # "👍" answers as well as a word
    ]


def _sort(scene: Scene, words: list[int]) -> str:
    """strong, weak, polite (no more than address and thanks), or other."""
    line = scene.line
    inside = [match for match in line.of("ack_words") if words[0] <= match[0] <= words[-1]]
    if len(words) > LONGEST or any(value == "goods" for _, _, value in inside):
        return "other"
    strong = [match for match in inside if match[2] == "strong"]
    rest = [at for at in words if line.words[at].isalnum() and not _is_known(scene, at)]
    if strong:
        return (
            "strong"
            if len(rest) <= _allowed(scene, strong[0][0], strong[0][1], words) and not _tells_more(scene, rest, words)
            else "other"
        )
    if rest:
        return "other"
    weak = {line.words[first] for first, _, value in inside if value == "weak"}
    thanks = "cam on" in " ".join(line.words[at] for at in words)
    return "weak" if weak - ({"da", "vang"} if thanks else set()) else "polite"


def _is_known(scene: Scene, at: int) -> bool:
    line = scene.line
    if line.words[at].isdecimal() or (at and line.words[at - 1] in ("/", "-")):
        reach = 2 if line.words[at].isdecimal() and not line.is_glued(at) else 4
        return bool(NUMBERED & set(line.words[max(at - reach, 0) : at]))
    return (
        any(first <= at < after and value != "goods" for first, after, value in line.of("ack_words"))
        or any(person.first <= at < person.after for person in scene.people if person.name)
        or any(first <= at < after for first, after, _ in scene.units)
    )


def _allowed(scene: Scene, first: int, after: int, words: list[int]) -> int:
    """Reading and agreeing may have any object; what is "nhận" must be a known paper, else it is a parcel or wages."""
    line = scene.line
    if scene.context.endswith("notice"):
        return LONGEST_REST + 2
    unknown_before = sum(not _is_known(scene, at) for at in words if at < first and line.words[at].isalnum())
    if unknown_before > 1:
        return 0
    return LONGEST_REST if line.words[after - 1] in UNDERSTOOD else 1


def _tells_more(scene: Scene, rest: list[int], words: list[int]) -> bool:
    """ "đồng ý cho cô Lan nghỉ" decides something; it acknowledges nothing."""
    line = scene.line
    if not rest or scene.context.endswith("notice"):
        return False
    return any(
        first in words for kind in ("presence_words", "count_fields", "symptoms") for first, _, _ in line.of(kind)
    )


def _may_stand(scene: Scene, sort: str, words: list[int]) -> bool:
    """A bare "ok", "rõ", "vâng" must be (nearly) the whole message, open it, or answer a notice."""
    line = scene.line
    tail = [at for at in range(words[-1] + 1, len(line.words)) if line.words[at].isalnum()]
    if sort == "strong" or not tail or scene.context.endswith("notice"):
        return sort == "strong" or len([at for at in words if line.words[at].isalnum()]) <= 9
    later = [_sort(scene, each) for each in _clauses(scene) if each[0] > words[-1]]
    if any(each == "strong" for each in later[:2]):
        return True
    return line.words[words[0]] in OPENERS and len(tail) <= 12


def _certainty(scene: Scene, sort: str, words: list[int]) -> float:
    tail = len(scene.line) - 1 - words[-1]
    if sort == "strong":
        return 0.95 if tail < 8 else 0.85
    return 0.9 if scene.context.endswith("notice") or tail <= 1 else 0.75

""" "Đã nhận", "rõ ạ", "ok chị": an answer to a notice or an order."""

from understanding.kind import Found, report
from understanding.lexicon import function_words
from understanding.line import Match
from understanding.scene import Scene

LONGEST = 30
"""A first clause of more words is no mere acknowledgement."""
LONGEST_REST = 4
"""So many words of a clause may be unknown to the list: what was read, understood, agreed to."""
UNDERSTOOD = function_words("ack.understood")


def read_ack(scene: Scene, used: frozenset[int]) -> Found:
    found = Found()
    line = scene.line
    if not any(value in ("strong", "weak") for _, _, value in line.of("ack_words")) or _asks(scene):
        return found
    first_clause = _leading_words(scene, used)
    if not first_clause:
        return found
    values = {value for first, _, value in line.of("ack_words") if first in first_clause}
    rest = [at for at in first_clause if line.words[at].isalnum() and not _is_known(scene, at)]
    numbers = any(line.words[at].isdecimal() for at in rest)
    allowed = _allowed(scene, first_clause) if "strong" in values else 0
    if scene.context.endswith("notice") and "strong" in values:
        allowed, numbers = LONGEST_REST, False
    if len(rest) > allowed or numbers or not values & {"strong", "weak"}:
        return found
    if rest and any(first in first_clause for kind in ("presence_words", "others") for first, _, _ in line.of(kind)):
        return found
    if "strong" not in values and not _stands_alone(scene, first_clause):
        return found
    found.reports.append(report("ack", _certainty(scene, values, first_clause)))
    found.words.update(first_clause)
    return found


def _leading_words(scene: Scene, used: frozenset[int]) -> list[int]:
    """The first clause that is the writer's own; "dạ," and the like go with what follows."""
    line = scene.line
    own = [at for at in range(len(line)) if at not in scene.muted]
    if not own:
        return []
    enough = {first for first, after, value in line.of("ack_words") if _is_enough(scene, (first, after, value))}
    clause = line.clauses[own[0]]
    words: list[int] = []
    for at in own:
        if line.clauses[at] != clause:
            if not enough.isdisjoint(words) or len(words) > LONGEST:
                break
            clause = line.clauses[at]
        words.append(at)
    return [] if len(words) > LONGEST or any(at in used for at in words) else words


def _is_enough(scene: Scene, match: Match) -> bool:
    """A leading "dạ" or "vâng" waits for what follows."""
    return match[2] == "strong" or (match[2] == "weak" and scene.line.words[match[0]] not in ("da", "vang"))


def _allowed(scene: Scene, words: list[int]) -> int:
    """Reading and agreeing may have any object; what is "nhận" must be a known paper, else it is a parcel or wages."""
    line = scene.line
    strong = [match for match in line.of("ack_words") if match[2] == "strong" and match[0] in words]
    takes = line.words[strong[0][1] - 1]
    if any(value == "goods" for _, _, value in line.of("ack_words")):
        return 0
    mine = strong[0][0] - words[0] <= 3
    return (
        LONGEST_REST
        if mine and takes in UNDERSTOOD and "ghi nhan" not in " ".join(line.words) and takes != "nhan"
        else 1
        if mine
        else 0
    )


def _is_known(scene: Scene, at: int) -> bool:
    return any(first <= at < after and value != "goods" for first, after, value in scene.line.of("ack_words")) or any(
        person.first <= at < person.after for person in scene.people if person.name
    )


def _stands_alone(scene: Scene, words: list[int]) -> bool:
    """A bare "ok", "rõ", "vâng" must be (nearly) the whole message or answer a notice."""
    line = scene.line
    tail = [at for at in range(words[-1] + 1, len(line)) if line.words[at].isalnum()]
    content = [at for at in words if line.words[at].isalnum()]
    if len(content) > 9:
        return False
    return (
        not tail
        or scene.context.endswith("notice")
        or (line.words[words[0]] in ("ok", "vang", "ro", "da") and len(tail) <= 12)
    )


def _asks(scene: Scene) -> bool:
    line = scene.line
    if any(value == "question" for _, _, value in line.of("moods")):
        return True
    return "?" in line.words or (len(line) < 8 and any(line.means(at, "chưa") for at in range(len(line))))


def _certainty(scene: Scene, values: set[str], words: list[int]) -> float:
    tail = len(scene.line) - len(words)
    if "strong" in values:
        return 0.95 if tail < 8 else 0.85
    return 0.9 if scene.context.endswith("notice") or tail == 0 else 0.75

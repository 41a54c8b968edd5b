"""Complaints that are laughed, praised, or talked of, and those of people merely visited."""

from understanding.illness.symptoms import Symptom
from understanding.persons.household import GROUP
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.scene import Scene

WORRIES = function_words("symptom.worries")
LAUGHING = function_words("symptom.laughing")
PRAISED = function_words("symptom.praised")
DISEASES = function_words("symptom.diseases")
BLAMING = frozenset({"voi", "vi", "tai", "do", "vu"})
SPREADS = function_words("symptom.spreads")
TOPICS = function_words("symptom.topics")
SPEAKERS = function_words("household.speakers")
AFTER_THEN = function_words("symptom.after_then")
SEEING = function_words("symptom.seeing")
POINTED = frozenset({"này", "kia", "đó", "ni", "nầy"})
SELVES = frozenset({"em", "tôi", "tui", "mình", "e", "con", "cháu"})
AT_SIGHT = frozenset({"dizziness", "headache", "nausea_vomiting", "fatigue"})
SEEING_REACH = 6
FILES = function_words("symptom.files")
PARTIES = frozenset(
    {
        ("bi", "hai"),
        ("bi", "cao"),
        ("bi", "can"),
        ("bi", "don"),
        ("duong", "su"),
        ("nguyen", "don"),
        ("loi", "khai"),
        ("but", "luc"),
        ("benh", "an"),
    }
)
CASES = frozenset({"ca", "truong"})
TIRED_OF = frozenset({"tụi", "bọn", "mấy", "nó", "ổng", "bả"})


def is_of_cases(scene: Scene, ill: Symptom) -> bool:
    """ "tuần này huyện có 12 ca sốt xuất huyết": a figure of the health service, unless the writer speaks of his own people."""
    words = scene.line.words
    at = ill.first - (2 if words[ill.first - 2 : ill.first] == ["truong", "hop"] else 1)
    if at < 1 or words[at] not in CASES or not any(number.after == at for number in scene.numbers):
        return False
    return not any(person.who == GROUP and person.first < at for person in scene.people)


def is_figure_of_speech(line: Line, ill: Symptom) -> bool:
    """ "cười đau bụng", "đau bụng vì cười", "đẹp xỉu": laughed or praised, not suffered."""
    before, blamed = line.words[max(ill.first - 2, 0) : ill.first], line.words[ill.after : ill.after + 3]
    if not (LAUGHING.isdisjoint(before) and LAUGHING.isdisjoint(blamed)):
        return True
    last = before[-1] if before else ""
    if last in TOPICS or (last == "muon" and ill.code != "nausea_vomiting"):
        return True
    if blamed and blamed[0] in BLAMING and not WORRIES.isdisjoint(blamed[1:]):
        return True  # "đau đầu với deadline"
    if last in SPEAKERS and before[:-1] == ["lam"] and ill.code in ("headache", "fatigue"):
        return True  # "Reviewer 2 làm mình đau đầu"
    if (
        _is_at_sight(line, ill)
        or _is_spreading(line, ill)
        or (ill.code == "fatigue" and (_is_tired_of(line, ill) or _is_of_work(line, ill)))
    ):
        return True
    return line.words[ill.first] == "xiu" and last in PRAISED


def _is_at_sight(line: Line, ill: Symptom) -> bool:
    """ "màu đỏ này nhìn chóng mặt quá", "đọc cái bảng này mà nhức đầu": what is looked at displeases."""
    if ill.code not in AT_SIGHT or SEEING.isdisjoint(line.typed):
        return False
    clause = line.clauses[ill.first]
    near = [at for at in range(max(ill.first - SEEING_REACH, 0), ill.first) if line.clauses[at] == clause]
    seen = [at for at in near if line.typed[at] in SEEING]
    pointed = any(line.typed[at] in POINTED and line.clauses[at] == clause for at in range(1, ill.first))
    return bool(seen) and pointed and SELVES.isdisjoint(line.typed[at] for at in near)


def _is_of_work(line: Line, ill: Symptom) -> bool:
    """ "mệt do leo bản thôi", "có mệt là mệt vụ chấm thi": what tires is told, and it is no illness."""
    words = line.words
    blamed = words[ill.after : ill.after + 1]
    again = blamed == ["la"] and words[ill.after + 1 : ill.after + 2] == words[ill.first : ill.first + 1]
    ails = any(
        first > ill.after and line.clauses[first] == line.clauses[ill.first]
        for kind in ("symptoms", "health_topics", "incident_words")
        for first, _, _ in line.of(kind)
    )
    return again or (blamed in (["do"], ["vi"], ["vu"], ["tai"]) and not ails)


def _is_tired_of(line: Line, ill: Symptom) -> bool:
    """ "mệt tụi hắn ghê": somebody tires the writer."""
    return ill.after < len(line) and line.typed[ill.after] in TIRED_OF


def _is_spreading(line: Line, ill: Symptom) -> bool:
    """ "sốt xuất huyết năm nay lên nhanh quá": a disease that opens the sentence and spreads is talked of."""
    if DISEASES.isdisjoint(line.bag):
        return False
    first, after = next(
        (a, b)
        for a, b in [*((a, b) for a, b, _ in line.of("symptoms")), (ill.first, ill.after)]
        if line.sentences[a] == line.sentences[ill.first]
    )
    opens = first == 0 or line.sentences[first - 1] != line.sentences[first]
    named = DISEASES & set(line.words[first:after])
    return bool(opens and named and SPREADS & set(line.words[after : after + 2]))


def is_of_a_file(line: Line, ill: Symptom) -> bool:
    """ "trong hồ sơ bị hại khai ho ra máu", "bút lục ghi đương sự đau đầu": what a file tells of the parties to a case."""
    if line.bag.isdisjoint(FILES):
        return False
    told = [at for at in range(ill.first) if line.sentences[at] == line.sentences[ill.first]]
    pairs = {(line.words[at], line.words[at + 1]) for at in told[:-1]}
    filed = any(
        word == "ho" and line.words[at + 1] == "so" and line.words[at - 1] in ("trong", "theo")
        for at, word in enumerate(line.words[: ill.first - 1])
        if at
    )
    return filed or bool(pairs & PARTIES)


def is_advice(scene: Scene, ill: Symptom) -> bool:
    """ "ngạt mũi thì ngửi hành lá": nobody is told of, and what one does then follows."""
    line = scene.line
    behind = line.words[ill.after : ill.after + 2]
    if behind[:1] != ["thi"] or len(behind) < 2 or behind[1] in AFTER_THEN or scene.context:
        return False
    return not any(person.first < ill.first for person in scene.people)

"""Words of leave and of illness: when they tell that somebody stays away, and when they only look like it."""

from understanding.persons.household import OTHER, SELF
from understanding.persons.subjects import is_visited
from understanding.phrases.settle import Match
from understanding.scene import Scene

SENT = 6


def is_ill_leave(scene: Scene, match: Match) -> bool:
    """ "nghỉ ốm" is an absence; "ốm" alone only when somebody asks leave for it or says so of himself."""
    line = scene.line
    if is_visited(scene, match[0]):
        return False
    if match[1] - match[0] > 1 and line.words[match[0]] not in ("bi", "dang"):
        return True
    person = scene.subject(match[0])
    if person is not None and person.name and person.first and line.words[person.first - 1] == "nha":
        return False  # "chó nhà ông Tuấn bị ốm"
    asks = any(value == "leave" for _, _, value in line.of("presence_words"))
    return asks or scene.context.endswith("checkin") or (line.words[match[0]] in ("dang", "bi") and len(line) < 12)


def _is_given(before: list[str]) -> bool:
    """ "đồng ý cho cô Lan nghỉ", "cô giáo cho nghỉ", "y tế trường cho về nghỉ": leave granted by others, not asked for."""
    if "keu" in before:
        return True  # "tui kêu ảnh đậu xe nghỉ rồi"
    if "cho" not in before:
        return False
    at = before.index("cho")
    return bool({"duyet", "dong"} & set(before[:at])) or before[max(at - 1, 0)] in ("giao", "truong", "lop", "te")


def is_sent_home(scene: Scene, at: int) -> bool:
    """ "tui kêu ảnh đậu xe nghỉ rồi": told to rest by the writer."""
    line = scene.line
    return any(
        person.who == SELF
        and line.words[person.after : person.after + 1] in (["keu"], ["bieu"])
        and line.clauses[person.first] == line.clauses[at]
        and 0 < at - person.after <= SENT
        for person in scene.people
    )


def asks_leave(scene: Scene, match: Match) -> bool:
    line = scene.line
    words = line.words
    sentence = line.sentences[match[0]]
    clause = {word for word, told in zip(words, line.sentences, strict=True) if told == sentence}
    if words[match[0]] == "xin" and words[match[0] : match[1]] == ["xin", "phep"]:
        asked = [each for each in ("nghi", "vang") if each in clause]
        return any(
            line.typed[at] not in ("nghị", "nghi") or not line.has_marks
            for at in range(len(line))
            if line.words[at] in asked
        )
    if words[match[0]] == "phep" and match[1] - match[0] == 1:
        return False
    person = scene.subject(match[0])
    dated = any(line.sentences[when.first_word] == line.sentences[match[0]] for when in scene.whens) or bool(
        scene.durations
    )
    if _is_given(words[max(match[0] - 6, 0) : match[0]]):
        return False
    asks = bool({"xin", "cho"} & clause)
    if person is not None and person.who == OTHER and not dated and "xin" not in clause:
        return False
    opens = match[0] == 0 and any(each.who == SELF for each in scene.people)  # "nghỉ tiếp ngày mai, em chưa khỏe"
    opens = opens or (bool(line.of("symptoms")) and _is_all_said(scene, match))
    return asks or ((person is not None or opens) and dated) or scene.context.endswith("checkin")


def _is_all_said(scene: Scene, match: Match) -> bool:
    """The "Nghỉ sáng nay." of "Chóng mặt. Nghỉ sáng nay.": a sentence of nothing but the absence and its day."""
    line = scene.line
    days = scene.busy_days | scene.time_words
    sentence = line.sentences[match[0]]
    return all(
        at in days or match[0] <= at < match[1] or not line.words[at].isalnum()
        for at in range(len(line))
        if line.sentences[at] == sentence
    )

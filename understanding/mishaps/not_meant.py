"""Words of incidents that mean none: likened, a joke's virus, a child expected, an engine that starts, an illness that is over."""

from understanding.persons.household import SELF, SPEAKERS
from understanding.phrases.lexicon import function_words
from understanding.phrases.settle import Match
from understanding.scene import Scene

FEARED = function_words("incident.feared")
VIRUSES = function_words("incident.viruses")
EXPECTING = function_words("incident.expecting")
ENGINES = function_words("incident.engines")
AGLOW = frozenset({("ben", "trong"), ("trong", "long"), ("het", "minh")})
ZEALOUS = function_words("incident.zealous")
ENDED = frozenset({"roi", "het", "ca", "han", "lau"})
NEAR = 3


def is_not_meant(scene: Scene, match: Match) -> bool:
    """Is this word of a case, a fire, a fall only a way of speaking?"""
    first, _, value = match
    if _is_likened(scene, first) or is_feared(scene, first):
        return True
    if value == "f0_case":
        return _is_of_no_virus(scene, match) or _is_expecting(scene) or _is_over(scene, match)
    return value == "fire" and (_starts_an_engine(scene, match) or _burns_within(scene, match))


def is_feared(scene: Scene, at: int) -> bool:
    """ "suýt nữa là té sông", "coi chừng té": it has not happened."""
    line = scene.line
    return any(
        line.typed[each] in FEARED and line.clauses[each] == line.clauses[at] for each in range(max(at - NEAR, 0), at)
    )


def _is_likened(scene: Scene, at: int) -> bool:
    """ "né tui như né F0"; not "hình như có cháy"."""
    line = scene.line
    return any(
        line.words[each] == "nhu" and line.clauses[each] == line.clauses[at] and line.words[each - 1] != "hinh"
        for each in range(max(at - NEAR, 1), at)
    )


def _is_of_no_virus(scene: Scene, match: Match) -> bool:
    """ "dương tính với bug luôn rồi"."""
    behind = scene.line.words[match[1] : match[1] + 1 + NEAR]
    return behind[:1] == ["voi"] and VIRUSES.isdisjoint(behind[1:])


def _is_expecting(scene: Scene) -> bool:
    """ "2 vạch rồi, chuẩn bị lên chức bà nội": a test of another kind."""
    return not EXPECTING.isdisjoint(scene.line.typed)


def _is_over(scene: Scene, match: Match) -> bool:
    """ "bữa trước có người bị F0 mà giờ khỏi hết rồi"."""
    line = scene.line
    return any(
        line.means(at, "khỏi") and line.words[at + 1] in ENDED and line.sentences[at] == line.sentences[match[0]]
        for at in range(match[1], len(line) - 1)
    )


def _starts_an_engine(scene: Scene, match: Match) -> bool:
    """The "nổ" of "đề ba lần mới nổ", "đạp hoài hông nổ"."""
    line = scene.line
    lone = line.words[match[0] : match[1]] == ["no"]
    return lone and any(line.means(at, *ENGINES) for at in range(match[0]))


def _burns_within(scene: Scene, match: Match) -> bool:
    """ "em chỉ bốc cháy bên trong", "anh em cháy lên nào": people that burn, of zeal; not "nhà em cháy hết rồi"."""
    line = scene.line
    if tuple(line.words[match[1] : match[1] + 2]) in AGLOW:
        return True
    behind = line.words[match[1]] if match[1] < len(line) else "."
    return (
        line.has_marks
        and line.words[match[1] - 1] == "chay"
        and (behind in ZEALOUS or not behind.isalnum())
        and any(
            0 <= match[0] - person.after <= 1 and line.words[person.first] in SPEAKERS
            for person in scene.people
            if person.who == SELF
        )
    )

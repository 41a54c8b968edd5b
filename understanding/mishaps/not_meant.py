"""Words of incidents that mean none: likened, a joke's virus, a child expected, an engine that starts, an illness that is over."""

from itertools import pairwise

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
BURSTING = function_words("incident.bursting")
PLAYED = function_words("incident.played")
SECRETS = function_words("incident.secrets")
WARNINGS = frozenset(
    {("luu", "y"), ("coi", "chung"), ("can", "than"), ("chu", "y"), ("duong", "khac"), ("duong", "tranh"), ("ne", "ra")}
)
ROADS = frozenset({"deo", "doc", "duong", "ql", "cau", "nga", "lo", "cao", "khuc", "doan", "vong"})
JAMMED = frozenset({"xe", "duong", "cung", "cau", "u"})
ENDED = frozenset({"roi", "het", "ca", "han", "lau"})
SMOKING = frozenset({"đốt", "hút", "nhả", "xả", "nướng", "hun", "thắp"})
SERVERS = frozenset({"server", "web", "app", "mang", "thong", "wifi", "game", "website", "zalo", "chu"})
NEAR = 3


def is_not_meant(scene: Scene, match: Match) -> bool:
    """Is this word of a case, a fire, a fall only a way of speaking?"""
    first, _, value = match
    if _is_likened(scene, match) or is_feared(scene, first) or _is_played(scene, first):
        return True
    if value == "security" and "chắc" in scene.line.typed[max(first - NEAR, 0) : first]:
        return True  # "đầu máy dỗi không chịu nổ, chắc đòi tăng lương"
    if value == "chemical":
        return _is_of_secrets(scene, match)
    if value == "accident":
        return (
            _is_a_jam(scene, match)
            or _is_warned_of(scene, match)
            or _is_of_a_star(scene, match)
            or _is_of_a_server(scene, match)
        )
    if value == "f0_case":
        return (
            _is_of_a_town(scene, match)
            or _is_of_no_virus(scene, match)
            or _is_expecting(scene)
            or _is_over(scene, match)
        )
    return value == "fire" and (
        _starts_an_engine(scene, match)
        or _is_talk(scene, match)
        or _burns_within(scene, match)
        or _is_smoke_of_use(scene, match)
    )


def is_feared(scene: Scene, at: int) -> bool:
    """ "suýt nữa là té sông", "coi chừng té": it has not happened."""
    line = scene.line
    return any(line.typed[each] in FEARED for each in line.before(at, NEAR))


def _is_likened(scene: Scene, match: Match) -> bool:
    """ "né tui như né F0", "nổ như bắp rang"; not "hình như có cháy"."""
    line = scene.line
    first, after, _ = match
    return "nhu" in line.words[after : after + 2] or any(
        each and line.words[each] == "nhu" and line.words[each - 1] != "hinh" for each in line.before(first, NEAR)
    )


def _is_played(scene: Scene, at: int) -> bool:
    """ "tụi nhỏ chơi đánh nhau", "giả té", "tập huấn chống cướp giật"."""
    return at > 0 and scene.line.typed[at - 1] in PLAYED


def _is_of_secrets(scene: Scene, match: Match) -> bool:
    """ "rò rỉ đề thi": what leaks is no stuff."""
    line = scene.line
    near = line.typed[max(match[0] - NEAR, 0) : match[1] + 2]
    return not SECRETS.isdisjoint(near)


def _is_a_jam(scene: Scene, match: Match) -> bool:
    """ "đi đường thấy tai nạn ở ngã tư, kẹt xe ghê": seen in passing, of nobody's."""
    line = scene.line
    return (
        line.words[match[0]] in ("tai", "va")
        and any(a in ("ket", "tac", "un") and b in JAMMED for a, b in pairwise(line.words))
        and not any(line.clauses[person.first] == line.clauses[match[0]] for person in scene.people)
    )


def _is_warned_of(scene: Scene, match: Match) -> bool:
    """ "xe chở cà phê lật trên đèo, ai đi Nha Trang lưu ý": news of the road for whoever passes there; of nobody, no unit."""
    line = scene.line
    if ROADS.isdisjoint(line.bag):
        return False
    clause = line.clauses[match[0]]
    warned = any(pair in WARNINGS and line.clauses[at] > clause for at, pair in enumerate(pairwise(line.words)))
    if not warned or scene.units:
        return False
    return not any(line.clauses[person.first] == clause for person in scene.people)


def _is_of_a_server(scene: Scene, match: Match) -> bool:
    """ "server sập từ 3h sáng", "web sập rồi": nothing fell on anybody."""
    line = scene.line
    return line.words[match[0]] == "sap" and match[0] > 0 and line.words[match[0] - 1] in SERVERS


def _is_of_a_star(scene: Scene, match: Match) -> bool:
    """ "tiền đạo số 9 bị chấn thương đầu gối"."""
    line = scene.line
    stars = (first for first, _, value in line.of("not_people") if value == "star")
    return any(first < match[0] and line.sentences[first] == line.sentences[match[0]] for first in stars)


def _is_of_a_town(scene: Scene, match: Match) -> bool:
    """ "Quảng Ninh có 12 ca dương tính": figures of the news, unless a unit of the house or somebody is named."""
    line = scene.line
    if scene.units or any(
        person.name and line.clauses[person.first] == line.clauses[match[0]] for person in scene.people
    ):
        return False
    return any(
        line.words[place.after : place.after + 1] in (["co"], ["them"], ["ghi"], ["lai"], ["vua"])
        and any(place.after < number.first < match[0] for number in scene.numbers)
        for place in scene.places
        if place.name and line.clauses[place.first] == line.clauses[match[0]]
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


def _is_talk(scene: Scene, match: Match) -> bool:
    """The lone "nổ" of news and of braggarts: nothing that bursts stands near it."""
    line = scene.line
    first, after, _ = match
    if line.words[first:after] != ["no"]:
        return False
    return BURSTING.isdisjoint(line.words[max(first - NEAR, 0) : after + NEAR])


def _is_smoke_of_use(scene: Scene, match: Match) -> bool:
    """ "hàng xóm đốt rơm khói mù mịt", "xe buýt nhả khói đen": somebody makes the smoke, and nothing burns that should not."""
    line = scene.line
    if "khoi" not in line.words[match[0] : match[1]]:
        return False
    before = [at for at in range(match[0]) if line.sentences[at] == line.sentences[match[0]]]
    makes = any(line.typed[at] in SMOKING for at in before)
    return makes and not any(line.words[at] == "chay" for at in before)


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

"""Places that are named though nobody goes there: passed through, goods on their way, offices and papers of that name, sites, storms."""

from itertools import pairwise

from understanding.journeys.left_places import is_visitors_home
from understanding.journeys.places import Place
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

SENDING = function_words("destinations.sending")
GOODS = function_words("destinations.goods")
PLACE_TITLES = function_words("destinations.titles")
NOT_VISITED = function_words("destinations.not_visited")
DISTRICTS = function_words("destinations.districts")
PASSED = function_words("destinations.passed")
ABOUT = function_words("destinations.about")
HUBS = (["san", "bay"], ["ben", "xe"], ["nha", "ga"])
PASSING = frozenset({("qua", "canh"), ("noi", "chuyen"), ("dung", "chan"), ("doi", "may")})
NEAR, SENT_REACH = 3, 5
OFFICE_REACH = 5
"""So many words before the place may the head of an office's name stand: "sở nông nghiệp và môi trường Bạc Liêu"."""


def is_not_visited(scene: Scene, place: Place) -> bool:
    """A part of another name, a site of one's own work, passed through, or where a visitor lives."""
    words = scene.line.words
    first = before_title(words, place.first)
    before = words[first - 1] if first else ""
    home_town = before == "que" and first > 1 and words[first - 2] in ("ve", "o", "tham")
    if before in NOT_VISITED and not _is_verb_end(scene, first) and not home_town:
        return True
    if is_site(scene, place, first) or is_passed(scene, first):
        return True
    near = range(max(first - NEAR, 0), first)
    if "ve" in words[near.start : first] and any(tells_about(scene, at) for at in near):
        return True
    return names_an_office(scene, first) or is_visitors_home(scene, place)


def before_title(words: list[str], at: int) -> int:
    """The first word of "tỉnh Lào Cai", "TP. Huế", when the place stands at `at`."""
    while at and words[at - 1] in PLACE_TITLES and at > 1:
        if words[at - 1] == "." and words[at - 2] not in ("tp", "tx", "t"):
            break
        at -= 1
    return at - 2 if words[max(at - 2, 0) : at] == ["cong", "truong"] else at


def _is_verb_end(scene: Scene, at: int) -> bool:
    """ "vi vu Phú Quốc": the word before the place belongs to the verb."""
    return any(after == at and after - first > 1 for first, after, _ in scene.line.of("travel_words"))


def is_passed(scene: Scene, first: int) -> bool:
    """ "transit Doha", "quá cảnh ở Dubai", "nối chuyến tại Seoul": only passed through."""
    words = scene.line.words
    near = words[max(first - 3, 0) : first]
    if near[-1:] == ["qua"] and words[first : first + 2] == ["cua", "khau"]:
        return True
    if near[-2:] == ["cua", "khau"] and "qua" in words[max(first - 5, 0) : first]:
        return True  # "giờ mới qua lại cửa khẩu Lệ Thanh"
    if near[1:] in HUBS and near[0] in ("o", "tai") and any(place.first > first for place in scene.places):
        return True  # "đang ở sân bay Pleiku chờ bay ra Hà Nội"
    return bool(PASSED & set(near[-2:])) or not PASSING.isdisjoint(pairwise(near))


def names_an_office(scene: Scene, first: int) -> bool:
    """ "Báo Đắk Lắk", "mấy chú bên sở nông nghiệp Bạc Liêu", "team Hà Nội": the place is a part of a name, and nobody goes there."""
    line = scene.line
    heads = [
        at
        for at, _, _ in line.of("office_heads")
        if first - OFFICE_REACH <= at < first and line.clauses[at] == line.clauses[first]
    ]
    if not heads or any(heads[0] < when.after and when.first_word < first for when in scene.whens):
        return False
    return not any(heads[0] - 2 <= at < first and at not in heads for at, _, _ in line.of("travel_words"))


def tells_about(scene: Scene, verb: int) -> bool:
    """ "đăng bài về voi Buôn Đôn": the "về" of what is told about."""
    words = scene.line.words
    return words[verb] == "ve" and verb > 0 and words[verb - 1] in ABOUT


def is_sent(scene: Scene, verb: int) -> bool:
    """ "ship tài liệu ra Huế": a parcel travels."""
    line = scene.line
    if line.words[verb] != "di" and any(line.words[at] in SENDING for at in line.before(verb, SENT_REACH)):
        return True
    return are_goods(scene, verb)


def are_goods(scene: Scene, verb: int) -> bool:
    """ "hàng từ Hải Phòng về tới chiều nay", "chuyển phát nhanh đi Cần Thơ": nobody is named before the verb but goods."""
    line = scene.line
    first = line.sentences.index(line.sentences[verb])
    led = any(line.means(at, *GOODS) for at in range(first, min(first + NEAR, verb)))
    return led and not any(first <= person.first < verb for person in scene.people)


def is_site(scene: Scene, place: Place, first: int) -> bool:
    """ "đi cơ sở ở huyện Yên Thủy", "xuống KCN Yên Phong": a site of the writer's own work, no trip."""
    before = scene.line.words[max(place.first - 3, 0) : place.first]
    if before[-1:] in (["kcn"], ["ccn"]) or before == ["khu", "cong", "nghiep"]:
        return True
    if scene.line.typed[max(place.first - 1, 0)] == "xưởng":
        return True
    if not DISTRICTS & set(scene.line.words[first : place.first]):
        return False
    return any(value == "field" and 0 <= first - after <= 1 for _, after, value in scene.line.of("presence_words"))

"""Something reported before is changed or withdrawn."""

from itertools import pairwise
from typing import Any

from understanding.corrections.changes import changes_of, somebody_named, works_after_all
from understanding.corrections.figures_mended import mends_figures, takes_figures_back, whose_figures
from understanding.corrections.old_values import dropped, is_late_return, no_longer, old_words, only_then
from understanding.corrections.other_days import worked_days
from understanding.corrections.swapped_places import swapped_place
from understanding.corrections.told_later import ends_sooner, has_company, is_home_early
from understanding.counting.counts import blocks
from understanding.illness.temperature import temperatures
from understanding.journeys.destinations import trips
from understanding.kind import Found, report
from understanding.phrases.lexicon import folded_words, function_words
from understanding.phrases.line import Line
from understanding.reading import Slot
from understanding.scene import Scene

MOVING = function_words("correction.moving")
TRIPS = function_words("correction.trips")
FIGURES = function_words("correction.figures")
EVENTS = function_words("correction.events")
"""A meeting or a feast put off is nobody's report."""
HEADLINES = frozenset({"update", "cap"})
NOW = function_words("correction.now")
CAME = function_words("correction.came")
PAPERS = frozenset({"don", "lich", "phep"})
REPORTED = frozenset({"bao", "ghi", "khai", "so"})
TELLING = frozenset({"bao", "tin", "khai"})
SHORT = 20
REACH = 5
Sign = tuple[int, int, str]
KINDS = ("count", "travel", "symptom", "presence", "incident")


def read_correction(scene: Scene, used: frozenset[int]) -> Found:  # noqa: ARG001  the contract of a kind
    found = Found()
    after = scene.context.partition("after:")[2]
    line = scene.line
    said_so = [sign for sign in scene.matches("correction_words") if sign[2] != "plain"]
    signs = [sign for sign in said_so if not _ends_a_denial(line, sign)]
    again = no_longer(scene)
    swapped = swapped_place(scene) if after == "travel" else None
    later = ends_sooner(scene, after) or (after == "travel" and (has_company(scene) or is_home_early(scene)))
    said = again is not None or swapped is not None or later or _counts_anew(scene, after)
    if not (signs or said) or (line.words and line.words[-1] == "?") or _is_fresh_news(line, after, signs):
        return found
    strong = _strong(line, signs)
    cancels = again is not None or any(value == "cancel" for _, _, value in signs)
    target = _target(scene, after, cancels)
    if target is None or (after not in KINDS and again is None and _is_of_event(scene, signs)):
        return found
    off = (again is not None and cancels) or (cancels and target == "count" and takes_figures_back(scene))
    if not (after in KINDS or strong or swapped or off or _named_change(scene, signs, target)):
        return found
    told = again is None and signs and all(is_late_return(scene, sign) for sign in signs)
    unclear = after in KINDS and not (strong or said or _is_change(scene, signs, target))
    if unclear or (told and (trips(scene) or _tells_of_others(scene))):
        return found
    old = old_words(scene, signs) | worked_days(scene)
    if swapped is not None:
        old, cancels = old | set(range(swapped[0].first, swapped[0].after)), False
    report_correction(scene, found, (after, target), signs, cancels=cancels, old=old)
    return found


def _is_fresh_news(line: Line, after: str, signs: list[Sign]) -> bool:
    """ "update: em hết sốt rồi, còn ho nhẹ": how an illness goes on is told anew, nothing was wrong before."""
    heads = [first for first, _, _ in signs if first == 0 and line.words[0] in HEADLINES]
    return after == "symptom" and bool(heads) and len(signs) == 1 and line.words[1:2] in ([":"], [","], ["-"])


def _strong(line: Line, signs: list[Sign]) -> list[Sign]:
    """Words that set right without any report before them."""
    weak = folded_words("weak_corrections")
    return [
        sign
        for sign in signs
        if sign[2] not in ("moved", "not") and " ".join(line.words[sign[0] : sign[1]]) not in weak
    ]


def _ends_a_denial(line: Line, sign: Sign) -> bool:
    """The "đâu" of "không phải mồng bốn đâu, phải trực" denies nothing of its own."""
    first, after, _ = sign
    return line.words[first:after] == ["dau", "phai"] and "khong" in line.words[max(first - REACH, 0) : first]


def _counts_anew(scene: Scene, after: str) -> bool:
    """ "chị Hà mới đến rồi, giờ còn vắng 1 thôi", "anh Tú vừa lên nên đủ 12/12": the figures of now, right after those of before."""
    words = scene.line.words
    if after != "count" or len(words) > SHORT or NOW.isdisjoint(words):
        return False
    came = CAME & set(words) and {"moi", "vua", "roi", "da"} & set(words)
    return bool(came) and bool(scene.line.of("count_fields") or scene.ratios) and any(True for _ in blocks(scene))


def report_correction(
    scene: Scene, found: Found, kinds: tuple[str, str], signs: list[Sign], *, cancels: bool, old: frozenset[int]
) -> None:
    """The report of the kind that follows (`after`, `target`), unless nothing of it changes."""
    line = scene.line
    after, target = kinds
    changes = changes_of(scene, target, old)
    if target == "incident":
        is_wrong = any(value in ("wrong", "not") for _, _, value in signs)
        cancels = (not changes if is_wrong else cancels) and changes.get("type") is None
    cancel = (cancels and not _replaces(scene, target, old, signs)) or (
        target == "presence" and works_after_all(scene) and not worked_days(scene)
    )
    if cancel:
        changes = _of_cancelled(scene, target, changes, signs)
    elif not changes:
        return
    span = line.span(signs[0][0], signs[0][1]) if signs else None
    certainty = _certainty(after, target, _strong(line, signs), changes, cancel)
    if "them" in line.words and scene.durations:
        certainty = min(certainty, 0.7)  # the day it is counted from stands in the earlier report
    action = Slot("cancel" if cancel else "update", span)
    found.reports.append(report("correction", certainty, target=Slot(target, span), action=action, **changes))
    found.words.update(range(len(line)))


def _of_cancelled(
    scene: Scene, target: str, changes: dict[str, Slot | None], signs: list[Sign]
) -> dict[str, Slot | None]:
    """What tells which report is taken back: of a journey its days and places, of figures their unit, of an incident who."""
    if target == "count":
        return whose_figures(scene)
    if target == "incident":
        return somebody_named(scene)
    if target == "presence":
        return {name: day for name, day in changes.items() if name in ("date", "until")}
    if target != "travel":
        return {}
    told = {**changes}
    if _is_day_of_telling(scene, told.get("depart")):
        told["depart"] = None
    if "destinations" in told:
        told["destinations"] = _called_off(scene, signs) or told["destinations"]
    return told


def _is_day_of_telling(scene: Scene, depart: Slot | None) -> bool:
    """ "bỏ cái báo đi Bắc Giang sáng nay": told this morning, not gone."""
    return depart is not None and depart.value == scene.today and not TELLING.isdisjoint(scene.line.bag)


def _called_off(scene: Scene, signs: list[tuple[int, int, str]]) -> Slot | None:
    """ "hủy Đà Nẵng, anh về Sài Gòn": only the places of the clause that cancels."""
    clauses = {scene.line.clauses[first] for first, _, value in signs if value == "cancel"}
    names = [place.name for place in scene.places if place.name and scene.line.clauses[place.first] in clauses]
    return Slot(list(dict.fromkeys(names))) if names else None


def _is_of_event(scene: Scene, signs: list[tuple[int, int, str]]) -> bool:
    return any(EVENTS & set(scene.line.words[end : end + 1]) for _, end, value in signs if value == "cancel")


def _tells_of_others(scene: Scene) -> bool:
    return any(person.name for person in scene.people)


def _certainty(after: str, target: str, strong: list[Any], changes: dict[str, Any], cancel: bool) -> float:
    if after == target:
        return 0.85 if strong or changes else 0.75
    return 0.8 if strong and (changes or cancel) else 0.65


def _target(scene: Scene, after: str, cancels: bool) -> str | None:  # noqa: PLR0911  one exit for each rule reads best
    if after in KINDS:
        return after
    line = scene.line
    words = line.bag
    if (scene.places and not _mends_a_unit(scene)) or ("chuyen" in words and cancels):
        return "travel"
    if (mends_figures(scene) and scene.numbers) or (cancels and takes_figures_back(scene)):
        return "count"
    if (temperatures(line) and "do" in words) or line.of("symptoms"):
        return None if line.of("not_people") else "symptom"
    if cancels and words & FIGURES and line.of("count_fields"):
        return "count"
    if any(value in ("leave", "home", "field") for _, _, value in line.of("presence_words")) and not _has_figures(
        scene
    ):
        return "presence"
    if ("ngay", "ve") in set(pairwise(line.words)) and scene.numbers:
        return "travel"  # "sửa giúp em ngày về là 16"
    if _has_figures(scene) or words & {"luot", "khach"} or _counts_people(scene):
        return "count"
    told = {value for _, _, value in line.of("incident_words")}
    if told & {"fire", "f0_case", "accident", "f1_contact"} or (told and cancels and "vu" in words):
        return "incident"  # "thôi khỏi ghi vụ mất xe"
    return "travel" if scene.whens and words & {"ve", "di"} else _of_one_figure(scene)


def _mends_a_unit(scene: Scene) -> bool:
    """ "Gia Lộc chị sửa giúp em thành vắng 3": a branch is called by its place, and a figure has its name; nobody travels."""
    return bool(scene.line.of("count_fields")) and _has_figures(scene) and not scene.whens


def _has_figures(scene: Scene) -> bool:
    told = bool(scene.line.of("count_fields") or scene.ratios)
    return (told and any(True for _ in blocks(scene))) or bool({"so", "luot"} & scene.line.bag and scene.numbers)


def _of_one_figure(scene: Scene) -> str | None:
    """ "hôm qua em báo nhầm, 20 mới đúng": a count, of one figure that is no day, no hour and no length."""
    figures = [number for number in scene.numbers if number.first not in scene.busy]
    return "count" if len(figures) == 1 and len(scene.line) <= SHORT and REPORTED & scene.line.bag else None


def _counts_people(scene: Scene) -> bool:
    """ "không phải 23 mà là 22 người"."""
    nouns = {first for first, _, value in scene.line.of("people_nouns") if value == "person"}
    return any(number.after in nouns for number in scene.numbers)


def _named_change(scene: Scene, signs: list[tuple[int, int, str]], target: str) -> bool:
    """ "Sửa giùm em số hôm qua: 18, không phải 8", "9 lượt chứ không phải 7"."""
    line = scene.line
    if target != "symptom" and any(value == "not" and line.words[first] in ("chu", "cho") for first, _, value in signs):
        return True
    moved = any(value == "moved" and line.words[first] in MOVING for first, _, value in signs)
    trip = any(line.means(at, *TRIPS) for at in range(len(line)))
    instead = any(value == "not" and line.words[first] == "thay" for first, _, value in signs)
    if instead and target == "travel" and trip and (len(scene.numbers) > 1 or len(scene.whens) > 1):
        return True  # "chuyến Geneva em bay 22 thay vì 21"
    if target == "presence" and any(value == "cancel" and _is_of_absence(line, end) for _, end, value in signs):
        return True  # "hủy nghỉ phép 2/1 của tôi"
    if moved and target == "presence" and PAPERS & line.bag and len(scene.whens) > 1:
        return True  # "cái đơn nghỉ hôm 3/2 đổi sang nghỉ 4/2"
    if moved and target == "travel" and trip and scene.whens:
        return True  # "sếp lùi chuyến Quảng Ninh sang 21/1"
    return any(
        value == "cancel" and " ".join(line.words[first:after]) in ("hoan", "huy", "hoan lai")
        for first, after, value in signs
    ) and bool({"chuyen", "lich", "bao"} & line.bag or (scene.places and "em" in line.words))


def _is_of_absence(line: Line, end: int) -> bool:
    """Right behind the word that calls it off stands an absence: "hủy đơn nghỉ", "rút wfh ngày mai"."""
    return any(
        0 <= first - end <= 1 and value in ("leave", "home") and first > 0
        for first, _, value in line.of("presence_words")
    )


def _is_change(scene: Scene, signs: list[tuple[int, int, str]], target: str) -> bool:
    """After a report a weak word is enough when the message is short and holds something new of that kind."""
    line = scene.line
    return (
        bool(signs)
        and len(line) <= 30
        and bool(
            any(value in ("wrong", "cancel", "not") for _, _, value in signs) or changes_of(scene, target, frozenset())
        )
    )


def _replaces(scene: Scene, target: str, old: frozenset[int], signs: list[tuple[int, int, str]]) -> bool:
    """A withdrawn thing with a new value in its place is a change: "dời sang 20/6", "hủy Huế, đi Vinh"."""
    if target == "travel":
        words = scene.line.words
        if dropped(scene):
            return True
        put_off = any(
            {"sang", "qua", "lui"} & set(words[max(when.first_word - 2, 0) : when.first_word])
            for when in scene.whens
            if when.sort != "period"  # "hủy chuyến, đoàn lùi sang tháng 11" gives no new day
        )
        moved = [sign for sign in signs if sign[2] == "moved"]
        later = any(when.after > sign[0] for sign in moved for when in scene.whens if when.sort != "period")
        return put_off or later or (bool(scene.whens) and any(is_late_return(scene, sign) for sign in moved))
    if target == "presence" and no_longer(scene) is not None:
        return only_then(scene) is not None  # "tôi trực nốt tuần này, không nghỉ bù nữa"
    if target in ("count", "incident"):
        return bool(changes_of(scene, target, old))
    return any(value in ("moved", "wrong") for _, _, value in signs) and bool(scene.whens)

"""Places: the 63 older provinces, today's 34, towns, short forms, foreign countries; doubtful short forms are not guessed."""

from functools import cache
from typing import NamedTuple

from understanding.phrases.gates import gate
from understanding.phrases.lexicon import FOLDER, function_words
from understanding.phrases.line import Line
from understanding.reading import Slot

MOTION = function_words("places.motion")
SIDES = function_words("places.sides")
OFFICES, LEADS_OUT = function_words("places.offices"), function_words("places.leads_out")
NAMED = gate(lists={"provinces", "countries", "towns", "places_with_care", "ambiguous_places"})


class Place(NamedTuple):
    first: int
    after: int
    name: str
    certainty: float = 1.0
    candidates: tuple[str, ...] = ()


@cache
def today_names() -> dict[str, tuple[str, str]]:
    """Older province -> (province of today, its code)."""
    lines = (FOLDER / "provinces_2025.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {old: (new, code) for old, _, new, code in rows}


def today_name(name: str) -> str:
    """The province that holds this ground since July 2025; other names stay as they are."""
    return today_names().get(name, (name, ""))[0]


def shown_name(name: str) -> str:
    """As people say it today: "Thừa Thiên Huế" kept its ground and is "Huế" now; merged provinces keep the name typed."""
    new = today_name(name)
    return new if name.endswith(f" {new}") else name


def read_places(text: str) -> list[Slot]:
    """Every place named in a text, by its province or country; an unclear short form has no value."""
    line = Line(text)
    return [
        Slot(place.name or None, line.span(place.first, place.after), place.certainty if place.name else 0.3)
        for place in places(line)
    ]


def places(line: Line) -> list[Place]:
    found: list[Place] = []
    if not line.gates & NAMED:
        return found
    for kind in ("provinces", "countries", "towns"):
        for first, after, name in line.of(kind):
            if first and line.words[first - 1 : first + 1] == ["tham", "quan"]:
                continue  # "đi tham quan 8 người"
            _add(found, Place(first, after, name, _certainty(line, first, after)))
    for first, after, name in line.of("places_with_care"):
        if _follows_motion(line, first):
            _add(found, Place(first, after, name, 0.85 if len(line.words[first]) > 2 else 0.7))
    for first, after, names in line.of("ambiguous_places"):
        if _follows_motion(line, first):
            candidates = tuple(names.split("|"))
            _add(found, Place(first, after, "", 0.3, candidates))
    return sorted(found)


def _add(found: list[Place], place: Place) -> None:
    """The longer name wins where two overlap."""
    for other in found:
        if place.first < other.after and other.first < place.after:
            if place.after - place.first <= other.after - other.first:
                return
            found.remove(other)
            break
    found.append(place)


def _certainty(line: Line, first: int, after: int) -> float:
    bare = all(line.typed[at] == line.words[at] for at in range(first, after))
    return 0.9 if bare and line.has_marks else 1.0


def _is_named_on(line: Line, first: int) -> bool:
    """The "Pháp" of "kẹt ở Pháp Vân": a name goes on behind it."""
    goes_on = any(at == first + 1 and line.raw[at].istitle() for at, _, _ in line.of("given_names"))
    return goes_on and line.raw[first].istitle() and not any(at == first + 1 for at, _, _ in line.of("pronouns"))


def _follows_motion(line: Line, first: int) -> bool:
    before = line.words[first - 1] if first else ""
    if line.has_marks and _is_named_on(line, first):
        return False
    if line.words[first] in OFFICES and before not in LEADS_OUT:
        return False  # "còn lại ở VP", "lên vp"
    if before in SIDES and {"o", "di"} & set(line.words[max(first - 5, 0) : first - 1]):
        return True  # "mới ở ngoài Huế vô"
    if before == "thanh" and first > 1 and line.words[first - 2] in ("doi", "chuyen", "sua"):
        return True  # "chuyến Lào đổi thành Thái"
    if before == "chuyen" and line.means(first - 1, "chuyến"):
        return True
    return before in MOTION and not (before == "va" and line.has_marks and line.typed[first - 1] != "và")

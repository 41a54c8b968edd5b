"""Which of two phrases stands where they overlap: a word inside a longer phrase of another list means what the phrase means."""

from understanding.phrases.gates import gate
from understanding.phrases.lexicon import PLACES

Match = tuple[int, int, str]
"""First word, word after the last, and what the phrase means."""

STRONG = frozenset({"day_words", "week_words", "symptoms", "family", "incident_words", "health_topics"})
WEAKER = ("incident_words", "symptoms", "negation", "travel_home", "travel_words", "correction_words", "family")
GIVING_WAY = tuple(
    (kind, stronger, gate(lists={kind}) | gate(lists=stronger))
    for kind, stronger in (
        ("moods", (*PLACES, "incident_words")),
        ("incident_words", (*PLACES, "traps")),
        ("presence_words", ("day_words",)),
        ("count_fields", ("correction_words", "units")),
        ("people_nouns", ("correction_words",)),
    )
)
"""Single lists that give way to others: "thiếu" in "đếm thiếu" counts nobody, "Hải Dương rồi" is no result of a test; and
the gates of both."""
DENIED = gate(lists={"moods"}) | gate(lists={"correction_words", "negation"})
PLACED, WEAKENED = gate(lists=PLACES), gate(lists=STRONG) | gate(lists=WEAKER)
STILL = frozenset({"van", "nhung", "chi", "thi", "cung"})
"""Before these "con" typed bare is "còn"."""
TORN = ("symptoms", "presence_words", "incident_words", "count_fields", "wellness", "health_topics")
"""Of these no phrase ends inside the name of a place."""
NOT_IN_A_NAME = (
    "moods",
    "symptoms",
    "incident_words",
    "count_fields",
    "presence_words",
    "traps",
    "others",
    "family",
    "correction_words",
    "units",
)
MOVES = frozenset({"di", "ve", "len", "ra", "vao", "vo", "xuong", "qua", "bay"})
GOES_ON = frozenset({"khong", "ko", "chua", "van", "co"})
TOLD_OF = frozenset({"sep", "anh", "chi", "em", "co", "ban", "bac", "chu", "thay", "ong", "ba", "dc", "chau", "be"})


def free_results(found: dict[str, list[Match]], words: list[str], raw: list[str]) -> None:
    """ "sếp Hải dương tính": a name and what the test told, no place; to be asked where both words stand in the line."""
    for kind in PLACES:
        if kind in found:
            found[kind] = [match for match in found[kind] if not _ends_in_result(match, words, raw)]


def _ends_in_result(match: Match, words: list[str], raw: list[str]) -> bool:
    first, after, _ = match
    if words[after - 1] != "duong" or words[after : after + 1] != ["tinh"] or not raw[after - 1].islower():
        return False
    return raw[first][:1].isupper() or (first > 0 and words[first - 1] in TOLD_OF)


def settle(
    found: dict[str, list[Match]], gates: int, starts: list[int], ends: list[int], bare: list[str] | None
) -> None:
    """ "chảy" in "tiêu chảy" is no blood, "cháy" in "đội chữa cháy" no fire; `bare`: the words of a message without marks."""
    for kind, stronger, needs in GIVING_WAY:
        if gates & needs == needs:
            _give_way(found, kind, [match for each in stronger for match in found.get(each, ())])
    if gates & PLACED:
        _keep_names_whole(found)
    if gates & DENIED == DENIED:
        denials = [match for kind in ("correction_words", "negation") for match in found.get(kind, ())]
        found["moods"] = [mood for mood in found["moods"] if not any(_holds(big, mood) for big in denials)]
    if "unit_names" in found:
        _settle_unit_names(found, starts, ends)
    if bare is not None:
        _settle_bare(found, bare)
    if gates & WEAKENED == WEAKENED:
        strong = [match for kind in STRONG for match in found.get(kind, ()) if match[1] - match[0] > 1]
        for kind in WEAKER if strong else ():
            if kind in found:
                _give_way(found, kind, strong)


def _settle_bare(found: dict[str, list[Match]], bare: list[str]) -> None:
    """Without marks the kin may be a complaint, and an evening the writer."""
    if "day_words" in found:
        found["day_words"] = [match for match in found["day_words"] if not _is_who_only_goes(bare, match, found)]
    if "family" in found and "ma" in bare:
        found["family"] = [match for match in found["family"] if not _is_only_but(bare, match)]
    if "symptoms" in found and "family" in found:
        ills = {match[0] for match in found["symptoms"] if match[1] - match[0] > 1}
        found["family"] = [
            match
            for match in found["family"]
            if not _is_no_kin(bare, match[0], min(found["symptoms"])[0])
            or match[1] - match[0] < 2
            or match[1] - 1 not in ills
        ]  # "chi dau dau", "e dau bung", "nhung van con dau hong" are complaints, no sister-in-law


def _is_who_only_goes(bare: list[str], match: Match, found: dict[str, list[Match]]) -> bool:
    """The "toi moi" of "t4 toi moi di": the writer, who only goes then, where a day stands before it; no evening."""
    first, after, _ = match
    if bare[first:after] != ["toi", "moi"] or not MOVES.issuperset(bare[after : after + 1] or [""]):
        return False
    return any(end == first for kind in ("weekdays", "day_words") for _, end, _ in found.get(kind, ())) or (
        first > 0 and bare[first - 1].isdecimal()
    )


def _is_only_but(bare: list[str], match: Match) -> bool:
    """The "ma em" of "em bi nghet mui, ma em khong sot": who spoke of himself before goes on, and nobody's mother does."""
    first, after, _ = match
    spoke = bare[first] == "ma" and after == first + 2 and bare[after - 1] in bare[:first]
    return spoke and not GOES_ON.isdisjoint(bare[after : after + 1])


def _is_no_kin(bare: list[str], at: int, first_ill: int) -> bool:
    """ "chi", "em" before what ails; "con" where something else ailed before it: "chua het sot, con dau hong"."""
    return bare[at] in ("chi", "em") or (bare[at] == "con" and (bare[max(at - 1, 0)] in STILL or first_ill < at))


def _keep_names_whole(found: dict[str, list[Match]]) -> None:
    named = [match for kind in PLACES for match in found.get(kind, ()) if match[1] - match[0] > 1]
    for kind in TORN if named else ():
        if kind in found:
            found[kind] = [match for match in found[kind] if not any(_tears(match, place) for place in named)]


def _holds(big: Match, small: Match) -> bool:
    """The "phải" of "không phải" announces nothing."""
    return big[0] <= small[0] and small[1] <= big[1] and big[1] - big[0] > small[1] - small[0]


def _tears(phrase: Match, place: Match) -> bool:
    """ "đi Long" of "đi Long An" is no illness, "đi Đồng" of "đi Đồng Nai" no way to the fields."""
    return phrase[0] < place[0] < phrase[1] < place[1]


def _give_way(found: dict[str, list[Match]], kind: str, stronger: list[Match]) -> None:
    if stronger:
        found[kind] = [match for match in found[kind] if not _is_covered(match, stronger)]


def _settle_unit_names(found: dict[str, list[Match]], starts: list[int], ends: list[int]) -> None:
    """The name of a unit's work stands only right behind a unit word, and its words mean nothing else."""
    heads = {after for _, after, value in found.get("units", ()) if value == "unit"}
    names = [name for name in found["unit_names"] if name[0] in heads and starts[name[0]] - ends[name[0] - 1] <= 1]
    found["unit_names"] = names
    for kind in NOT_IN_A_NAME if names else ():
        if kind in found:
            found[kind] = [
                match
                for match in found[kind]
                if not any(first <= match[0] and match[1] <= after for first, after, _ in names)
            ]


def _is_covered(small: Match, stronger: list[Match]) -> bool:
    """One of these is longer and shares words with it, or is as long, begun before it and running into it."""
    first, after, _ = small
    for start, end, _ in stronger:
        if start < after and first < end:
            longer = (end - start) - (after - first)
            if longer > 0 or (longer == 0 and start < first):
                return True
    return False

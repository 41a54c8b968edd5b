"""The same sentence about another place, another complaint, another unit, another number: the labels change with it."""

import re
from functools import partial
from typing import Any

from tests.understanding.dresses.dress import Dress, Row, chance
from tests.understanding.scoring import reading_of
from understanding.phrases.lexicon import lexicon
from understanding.phrases.normalize import fold

ABROAD = (
    "Hàn Quốc", "Nhật Bản", "Trung Quốc", "Thái Lan", "Singapore", "Lào", "Campuchia", "Đài Loan", "Malaysia", "Ấn Độ", "Đức", "Pháp",
)  # fmt: skip
COMPLAINTS = {
    "sốt": "fever", "ho": "cough", "đau họng": "sore_throat", "khó thở": "dyspnea", "tức ngực": "chest_pain", "sổ mũi": "runny_nose",
    "hắt hơi": "sneezing", "mệt mỏi": "fatigue", "đau đầu": "headache", "nhức mỏi": "body_ache", "chóng mặt": "dizziness",
    "buồn nôn": "nausea_vomiting", "đau bụng": "abdominal_pain", "tiêu chảy": "diarrhea", "phát ban": "rash", "đau mắt đỏ": "conjunctivitis",
    "ớn lạnh": "chills", "mất khứu giác": "loss_of_smell_taste",
}  # fmt: skip
UNITS = (
    "Phòng Kế toán", "Tổ bảo vệ", "Khoa Nội", "Đội 3", "Xưởng may 2", "Trạm y tế xã Tân Lập", "phòng hành chính", "Chuyền 7", "lớp 6A2", "Chi cục Thuế",
)  # fmt: skip
PART_OF_A_NAME = re.compile(
    r"(?:huyện|tp\.?|thành phố|tỉnh|biển|sân bay|ga|quê|cầu|đảo|xã|thị xã|tx|quận|sông|chùa|vịnh|đèo|bánh|mì|bún|phở|đường|trường|-|–|/|\()\s*$", re.IGNORECASE
)  # fmt: skip
FURTHER = re.compile(
    r"^\s*(?:-|–|,|/|\(|\+|và|với|rồi|cao|khan|li bì|rũ|sù|bụng|xuất|siêu|rét|virus|gà|mọc|đỏ|họng|hấp|đờm|nhẹ|độ|\d)",
    re.IGNORECASE,
)
ROUNDS = 6
Told = tuple[str, tuple[int, int], Any]


def _only(row: Row, kind: str, slot: str) -> Told | None:
    """Text, span and value of one slot, where the row has one report, of this kind, and the slot is not open to taste."""
    gold = row["reports"]
    if [each["kind"] for each in gold] != [kind] or slot in gold[0].get("alt", {}):
        return None
    report = reading_of(row).first(kind)
    found = report.slots.get(slot) if report else None
    if found is None or found.span is None:
        return None
    return row["text"][slice(*found.span)], found.span, gold[0][slot]


def _rewritten(row: Row, span: tuple[int, int], word: str, labels: dict[str, Any]) -> Row | None:
    text = row["text"]
    if fold(word) in fold(text):
        return None
    first, *others = row["reports"]
    return {**row, "text": text[: span[0]] + word + text[span[1] :], "reports": [{**first, **labels}, *others]}


def _stands_alone(row: Row, span: tuple[int, int]) -> bool:
    return not PART_OF_A_NAME.search(row["text"][: span[0]]) and not FURTHER.search(row["text"][span[1] :])


def another_place(each: int, row: Row) -> Row | None:
    """One trip to one place that stands by itself, not in the name of something else, nor with a second place."""
    told = _only(row, "travel", "destinations")
    if told is None or len(told[2]) != 1 or not _stands_alone(row, told[1]) or len(told[0].split()) > 4:
        return None
    choices = sorted({*lexicon("provinces").values(), *ABROAD})
    place = chance(row, f"place {each}").choice(choices)
    return _rewritten(row, told[1], place, {"destinations": [place]})


def another_complaint(each: int, row: Row) -> Row | None:
    """One complaint, nothing denied, no degrees; "ho khan", "sốt cao" say more than one word can take over."""
    told = _only(row, "symptom", "symptoms")
    gold = row["reports"][0] if row["reports"] else {}
    if (
        told is None
        or len(told[2]) != 1
        or gold.get("negated")
        or gold.get("temperature_c")
        or not _stands_alone(row, told[1])
    ):
        return None
    if lexicon("symptoms").get(told[0].lower()) is None:
        return None
    word, code = chance(row, f"complaint {each}").choice(sorted(COMPLAINTS.items()))
    return _rewritten(row, told[1], word, {"symptoms": [code]})


def another_unit(each: int, row: Row) -> Row | None:
    """The unit of one count, where it stands in the text as the label spells it, once and not inside a longer name."""
    gold = row["reports"][0] if [one["kind"] for one in row["reports"]] == ["count"] else {}
    unit = gold.get("unit")
    at = row["text"].lower().find(unit.lower()) if unit else -1
    if at < 0 or "unit" in gold.get("alt", {}) or row["text"].lower().count(unit.lower()) != 1:
        return None
    after = row["text"][at + len(unit) :]
    if re.match(r"\s*(?:[-–(/]|[A-ZĐ]|\d+[a-z]?\b(?!\s*[/%]))|\w", after) or re.search(
        r"\w\s*[-–]\s*$|\w$", row["text"][:at]
    ):
        return None
    other = chance(row, f"unit {each}").choice(UNITS)
    return _rewritten(row, (at, at + len(unit)), other, {"unit": other})


def other_numbers(each: int, row: Row) -> Row | None:
    """One count with one figure, written once; nought says more than a number."""
    gold = row["reports"][0] if [one["kind"] for one in row["reports"]] == ["count"] else {}
    values = gold.get("values") or {}
    if len(values) != 1 or "values" in gold.get("alt", {}):
        return None
    ((name, value),) = values.items()
    found = list(re.finditer(rf"(?<![\w/.,:]){value}(?![\w/]|[.,]\d)", row["text"]))
    if len(found) != 1 or value < 2 or len(re.findall(r"\d+", row["text"])) != 1:
        return None
    other = chance(row, f"number {each}").randint(2, 40 if value < 40 else 900)
    return _rewritten(row, found[0].span(), str(other), {"values": {name: other}})


def other_degrees(each: int, row: Row) -> Row | None:
    told = _only(row, "symptom", "temperature_c")
    if told is None or not told[2] or told[2] < 37.5:
        return None
    found = re.search(r"\d{2}[.,]\d|\d{2}", row["text"][told[1][0] : told[1][1] + 3])
    if not found:
        return None
    other = chance(row, f"degrees {each}").choice((37.6, 37.9, 38, 38.2, 38.5, 38.8, 39, 39.4, 40))
    at = told[1][0]
    return _rewritten(
        row, (at + found.start(), at + found.end()), f"{other:g}".replace(".", ","), {"temperature_c": other}
    )


DRESSES = tuple(
    Dress(f"{name} khác ({each})", partial(change, each))
    for name, change in (
        ("nơi đến", another_place),
        ("triệu chứng", another_complaint),
        ("đơn vị", another_unit),
        ("con số", other_numbers),
        ("nhiệt độ", other_degrees),
    )
    for each in range(1, ROUNDS + 1)
)

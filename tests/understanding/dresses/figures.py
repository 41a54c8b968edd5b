"""Small counts in words, in digits, and with a nought before them."""

import re
from typing import Any

from tests.understanding.dresses.dress import Dress, Row, like

ONES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
NUMBERED = r"(?:tổ|ca|phòng|lớp|khu|số|ngày|tháng|thứ|mùng|lầu|tầng|đội|kho|xưởng|quầy|cửa|quận|ấp|thôn|tuyến|line|chuyền|khối|cụm|trạm|nhóm|bàn|mũi|dãy|bến|lô|toa|gate|team|p|q|t|f|chốt|khóm|bản|km|quốc lộ|trạm|thứ|năm)"
PEOPLE = r"(?:người|ng|nguoi|bạn|đứa|khách|ca|đồng chí|đ/c|em|cháu|bé|lượt|công nhân|học sinh|hs|vị|cụ|anh em|hộ)"


def said(number: int, *, short: bool = False) -> str:
    """21 -> hai mươi mốt, or hai mốt as people say in a hurry."""
    tens, ones = divmod(number, 10)
    if number <= 10:
        return [*ONES, "mười"][number]
    last = {0: "", 1: " mốt" if tens > 1 else " một", 5: " lăm", 4: " bốn"}.get(ones, f" {ONES[ones]}")
    ten = "mười" if tens == 1 else f"{ONES[tens]} mươi" if not short or not ones else ONES[tens]
    return ten + last


def _told(row: Row) -> list[int]:
    """The figures the labels count, and those hurt in an incident: other numbers may be names."""
    found: list[Any] = [value for each in row["reports"] for value in each.get("values", {}).values()]
    return [value for value in found if isinstance(value, int)]


def _each_told(row: Row, least: int, most: int, shape: str, new: Any) -> Row | None:
    """Every figure of the labels that stands before a word for people or alone after one, written otherwise; None where it also names a day or a unit."""
    text = row["text"]
    for value in sorted({each for each in _told(row) if least <= each <= most}):
        pattern = shape.format(value=value)
        if len(re.findall(rf"(?<![\d/]){value}(?![\d/])", text)) == 1 and not re.search(
            rf"\b{NUMBERED} {value}\b", text, re.IGNORECASE
        ):
            text = re.sub(pattern, lambda _found, value=value: like(row["text"], new(value)), text)
    return None if text == row["text"] else {**row, "text": text}


STANDING = r"(?<![\w/.,:+%=-])(?<!lớp )(?<!tổ ){value}(?=\s+[^\W\d]{{2}}|[,.]?$|[,.]\s)"


def in_words(row: Row) -> Row | None:
    return _each_told(row, 1, 99, STANDING, said)


def in_short_words(row: Row) -> Row | None:
    """Only where it differs: 21, 35; "mươi" is swallowed before a figure, never at the end of ten."""
    return _each_told(row, 21, 99, STANDING, lambda value: said(value, short=True))


def with_nought(row: Row) -> Row | None:
    return _each_told(row, 1, 9, STANDING, lambda value: f"0{value}")


def without_nought(row: Row) -> Row | None:
    text = row["text"]
    for value in _told(row):
        if 0 < value < 10:
            text = re.sub(rf"(?<![\w/.,:+%-])0{value}(?=\s+[^\W\d]{{2}}|[,.]?$)", str(value), text)
    return None if text == row["text"] else {**row, "text": text}


def in_digits(row: Row) -> Row | None:
    """A number word before people, when the labels count it: "bảy người" -> "7 người"."""
    text = row["text"]
    for value in sorted({each for each in _told(row) if 1 < each <= 99}, reverse=True):
        for word in {said(value), said(value, short=True)}:
            text = re.sub(rf"(?<!\w)(?<!thứ ){word}(?= {PEOPLE}\b)", str(value), text, flags=re.IGNORECASE)
    return None if text == row["text"] else {**row, "text": text}


DRESSES = (
    Dress("số thành chữ", in_words),
    Dress("số thành chữ nói tắt", in_short_words),
    Dress("thêm số 0 đứng trước", with_nought),
    Dress("bỏ số 0 đứng trước", without_nought),
    Dress("chữ thành số", in_digits),
)

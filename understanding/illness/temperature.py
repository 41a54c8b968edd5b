"""Body temperatures: 38.5, 37,9 độ, 38 độ rưỡi, 39 độ 2, ba tám độ rưỡi."""

import re
from typing import NamedTuple

from understanding.phrases.gates import gate
from understanding.phrases.line import Line

FEVER_FROM = 37.5
DEGREES = gate(map(str, range(34, 43)))
IN_WORDS = gate({"ba", "bon"}) | gate({"do"})
DEGREE = r"(?:d{1,2}o{1,2}j?(?:\s?c)?(?![a-z])|°\s?c?|º\s?c?|'|c(?![a-z]))"
FIGURES = re.compile(
    rf"(?<![\d/.,:-])(?P<whole>3[4-9]|4[0-2])(?:(?:[.,]|\sphay\s)(?P<part>\d{{1,2}})(?![\d/])\s?{DEGREE}?"
    rf"|\s(?P<half>ruoi)|\s?{DEGREE}\s?(?P<after>ruoi|[1-9](?!\d|[/.,]\d|\s?(?:ngay|hom|bua|dem|nguoi|lan|tieng|gio|tuan)))?)"
)
ALONE = re.compile(
    r"(?:sot|nong|nhiet do|than nhiet|do duoc|cap duoc|nhiet ke|cap|kep)(?:\s[a-z]+){0,3}\s(?P<whole>3[5-9]|4[0-2])(?![\d/:hg%]|[.,]\d|\s?(?:tuoi|nguoi|phut|tieng|vi|vien|hop|goi|lo|thung|cai|chai|que|bo|lit|ky|kg)\b)"
)
WORDS = re.compile(
    r"\b(?:ba\s(?:muoi\s)?(?P<unit>nam|sau|bay|tam|chin)|bon\s(?P<forty>muoi|mot))\sdo\b(?:\s(?P<after>ruoi|\d|mot|hai|ba|bon|nam|sau|bay|tam|chin)\b)?"
)
TENTHS = dict(zip(("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin"), "123456789", strict=True)) | {
    "ruoi": "5"
}
UNITS = {"nam": 35, "sau": 36, "bay": 37, "tam": 38, "chin": 39}


class Temperature(NamedTuple):
    start: int
    end: int
    value: float


def temperatures(line: Line) -> list[Temperature]:
    found: list[Temperature] = []
    if line.gates & DEGREES:
        found = [_from_figures(each) for each in FIGURES.finditer(line.folded)] or [
            Temperature(each.start("whole"), each.end(), float(each["whole"])) for each in ALONE.finditer(line.folded)
        ]
    if not found and line.gates & IN_WORDS == IN_WORDS:
        return [_from_words(each) for each in WORDS.finditer(line.folded)]
    return found


def _from_figures(found: re.Match[str]) -> Temperature:
    part = found["part"] or found["half"] or found["after"] or "0"
    part = "5" if part == "ruoi" else part
    return Temperature(*found.span(), float(f"{found['whole']}.{part}"))


def _from_words(found: re.Match[str]) -> Temperature:
    whole = UNITS[found["unit"]] if found["unit"] else 40 + (found["forty"] == "mot")
    part = TENTHS.get(found["after"], found["after"] or "0")
    return Temperature(*found.span(), float(f"{whole}.{part}"))

"""Every dress there is."""

from tests.understanding.dresses import (
    company,
    courtesies,
    days,
    figures,
    keyboards,
    others,
    pauses,
    regions,
    sounds,
    speakers,
    weeks,
)

FAMILIES = {
    "bàn phím": keyboards.DRESSES,
    "ngắt câu": pauses.DRESSES,
    "lễ phép": courtesies.DRESSES,
    "người nói": speakers.DRESSES,
    "vùng miền": regions.DRESSES,
    "chính tả": sounds.DRESSES,
    "con số": figures.DRESSES,
    "ngày giờ": days.DRESSES,
    "điều khác": others.DRESSES,
    "cùng tin khác": company.DRESSES,
    "dời lịch": weeks.DRESSES,
}

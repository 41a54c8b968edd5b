"""Small slips of the fingers are mended where only one word can be meant, and left alone elsewhere."""

from datetime import datetime

import pytest

from understanding import read
from understanding.phrases.typing_slips import mend

AT = datetime(2026, 6, 10, 9, 0)  # noqa: DTZ001  the office's own clock


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vihn", "vinh"),
        ("logn", "long"),
        ("lmà", "làm"),
        ("lịhc", "lịch"),
        ("chóg", "chóng"),
        ("trườg", "trường"),
        ("khôg", "không"),
        ("ngừơi", "người"),
        ("đựơc", "được"),
        ("nứơc", "nước"),
        ("bưã", "bữa"),
    ],
)
def test_what_only_one_word_can_be_is_that_word(typed, meant):
    assert [word for _, word in mend(typed)] == [meant]


@pytest.mark.parametrize(
    "typed", ["alo", "hno", "bug", "mail", "link", "ubnd", "kcn", "zoom", "excel", "nghĩ", "quyển"]
)
def test_other_tongues_abbreviations_and_words_as_they_are_stay(typed):
    assert [word for _, word in mend(typed)] == [typed]


@pytest.mark.parametrize(
    ("text", "place"),
    [("mai tui xin về Vĩnh Logn, mốt lên", "Vĩnh Long"), ("sáng mai em đi Trà Vihn giao hồ sơ, tối về", "Trà Vinh")],
)
def test_a_journey_is_heard_for_all_the_hurry(text, place):
    assert read(text, AT).first("travel").get("destinations") == [place]


def test_a_letter_may_lose_one_of_its_two_marks():
    told = read("em nhưc mỏi toàn thân, ớn lạh từ chiều qua", AT).first("symptom")
    assert told.get("symptoms") == ["body_ache", "chills"]


def test_teeth_do_not_fight():
    assert read("ngồi trực mà hai hàm răng đánh nhau", AT).reports == ()

"""Spelling, places, people, symptoms: the small readers one by one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understanding.illness.symptoms import read_symptoms
from understanding.journeys.places import read_places, today_name, today_names
from understanding.persons.people import people
from understanding.phrases.gates import FIGURES, gate
from understanding.phrases.lexicon import FOLDER, lexicon
from understanding.phrases.line import Line
from understanding.phrases.normalize import fold, lower, nfc
from understanding.phrases.typing_slips import from_telex
from understanding.reading import Nicknames


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cos mawtj", "có mặt"),
        ("ddi", "đi"),
        ("hnay e nghỉ", "hôm nay em nghỉ"),
        ("k ho", "không ho"),
        ("hông sao", "không sao"),
        ("HảiPhòng", "hải phòng"),
        ("okkkk", "ok"),
        ("nhớ nhaaa", "nhớ nha"),
        ("đi vs gđ", "đi với gđ"),
        ("t6", "t 6"),
        ("kho A", "kho a"),
    ],
)
def test_hurried_words_are_mended(typed, meant):
    assert " ".join(Line(typed).typed) == meant


def test_telex_is_only_decoded_to_known_words():
    assert from_telex("sootj") is None
    assert from_telex("soost") == "sốt"
    assert from_telex("test") is None


def test_old_and_new_tone_marks_are_one():
    assert lower("Hoà") == lower("Hòa")
    assert fold("Đắk Nông") == "dak nong"


@given(st.text(max_size=80))
def test_folding_keeps_the_length_of_nfc(text):
    assert len(fold(text)) == len(nfc(text)) == len(lower(text))


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ ", max_size=40))
def test_both_forms_of_unicode_read_alike(text):
    assert Line(unicodedata.normalize("NFD", text)).words == Line(text).words


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("đi Quy Nhơn", ["Bình Định"]),
        ("ra hn", ["Hà Nội"]),
        ("vào TP.HCM", ["Thành phố Hồ Chí Minh"]),
        ("di Dak Lak", ["Đắk Lắk"]),
        ("haiphong", ["Hải Phòng"]),
        ("sang Lào", ["Lào"]),
        ("đi Nhật", ["Nhật Bản"]),
        ("Bà Rịa - Vũng Tàu", ["Bà Rịa - Vũng Tàu"]),
        ("đi Đức", ["Đức"]),
        ("anh Vinh", []),
        ("chị Mỹ", []),
        ("đi ĐN", [None]),
        ("về qn", [None]),
        ("Thanh Hoá", ["Thanh Hóa"]),
    ],
)
def test_places_are_read_in_any_spelling(text, names):
    assert [slot.value for slot in read_places(text)] == names


def test_all_63_older_provinces_lead_to_34():
    assert len(today_names()) == 63
    assert len({code for _, code in today_names().values()}) == 34
    assert set(lexicon("provinces").values()) == set(today_names())
    assert today_name("Bình Định") == "Gia Lai"
    assert today_name("Lào") == "Lào"


@pytest.mark.parametrize("place_list", ["towns", "places_with_care"])
def test_every_town_stands_in_a_known_province_or_country(place_list):
    known = set(today_names()) | set(lexicon("countries").values())
    assert set(lexicon(place_list).values()) <= known


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("em xin nghỉ", [("self", None)]),
        ("Anh Quân IT đi họp", [("other", "Quân")]),
        ("vợ tôi ốm", [("family", None)]),
        ("em và chị Lan đi", [("group", None)]),
        ("đồng chí Lê Văn Hưng nghỉ", [("other", "Lê Văn Hưng")]),
        ("anh ơi em đi", [("self", None)]),
        ("cả phòng khỏe", [("group", None)]),
        ("nhà em có người ho", [("family", None)]),
        ("2 công nhân ngã", [("other", None)]),
    ],
)
def test_whoever_is_meant_is_read(text, who):
    assert [(person.who, person.name) for person in people(Line(text))] == who


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("không sốt, không ho", ["-fever", "-cough"]),
        ("hết ho, còn sốt", ["-cough", "fever"]),
        ("k ho sốt gì", ["-cough", "-fever"]),
        ("không sốt nhưng đau họng", ["-fever", "sore_throat"]),
        ("không sốt, ho nhẹ", ["-fever", "cough"]),
        ("mất mùi", ["loss_of_smell_taste"]),
        ("hôm qua sốt, nay hết rồi", ["-fever"]),
        ("sốt đất", []),
        ("tieu chay", ["diarrhea"]),
        ("khó thở, tức ngực", ["dyspnea", "chest_pain"]),
        ("đau bụng từ tối, không đi ngoài, không nôn", ["abdominal_pain", "-diarrhea", "-nausea_vomiting"]),
        ("sốt nhẹ, không đi học được", ["fever"]),
    ],
)
def test_symptoms_and_their_negations_are_read(text, codes):
    assert [slot.value for slot in read_symptoms(text)] == codes


@pytest.mark.parametrize("text", ["e moi o Vinh Long len hoi toi qua", "Tuan truoc toi co vao Kon Tum"])
def test_what_looks_like_a_name_without_marks_may_say_where_or_when(text):
    assert not [person for person in people(Line(text)) if person.name]


def test_the_office_adds_its_own_nicknames():
    from datetime import datetime

    from understanding import read

    office = Nicknames(units={"một cửa": "Bộ phận Một cửa"}, people={"sếp Dũng": "Trần Anh Dũng"})
    at = datetime(2026, 6, 10, 9)  # noqa: DTZ001
    assert read("một cửa: 12 khách", at, None, office).first("count").get("unit") == "Bộ phận Một cửa"
    trip = read("sếp Dũng đi Hà Nội 12/6", at, None, office).first("travel")
    assert (trip.get("who"), trip.get("name")) == ("other", "Trần Anh Dũng")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_every_lexicon_explains_itself_and_parses(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert all(line.startswith("#") or ":" in line or not line for line in lines)
    assert path.read_text(encoding="utf-8") == nfc(path.read_text(encoding="utf-8"))


def test_a_gate_opens_for_its_words_its_lists_and_for_figures():
    """Without its marks the word counts as well; another word, or a phrase of another list, opens nothing.

    Words remember their gates once they were read: the quotation marks see to it that nobody else reads these.
    """
    hats, towns = gate({"non"}), gate(lists={"provinces"})

    assert [bool(Line(said).gates & hats) for said in ("mua cái «nón»", "mua cai «non»", "mua cái «mũ»", "")] == [
        True,
        True,
        False,
        False,
    ]
    assert [bool(Line(said).gates & towns) for said in ("đi Hà Nội", "đi chợ")] == [True, False]
    assert [bool(Line(said).gates & FIGURES) for said in ("tổ 3", "tổ ba")] == [True, False]

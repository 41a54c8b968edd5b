"""The second opinion: words weighed on messages that people have read silence chatter and turn certainty into a question."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.understanding.learn_weights import BY_NAME, examples, learn, write
from tests.understanding.scoring import labelled
from understanding import read
from understanding.doubts.evidence import (
    HEAD_LINES,
    OPINIONS,
    PERSONS,
    WEIGHED,
    Evidence,
    believable,
    is_chatter,
    is_figure_of_speech,
    is_way_back_doubtful,
    kinds_against,
    person_meant,
)
from understanding.doubts.traits import traits
from understanding.phrases.lexicon import FOLDER
from understanding.reader import scene_of
from understanding.reading import Report, Slot

AT = datetime(2026, 9, 8, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "nghe người ta nói bên đó có dịch gì ghê lắm ho cái là sốt",
        "Năm học trước trường mình có tới 40 cháu thủy đậu, nghĩ lại vẫn còn sợ các cô ạ.",
        "lợn nhà ông Páo bị sốt bỏ ăn, gọi thú y hộ với",
        "kèo bóng chiều mai thiếu 2 người, còn đua F1 thì 20h xem ở quán Tít nhé",
    ],
)
def test_talk_of_the_office_is_nothing_to_report(text):
    assert not any(report.is_certain for report in read(text, AT).reports)


@pytest.mark.parametrize("text", ["ủa em bị sốt 39 độ", "mọi người ơi em bị sốt 39 độ", "em bị sốt 39 độ, haha"])
def test_what_a_thermometer_says_of_somebody_ill_is_asked_about_whatever_is_said_around_it(text: str) -> None:
    reading = read(text, AT)

    assert [(report.kind, report.is_certain) for report in reading.reports] == [("symptom", False)]
    assert reading.doubts


def test_a_hot_day_is_no_fever() -> None:
    assert not read("ủa trời nay 39 độ sốt cả người", AT).reports


def test_the_words_of_a_fever_speak_for_an_illness():
    weighed = Evidence(scene_of("em sốt 38 độ từ đêm qua, ho nhiều, xin phép nghỉ hôm nay", AT, None, None))

    assert weighed["any"] > 1
    assert weighed["symptom"] > 1
    assert weighed["count"] < 0 > weighed["correction"]


def test_what_is_urgent_is_asked_about_even_where_the_words_are_those_of_chatter():
    fire = Report("incident", {}, 0.85)
    chatter = dict.fromkeys(OPINIONS, -3.0)

    assert not is_chatter(chatter, [fire])
    assert "incident" in kinds_against(chatter, [fire])
    assert is_chatter(chatter, [Report("travel", {}, 0.9)])


def test_what_is_urgent_does_not_wait_for_an_answer_unless_hardly_anything_speaks_for_it():
    fire = Report("incident", {}, 0.85)

    assert kinds_against(dict.fromkeys(OPINIONS, -1.4), [fire]) == {}
    assert kinds_against(dict.fromkeys(OPINIONS, -1.6), [fire]) == {"incident": "kind"}


def test_who_is_told_of_follows_the_words_only_where_they_are_clear_and_is_asked_then():
    opinions = dict.fromkeys(PERSONS, -1.0)

    assert person_meant({**opinions, "other": 1.0}, "self") == "other"
    assert person_meant({**opinions, "other": 0.5}, "self") is None
    assert person_meant({**opinions, "self": 0.1, "other": 1.0}, "self") is None
    assert person_meant({**opinions, "self": 1.0}, "self") is None


def test_a_way_back_is_asked_for_where_the_words_speak_of_one_and_none_was_read():
    there, back = Report("travel", {}, 0.9), Report("travel", {"return": Slot(AT.date())}, 0.9)

    assert is_way_back_doubtful({"return": 1.0}, there)
    assert not is_way_back_doubtful({"return": 0.5}, there)
    assert is_way_back_doubtful({"return": -1.0}, back)
    assert not is_way_back_doubtful({"return": 1.0}, back)


def test_a_report_is_left_out_that_the_words_speak_strongly_against():
    trip, figures, fire = Report("travel", {}, 0.75), Report("count", {}, 0.75), Report("incident", {}, 0.75)
    opinions = {**dict.fromkeys(OPINIONS, -2.0), "any": 3.0, "travel": 3.0}

    assert believable(opinions, [figures, trip], "") == [trip]
    assert believable({**opinions, "count": -1.4}, [figures, trip], "") == [figures, trip]
    assert believable(opinions, [fire, trip], "") == [fire, trip]


def test_what_is_asked_about_is_left_out_where_neither_the_message_nor_its_words_speak_for_it():
    headache, smoke = Report("symptom", {}, 0.75), Report("incident", {}, 0.75)
    opinions = {**dict.fromkeys(OPINIONS, -1.0), "any": 0.4, "incident": -2.0}

    assert believable(opinions, [headache, smoke], "") == []
    assert believable({**opinions, "any": 0.6}, [headache, smoke], "") == [headache, smoke]
    assert believable(opinions, [replace(headache, certainty=0.9)], "") == [replace(headache, certainty=0.9)]


def test_oranges_that_are_sold_out_and_a_phone_that_burns_alarm_nobody_but_a_kitchen_does():
    assert is_figure_of_speech({"any": -1.7, "incident": -1.3})
    assert not is_figure_of_speech({"any": -1.7, "incident": 0.3})
    assert read("son cam cháy hết hàng r mn ưi", AT).reports == ()
    assert read("Ngày chót quyết toán, DN gọi cháy cả máy", AT).reports == ()
    assert [(each.kind, each.is_certain) for each in read("bếp cơ quan cháy rồi", AT).reports] == [("incident", True)]


def test_an_answer_to_what_was_asked_speaks_by_the_question():
    well = Report("symptom", {}, 0.9)
    against = dict.fromkeys(OPINIONS, -2.0)

    assert believable(against, [well], "") == []
    assert believable(against, [well], "reply_to:health_check") == [well]
    assert believable(against, [replace(well, certainty=0.6)], "reply_to:health_check") == []


def test_what_was_received_is_acknowledged_in_any_words():
    assert [each.kind for each in read("Dạ vâng em nhận được thông báo rồi ạ 💕", AT).reports] == ["ack"]


def test_a_kind_that_only_the_words_see_makes_all_of_the_message_a_question():
    opinions = {**dict.fromkeys(OPINIONS, -2.0), "any": 3.0, "travel": 3.0}

    assert kinds_against(opinions, [Report("travel", {}, 0.9)]) == {}
    assert kinds_against({**opinions, "symptom": 1.0}, [Report("travel", {}, 0.9)]) == {"travel": "kind"}


def test_the_opinions_agree_with_what_people_read():
    rows = [row for row in labelled() if not any(each.get("optional") for each in row["reports"])]
    right = sum(
        bool(row["reports"]) == (Evidence(scene_of(row["text"], AT, row["context"], None))["any"] > 0) for row in rows
    )

    assert right / len(rows) >= 0.95


def test_the_same_messages_give_the_same_weights(tmp_path):
    found = examples([row for row, _ in zip(labelled(), range(60), strict=False)])
    for name in ("a", "b"):
        write(learn(found), tmp_path / name)

    assert (tmp_path / "a").read_text() == (tmp_path / "b").read_text() != ""


def test_an_incident_among_chatter_is_asked_about() -> None:
    """The words may be those of a lunch break: several people who vomit are not passed over in silence."""
    [told] = read("ăn trưa xong thấy 3 đứa ói quá trời quá đất luôn cả nhà ơi", AT).reports
    assert (told.kind, told.is_certain) == ("incident", False)
    assert read("Giá sụt nền luôn, cà phê còn 80 nghìn", AT).reports == ()


def test_what_weighs_is_the_same_by_its_number_and_by_its_name():
    scene = scene_of("Mai em đi Huế 2 ngày, thứ sáu về. Ai sốt thì ở nhà nhé?", AT, "after:travel", None)
    rows = (FOLDER / "weights.tsv").read_text(encoding="utf-8").splitlines()
    known = {row.split("\t")[0] for row in rows[HEAD_LINES:]} & traits(scene, BY_NAME)

    assert len(Evidence(scene).found) == len(known) > 30
    assert Evidence(scene).whole().keys() == set(WEIGHED)


def test_a_kind_that_the_words_speak_strongly_against_takes_nothing_from_another():
    """The guest's fever is no number of visitors; what was asked for is looked for all the same."""
    [ill] = read("chuyến VN1823 có 1 khách 38.6 độ, ho, đã mời vô phòng riêng lấy mẫu", AT).reports
    [answer] = read("hôm nay có 12", AT, "reply_to:daily_count:visitors").reports

    assert (ill.kind, ill.get("temperature_c")) == ("symptom", 38.6)
    assert answer.get("values") == {"visitors": 12}

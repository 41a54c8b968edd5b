"""What no rule reads and the words alone speak for becomes a report that is asked about, never one that is sure."""

from datetime import UTC, date, datetime

from understanding import read
from understanding.doubts.evidence import WEIGHED, are_figures_doubtful
from understanding.doubts.overheard import overheard
from understanding.reader import scene_of
from understanding.reading import CERTAIN, Report, Slot

AT = datetime(2026, 9, 8, 8, 0, tzinfo=UTC)
TODAY = AT.date()


def opinions(**said):
    return {**dict.fromkeys(WEIGHED, -2.0), "any": 2.0, **said}


def heard(text, context=None, reports=(), **said):
    found = overheard(scene_of(text, AT, context, None), opinions(**said), reports)
    assert found is None or found.certainty < CERTAIN
    return found


def test_an_absence_in_no_words_of_a_list_has_its_day_its_person_and_the_likeliest_status():
    away = heard("Mai chị Lan xuống chi nhánh phụ kho nha", presence=0.4, **{"presence=field": 1.0})

    assert (away.get("status"), away.get("date"), away.get("who"), away.get("name")) == (
        "field",
        date(2026, 9, 9),
        "other",
        "Lan",
    )


def test_nothing_is_heard_where_the_words_tell_of_no_report_or_of_no_kind():
    assert heard("Mai xuống chi nhánh phụ kho", presence=0.4, any=0.9) is None
    assert heard("Mai xuống chi nhánh phụ kho", presence=-0.1) is None
    assert heard("Mai xuống chi nhánh phụ kho", symptom=1.0) is None


def test_the_rules_are_not_spoken_over():
    trip = Report("travel", {}, 0.9)

    assert heard("Mai em xuống chi nhánh phụ kho", reports=[trip], presence=2.0) is None


def test_what_happens_in_no_words_of_a_list_is_asked_about():
    fire = heard("dưới bếp cơ quan khói um lên rồi", incident=0.4, **{"incident=fire": 1.0})

    assert (fire.kind, fire.get("type")) == ("incident", "fire")


def test_right_after_a_report_little_is_needed_to_change_it():
    assert heard("đếm lại thì là 14 khách", "after:count", correction=-0.5).get("values") == {"visitors": 14}
    assert heard("đếm lại thì là 14 khách", "after:count", correction=-0.9) is None
    assert heard("đếm lại thì là 14 khách", correction=1.0) is None


def test_all_of_it_is_taken_back_where_the_words_say_so_and_nothing_is_changed_where_nothing_is_new():
    said = "cảm biến lỗi thôi ạ"

    assert heard(said, "after:incident", correction=0.5, cancel=0.5).get("action") == "cancel"
    assert heard(said, "after:incident", correction=0.5, cancel=-0.5) is None


def test_a_second_report_of_the_same_kind_may_be_a_change_of_the_first():
    again = Report("count", {"values": Slot({"visitors": 14})}, 0.9)

    assert heard("đếm lại thì là 14 khách", "after:count", [again], correction=0.1).kind == "correction"
    assert heard("đếm lại thì là 14 khách", "after:count", [again], correction=-0.1) is None
    assert heard("đếm lại thì là 14 khách", "after:travel", [again], correction=0.1) is None


def test_what_was_asked_for_is_heard_in_an_answer():
    well = heard("ngon lành cành đào", "reply_to:health_check", symptom=-0.5)

    assert (well.kind, well.get("symptoms"), well.get("who")) == ("symptom", [], "self")
    assert heard("chắc tầm 14 người ghé", "reply_to:daily_count", count=-0.5).get("values")
    assert heard("cũng như bữa trước", "reply_to:daily_count", count=0.5) is None


def test_a_journey_needs_a_place_and_a_day():
    trip = heard("Thứ sáu em có việc Đà Lạt", travel=0.5)

    assert (trip.get("destinations"), trip.get("depart")) == (["Lâm Đồng"], date(2026, 9, 11))
    assert heard("em có việc Đà Lạt", travel=0.5) is None


def test_a_figure_alone_is_a_choice_and_changes_nothing():
    assert heard("1", "after:travel", correction=2.0) is None


def test_a_long_text_is_no_line_to_be_heard():
    assert heard("Mai chị Lan xuống kho. " * 20, presence=2.0) is None


def test_what_is_heard_comes_with_a_question():
    reading = read("Đề nghị bỏ báo cáo rò khí clo lúc nãy, kiểm tra lại là cảm biến lỗi.", AT, "after:incident")

    assert [(each.kind, each.get("action"), each.is_certain) for each in reading.reports] == [
        ("correction", "cancel", False)
    ]
    assert [(doubt.kind, doubt.question) for doubt in reading.doubts] == [("correction", "really")]


def test_figures_are_doubted_where_the_words_name_others():
    counts = [Report("count", {"values": Slot({"present": 12})}, 0.9)]

    assert not are_figures_doubtful(opinions(**{"count=present": 1.0}), counts)
    assert are_figures_doubtful(opinions(**{"count=present": 1.0, "count=absent": 0.8}), counts)
    assert not are_figures_doubtful(opinions(**{"count=present": -0.8}), counts)

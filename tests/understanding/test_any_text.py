"""Whatever is typed: no exception, no surprise in length, the same contract."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understanding import Context, Doubt, read
from understanding.dates import read_dates
from understanding.explain import explain
from understanding.journeys.places import read_places
from understanding.numbers import read_number
from understanding.phrases.chunks import chunks, with_hanging
from understanding.phrases.lexicon import lexicon, vocabulary
from understanding.reader import LONGEST
from understanding.reading import Report, Slot

AT = datetime(2026, 6, 10, 9, 0)  # noqa: DTZ001
KINDS = ("travel", "symptom", "count", "incident", "ack", "presence", "correction")
CONTEXTS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            *Context,
            Context.daily_count("absent"),
            *(Context.after(kind) for kind in KINDS),
            "after:",
            "reply_to:daily_count:",
            "?",
        ]
    ),
)
WORDS = sorted({*vocabulary(), *lexicon("short_forms")})
SPOKEN = st.lists(
    st.one_of(st.sampled_from(WORDS), st.sampled_from(list(",.?!:;/-|()\n")), st.integers(0, 40).map(str)), max_size=25
).map(" ".join)


@given(st.text(max_size=200), CONTEXTS)
def test_any_text_is_read(text, context):
    assert all(report.kind in KINDS for report in read(text, AT, context).reports)


@settings(max_examples=300)
@given(SPOKEN, CONTEXTS)
def test_any_row_of_known_words_is_read(text, context):
    for report in read(text, AT, context).reports:
        assert 0.5 <= report.certainty <= 1
        assert all(slot.value is not None for slot in report.slots.values())


@given(st.text(max_size=120))
def test_the_small_readers_take_any_text(text):
    read_dates(text, AT)
    read_number(text)
    read_places(text)
    assert list(explain(text, AT))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "🥰" * 5000,
        "a" * 5000,
        "12/3 " * 1000,
        "không " * 1000,
        "từ 1 đến 3/9 " * 400,
        "()" * 2500,
        "9" * 5000,
    ],
)
def test_long_and_empty_messages(text):
    assert len(read(text, AT).reports) <= LONGEST


def test_spans_of_a_long_message_point_into_it():
    text = "Chào cả nhà. " * 80 + "Em xin báo: em đi Hà Nội 15/6."
    trip = read(text, AT).first("travel")
    assert text[slice(*trip.slots["destinations"].span)] == "Hà Nội"


def test_a_doubtful_short_form_is_asked_about_not_guessed():
    reading = read("mai em đi ĐN, thứ 6 về", AT)
    assert reading.first("travel").get("destinations") == []
    assert not reading.first("travel").is_certain
    assert Doubt("travel", "destinations", "which", ("Đà Nẵng", "Đồng Nai")) in reading.doubts


def test_a_report_is_certain_only_with_all_its_slots():
    sure, unsure = Slot(1), Slot(2, None, 0.5)
    assert Report("count", {"a": sure}, 0.9).is_certain
    assert not Report("count", {"a": sure, "b": unsure}, 0.9).is_certain
    assert not Report("count", {"a": sure}, 0.7).is_certain
    assert Report("count", {"a": sure}, 0.9).get("b", "x") == "x"


@given(st.one_of(SPOKEN, st.text("abcđêhkmrt6A.,/-: \n", max_size=60)))
def test_what_is_remembered_of_a_chunk_is_what_it_means_in_its_place(text):
    told = text.split(" ")

    assert chunks(text) == with_hanging(text, told, [None] * len(told))

"""Three thousand messages by imagined people of every age, region and phone: how many are read as a colleague would."""

import pytest

from tests.understanding.scoring import labelled, reading_of, score

ROWS = list(labelled())


@pytest.fixture(scope="module")
def readings():
    return [reading_of(row) for row in ROWS]


@pytest.fixture(scope="module")
def total(readings):
    return score(ROWS, readings)


def test_there_are_enough_messages_by_enough_people():
    assert len(ROWS) >= 3000
    assert len({row["persona"] for row in ROWS}) >= 20
    assert len({(row["persona"], row["text"]) for row in ROWS}) == len(ROWS)


def test_almost_every_message_is_read_exactly(total):
    assert total.exact / total.messages >= 0.93, total.misread


def test_chatter_questions_and_news_report_nothing(total):
    assert total.alarms / total.silent <= 0.03


def test_what_is_certain_is_hardly_ever_wrong(total):
    assert total.wrong_and_certain / total.messages <= 0.01


def test_most_reports_need_no_question(total):
    assert total.certain / (total.messages - total.silent) >= 0.56


def test_a_reading_is_the_same_every_time(readings):
    for row, reading in zip(ROWS[:40], readings, strict=False):
        assert reading_of(row) == reading


def test_every_span_lies_in_the_text(readings):
    for row, reading in zip(ROWS, readings, strict=True):
        for report in reading.reports:
            for slot in report.slots.values():
                assert slot.span is None or 0 <= slot.span[0] < slot.span[1] <= len(row["text"])

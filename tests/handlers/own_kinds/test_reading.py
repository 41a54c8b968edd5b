"""Whatever the office writes: a kind whose dialogue can be finished, or a sentence that says what is wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.check_in import Answers, CheckInKind, Question
from handlers.own_kinds import Definition, as_text, make, name_of, read_definition, stored, succeed
from handlers.own_kinds.question_types import TYPES
from storage.messages import Act, IncomingFile, IncomingMessage

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PHOTO = IncomingFile(reference="AgAC-1", name="anh.jpg", media_type="image/jpeg", size=1000, kind="photo")
WORDS = ("12", "có", "15/6/2026", "Nguyễn Văn An")
"""Among these every question that wants words finds its answer."""

titles = st.text(max_size=70) | st.sampled_from(("Kiểm tra phòng cháy", "Tổng kết (quý) III", "Nước", "hỏi: ai", "- x"))
types = st.sampled_from(
    [word for each in TYPES.values() for word in (each.called, *each.words)]
    + ["chọn: tốt, cần thay", "chọn: a/b", "chọn: 1, 2, 3, bỏ qua", "chọn:", "số, không bắt buộc", "ảnh; tùy chọn", ""]
)
questions = st.builds(lambda title, kind: f"- {title} ({kind})", titles, types) | st.text(max_size=40)
asked = st.sampled_from(
    (
        "đơn vị",
        "từng người, kín",
        "đơn vị, hằng ngày 8:00-9:00",
        "các đơn vị, thứ Hai và thứ 5, từ 7h30 đến 16g",
        "từng người, mỗi ngày lúc 23:00-23:59",
        "đơn vị, hằng ngày 9:00-9:05",
        "đơn vị, khi có việc, 8:00-9:00",
        "ai đó 25:00-26:00",
    )
)
texts = st.builds(
    lambda title, who, lines, more: "\n".join([title, f"hỏi: {who}", *more, *lines]),
    titles,
    asked | st.text(max_size=30),
    st.lists(questions, min_size=1, max_size=5),
    st.lists(st.sampled_from(("báo: lãnh đạo, Văn phòng", "gọi: phòng cháy, pccc", "báo: sếp", "gọi: x")), max_size=2),
)


@given(st.text() | texts)
def test_any_text_is_a_kind_that_can_be_finished_or_a_sentence(text: str) -> None:
    reading = read_definition(text)
    if reading.definition is None:
        assert reading.mistakes
        assert all(
            mistake.endswith((".", "?", ")", "”")) or "Ví dụ" in mistake or "ví dụ" in mistake
            for mistake in reading.mistakes
        )
        return
    assert not reading.mistakes
    definition = reading.definition
    assert read_definition(as_text(definition)).definition == definition
    assert msgspec.convert(msgspec.json.decode(msgspec.json.encode(stored(definition))), Definition) == definition
    _finish(make(definition, name=name_of(definition.title)))


def _finish(kind: CheckInKind) -> None:
    """Answer every question in turn, as the dialogue would ask them, and use all that follows from it."""
    answers: Answers = {}
    for _ in kind.questions:
        question = kind.missing(answers)
        assert question is not None
        answers[question.name] = _answer(question)
    assert kind.missing(answers) is None
    assert kind.say(answers)
    names = [figure.name for figure in kind.figures]
    assert names
    assert len(set(names)) == len(names)
    assert set(kind.count(answers)) <= set(names)
    assert all(len(name) <= 60 for name in (kind.name, *names))
    assert kind.plan is None or kind.plan.opens < kind.plan.reminds < kind.plan.due
    skipped = {question.name: None for question in kind.questions}
    assert kind.say(skipped)
    assert kind.count(skipped) in ({}, {"reports": 1})


def _answer(question: Question) -> object:
    if question.read_file is not None:
        message = IncomingMessage(
            platform="telegram", key="1", act=Act.TEXT, chat_id="1", chat_type="private", sent_at=NOW, file=PHOTO
        )
        return question.read_file(message)
    readings = [question.read(words, NOW) for words in (*question.choices, *WORDS)]
    found = [answer for answer in readings if answer is not None]
    assert found, question.ask
    return found[0]


@pytest.mark.parametrize(
    ("kind", "said", "read"),
    [
        ("number", "mười hai bình ạ", 12),
        ("number", "không có", 0),
        ("number", "25.000.000", 25_000_000),
        ("number", "25 triệu đồng", None),
        ("number", "25.000.000 đồng", 25_000_000),
        ("number", "hai nghìn", 2000),
        ("number", "phòng 302", None),
        ("number", "0912345678", None),
        ("number", "-5", None),
        ("number", "10-15", None),
        ("number", "phòng 302 hôm nay chưa kiểm tra", None),
        ("yes_no", "có ạ", True),
        ("yes_no", "chưa", False),
        ("yes_no", "chắc vậy", None),
        ("date", "mai", "2026-11-24"),
        ("date", "15/6 hoặc 16/6", None),
        ("place", "da nang", "Đà Nẵng"),
        ("place", "tầng 3 nhà B", "tầng 3 nhà B"),
        ("person", "anh Nguyễn Văn An ạ", "Nguyễn Văn An"),
        ("person", "anh Nguyễn Văn An", "Nguyễn Văn An"),
        ("person", "nguyen van an", "nguyen van an"),
        ("person", "chưa biết", None),
        ("text", "đã thay hai bình ạ", "đã thay hai bình ạ"),
        ("text", "rất dài " * 100, None),
        ("place", "tầng 3 nhà B " * 50, None),
        ("photo", "ảnh đây", None),
    ],
)
def test_an_answer_is_read_or_asked_again(kind: str, said: str, read: object) -> None:
    assert TYPES[kind].read(said, NOW) == read


def test_a_document_is_no_photo_unless_it_is_a_picture() -> None:
    def sent(media_type: str) -> object:
        file = IncomingFile(reference="x", name="x", media_type=media_type, size=1)
        message = IncomingMessage(
            platform="telegram", key="1", act=Act.TEXT, chat_id="1", chat_type="private", sent_at=NOW, file=file
        )
        assert TYPES["photo"].read_file is not None
        return TYPES["photo"].read_file(message)

    assert sent("application/pdf") is None
    assert sent("image/png")


@given(st.lists(texts, min_size=2, max_size=4))
def test_after_any_changes_old_answers_are_still_said(versions: list[str]) -> None:
    definitions = [found for text in versions if (found := read_definition(text).definition) is not None]
    if not definitions:
        return
    now = definitions[0]
    said: list[Answers] = []
    for later in definitions[1:]:
        said.append({q.name: _answer(q) for q in make(now, name="x").questions})
        now = succeed(now, later)
    kind = make(now, name="x")
    assert len({each.name for each in (*now.questions, *now.retired)}) == len(now.questions) + len(now.retired)
    assert all(kind.say(answers) != "không ghi gì thêm" for answers in said)


def test_the_day_that_is_written_is_kept_as_text() -> None:
    [text] = [each for each in ("2026-11-24",) if date.fromisoformat(each)]
    assert TYPES["date"].say(text) == "24/11/2026"

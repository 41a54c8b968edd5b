"""A playbook's text: read whole, or every mistake in a sentence with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.playbooks.definition import Evidence, Place
from handlers.playbooks.editing import SAMPLE
from handlers.playbooks.library import Entry, shipped
from handlers.playbooks.reading import read_playbook
from handlers.playbooks.times import ends_by, next_chase
from tests.conftest import MONDAY

GOOD = """tên: Ca bệnh gần trụ sở
căn cứ: Kế hoạch số 22/KH-SCT
sự việc: ca bệnh
nơi: gần
các bước:
  - việc: Lau nền nhà
    ai: Chánh Văn phòng
    hạn: 2 giờ
    chứng minh: ảnh
  - việc: Báo tổ giám sát khi có triệu chứng
    ai: toàn thể
    hạn: ngay
    từng người: có
    sau bước: 1
    cấp: từ 2
"""


def test_a_playbook_is_read() -> None:
    playbook = read_playbook(GOOD).playbook
    assert playbook is not None
    assert (playbook.title, playbook.incidents, playbook.place) == (
        "Ca bệnh gần trụ sở",
        ("disease_case",),
        Place.NEAR,
    )
    first, second = playbook.steps
    assert (first.who, first.minutes, first.evidence) == ("Chánh Văn phòng", 120, Evidence.PHOTO)
    assert (second.each, second.after, second.level, second.minutes) == (True, 1, 2, 15)
    assert [number for number, _ in playbook.steps_at(Place.NEAR, 1)] == [1]


def test_keys_are_read_without_marks_and_with_tabs() -> None:
    plain = (
        GOOD.replace("tên:", "Ten:").replace("các bước:", "cac buoc:").replace("việc:", "viec:").replace("hạn:", "han:")
    )
    plain = plain.replace("sự viec:", "su viec:")
    assert read_playbook(plain).mistakes == []


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("tên: Ca bệnh gần trụ sở\n", ""), 1, "xin ghi tên phương án"),
        (("nơi: gần", "nơi: xa tít"), 4, "“xa tít” chưa đúng"),
        (("sự việc: ca bệnh", "sự việc: ca bệnh, động đất"), 3, "chưa có loại sự việc “động đất”"),
        (("ai: Chánh Văn phòng", "ai: bác bảo vệ"), 7, "chưa có vai trò “bác bảo vệ”"),
        (("hạn: 2 giờ", "hạn: sớm nhất"), 8, "hạn ghi như: ngay, 30 phút"),
        (("    hạn: 2 giờ\n", ""), 6, "bước 1 chưa ghi"),
        (("chứng minh: ảnh", "chứng minh: video"), 9, "xin ghi: ảnh, ghi chú hoặc không"),
        (("sau bước: 1", "sau bước: 2"), 14, "là số của một bước đứng trước nó"),
        (("cấp: từ 2", "cấp: 5"), 15, "cấp ghi 1, 2 hoặc 3"),
        (("căn cứ:", "căn-cứ:"), 2, "tôi chưa hiểu mục “căn-cứ”"),
        (("    từng người: có", "    ai: Văn phòng"), 13, "mục “ai” có hai lần"),
        (("  - việc: Lau nền nhà\n    ai:", "  - Lau nền nhà\n  - ai:"), 6, 'bước 1 xin ghi: "- việc: …"'),
    ],
)
def test_a_mistake_is_told_with_its_line(change: tuple[str, str], line: int, words: str) -> None:
    assert change[0] in GOOD
    reading = read_playbook(GOOD.replace(*change, 1))
    assert reading.playbook is None
    assert any(mistake.startswith(f"Dòng {line}: ") and words in mistake for mistake in reading.mistakes), (
        reading.mistakes
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "phương án bắt đầu bằng"),
        ("chỉ một câu", "phương án bắt đầu bằng"),
        ("tên: [a\ncác bước: b", "Dòng 2"),
        ("tên: Thử\ncác bước:", "các bước"),
        ("tên: a: b: c", "Dòng 1"),
        ("tên: Thử tên\ncác bước: " + "[" * 400, "Dòng"),
        ("x" * 70_000, "dài quá"),
        ("tên: &a [*a]\n", "Dòng"),
    ],
)
def test_what_is_no_playbook_is_refused_in_a_sentence(text: str, words: str) -> None:
    reading = read_playbook(text)
    assert reading.playbook is None
    assert any(words in mistake for mistake in reading.mistakes), reading.mistakes


@given(st.text(max_size=300))
def test_whatever_somebody_sends_is_read_or_refused(text: str) -> None:
    reading = read_playbook(text)
    assert (reading.playbook is None) == bool(reading.mistakes)


@given(st.integers(0, 14), st.sampled_from(["", "- ", ": ", "[", "{", "'", "\t", "&a", "*a", "!!python/object:os.x "]))
def test_a_damaged_file_is_read_or_refused(line: int, damage: str) -> None:
    lines = GOOD.splitlines()
    lines[line] = damage + lines[line]
    reading = read_playbook("\n".join(lines))
    assert (reading.playbook is None) == bool(reading.mistakes)
    assert all(mistake.startswith("Dòng ") for mistake in reading.mistakes)


def test_the_sample_that_is_offered_is_a_playbook() -> None:
    assert read_playbook(SAMPLE).mistakes == []


@pytest.mark.parametrize("entry", shipped().values(), ids=lambda entry: entry.playbook.name)
def test_every_shipped_playbook_names_its_plan_and_ends(entry: Entry) -> None:
    playbook = entry.playbook
    assert playbook.source
    assert playbook.incidents
    for level in (1, 2, 3):
        steps = playbook.steps_at(playbook.place, level)
        assert steps
        assert ends_by(steps, MONDAY, is_drill=False) > MONDAY
    assert next_chase(MONDAY, 99, is_drill=False) is None


def test_the_plans_of_the_department_are_kept_to_the_letter() -> None:
    """What the two scenarios say, in their words."""
    near, inside = shipped()["ca_benh_gan_tru_so"], shipped()["ca_benh_tai_co_quan_don_vi"]
    said = near.source
    for words in (
        "dung dịch khử trùng chứa 0,5% clo hoạt tính",
        "tổ chức khám, lấy mẫu xét nghiệm",
        "ở nhà làm việc trực tuyến",
        "cung cấp kịp thời cho Ban chỉ đạo địa phương",
        "sốt, ho, đau họng, khó thở",
        "Bố trí 01 xe ô tô",
        "Mua bình xịt khuẩn",
    ):
        assert words in said
    assert inside.playbook.steps[0].text.startswith("Thông báo ngay cho Sở Y tế và Trung tâm Kiểm soát bệnh tật tỉnh")
    assert [step.after for step in inside.playbook.steps] == [None, 1, 1, 1]

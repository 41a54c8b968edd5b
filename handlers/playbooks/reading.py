"""Reading a playbook from the text people write: a playbook, or a sentence with its line for every mistake.

tên: Ca bệnh gần trụ sở
căn cứ: Kế hoạch số 22/KH-SCT, mục III.1
sự việc: ca bệnh
nơi: gần
các bước:
  - việc: Lau nền nhà, tay nắm cửa bằng dung dịch khử trùng
    ai: Văn phòng
    hạn: 2 giờ
    chứng minh: ảnh
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from handlers.own_kinds import name_of
from handlers.playbooks import values
from handlers.playbooks.definition import Evidence, Playbook, Step
from handlers.playbooks.roles import ROLES, is_role
from handlers.playbooks.yaml_lines import Row, Rows, Text, UnreadableYamlError, Value, read_yaml
from understanding.phrases.normalize import nfc

T = TypeVar("T")

KEYS = {"ten": "tên", "can cu": "căn cứ", "su viec": "sự việc", "noi": "nơi", "cac buoc": "các bước"}
STEP_KEYS = {
    "viec": "việc",
    "chi tiet": "chi tiết",
    "ai": "ai",
    "han": "hạn",
    "sau buoc": "sau bước",
    "chung minh": "chứng minh",
    "tung nguoi": "từng người",
    "noi": "nơi",
    "cap": "cấp",
}
TITLE = range(3, 101)
LONGEST = 700
MOST_STEPS = 60


@dataclass(slots=True)
class Reading:
    """`playbook` is there when there are no `mistakes`."""

    playbook: Playbook | None = None
    mistakes: list[str] = field(default_factory=list)

    def refuse(self, line: int, sentence: str) -> None:
        self.mistakes.append(f"Dòng {line}: {sentence}")


def read_playbook(text: str) -> Reading:
    reading = Reading()
    try:
        found = read_yaml(nfc(text).replace("\t", "    "))
    except UnreadableYamlError as error:
        reading.mistakes.append(str(error))
        return reading
    if not isinstance(found, Row):
        reading.mistakes.append(
            "Dòng 1: phương án bắt đầu bằng “tên: …”, rồi “các bước:”. Gõ /phuongan mẫu để xem mẫu."
        )
        return reading
    _check_keys(found, KEYS, reading)
    playbook = _playbook(found, reading)
    reading.playbook = None if reading.mistakes else playbook
    return reading


def _check_keys(row: Row, known: dict[str, str], reading: Reading) -> None:
    for key in row.doubled:
        reading.refuse(key.line, f"mục “{key.words}” có hai lần.")
    for name, key in row.typed.items():
        if name not in known:
            reading.refuse(key.line, f"tôi chưa hiểu mục “{key.words[:40]}”. Có thể ghi: {', '.join(known.values())}.")


def _playbook(row: Row, reading: Reading) -> Playbook:
    title = _words(row, "ten", reading, needed='xin ghi tên phương án, ví dụ: "tên: Ca bệnh gần trụ sở".')
    if title and (len(title) not in TITLE or not name_of(title)):
        reading.refuse(row.values["ten"].line, "tên phương án dài từ 3 đến 100 chữ.")
    return Playbook(
        name=name_of(title)[:40],
        title=title,
        source=_words(row, "can cu", reading),
        incidents=_incidents(row, reading),
        place=_one(row, "noi", reading, values.place_of, 'nơi ghi "gần" (gần trụ sở) hoặc "trong" (tại cơ quan).'),
        steps=_steps(row, reading),
    )


def _words(row: Row, name: str, reading: Reading, *, needed: str = "") -> str:
    value = row.values.get(name)
    if isinstance(value, Text) and value.words:
        if len(value.words) > LONGEST:
            reading.refuse(value.line, f"dài quá {LONGEST} chữ, xin rút gọn.")
        return value.words
    if value is not None and not isinstance(value, Text):
        reading.refuse(value.line, f"mục “{row.typed[name].words}” chỉ ghi một đoạn chữ.")
    elif needed:
        reading.refuse(row.line, needed)
    return ""


def _one(row: Row, name: str, reading: Reading, read: Callable[[str], T | None], sentence: str) -> T | None:
    """The value read; None where nothing is written, or a mistake."""
    words = _words(row, name, reading)
    found = read(words) if words else None
    if words and found is None:
        reading.refuse(row.values[name].line, f"“{words[:40]}” chưa đúng, {sentence}")
    return found


def _incidents(row: Row, reading: Reading) -> tuple[str, ...]:
    value = row.values.get("su viec")
    parts = _parts(value)
    found = [(part, values.incident_of(part.words)) for part in parts]
    for part, name in found:
        if name is None:
            reading.refuse(
                part.line, f"chưa có loại sự việc “{part.words[:40]}”. Có thể ghi: {', '.join(values.INCIDENTS)}."
            )
    return tuple(dict.fromkeys(name for _, name in found if name is not None))


def _parts(value: Value | None) -> list[Text]:
    """ "ca bệnh, cháy nổ", or a line for each."""
    if isinstance(value, Rows):
        return [item for item in value.items if isinstance(item, Text)]
    if isinstance(value, Text):
        return [Text(value.line, part.strip()) for part in value.words.split(",") if part.strip()]
    return []


def _steps(row: Row, reading: Reading) -> tuple[Step, ...]:
    value = row.values.get("cac buoc")
    if not isinstance(value, Rows) or not value.items:
        line = row.line if value is None else value.line
        reading.refuse(line, 'xin ghi "các bước:" rồi mỗi bước bắt đầu bằng "- việc: …".')
        return ()
    if len(value.items) > MOST_STEPS:
        reading.refuse(value.line, f"nhiều nhất {MOST_STEPS} bước.")
    return tuple(_step(item, number, reading) for number, item in enumerate(value.items, start=1))


def _step(item: Value, number: int, reading: Reading) -> Step:
    if not isinstance(item, Row):
        reading.refuse(item.line, f'bước {number} xin ghi: "- việc: …", rồi "ai: …" và "hạn: …" ở các dòng dưới.')
        return Step(text="", who="", minutes=0)
    _check_keys(item, STEP_KEYS, reading)
    return Step(
        text=_words(item, "viec", reading, needed=f'bước {number} chưa ghi "việc:".'),
        details=_words(item, "chi tiet", reading),
        who=_who(item, number, reading),
        minutes=_minutes(item, number, reading),
        after=_after(item, number, reading),
        evidence=_one(item, "chung minh", reading, values.evidence_of, "xin ghi: ảnh, ghi chú hoặc không.")
        or Evidence.NONE,
        each=bool(_one(item, "tung nguoi", reading, values.yes_or_no, "xin ghi: có hoặc không.")),
        place=_one(item, "noi", reading, values.place_of, 'nơi ghi "gần" hoặc "trong".'),
        level=_one(item, "cap", reading, values.level_of, "cấp ghi 1, 2 hoặc 3.") or 1,
    )


def _who(item: Row, number: int, reading: Reading) -> str:
    words = _words(item, "ai", reading, needed=f'bước {number} chưa ghi "ai:" làm.')
    if words and not is_role(words):
        known = ", ".join(ROLES)
        reading.refuse(
            item.values["ai"].line, f"chưa có vai trò “{words[:40]}”. Có thể ghi: {known}, trưởng đơn vị <tên đơn vị>."
        )
    return words


def _minutes(item: Row, number: int, reading: Reading) -> int:
    if "han" not in item.values:
        reading.refuse(item.line, f'bước {number} chưa ghi "hạn:", ví dụ: ngay, 30 phút, 2 giờ, 1 ngày.')
        return 0
    return _one(item, "han", reading, values.minutes_of, "hạn ghi như: ngay, 30 phút, 2 giờ, 1 ngày.") or 0


def _after(item: Row, number: int, reading: Reading) -> int | None:
    """Only a step that stands before: so no run can wait for itself."""
    words = _words(item, "sau buoc", reading)
    if not words:
        return None
    before = int(words) if words.isdecimal() else 0
    if not 1 <= before < number:
        reading.refuse(item.values["sau buoc"].line, f"“sau bước” của bước {number} là số của một bước đứng trước nó.")
        return None
    return before

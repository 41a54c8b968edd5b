"""How a reading came about: what every reader found in one message, line by line."""

from collections.abc import Iterator
from datetime import datetime

from understanding.doubts.evidence import Evidence
from understanding.illness.symptoms import symptoms
from understanding.illness.temperature import temperatures
from understanding.reader import read, scene_of
from understanding.reading import Nicknames, Reading
from understanding.scene import Scene


def explain(
    text: str, sent_at: datetime, context: str | None = None, nicknames: Nicknames | None = None
) -> Iterator[str]:
    scene = scene_of(text, sent_at, context, nicknames)
    line = scene.line
    yield f"Câu       {line.text!r}  (gửi {sent_at:%Y-%m-%d}, ngữ cảnh {context or 'không'})"
    yield "Chữ       " + " ".join(line.typed)
    yield from _phrases(scene)
    yield from _readers(scene)
    yield "Bỏ qua    " + (" ".join(line.raw[at] for at in sorted(scene.muted)) or "không")
    weighed = sorted(Evidence(scene).whole().items(), key=lambda each: -each[1])
    yield "Cân chữ   " + ", ".join(f"{name} {weight:+.1f}" for name, weight in weighed if "=" not in name)
    yield "Nếu vậy   " + ", ".join(f"{name} {weight:+.1f}" for name, weight in weighed if "=" in name and weight > 0)
    yield from _result(read(text, sent_at, context, nicknames))


def _phrases(scene: Scene) -> Iterator[str]:
    for kind in sorted(scene.line.found):
        matches = scene.line.of(kind)
        found = "; ".join(f"{scene.line.written(first, after)}={value}" for first, after, value in matches)
        if found:
            yield f"Từ điển   {kind}: {found}"


def _readers(scene: Scene) -> Iterator[str]:
    line = scene.line
    for when in scene.whens:
        yield f"Ngày      {line.written(when.first_word, when.after)} -> {when.first}..{when.last} ({when.sort}, hoặc {when.back})"
    for length in scene.durations:
        yield f"Khoảng    {line.written(length.first, length.after)} -> {length.days} ngày ({length.sort})"
    for person in scene.people:
        yield f"Người     {line.written(person.first, person.after)} -> {person.who} {person.name or ''} ({person.certainty})"
    for place in scene.places:
        yield f"Nơi       {line.written(place.first, place.after)} -> {place.name or ' hoặc '.join(place.candidates)}"
    for ill in symptoms(line):
        yield f"Bệnh      {line.written(ill.first, ill.after)} -> {'không ' if ill.denied else ''}{ill.code}"
    for heat in temperatures(line):
        yield f"Nhiệt độ  {heat.value}"
    for number in scene.numbers:
        yield f"Số        {line.written(number.first, number.after)} -> {number.value:g}"


def _result(reading: Reading) -> Iterator[str]:
    for report in reading.reports:
        slots = ", ".join(f"{name}={slot.value!s} ({slot.certainty:.2f})" for name, slot in report.slots.items())
        yield f"Kết quả   {report.kind} ({report.certainty:.2f}, {'chắc' if report.is_certain else 'hỏi lại'}): {slots}"
    if not reading.reports:
        yield "Kết quả   không có gì để ghi"
    for doubt in reading.doubts:
        yield f"Hỏi       {doubt.kind}.{doubt.slot}: {doubt.question} {list(doubt.candidates)}"

"""The room on the command line: files of messages in, readings out, and clear words about what cannot be read."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from understanding.__main__ import extracted, main, predicted
from understanding.rows import Row

TRIP = {
    "id": "x-1",
    "text": "mai em đi Huế, t6 về, hết ho rồi",
    "reference_datetime": "2026-06-10T09:00:00+07:00",
    "context": None,
}
LINE = json.dumps(TRIP, ensure_ascii=False).encode()


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "messages.jsonl"
    file.write_bytes(LINE + b"\n")
    return file


def test_it_speaks_the_schema_of_the_messages(file, capsys):
    assert main(["predict", str(file)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said == json.loads(json.dumps(predicted(Row.of(LINE))))
    trip = next(report for report in said["reports"] if report["kind"] == "travel")
    assert (trip["destinations"], trip["depart"], trip["return"]) == (["Thừa Thiên Huế"], "2026-06-11", "2026-06-12")


@pytest.mark.parametrize(("what", "text"), [("places", "Huế"), ("dates", "mai"), ("symptoms", "ho")])
def test_a_small_reader_points_at_what_it_found(file, capsys, what, text):
    assert main(["extract", str(file), "--what", what]) == 0
    assert json.loads(capsys.readouterr().out)["spans"][0]["text"] == text
    assert extracted(Row.of(LINE), what)["spans"][0]["text"] == text


def test_a_moment_elsewhere_is_read_at_vietnams_time():
    trip = TRIP | {"reference_datetime": "2026-06-09T20:00:00Z"}
    assert predicted(Row.of(json.dumps(trip).encode()))["reports"] == predicted(Row.of(LINE))["reports"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"mai em di Hue", "không phải JSON"),
        (b"[1, 2]", "không phải một đối tượng JSON"),
        (b'{"id": "x-2"}', "thiếu “text”"),
        (b'{"text": 5}', "thiếu “text”"),
        (b'{"text": "ok", "context": 3}', "“context” phải là null"),
        (b'{"text": "ok", "reference_datetime": "mai"}', "“reference_datetime” phải viết như"),
        ("{}".encode("utf-16"), "không phải UTF-8"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_of_and_the_others_are_answered(file, capsys, line, sentence):
    file.write_bytes(LINE + b"\n" + line + b"\n\n" + LINE)
    assert main(["predict", str(file)]) == 1
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 2
    assert said.err.startswith("Dòng 2: ")
    assert sentence in said.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["predict", "nowhere.jsonl"], "Không đọc được nowhere.jsonl"),
        (["predict", "."], "Không đọc được ."),
        (["explain", "ok", "--at", "mai"], "2026-06-10T09:00:00+07:00"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(capsys, arguments, sentence):
    assert main(arguments) == 2
    assert sentence in capsys.readouterr().err


def test_who_has_seen_enough_may_leave(tmp_path):
    file = tmp_path / "many.jsonl"
    file.write_bytes((LINE + b"\n") * 300)
    command = [sys.executable, "-m", "understanding", "predict", str(file)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as it:
        it.stdout.readline()
        it.stdout.close()
        assert it.stderr.read() == b""

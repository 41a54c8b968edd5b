"""`python -m tests.understanding.dresses [-n EXAMPLES] [-e EVERY] [-f FILE.jsonl …] [NAME …]`: every dress on every labelled message, and the worst of what is lost."""

import argparse
import json
import sys
from pathlib import Path

from tests.understanding.dresses.dress import Row
from tests.understanding.dresses.trial import Trial, read_exactly, try_on
from tests.understanding.dresses.wardrobe import FAMILIES
from tests.understanding.scoring import labelled, reading_of


def main(arguments: list[str]) -> None:
    told = _told(arguments)
    rows = [*labelled()] + [row for file in told.files for row in _rows(file)]
    known = read_exactly(rows[:: told.every])
    print(f"{len(known)} of {len(rows[:: told.every])} read exactly undressed")
    print(
        f"{'dress':44} {'worn':>5} {'exact':>6} {'share':>6} {'asks':>5} {'lost':>5} {'wrong+certain':>13} {'alarms':>6}"
    )
    for family, dresses in FAMILIES.items():
        whole = Trial()
        for dress in dresses:
            if not told.names or any(name in f"{family}/{dress.name}" for name in told.names):
                trial = try_on(dress, known)
                _print(f"  {dress.name}", trial)
                _show(trial, told.examples)
                _add(whole, trial)
        if whole.worn:
            _print(family, whole)


def _told(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.understanding.dresses", description=__doc__)
    parser.add_argument("names", nargs="*", help="part of a family's or a dress's name")
    parser.add_argument("-n", dest="examples", type=int, default=0, help="how many losses to print for each dress")
    parser.add_argument("-e", dest="every", type=int, default=1, help="only each so many-th message")
    parser.add_argument("-f", dest="files", type=Path, action="append", default=[], help="further labelled messages")
    return parser.parse_args(arguments)


def _rows(file: Path) -> list[Row]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _add(whole: Trial, trial: Trial) -> None:
    whole.worn += trial.worn
    whole.exact += trial.exact
    whole.asks_now += trial.asks_now
    whole.lost += trial.lost
    whole.wrong_and_certain += trial.wrong_and_certain
    whole.alarms += trial.alarms


def _print(name: str, trial: Trial) -> None:
    print(
        f"{name:44} {trial.worn:5} {trial.exact:6} {trial.share:6.1%} {trial.asks_now:5} {len(trial.lost):5} "
        f"{len(trial.wrong_and_certain):13} {len(trial.alarms):6}",
        flush=True,
    )


def _show(trial: Trial, examples: int) -> None:
    """The worst first: wrong and certain, then false alarms, then what else is lost."""
    worst = [*trial.wrong_and_certain, *trial.alarms, *trial.lost]
    for row in list({id(row): row for row in worst}.values())[:examples]:
        print(f"      {row['id']} {row['context'] or ''} {row['reference_datetime'][:10]} | {row['text']!r}")
        for gold in row["reports"]:
            print("          meant", {name: value for name, value in gold.items() if value not in (None, [], {})})
        for report in reading_of(row).reports:
            read = {name: slot.value for name, slot in report.slots.items() if slot.value not in (None, [], ())}
            print("          read ", report.kind, read, "certain" if report.is_certain else "asks")


if __name__ == "__main__":
    main(sys.argv[1:])

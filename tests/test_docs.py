"""The docs are tested: what the code offers is described, and what is described is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel
from sqlalchemy import create_engine

from bot.clock import Clock
from bot.settings import Settings
from bot.shell.commands import shell
from bot.trial.play import read_play
from handlers.check_in import CheckInKind
from handlers.command import Command
from handlers.commanding import all_commands
from handlers.kinds import built_in_kinds
from scheduler.calendar_rows import every_job, every_watch
from storage.schema import metadata
from web.metrics import gather_metrics

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
ROOMS = ("bot", "web", "scheduler", "handlers", "understanding", "storage", "reports", "sandbox")
DRAWN = ("bot", "scheduler", "handlers", "understanding", "storage")
"""Rooms whose folders stand in the README one by one."""
TESTED_HOUSES = (*ROOMS, "tests", "docs")
TO_BE_WRITTEN = {"handlers/check_ins/hotline_calls.py", "tests/journeys/test_hotline_calls.py"}
"""Files of the worked example in adding-a-kind.md: the reader makes them."""

FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)(?: \"[^\"]*\")?\)|src=\"([^\"]+)\"")
PROOF = re.compile(r"\]\((tests/[^)\s]+) \"(\w+)\"\)")
QUOTED = re.compile(r"`([^`\n]+)`")
PATH = re.compile(rf"(?:{'|'.join(TESTED_HOUSES)})/[\w./-]*")


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


OPERATIONS = text_of("docs/operations.md")
EVERYTHING = "\n".join(page.read_text("utf-8") for page in PAGES)


def variables(model: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        nested = field.annotation
        if isinstance(nested, type) and issubclass(nested, BaseModel):
            yield from variables(nested, f"{prefix}{name.upper()}__")
        else:
            yield f"{prefix}{name.upper()}"


@pytest.mark.parametrize("variable", list(variables(Settings, "TRUCBAN_")))
def test_every_setting_is_described(variable: str) -> None:
    """In the table of operations.md, with its default and meaning."""
    assert re.search(rf"^\| `{variable}` \| .+ \| .+ \|$", OPERATIONS, re.MULTILINE)


def test_no_setting_is_described_that_is_not_read() -> None:
    described = set(re.findall(r"^\| `(TRUCBAN_\w+)` \|", OPERATIONS, re.MULTILINE))
    assert described == set(variables(Settings, "TRUCBAN_"))


def test_the_defaults_in_the_table_are_the_defaults() -> None:
    given = dict(re.findall(r"^\| `(TRUCBAN_[A-Z_]+)` \| `([^`]+)`", OPERATIONS, re.MULTILINE))
    settings = Settings(_env_file=None)
    assert given["TRUCBAN_DATABASE_URL"] == Settings.model_fields["database_url"].default
    assert given["TRUCBAN_TELEGRAM__BASE_URL"] == settings.telegram.base_url
    assert given["TRUCBAN_WEB__HOST"] == settings.web.host
    assert given["TRUCBAN_WEB__PORT"] == str(settings.web.port)
    assert given["TRUCBAN_TRIAL_PORT"] == str(Settings.model_fields["trial_port"].default)
    assert given["TRUCBAN_ROLES"] == ",".join(Settings.model_fields["roles"].default)


def test_every_metric_is_described() -> None:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as tx:
        offered = re.findall(r"# HELP (\w+)", gather_metrics(tx, Clock().now()).decode())
    engine.dispose()
    assert offered
    assert [name for name in offered if f"| `{name}` |" not in OPERATIONS] == []


def test_every_event_of_the_log_is_described() -> None:
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    events = {event for file in files for event in re.findall(r"\blog\.\w+\(\s*\"(\w+)\"", file.read_text("utf-8"))}
    assert events
    assert sorted(event for event in events if f"`{event}`" not in OPERATIONS) == []


@pytest.mark.parametrize("name", [*every_job(), *(watch.name for watch in every_watch())])
def test_every_job_and_watch_is_described(name: str) -> None:
    assert f"`{name}`" in OPERATIONS


@pytest.mark.parametrize("command", all_commands(), ids=lambda command: command.name)
def test_every_command_is_in_the_users_guide(command: Command) -> None:
    assert f"`/{command.name}`" in text_of("docs/huong-dan.md")


@pytest.mark.parametrize("name", list(built_in_kinds()))
def test_every_kind_is_described(name: str) -> None:
    assert f"| `{name}` | `handlers/check_ins/{name}.py` |" in text_of("docs/adding-a-kind.md")
    assert f"`{name}`" in text_of("docs/glossary.md")


@pytest.mark.parametrize(
    "subcommand", [command.name or command.callback.__name__ for command in shell.registered_commands]
)
def test_every_subcommand_is_described(subcommand: str) -> None:
    assert f"`python -m bot {subcommand}" in OPERATIONS


@pytest.mark.parametrize("target", re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
def test_every_make_target_is_described(target: str) -> None:
    assert re.search(rf"\bmake {target}\b", EVERYTHING)


def anchors_of(page: Path) -> set[str]:
    """As GitHub makes them of headings."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for found in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        link = "".join(found)
        if re.match(r"https?://", link):
            continue
        file, _, anchor = link.partition("#")
        there = (page.parent / file).resolve() if file else page
        if not there.exists() or (anchor and there.suffix == ".md" and anchor not in anchors_of(there)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_path_that_is_named_exists(page: Path) -> None:
    words = [word for quoted in QUOTED.findall(FENCE.sub("", page.read_text("utf-8"))) for word in quoted.split()]
    paths = {word.split("::")[0] for word in words if PATH.fullmatch(word.split("::")[0])} - TO_BE_WRITTEN
    assert sorted(path for path in paths if not (ROOT / path).exists()) == []


def test_the_tree_in_the_readme_is_the_tree() -> None:
    block = re.search(r"^```\n(bot/ .*?)^```", text_of("README.md"), re.MULTILINE | re.DOTALL)
    assert block is not None
    folder, missing = "", []
    for line in block[1].splitlines():
        name = line.split()[0]
        folder = name if not line.startswith(" ") else folder
        path = name if not line.startswith(" ") else folder + name
        if not (ROOT / path).exists():
            missing.append(path)
    assert missing == []
    assert all(f"\n{room}/ " in f"\n{block[1]}" for room in (*ROOMS, "tests", "docs"))
    folders = {file.parent for room in DRAWN for file in (ROOT / room).glob("*/*.py")}
    assert sorted(name_of(folder) for folder in folders if f"{folder.name}/" not in block[1]) == []


def test_every_promise_is_linked_to_a_test_that_is_there() -> None:
    readme = text_of("README.md")
    promises = re.findall(r"^(?:10|[1-9])\. \*\*.*?(?=^(?:10|[1-9])\. |^## )", readme, re.MULTILINE | re.DOTALL)
    proofs = {promise[:40]: PROOF.findall(promise) for promise in promises[:10]}
    assert len(proofs) == 10
    assert all(proofs.values())
    named = [(file, test) for found in proofs.values() for file, test in found]
    assert [test for file, test in named if f"def {test}(" not in text_of(file)] == []


def test_every_page_is_in_the_index() -> None:
    index = text_of("docs/README.md")
    pages = [page.name for page in (ROOT / "docs").glob("*.md") if page.name != "README.md"]
    assert [name for name in pages if f"]({name})" not in index] == []


def test_the_worked_kind_works() -> None:
    """The file in adding-a-kind.md is a kind, and the journey beside it can be played."""
    kind_file, journey = re.findall(
        r"^```python\n(.*?)^```", text_of("docs/adding-a-kind.md"), re.MULTILINE | re.DOTALL
    )
    made: dict[str, object] = {"__name__": "hotline_calls"}
    exec(compile(kind_file, "hotline_calls.py", "exec"), made)
    kind = made["KIND"]
    assert isinstance(kind, CheckInKind)
    assert kind.say({"calls": 1200}) == "1.200 cuộc gọi"
    assert kind.odd({"calls": 120}, None) == "120 cuộc gọi trong một ngày"
    assert kind.missing({}) is kind.questions[0]
    assert set(kind.count({"calls": 3})) == {figure.name for figure in kind.figures}
    play = re.search(r'"""\n(        .*?)"""', journey, re.DOTALL)
    assert play is not None
    assert len(list(read_play(play[1]))) == len(play[1].strip().splitlines())

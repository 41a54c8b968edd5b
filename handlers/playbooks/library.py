"""The playbooks there are: those shipped as files, and those the office wrote, which take the place of a shipped one of the same name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from sqlalchemy import Connection

from handlers.playbooks.definition import Place, Playbook
from handlers.playbooks.reading import read_playbook
from storage.record import add
from storage.records import audit
from storage.records.playbooks import latest_playbooks, playbooks


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A playbook with the text it was read from."""

    playbook: Playbook
    source: str
    is_own: bool
    is_active: bool = True


@cache
def shipped() -> dict[str, Entry]:
    folder = files("handlers.playbooks").joinpath("shipped")
    texts = sorted((file.name, file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".yaml"))
    read = [(name, text, read_playbook(text)) for name, text in texts]
    wrong = [f"{name}: {mistake}" for name, _, reading in read for mistake in reading.mistakes]
    if wrong:
        raise ValueError("; ".join(wrong))
    entries = [
        Entry(playbook=reading.playbook, source=text, is_own=False) for _, text, reading in read if reading.playbook
    ]
    return {entry.playbook.name: entry for entry in entries}


def all_playbooks(tx: Connection) -> dict[str, Entry]:
    """By name; stopped ones too."""
    own = {}
    for row in latest_playbooks(tx):
        playbook = read_playbook(row.source).playbook
        if playbook is not None:
            own[row.name] = Entry(playbook=playbook, source=row.source, is_own=True, is_active=row.is_active)
    return shipped() | own


def open_playbooks(tx: Connection) -> list[Entry]:
    return [entry for entry in all_playbooks(tx).values() if entry.is_active]


def fitting(tx: Connection, kind: str, place: Place | None) -> list[Playbook]:
    """Those offered with this kind of incident, at this place where one is known."""
    found = [entry.playbook for entry in open_playbooks(tx) if kind in entry.playbook.incidents]
    return [one for one in found if place is None or one.place is None or one.place == place]


def keep_playbook(tx: Connection, playbook: Playbook, source: str, *, is_active: bool, by: int, now: datetime) -> None:
    """A new version: runs that stand go on with the one they began with."""
    add(
        tx,
        playbooks,
        name=playbook.name,
        title=playbook.title,
        source=source,
        is_active=is_active,
        kept_at=now,
        kept_by=by,
    )
    act = "playbook.kept" if is_active else "playbook.stopped"
    audit.note(tx, at=now, actor_id=by, act=act, subject=f"playbook/{playbook.name}", steps=len(playbook.steps))

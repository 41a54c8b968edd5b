"""The list of kinds: those in `check_ins/` and those the office defined itself.

Reading the own ones costs one small count in a transaction: they are read again only when that count has grown.
"""

from __future__ import annotations

from functools import cache
from weakref import WeakKeyDictionary, ref

from sqlalchemy import Connection, Engine

from handlers import check_ins
from handlers.check_in import CheckInKind
from handlers.family import gather
from handlers.own_kinds import made_from
from storage.records.kinds import count_versions, foresee_count, latest_kinds

Kinds = dict[str, CheckInKind]

SEEN = "kinds_seen"
"""In the connection of the transaction: that it has looked, and what it found."""

_read_last: WeakKeyDictionary[Engine, tuple[int, Kinds]] = WeakKeyDictionary()


@cache
def built_in_kinds() -> Kinds:
    """Every built-in kind by its name."""
    return {kind.name: kind for kind in gather(check_ins, "KIND")}


def all_kinds(tx: Connection) -> Kinds:
    """Every kind by its name, stopped ones too: what was kept stays readable."""
    seen = _seen(tx)
    if seen is not None:
        return seen
    versions = count_versions(tx)
    count, kinds = _read_last.get(tx.engine, (-1, {}))
    if count != versions:
        kinds = _read(tx)
        _read_last[tx.engine] = (versions, kinds)
    return _remember(tx, kinds)


def foresee_kinds(tx: Connection) -> None:
    """They will be asked for soon."""
    if _seen(tx) is None:
        foresee_count(tx)


def open_kinds(tx: Connection) -> list[CheckInKind]:
    """The kinds that may be reported now."""
    return [kind for kind in all_kinds(tx).values() if not kind.is_stopped]


def kind_named(tx: Connection, name: str) -> CheckInKind:
    """The kind with this name; KeyError for one that no longer exists."""
    return all_kinds(tx)[name]


def asked_kinds(tx: Connection) -> list[CheckInKind]:
    """The kinds that are asked in rounds."""
    return [kind for kind in all_kinds(tx).values() if kind.is_asked]


def look_again(tx: Connection) -> Kinds:
    """After a change in this very transaction: others see it when it is committed, or never."""
    return _remember(tx, _read(tx))


def _seen(tx: Connection) -> Kinds | None:
    """What this transaction found already."""
    seen, transaction = vars(tx).get(SEEN), tx.get_transaction()
    if seen is None or transaction is None or seen[0]() is not transaction:
        return None
    return seen[1]  # type: ignore[no-any-return]  # a connection may carry anything


def _read(tx: Connection) -> Kinds:
    return built_in_kinds() | {own.name: made_from(own) for own in latest_kinds(tx)}


def _remember(tx: Connection, kinds: Kinds) -> Kinds:
    transaction = tx.get_transaction()
    if transaction is not None:
        vars(tx)[SEEN] = (ref(transaction), kinds)
    return kinds

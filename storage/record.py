"""What every table shares: one MetaData, portable types, and rows read straight into frozen dataclasses.

Tables live in `records/`, a file for each family of nouns, beside the dataclass the other rooms get to see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any, TypeVar, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    Row,
    Select,
    Table,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.prepared import Prepared

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)

Id = BigInteger().with_variant(Integer(), "sqlite")


class Json(TypeDecorator[Any]):
    """JSONB where there is one: PostgreSQL's words are only learnt for a PostgreSQL (a fortieth of a start)."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import JSONB

            return dialect.type_descriptor(JSONB())
        return dialect.type_descriptor(JSON())


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC. SQLite gives naive values back, PostgreSQL those of the server's zone: here both are UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        return _text_of if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return _moment_in if dialect.name == "sqlite" else super().result_processor(dialect, coltype)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone was about to be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@lru_cache(maxsize=256)  # a message says its own moment in half of its statements
def _text_of(value: datetime | None) -> str | None:
    """As SQLAlchemy keeps it in SQLite, at a third of the price: a message has a dozen of them."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a moment without a time zone was about to be stored")
    return value.astimezone(UTC).isoformat(" ", "microseconds")[:26]


def _moment_in(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


def in_batches(ids: Collection[int], size: int = 10_000) -> Iterator[list[int]]:
    """As many as a statement takes: PostgreSQL 65,535 values, SQLite half of that."""
    several = list(ids)
    return (several[begin : begin + size] for begin in range(0, len(several), size))


def identity() -> Column[int]:
    return Column("id", Id, primary_key=True, autoincrement=True)


Record = TypeVar("Record")


@cache
def selection(kind: type[Any], table: Table) -> Select[Any]:
    """A SELECT of the columns that carry the names of the dataclass's fields."""
    return select(*(table.c[field.name] for field in fields(kind)))


def made_of(kind: type[Record], row: Row[Any]) -> Record:
    """The dataclass from a row whose columns stand in the order of its fields."""
    return cast("Any", kind)(*row)  # type: ignore[no-any-return]  # a dataclass's own signature is not in `type[Record]`


@cache
def _by(record: type[Any], table: Table, names: tuple[str, ...]) -> Select[Any]:
    """A SELECT by equality of these columns, built once: building a statement costs more than running it."""
    return selection(cast("Any", record), table).where(*(table.c[name] == bindparam(name) for name in names))


@cache
def _prepared(record: type[Any], table: Table, names: tuple[str, ...]) -> Prepared:
    return Prepared(_by(cast("Any", record), table, names))


def find_one(
    tx: Connection, record: type[Record], table: Table, /, *where: ColumnElement[bool], **equal: Any
) -> Record | None:
    """The row whose columns equal these values (`id=7`) and which meets the other conditions."""
    if not where and None not in equal.values():
        found = _prepared(cast("Any", record), table, tuple(equal)).first(tx, equal)
        return None if found is None else record(*found)
    row = tx.execute(_by(cast("Any", record), table, tuple(equal)).where(*where).limit(1), equal).first()
    return None if row is None else made_of(record, row)


def foresee_one(tx: Connection, record: type[Any], table: Table, /, *, is_steady: bool = False, **equal: Any) -> None:
    """`find_one` will be asked for this soon."""
    if None not in equal.values():
        _prepared(cast("Any", record), table, tuple(equal)).foresee(tx, equal, is_steady=is_steady)


def find_all(
    tx: Connection,
    record: type[Record],
    table: Table,
    /,
    *where: ColumnElement[bool],
    order_by: Sequence[Any] = (),
    **equal: Any,
) -> list[Record]:
    if not where and not order_by:
        return [record(*row) for row in _prepared(cast("Any", record), table, tuple(equal)).all(tx, equal)]
    statement = _by(cast("Any", record), table, tuple(equal)).where(*where).order_by(*order_by)
    return [made_of(record, row) for row in tx.execute(statement, equal)]


@cache
def _insert(table: Table, names: tuple[str, ...], *, tells_id: bool) -> Prepared:
    values = defaults_of(table) | {name: bindparam(name, type_=table.c[name].type) for name in names}
    statement = insert(table).values(values)
    return Prepared(statement.returning(next(iter(table.primary_key))) if tells_id else statement.inline())


def defaults_of(table: Table) -> dict[str, Any]:
    """What the columns hold where nobody says otherwise."""
    found = {column.name: cast("Any", column.default) for column in table.columns if column.default is not None}
    return {name: default.arg for name, default in found.items() if default.is_scalar}


def add(tx: Connection, table: Table, **values: Any) -> int:
    """Insert one row and return its id."""
    row = _insert(table, tuple(values), tells_id=True).first(tx, values)
    if row is None:
        raise RuntimeError(f"{table.name}: the database gave no id")
    return int(row[0])


def require(found: Record | None) -> Record:
    """What was found, where it must be there: this transaction wrote it, or another row names it."""
    if found is None:
        raise LookupError("a row that must be there is gone")
    return found


def keep(tx: Connection, table: Table, **values: Any) -> None:
    """Insert one row whose id nobody asks for: nobody waits for it."""
    _insert(table, tuple(values), tells_id=False).later(tx, values)


def change(tx: Connection, table: Table, *where: ColumnElement[bool], **values: Any) -> int:
    """Update on condition and say how many rows it met: not one means somebody was faster."""
    return tx.execute(update(table).where(*where).values(**values)).rowcount

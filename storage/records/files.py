"""Files to hand out: bytes kept once, and the reference each platform gave for them after the first upload."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Connection, ForeignKey, LargeBinary, String, Table, delete, func, select

from storage.inserts import insert_or_update
from storage.record import Moment, find_one, identity, metadata

files = Table(
    "files",
    metadata,
    identity(),
    Column("name", String(200), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("kind", String(10), nullable=False),  # document, photo
    Column("content", LargeBinary),  # none: only the platform it came by has the bytes
    Column("added_at", Moment(), nullable=False),
)

file_references = Table(
    "file_references",
    metadata,
    Column("file_id", ForeignKey("files.id"), primary_key=True),
    Column("platform", String(20), primary_key=True),
    Column("reference", String(300), nullable=False),
)


@dataclass(frozen=True, slots=True)
class StoredFile:
    id: int
    name: str
    media_type: str
    kind: str
    content: bytes | None


def find_file(tx: Connection, file_id: int) -> StoredFile | None:
    return find_one(tx, StoredFile, files, id=file_id)


def file_reference(tx: Connection, file_id: int, platform: str) -> str | None:
    where = (file_references.c.file_id == file_id, file_references.c.platform == platform)
    row = tx.execute(file_references.select().where(*where)).first()
    return None if row is None else str(row.reference)


def keep_file_reference(tx: Connection, file_id: int, platform: str, reference: str) -> None:
    values = {"file_id": file_id, "platform": platform, "reference": reference}
    insert_or_update(tx, file_references, values, key=("file_id", "platform"))


def prune_files(tx: Connection, before: datetime, *, keep: Collection[int], unless: ColumnElement[bool]) -> int:
    """Forget the files added before this moment, but for those named and those that meet the condition.

    The newest stays in any case: SQLite would give its number away again, and a button may still carry it.
    """
    newest = select(func.max(files.c.id)).scalar_subquery()
    where = (files.c.added_at < before, files.c.id.not_in(keep), files.c.id < newest, ~unless)
    old = list(tx.execute(select(files.c.id).where(*where)).scalars())
    tx.execute(delete(file_references).where(file_references.c.file_id.in_(old)))
    return tx.execute(delete(files).where(files.c.id.in_(old))).rowcount

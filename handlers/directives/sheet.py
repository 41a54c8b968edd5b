"""How a directive reads: the sheet the rooms get, and the one-line ways to speak of it."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Connection

from handlers.local_time import full_day
from handlers.telling import Buttons
from handlers.wording import bold
from storage.messages import Button, FileKind, OutgoingFile
from storage.records.directives import Directive
from storage.records.files import file_reference, find_file

EXCERPT = 280  # characters


def sheet(directive: Directive) -> str:
    """Exactly what the rooms read."""
    parts = [heading(directive), directive.text, f"{bold('Người ban hành:')} {directive.signatory}"]
    return (
        "\n\n".join(part for part in parts if part) + f"\nMã xác minh: {directive.code} · gõ /kiemtra {directive.code}"
    )


def heading(directive: Directive) -> str:
    paper = paper_of(directive)
    return bold("CHỈ ĐẠO") + (f"\nVăn bản {paper}" if paper else "")


def paper_of(directive: Directive) -> str:
    """ "số 1722/UBND-KGVX ngày 27/05/2021", or nothing."""
    if directive.document_number is None:
        return ""
    day = "" if directive.issued_on is None else f" ngày {full_day(directive.issued_on)}"
    return f"số {directive.document_number}{day}"


def title(directive: Directive) -> str:
    """As one line of a list names it."""
    name = directive.document_number or f"“{excerpt(directive.text, 40)}”"
    return f"{name} (mã {directive.code})"


def excerpt(text: str, length: int = EXCERPT) -> str:
    """The beginning of the text, cut at a word."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    return flat[:length].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def receipt_button(directive: Directive, text: str = "Đã nhận") -> Button:
    return Button(text, f"ack:{directive.id}")


def receipt_buttons(directive: Directive) -> Buttons:
    return ((receipt_button(directive),),)


def file_of(tx: Connection, directive: Directive, platform: str) -> OutgoingFile | None:
    """The file as this platform can send it; none where only another platform has its bytes."""
    stored = None if directive.file_id is None else find_file(tx, directive.file_id)
    if stored is None:
        return None
    reference = file_reference(tx, stored.id, platform)
    if reference is None and stored.content is None:
        return None
    return OutgoingFile(name=stored.name, file_id=stored.id, reference=reference, kind=cast("FileKind", stored.kind))


def note_on_file(tx: Connection, directive: Directive, platform: str) -> str:
    """Said where the file itself cannot go along."""
    if directive.file_id is None or file_of(tx, directive, platform) is not None:
        return ""
    stored = find_file(tx, directive.file_id)
    return f"\n\nTệp kèm theo “{stored.name if stored else ''}”: xin nhận tại Văn phòng."

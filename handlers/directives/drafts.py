"""Drafts: a directive before its author confirms it, with the document and the file recognised in what he sent."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete

from handlers.access import Right
from handlers.directives.codes import new_code
from handlers.directives.documents import Document, documents_in
from handlers.visit import Visit
from storage.messages import IncomingFile
from storage.record import add, require
from storage.records.audit import note
from storage.records.directives import (
    Directive,
    DirectiveState,
    change_directive,
    directives,
    drafts_before,
    find_directive,
    remove_draft,
)
from storage.records.files import file_references, files, keep_file_reference
from storage.records.people import Role, find_person, posts_of
from understanding.phrases.normalize import nfc

LONGEST = 3500  # characters: with its heading and signature a sheet must fit into one message
KEPT = timedelta(hours=24)  # an older draft is not published any more: its words may no longer be true


def signatory_of(tx: Connection, person_id: int, day: date) -> str:
    """ "Giám đốc Trần Thị Nga": the post that gives the right, and the name."""
    person = find_person(tx, person_id)
    held = posts_of(tx, person_id, day)
    rank = {Role.LEADER: 0, Role.OFFICE: 1}
    first = min(held, key=lambda post: rank.get(Role(post.role), 2), default=None)
    name = "" if person is None else person.full_name
    return name if first is None else f"{first.title} {name}"


def write_draft(visit: Visit, text: str) -> Directive:
    """Keep what was sent as a draft of this person."""
    text = nfc(text).strip()
    document = first_document(text)
    directive_id = add(
        visit.tx,
        directives,
        code=new_code(visit.tx),
        state=DirectiveState.DRAFT,
        text=text,
        document_number=document.number if document else None,
        issued_on=document.issued_on if document else None,
        file_id=_keep_file(visit),
        audience={},
        sent_to={},
        author_id=visit.known.id,
        signatory=signatory_of(visit.tx, visit.known.id, visit.today),
        platform=visit.message.platform,
        chat_id=visit.message.chat_id,
        message_id=visit.message.message_id,
        written_at=visit.now,
    )
    subject = f"directive/{directive_id}"
    note(visit.tx, at=visit.now, actor_id=visit.known.id, act="directive.drafted", subject=subject)
    return reread(visit.tx, directive_id)


def first_document(text: str) -> Document | None:
    return next(iter(documents_in(text)), None)


def reread(tx: Connection, directive_id: int) -> Directive:
    return require(find_directive(tx, directive_id))


def own_draft(visit: Visit, directive_id: int) -> Directive | str:
    """The draft, if this person may go on with it; else what he is told."""
    directive = find_directive(visit.tx, directive_id)
    if directive is None:
        return "Bản thảo này không còn ạ."
    if visit.person is None or visit.person.id != directive.author_id or not visit.may(Right.ISSUE_DIRECTIVES):
        return "Chỉ người soạn mới được phát hành hoặc sửa bản thảo này ạ."
    if directive.state != DirectiveState.DRAFT:
        return f"Chỉ đạo này đã phát hành rồi ạ (mã {directive.code})."
    if visit.now - directive.written_at > KEPT:
        return "Bản thảo đã quá 24 giờ. Xin soạn lại bằng /chidao để chắc nội dung còn đúng ạ."
    return directive


def is_open_draft(visit: Visit, parts: list[str]) -> bool:
    """Whether a button of a card still leads on."""
    return not isinstance(own_draft(visit, int(parts[0])), str)


def change_draft(tx: Connection, directive: Directive, **values: Any) -> Directive:
    change_directive(tx, directive.id, DirectiveState.DRAFT, **values)
    return reread(tx, directive.id)


def rewrite(visit: Visit, directive: Directive, text: str) -> Directive:
    """New words, if there are any; a document named in them and a file that came with them replace the old ones."""
    text = nfc(text).strip()
    document = first_document(text)
    values: dict[str, Any] = {"text": text, "message_id": visit.message.message_id} if text else {}
    if document is not None:
        values |= {"document_number": document.number, "issued_on": document.issued_on}
    return _with_file(visit, directive, **values)


def attach(visit: Visit, directive: Directive) -> Directive:
    return _with_file(visit, directive)


def detach(visit: Visit, directive: Directive) -> Directive:
    changed = change_draft(visit.tx, directive, file_id=None)
    _forget_file(visit.tx, directive.file_id)
    return changed


def discard(visit: Visit, directive: Directive) -> None:
    """Nothing of it is kept but the note that there was one."""
    remove_draft(visit.tx, directive.id)
    _forget_file(visit.tx, directive.file_id)
    note(visit.tx, at=visit.now, actor_id=visit.known.id, act="directive.discarded", subject=directive.about)


def forget_old_drafts(tx: Connection, now: datetime) -> int:
    """Drop the drafts that can no longer be published; says how many."""
    old = drafts_before(tx, now - KEPT)
    for directive in old:
        remove_draft(tx, directive.id)
        _forget_file(tx, directive.file_id)
    return len(old)


def _with_file(visit: Visit, directive: Directive, **values: Any) -> Directive:
    file_id = _keep_file(visit)
    if file_id is not None:
        values["file_id"] = file_id
    changed = change_draft(visit.tx, directive, **values) if values else directive
    if file_id is not None:
        _forget_file(visit.tx, directive.file_id)
    return changed


def _keep_file(visit: Visit) -> int | None:
    """The file that came with this message, by the platform's reference; its bytes stay there."""
    sent: IncomingFile | None = visit.message.file
    if sent is None:
        return None
    file_id = add(
        visit.tx,
        files,
        name=nfc(sent.name),
        media_type=sent.media_type,
        kind=sent.kind,
        content=None,
        added_at=visit.now,
    )
    keep_file_reference(visit.tx, file_id, visit.message.platform, sent.reference)
    return file_id


def _forget_file(tx: Connection, file_id: int | None) -> None:
    if file_id is not None:
        tx.execute(delete(file_references).where(file_references.c.file_id == file_id))
        tx.execute(delete(files).where(files.c.id == file_id))

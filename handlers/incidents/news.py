"""News of an incident: words, a picture, a film, a voice message, a point on the map go into its record and to everybody who follows it."""

from __future__ import annotations

from handlers.files.kinds import SIGNS, Seen, seen_as
from handlers.incidents.cards import title_of
from handlers.incidents.following import who_follows
from handlers.telling import tell_person
from handlers.visit import Visit
from handlers.wording import bold, platform_name
from storage.messages import IncomingFile, IncomingMessage, Lane, OutgoingFile
from storage.records.accounts import private_chats_of
from storage.records.incidents import Incident
from storage.records.journals import write_journal

ELSEWHERE = " ({what} {perceive} trên {platform})"
AT = "\n{sign} {address}"
WITH_WORDS = "\n{sign} kèm {what}"


def shown_in(message: IncomingMessage) -> IncomingFile | None:
    """A picture, film or voice message, also one that was sent as a file."""
    file = message.file
    return None if file is None or seen_as(file) is Seen.FILE else file


def what_is_shown(file: IncomingFile) -> str:
    """ "🎬 phim"."""
    return f"{SIGNS[seen_as(file)]} {seen_as(file)}"


def add_news(visit: Visit, incident: Incident, words: str, shown: IncomingFile | None = None) -> None:
    """A development somebody tells of; what he shows goes along, by the platform's own reference, to who is there too."""
    file = shown or shown_in(visit.message)
    text = _with_what_is_shown(words.strip(), file)
    write_journal(visit.tx, incident.about, at=visit.now, actor_id=visit.known.id, act="news", text=text)
    told = f"➕ {bold(title_of(incident))}: {visit.known.called} báo thêm\n{text}"
    people = [one.id for one in who_follows(visit.tx, incident, visit.now) if one.id != visit.known.id]
    for person_id, account in private_chats_of(visit.tx, people).items():
        is_here = account.platform == visit.message.platform
        tell_person(
            visit.tx,
            person_id,
            told if is_here or file is None else told + _where_it_is(visit.message, file),
            key=f"{incident.about}/news/{visit.message.key}",
            lane=Lane.ALERT,
            now=visit.now,
            about=incident.about,
            file=_passed_on(file) if is_here and file is not None else None,
            known=account,
        )


def _with_what_is_shown(words: str, file: IncomingFile | None) -> str:
    """What the record and a reader without the file must know of it."""
    if file is None or what_is_shown(file) in words:
        return words
    return words + WITH_WORDS.format(sign=SIGNS[seen_as(file)], what=seen_as(file))


def _passed_on(file: IncomingFile) -> OutgoingFile:
    return OutgoingFile(name=file.name, reference=file.reference, kind=file.kind)


def _where_it_is(message: IncomingMessage, file: IncomingFile) -> str:
    """For who reads elsewhere: its public address where there is one, else where it can be seen."""
    what = seen_as(file)
    if file.reference.startswith(("http://", "https://")):
        return AT.format(sign=SIGNS[what], address=file.reference)
    return ELSEWHERE.format(
        what=what, perceive="nghe" if what is Seen.VOICE else "xem", platform=platform_name(message.platform)
    )

"""News of an incident: words, a picture, a point on the map go into its record and to everybody who follows it."""

from __future__ import annotations

from handlers.incidents.cards import title_of
from handlers.incidents.following import who_follows
from handlers.telling import tell_person
from handlers.visit import Visit
from handlers.wording import bold, platform_name
from storage.messages import IncomingMessage, Lane, OutgoingFile
from storage.records.accounts import private_chats_of
from storage.records.incidents import Incident
from storage.records.journals import write_journal

PICTURE = "📷 ảnh"
ELSEWHERE = " (ảnh xem trên {platform})"


def picture_in(message: IncomingMessage) -> OutgoingFile | None:
    """A picture, also one that was sent as a file, by the platform's own reference."""
    file = message.file
    if file is None or not file.media_type.startswith("image/"):
        return None
    return OutgoingFile(name=file.name, reference=file.reference, kind=file.kind)


def add_news(visit: Visit, incident: Incident, words: str) -> None:
    """A development somebody tells of; a picture that came with it goes along to who is on the same platform."""
    text = words.strip()[:1000]
    write_journal(visit.tx, incident.about, at=visit.now, actor_id=visit.known.id, act="news", text=text)
    told = f"➕ {bold(title_of(incident))}: {visit.known.called} báo thêm\n{text}"
    people = [one.id for one in who_follows(visit.tx, incident, visit.now) if one.id != visit.known.id]
    picture, key = picture_in(visit.message), f"{incident.about}/news/{visit.message.key}"
    for person_id, account in private_chats_of(visit.tx, people).items():
        is_here = account.platform == visit.message.platform
        tell_person(
            visit.tx,
            person_id,
            told
            if is_here or picture is None
            else told + ELSEWHERE.format(platform=platform_name(visit.message.platform)),
            key=key,
            lane=Lane.ALERT,
            now=visit.now,
            about=incident.about,
            file=picture if is_here else None,
            known=account,
        )

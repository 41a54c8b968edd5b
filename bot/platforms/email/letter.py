"""From the house's message to a letter: plain words, a subject of its first line, and the file where it fits."""

from __future__ import annotations

import mimetypes
import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from bot.marked_text import as_plain
from bot.platform import Attachment
from storage.messages import OutgoingMessage

WIRE = SMTP.clone(cte_type="7bit")
"""Vietnamese in base64 or quoted-printable: no relay on the way may spoil it."""
SUBJECT_LENGTH = 120
ATTACHED_BYTES = 15_000_000  # a third more on the wire; many servers take 20 to 25 MB
FOOTER = "Thư tự động của Trực Ban. Thư trả lời ở đây không có ai đọc: xin trả lời trong trò chuyện với Trực Ban."


def write_letter(
    message: OutgoingMessage,
    attachment: Attachment | None,
    *,
    sender: Address,
    letter_id: str,
    now: datetime,
) -> bytes:
    """The letter as it goes over the wire; ValueError where the address is none."""
    letter = EmailMessage(policy=WIRE)
    letter["From"] = sender
    letter["To"] = _address(message.chat_id)
    letter["Subject"] = subject_of(message.text)
    letter["Date"] = format_datetime(now)
    letter["Message-ID"] = f"<{letter_id}@{sender.domain}>"
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday answers, please
    fits = attachment is not None and attachment.content is not None and len(attachment.content) <= ATTACHED_BYTES
    letter.set_content(body_of(message, file_is_attached=fits))
    if fits and attachment is not None and attachment.content is not None:
        main, _, sub = (mimetypes.guess_type(attachment.name)[0] or "application/octet-stream").partition("/")
        letter.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.name)
    return letter.as_bytes()


def subject_of(text: str) -> str:
    """Its first line with words in it."""
    lines = [" ".join(line.split()) for line in as_plain(text).splitlines()]
    first = next((line for line in lines if re.search(r"\w", line)), "Tin của Trực Ban")
    return first if len(first) <= SUBJECT_LENGTH else first[: SUBJECT_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def body_of(message: OutgoingMessage, *, file_is_attached: bool) -> str:
    parts = [as_plain(message.text)]
    if message.file is not None and not file_is_attached:
        parts.append(f"(Tệp “{message.file.name}” không gửi kèm được trong thư; xin xem trong trò chuyện.)")
    return "\n\n".join([*parts, f"--\n{FOOTER}"])


def _address(text: str) -> Address:
    if not text.isascii():
        raise ValueError("not an address that every server takes")
    return Address(addr_spec=text)

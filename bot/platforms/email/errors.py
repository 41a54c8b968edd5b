"""What every refusal of a mail server means for the house: one table of replies, and one sentence for the operator."""

from __future__ import annotations

import ssl
from enum import StrEnum

import aiosmtplib

from bot.platform import DeliveryError, Reason


class Step(StrEnum):
    """How far a letter had come."""

    CONNECT = "connect"
    LOGIN = "login"
    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"


NO_SUCH_MAILBOX = (550, 551, 553, 556)
"""RFC 5321 §4.2.3: mailbox unavailable, not local, name not allowed; 556 (RFC 7504): the domain takes no mail."""

BY_REPLY: dict[tuple[Step, bool], Reason] = {
    # (how far, is it for good?) → meaning. What fails for everybody is a matter of settings: letters wait for the operator.
    (Step.CONNECT, False): Reason.AWAY,
    (Step.CONNECT, True): Reason.AWAY,
    (Step.LOGIN, False): Reason.AWAY,
    (Step.LOGIN, True): Reason.AWAY,
    (Step.SENDER, False): Reason.AWAY,
    (Step.SENDER, True): Reason.AWAY,
    (Step.RECIPIENT, False): Reason.AWAY,
    (Step.RECIPIENT, True): Reason.REFUSED,
    (Step.CONTENT, False): Reason.AWAY,
    (Step.CONTENT, True): Reason.REFUSED,
}

SENTENCES: dict[Step, str] = {
    Step.CONNECT: "Không nối được tới máy chủ thư: xin kiểm tra tên máy, cổng và kiểu bảo mật (TRUCBAN_EMAIL__…).",
    Step.LOGIN: "Máy chủ thư không nhận tên đăng nhập hoặc mật khẩu: xin kiểm tra lại.",
    Step.CONTENT: "Máy chủ thư không trả lời kịp; không rõ thư đã đi chưa.",
    Step.SENDER: "Máy chủ thư không cho gửi bằng địa chỉ TRUCBAN_EMAIL__SENDER.",
}
OF_EVERY_LETTER = (Step.CONNECT, Step.LOGIN, Step.SENDER)
BAD_CERTIFICATE = "Chứng chỉ của máy chủ thư không tin được: xin kiểm tra tên máy hoặc đặt TRUCBAN_EMAIL__CA_FILE."
NO_ENCRYPTION = "Máy chủ thư không có STARTTLS: xin đặt TRUCBAN_EMAIL__SECURITY là tls, hoặc none trong mạng nội bộ."


def meaning_of(error: Exception, step: Step) -> DeliveryError:
    """The refusal in the words of the house; the server's own words may repeat an address, so only its code is told."""
    detail = f"{step}: {type(error).__name__}"
    code = _code_of(error)
    if code is not None:
        reason = BY_REPLY[step, code >= 500]
        if step is Step.RECIPIENT and code in NO_SUCH_MAILBOX:
            reason = Reason.UNREACHABLE
        return DeliveryError(reason, f"{detail} {code}")
    if step is Step.CONTENT:  # the letter left, and no reply came back
        return DeliveryError(Reason.UNCERTAIN, detail)
    return DeliveryError(Reason.AWAY, detail)


def sentence_for(error: Exception, step: Step) -> str | None:
    """What the operator must mend; None where only this one letter is concerned."""
    if isinstance(error.__cause__, ssl.SSLError) or isinstance(error, ssl.SSLError):
        return BAD_CERTIFICATE
    if isinstance(error, aiosmtplib.SMTPException) and "STARTTLS" in str(error.args):
        return NO_ENCRYPTION
    if _code_of(error) is not None:
        return SENTENCES[step] if step in OF_EVERY_LETTER else None
    return SENTENCES[Step.CONTENT if step is Step.CONTENT else Step.CONNECT]


def _code_of(error: Exception) -> int | None:
    return error.code if isinstance(error, aiosmtplib.SMTPResponseException) else None

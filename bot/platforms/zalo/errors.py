"""What every refusal of Zalo means for the house: one table, and one sentence for the operator."""

from __future__ import annotations

from bot.platform import DeliveryError, Reason


class ZaloError(Exception):
    """A call that did not succeed. The text never holds a token, an address or a message."""


class NothingSentError(ZaloError):
    """No connection was made, so the request never left."""


class NoAnswerError(ZaloError):
    """The request left and no answer of Zalo came back: nobody knows what happened."""


class UnreadableError(NoAnswerError):
    """Something like an answer of the Bot Platform that is no JSON, kept so that it can be parked."""

    def __init__(self, body: bytes) -> None:
        super().__init__("unreadable answer")
        self.body = body


class ForeignAnswerError(ZaloError):
    """Something that is not the Bot Platform answered: a gate, a filter, a page of an outage."""


class RefusedError(ZaloError):
    """Zalo answered no, with one of its codes."""

    def __init__(self, code: int) -> None:
        super().__init__(f"error {code}")
        self.code = code


BAD_REQUEST = 400
TOKEN_INVALID = 401
MISLABELLED = 403  # "Internal server error": not about rights
NOT_FOUND = 404
TIMED_OUT = 408
TEST_LIMIT = 426
QUOTA = 429

REST_AFTER_QUOTA = 60.0  # seconds; Zalo tells none, and it may be a burst or the end of the month

MEANINGS: dict[int, Reason] = {
    BAD_REQUEST: Reason.UNREACHABLE,
    TOKEN_INVALID: Reason.AWAY,
    MISLABELLED: Reason.AWAY,
    NOT_FOUND: Reason.UNREACHABLE,
    TIMED_OUT: Reason.UNCERTAIN,
    TEST_LIMIT: Reason.REFUSED,
    QUOTA: Reason.WAIT,
    504: Reason.UNCERTAIN,
}
"""The documented codes, on a send. There is none for "unknown chat", "blocked" or "put out of the group": what Zalo
does not take although it is well formed concerns the chat."""


def reason_of(code: int) -> Reason:
    if code in MEANINGS:
        return MEANINGS[code]
    return Reason.AWAY if code >= 500 else Reason.UNREACHABLE


def meaning_of(error: ZaloError) -> DeliveryError:
    """The refusal of a send in the words of the house."""
    match error:
        case NothingSentError():
            return DeliveryError(Reason.AWAY, str(error))
        case ForeignAnswerError():
            return DeliveryError(Reason.AWAY, str(error))
        case RefusedError(code=code):
            reason = reason_of(code)
            return DeliveryError(reason, str(error), retry_after=REST_AFTER_QUOTA if reason is Reason.WAIT else None)
    return DeliveryError(Reason.UNCERTAIN, str(error))


BY_CODE = {
    BAD_REQUEST: "Zalo không nhận yêu cầu của bot; nếu bot này đang đặt webhook ở nơi khác thì xin gỡ đi.",
    TOKEN_INVALID: "Zalo không nhận mã bot (token): xin lấy lại mã trong Zalo Bot Creator.",
    NOT_FOUND: "Zalo không nhận mã bot (token): xin lấy lại mã trong Zalo Bot Creator.",
    QUOTA: "Bot Zalo đã hết lượt gửi của tháng, hoặc đang gửi quá nhanh.",
}

SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    (NothingSentError, "Không nối được tới Zalo: xin kiểm tra mạng của máy chủ."),
    (ForeignAnswerError, "Một nơi khác trả lời thay máy chủ bot của Zalo: Zalo đang có sự cố, hoặc mạng chặn."),
    (NoAnswerError, "Zalo không trả lời kịp."),
    (ZaloError, "Máy chủ bot của Zalo đang gặp sự cố."),
    (Exception, "Chưa ghi được tin Zalo vào cơ sở dữ liệu; bot giữ tin và đang ghi lại."),
)


def sentence_for(error: Exception) -> str:
    """What the operator reads while this lasts."""
    if isinstance(error, RefusedError) and error.code in BY_CODE:
        return BY_CODE[error.code]
    return next(sentence for kind, sentence in SENTENCES if isinstance(error, kind))

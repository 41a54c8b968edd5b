"""What every refusal of the Official Account's API means for the house: one table, and sentences for the operator."""

from __future__ import annotations

from bot.platform import DeliveryError, Reason


class OaError(Exception):
    """A call that did not succeed. The text never holds a token, an address or a message."""


class NothingSentError(OaError):
    """No connection was made, so the request never left."""


class NoAnswerError(OaError):
    """The request left and no answer of Zalo came back: nobody knows what happened."""


class ForeignAnswerError(OaError):
    """Something that is not the API answered: a gate, a filter, a page of an outage."""


class RefusedError(OaError):
    """Zalo answered with one of its codes."""

    def __init__(self, code: int) -> None:
        super().__init__(f"error {code}")
        self.code = code


class NoConsentError(OaError):
    """We hold no refresh token that works: an administrator of the account must consent (again)."""


RATE = -32
UPLOAD_EXPIRED = -100
BAD_PARAMETER = -201
DEAD_ACCESS_TOKEN = (-216, -220)
DEAD_REFRESH_TOKEN = (-118, -14014)
TYPE_UNSUPPORTED = -235
V2_SHUT = -240

MEANINGS: dict[int, Reason] = {
    RATE: Reason.WAIT,
    UPLOAD_EXPIRED: Reason.REFUSED,
    -200: Reason.UNCERTAIN,  # "send failed" without a reason: it has been seen to arrive all the same
    BAD_PARAMETER: Reason.REFUSED,
    -204: Reason.AWAY,
    -205: Reason.AWAY,
    -209: Reason.AWAY,
    -210: Reason.AWAY,
    -211: Reason.AWAY,
    -212: Reason.AWAY,
    -213: Reason.UNREACHABLE,
    -216: Reason.AWAY,
    -217: Reason.UNREACHABLE,
    -218: Reason.UNREACHABLE,
    -219: Reason.AWAY,
    -220: Reason.AWAY,
    -221: Reason.AWAY,
    -223: Reason.AWAY,
    -224: Reason.AWAY,
    -227: Reason.UNREACHABLE,
    -230: Reason.UNREACHABLE,
    -232: Reason.UNREACHABLE,
    -233: Reason.REFUSED,
    -234: Reason.AWAY,
    TYPE_UNSUPPORTED: Reason.AWAY,
    -237: Reason.UNREACHABLE,
    -238: Reason.REFUSED,
    V2_SHUT: Reason.AWAY,
    -241: Reason.REFUSED,
    -242: Reason.AWAY,
    -244: Reason.UNREACHABLE,
    -248: Reason.REFUSED,
    -305: Reason.UNREACHABLE,
    -311: Reason.UNREACHABLE,
    -320: Reason.AWAY,
    -321: Reason.AWAY,
    -403: Reason.UNREACHABLE,
    -118: Reason.AWAY,
    -14014: Reason.AWAY,
}
"""What is a matter of the account, its papers, package or consent waits for the administrator and then goes by itself."""

WHY: dict[int, str] = {
    -213: "the person does not follow the account",
    -217: "the person blocked invitations of the account",
    -218: "the person's quota of messages is used up",
    -227: "the person's account is banned or asleep",
    -230: "outside the 7-day window",
    -232: "the person never wrote to the account",
    -237: "the group is disabled",
    -244: "the person restricted the account",
    -305: "outside the 7-day window",
    -311: "outside the 7-day window",
    -403: "not a group of this account, or no longer in it",
}
REST = 15.0  # seconds after "too fast": the pace is counted by the minute

ACCOUNT_OFF = "Zalo OA đang tắt, chưa xác thực, hoặc ứng dụng liên kết đã bị gỡ: quản trị OA xem lại trang quản lý."
NO_CONSENT = "Zalo OA chưa cấp quyền hoặc quyền đã hết: quản trị OA cấp lại bằng lệnh “python -m bot consent”."
NO_RIGHT = "Zalo OA chưa cho ứng dụng dùng chức năng này (gói dịch vụ hoặc quyền API): quản trị OA xem lại."
NO_QUOTA = "Zalo OA hết hạn mức gửi hoặc hết tiền: quản trị OA xem lại gói dịch vụ."
NO_TYPE = "Loại Zalo OA này không gửi được tin riêng theo cách nào: xin hỏi Zalo."
TOO_FAST = "Zalo OA yêu cầu gửi chậm lại."
BY_CODE: dict[int, str] = {
    RATE: TOO_FAST,
    **dict.fromkeys((-204, -205, -209, -219, -221, -242), ACCOUNT_OFF),
    **dict.fromkeys((-212, -223, -224), NO_RIGHT),
    **dict.fromkeys((-210, -211, -320, -321), NO_QUOTA),
    **dict.fromkeys((TYPE_UNSUPPORTED, V2_SHUT), NO_TYPE),
    **dict.fromkeys((*DEAD_ACCESS_TOKEN, *DEAD_REFRESH_TOKEN), NO_CONSENT),
    -234: "Zalo OA không cho gửi loại tin này ban đêm.",
}
BY_CLASS: tuple[tuple[type[Exception], str], ...] = (
    (NoConsentError, NO_CONSENT),
    (NothingSentError, "Không nối được tới Zalo OA: xin kiểm tra mạng của máy chủ."),
    (ForeignAnswerError, "Một nơi khác trả lời thay máy chủ Zalo OA: Zalo đang có sự cố, hoặc mạng chặn."),
    (NoAnswerError, "Zalo OA không trả lời kịp."),
    (Exception, "Zalo OA đang gặp sự cố."),
)


def meaning_of(error: OaError) -> DeliveryError:
    """The refusal of a send in the words of the house. An unknown code: messages were seen to arrive with an error."""
    match error:
        case RefusedError(code=code):
            reason = MEANINGS.get(code, Reason.UNCERTAIN)
            detail = f"{error}: {WHY[code]}" if code in WHY else str(error)
            return DeliveryError(reason, detail, retry_after=REST if reason is Reason.WAIT else None)
        case NothingSentError() | ForeignAnswerError() | NoConsentError():
            return DeliveryError(Reason.AWAY, str(error))
    return DeliveryError(Reason.UNCERTAIN, str(error))


def sentence_for(error: Exception) -> str | None:
    """What the operator must know; None where only one person or message is concerned."""
    if isinstance(error, RefusedError):
        return BY_CODE.get(error.code)
    return next(sentence for kind, sentence in BY_CLASS if isinstance(error, kind))

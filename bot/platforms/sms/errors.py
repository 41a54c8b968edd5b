"""What a gateway's refusal means for the house: one table of statuses, and one sentence for the operator."""

from __future__ import annotations

import aiohttp

from bot.platform import Reason

BY_STATUS: dict[int, Reason] = {
    400: Reason.REFUSED,
    401: Reason.AWAY,
    402: Reason.AWAY,
    403: Reason.AWAY,
    404: Reason.AWAY,
    405: Reason.AWAY,
    408: Reason.UNCERTAIN,
    409: Reason.REFUSED,
    413: Reason.REFUSED,
    415: Reason.AWAY,
    422: Reason.REFUSED,
    429: Reason.WAIT,
    500: Reason.UNCERTAIN,
    502: Reason.AWAY,
    503: Reason.AWAY,
    504: Reason.UNCERTAIN,
}
"""A wrong key or an empty account is a matter of settings: what waits goes when it is mended."""
NOTHING_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    aiohttp.ServerFingerprintMismatch,
)
NO_ANSWER = (aiohttp.ClientError, TimeoutError, OSError)

CANNOT_CONNECT = "Không nối được tới cổng SMS: xin kiểm tra mạng và TRUCBAN_SMS__URL."
WRONG_KEY = "Cổng SMS không nhận khóa truy cập: xin kiểm tra TRUCBAN_SMS__AUTHORIZATION hoặc TRUCBAN_SMS__SECRET."
NO_MONEY = "Cổng SMS báo tài khoản hết tiền hoặc chưa trả phí."
WRONG_ADDRESS = "Địa chỉ hoặc cách gọi cổng SMS không đúng: xin kiểm tra TRUCBAN_SMS__URL và TRUCBAN_SMS__METHOD."
IN_TROUBLE = "Cổng SMS đang gặp sự cố hoặc tạm không nhận tin."
SENTENCES = {
    401: WRONG_KEY,
    403: WRONG_KEY,
    402: NO_MONEY,
    404: WRONG_ADDRESS,
    405: WRONG_ADDRESS,
    415: WRONG_ADDRESS,
}


def meaning_of(status: int) -> Reason:
    """Of an answer that is not 2xx."""
    if status in BY_STATUS:
        return BY_STATUS[status]
    if status < 400:
        return Reason.AWAY  # sent elsewhere: nobody took it
    return Reason.REFUSED if status < 500 else Reason.UNCERTAIN


def sentence_for(status: int) -> str | None:
    """What the operator must know; None where only this one message is concerned."""
    if 300 <= status < 400:
        return WRONG_ADDRESS
    return SENTENCES.get(status, IN_TROUBLE if status >= 500 or status in (408, 429) else None)

"""Short messages as a real HTTP gateway gets them: words that fit, fields as set, and what each answer means."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.platform import DeliveryError, Reason
from bot.platforms.sms import SmsPlatform
from bot.platforms.sms.errors import BY_STATUS, meaning_of, sentence_for
from bot.platforms.sms.gateway import Gateway, fill, holds, told
from bot.platforms.sms.words import fit, parts_of
from storage.messages import BOLD_OFF, BOLD_ON, OutgoingMessage
from tests.bot.platforms.email.stage import NOW
from tests.bot.platforms.sms.http_gateway import HttpGateway, http_gateway

LAN = "0912345678"
KEY = "khoa-rat-bi-mat"
ALERT = f"🚨 {BOLD_ON}Tin khẩn{BOLD_OFF}\n\nPhòng Kinh tế: “1 người” sốt – 39 độ…"


@pytest.fixture
async def gateway() -> AsyncIterator[HttpGateway]:
    async with http_gateway() as gateway:
        yield gateway


def sends_to(gateway: HttpGateway, **settings: Any) -> Gateway:
    return Gateway(**({"url": gateway.url, "timeout": 2.0} | settings))


async def send(ours: Gateway, text: str = "Tin khẩn", **settings: Any) -> str | None:
    platform = SmsPlatform(gateway=ours, now=lambda: NOW, **settings)
    try:
        return (await platform.deliver(OutgoingMessage(platform="sms", chat_id=LAN, text=text))).message_id
    finally:
        await platform.close()


async def refusal(ours: Gateway) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await send(ours)
    return caught.value


def test_an_alert_in_plain_letters_is_one_part():
    short = fit(ALERT, parts=1, keeps_diacritics=False)
    assert short == 'Tin khan\nPhong Kinh te: "1 nguoi" sot - 39 do...'
    assert parts_of(short) == 1


def test_diacritics_may_stay():
    assert fit(ALERT, parts=2, keeps_diacritics=True) == "Tin khẩn\nPhòng Kinh tế: “1 người” sốt – 39 độ…"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("[" * 80, 1),
        ("[" * 81, 2),
        ("ạ" * 70, 1),
        ("ạ" * 71, 2),
        ("ạ" * 135, 3),
    ],
)
def test_parts_are_counted_as_networks_count_them(text: str, parts: int):
    assert parts_of(text) == parts


def test_what_is_too_long_ends_between_words_with_dots():
    short = fit("báo cáo ngay cho lãnh đạo, " * 20, parts=1, keeps_diacritics=True)
    assert short.endswith("...")
    assert short[:-3].rsplit(" ", 1)[-1] in {"báo", "cáo", "ngay", "cho", "lãnh", "đạo"}
    assert 50 < len(short) <= 70


@given(st.text(max_size=600), st.integers(1, 4), st.booleans())
def test_whatever_is_said_fits(text: str, parts: int, keeps_diacritics: bool):
    short = fit(text, parts=parts, keeps_diacritics=keeps_diacritics)
    assert parts_of(short) <= parts
    assert keeps_diacritics or short.isascii()


async def test_with_nothing_but_an_address_it_is_json_with_to_and_text(gateway: HttpGateway):
    await send(sends_to(gateway), "Đã nhận chưa?")
    assert gateway.asked == [{"to": LAN, "text": "Da nhan chua?"}]
    assert "Authorization" not in gateway.headers[0]


async def test_fields_of_any_shape_are_filled_in(gateway: HttpGateway):
    fields = {
        "ApiKey": "a",
        "SecretKey": "{secret}",
        "Content": "{text}",
        "to": ["{phone}"],
        "SmsType": 2,
        "n": "{sender}",
    }
    await send(sends_to(gateway, fields=fields, secret=KEY, sender="SOCT", country_prefix="84"))
    assert gateway.asked == [
        {"ApiKey": "a", "SecretKey": KEY, "Content": "Tin khan", "to": ["84912345678"], "SmsType": 2, "n": "SOCT"}
    ]


@pytest.mark.parametrize(("method", "encoding"), [("POST", "form"), ("GET", "query"), ("PUT", "json")])
async def test_they_travel_as_set(gateway: HttpGateway, method: Any, encoding: Any):
    ours = sends_to(gateway, method=method, encoding=encoding, authorization=f"Bearer {KEY}", header="X-Key")
    await send(ours, "a&b=c d+e")
    assert gateway.asked == [{"to": LAN, "text": "a&b=c d+e"}]
    assert gateway.headers[0]["X-Key"] == f"Bearer {KEY}"


def test_braces_in_the_words_mean_nothing():
    filled = fill({"text": "{text}"}, {"text": "{secret} {phone}", "secret": KEY, "phone": LAN, "sender": "", "id": ""})
    assert filled == {"text": "{secret} {phone}"}


@pytest.mark.parametrize(
    ("path", "found"),
    [("a", "1"), ("b.0.c", "x"), ("d", "true"), ("b.1", None), ("b.c", None), ("b", None), ("e", None), ("", None)],
)
def test_an_answer_is_read_at_any_depth(path: str, found: str | None):
    assert told({"a": 1, "b": [{"c": "x"}], "d": True, "e": None}, path) == found
    assert told(None, path) is None


def test_one_of_several_values_will_do():
    assert holds({"code": 0}, "code=00,0")
    assert not holds({"code": 10}, "code=00,0")


async def test_the_gateways_own_number_is_kept(gateway: HttpGateway):
    gateway.answers.append((200, {"data": {"id": 987}, "CodeResult": "100"}))
    assert await send(sends_to(gateway, success="CodeResult=100", id_field="data.id")) == "987"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((200, {"CodeResult": "99"}), Reason.REFUSED),
        ((200, {"CodeResult": "104"}), Reason.AWAY),
        ((200, "<html>Trang đăng nhập</html>"), Reason.UNCERTAIN),
        ((200, {}), Reason.UNCERTAIN),
        ((302, ""), Reason.AWAY),
        ((400, {"error": "số sai"}), Reason.REFUSED),
        ((401, ""), Reason.AWAY),
        ((402, ""), Reason.AWAY),
        ((404, ""), Reason.AWAY),
        ((418, ""), Reason.REFUSED),
        ((429, "", {"Retry-After": "7"}), Reason.WAIT),
        ((500, ""), Reason.UNCERTAIN),
        ((503, ""), Reason.AWAY),
        ((504, ""), Reason.UNCERTAIN),
        ((599, ""), Reason.UNCERTAIN),
    ],
    ids=str,
)
async def test_an_answer_has_its_meaning(gateway: HttpGateway, answer: Any, reason: Reason):
    gateway.answers.append(answer)
    refused = await refusal(sends_to(gateway, success="CodeResult=100", busy="CodeResult=101,104"))
    assert refused.reason is reason
    assert refused.retry_after == (7 if reason is Reason.WAIT else None)


@pytest.mark.parametrize("status", [*BY_STATUS, 301, 418, 599])
def test_every_status_has_a_meaning_and_what_concerns_all_has_a_sentence(status: int):
    sentence = sentence_for(status)
    concerns_all = meaning_of(status) in (Reason.AWAY, Reason.UNCERTAIN, Reason.WAIT)
    assert (sentence is not None) == concerns_all
    assert (sentence or ".").endswith(".")


async def test_no_log_and_no_error_holds_a_key_a_number_or_a_word(gateway: HttpGateway):
    gateway.answers.extend([(401, KEY), (200, {"CodeResult": "99"}), (500, LAN)])
    ours = sends_to(
        gateway, authorization=KEY, secret=KEY, success="CodeResult=100", fields={"a": "{secret}", "t": "{text}"}
    )
    with capture_logs() as logs:
        refused = [await refusal(ours) for _ in range(3)]
    told_outside = f"{logs} {refused} {ours}"
    assert "line_troubled" in told_outside
    assert not any(secret in told_outside for secret in (KEY, LAN, "khan", "khẩn"))


async def test_the_line_is_well_again_after_a_success(gateway: HttpGateway):
    platform = SmsPlatform(gateway=sends_to(gateway), now=lambda: NOW)
    gateway.answers.append((503, ""))
    message = OutgoingMessage(platform="sms", chat_id=LAN, text="a")
    with pytest.raises(DeliveryError):
        await platform.deliver(message)
    assert platform.trouble is not None
    await platform.deliver(message)
    assert platform.trouble is None
    await platform.close()

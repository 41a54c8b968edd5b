"""Letters as a real mail server gets them, and what each of its refusals means."""

from __future__ import annotations

import asyncio
import ssl

import aiosmtplib
import pytest
from structlog.testing import capture_logs

from bot.platform import Attachment, DeliveryError, Reason
from bot.platforms.email import EmailPlatform
from bot.platforms.email.errors import BY_REPLY, SENTENCES, Step, meaning_of, sentence_for
from bot.platforms.email.letter import ATTACHED_BYTES, subject_of
from storage.messages import OutgoingFile, OutgoingMessage
from tests.bot.platforms.email.mail_server import CERTIFICATE, PASSWORD, USER, MailServer, mail_server
from tests.bot.platforms.email.stage import LAN, platform_at
from tests.bot.platforms.listening import House, listening

PDF = b"%PDF-1.7 " + bytes(range(256)) * 8
LOGIN = {"username": USER, "password": PASSWORD}


def note(text: str = "Tin khẩn", *, to: str = LAN, file: str | None = None) -> OutgoingMessage:
    kept = OutgoingFile(name=file, file_id=1) if file else None
    return OutgoingMessage(platform="email", chat_id=to, text=text, file=kept)


async def refusal(platform: EmailPlatform, message: OutgoingMessage | None = None) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await platform.deliver(message or note())
    return caught.value


async def test_a_letter_has_a_vietnamese_subject_a_date_and_asks_for_no_automatic_answer(
    mail: EmailPlatform, post_office: MailServer
):
    await mail.deliver(note("🚨 Tin khẩn lúc 22:15\nPhòng Kinh tế có người sốt cao."))
    [letter] = post_office.letters
    assert (letter["Subject"], letter["To"], letter["From"]) == (
        "🚨 Tin khẩn lúc 22:15",
        LAN,
        "Trực Ban <trucban@so.gov.vn>",
    )
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"].datetime.isoformat() == "2026-11-23T01:00:00+00:00"
    assert letter["Message-ID"].endswith("@so.gov.vn>")
    assert "Phòng Kinh tế có người sốt cao." in letter.get_body().get_content()
    assert post_office.recipients == [LAN]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("\n🚨\n  Tin   khẩn \nbây giờ", "Tin khẩn"),
        ("", "Tin của Trực Ban"),
        ("a\r\nBcc: kẻ@lạ.vn", "a"),
        ("báo cáo " * 40, "báo cáo " * 14 + "báo…"),
    ],
)
def test_the_subject_is_the_first_line_with_words_in_it(text: str, subject: str):
    assert subject_of(text) == subject


async def test_a_file_goes_along(mail: EmailPlatform, post_office: MailServer):
    await mail.deliver(note(file="Công văn số 17.pdf"), attachment=Attachment("Công văn số 17.pdf", PDF))
    [attached] = post_office.letters[0].iter_attachments()
    assert (attached.get_filename(), attached.get_content(), attached.get_content_type()) == (
        "Công văn số 17.pdf",
        PDF,
        "application/pdf",
    )


@pytest.mark.parametrize("content", [None, b"0" * (ATTACHED_BYTES + 1)], ids=["not to be had", "too large"])
async def test_a_file_that_cannot_go_along_is_named(
    mail: EmailPlatform, post_office: MailServer, content: bytes | None
):
    done = await mail.deliver(note(file="Kế hoạch.pdf"), attachment=Attachment("Kế hoạch.pdf", content, "ref"))
    body = post_office.letters[0].get_body().get_content()
    assert "“Kế hoạch.pdf” không gửi kèm được" in body
    assert done.file_reference is None


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
@pytest.mark.parametrize("wants_login", [True, False])
@pytest.mark.filterwarnings("ignore:Session.login_data is deprecated:DeprecationWarning")
async def test_every_kind_of_line_is_spoken(security: str, *, wants_login: bool):
    async with mail_server(security=security, wants_login=wants_login) as server:
        login = LOGIN if wants_login else {}
        await platform_at(server, security=security, ca_file=str(CERTIFICATE), **login).deliver(note())
        assert len(server.letters) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_certificate_nobody_vouches_for_is_not_trusted(security: str):
    async with mail_server(security=security) as server:
        platform = platform_at(server, security=security)
        assert (await refusal(platform)).reason is Reason.AWAY
        assert "Chứng chỉ" in (platform.trouble or "")
        assert server.letters == []


async def test_a_server_without_starttls_gets_no_password(post_office: MailServer):
    platform = platform_at(post_office, security="starttls", **LOGIN)
    assert (await refusal(platform)).reason is Reason.AWAY
    assert "STARTTLS" in (platform.trouble or "")


@pytest.mark.filterwarnings("ignore:Session.login_data is deprecated:DeprecationWarning")
async def test_a_wrong_password_keeps_the_letters_and_tells_the_operator_without_telling_it():
    async with mail_server(security="starttls", wants_login=True) as server:
        platform = platform_at(server, security="starttls", ca_file=str(CERTIFICATE), username=USER, password="sai-123")
        with capture_logs() as logs:
            refused = await refusal(platform)
    assert (refused.reason, refused.detail) == (Reason.AWAY, "login: SMTPAuthenticationError 535")
    assert platform.trouble == SENTENCES[Step.LOGIN]
    assert [line["event"] for line in logs] == ["line_troubled"]
    assert "sai-123" not in str(logs) + repr(platform._server)


@pytest.mark.parametrize(
    ("step", "reply", "reason"),
    [
        ("RCPT", "550 5.1.1 lan@so.gov.vn: no such user", Reason.UNREACHABLE),
        ("RCPT", "553 5.1.3 bad address", Reason.UNREACHABLE),
        ("RCPT", "552 5.2.2 mailbox full", Reason.REFUSED),
        ("RCPT", "554 5.7.1 policy", Reason.REFUSED),
        ("RCPT", "450 4.2.0 greylisted", Reason.AWAY),
        ("RCPT", "452 4.5.3 too many", Reason.AWAY),
        ("MAIL", "553 5.7.1 not your address", Reason.AWAY),
        ("MAIL", "451 4.3.0 later", Reason.AWAY),
        ("DATA", "554 5.7.1 looks like advertising", Reason.REFUSED),
        ("DATA", "552 5.3.4 too large", Reason.REFUSED),
        ("DATA", "451 4.3.0 later", Reason.AWAY),
    ],
)
async def test_a_reply_has_its_meaning(
    mail: EmailPlatform, post_office: MailServer, step: str, reply: str, reason: Reason
):
    post_office.refuse[step] = reply
    refused = await refusal(mail)
    assert refused.reason is reason
    assert refused.detail.endswith(reply[:3])
    assert LAN not in refused.detail
    assert post_office.letters == []
    post_office.refuse.clear()
    await mail.deliver(note())
    assert mail.trouble is None


@pytest.mark.parametrize("step", Step)
def test_every_step_has_its_meaning_whatever_goes_wrong(step: Step):
    for code in (421, 554):
        assert meaning_of(aiosmtplib.SMTPResponseException(code, "x"), step).reason is BY_REPLY[step, code >= 500]
    lost = Reason.UNCERTAIN if step is Step.CONTENT else Reason.AWAY
    for error in (aiosmtplib.SMTPServerDisconnected("x"), TimeoutError(), OSError(), ssl.SSLError("x")):
        assert meaning_of(error, step).reason is lost
        assert (sentence_for(error, step) or ".").endswith(".")


async def test_a_letter_that_was_taken_stays_taken_though_the_goodbye_fails(
    mail: EmailPlatform, post_office: MailServer
):
    post_office.refuse["QUIT"] = "hang up"
    assert (await mail.deliver(note())).message_id
    assert len(post_office.letters) == 1


async def test_the_line_is_looked_at_before_it_is_needed(post_office: MailServer):
    platform = platform_at(post_office)
    platform._look_every = 0.01
    async with listening(platform, House()):
        await asyncio.sleep(0.03)
        assert platform.trouble is None
        post_office.stop()
        async with asyncio.timeout(5):
            while platform.trouble is None:  # noqa: ASYNC110 - nothing tells when it has looked
                await asyncio.sleep(0.01)
    assert platform.trouble == SENTENCES[Step.CONNECT]

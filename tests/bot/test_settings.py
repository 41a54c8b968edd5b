"""The environment is read once; every mistake is one sentence, and none of them repeats what was set."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.platform_settings import Email, Sms, Telegram, Zalo, ZaloOa
from bot.settings import ALL_ROLES, HINTS, Backup, Guard, Settings, SettingsError, Web, read_settings

SECRET = "123456:AAE-very-secret"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def sentences_with(monkeypatch: pytest.MonkeyPatch, **values: str) -> list[str]:
    for name, value in values.items():
        monkeypatch.setenv(f"TRUCBAN_{name}", value)
    with pytest.raises(SettingsError) as raised:
        read_settings()
    return raised.value.sentences


def test_with_nothing_set_it_is_a_trial_on_sqlite() -> None:
    settings = read_settings()
    assert not settings.has_platform
    assert settings.sqlalchemy_url.startswith("sqlite:///")
    assert settings.roles == ALL_ROLES


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://root:bi-mat-quoc-gia@may/ten"),
        ("ROLES", "receive,bi-mat-quoc-gia"),
        ("TELEGRAM__TOKEN", "bi-mat-quoc-gia"),
        ("TELEGRAM__BASE_URL", "ftp://bi-mat-quoc-gia"),
        ("TELEGRAM__PROXY", "socks5://bi-mat-quoc-gia"),
        ("TELEGRAM__WEBHOOK_URL", "bi-mat-quoc-gia"),
        ("TELEGRAM__WEBHOOK_SECRET", "bi mat quoc gia bi-mat-quoc-gia"),
        ("ZALO_OA__APP_ID", "bi-mat-quoc-gia"),
        ("ZALO_OA__WEBHOOK_URL", "bi-mat-quoc-gia"),
        ("ZALO_OA__REDIRECT_URL", "https://bi-mat-quoc-gia.vn/?a=b"),
        ("EMAIL__HOST", "http://bi-mat-quoc-gia"),
        ("EMAIL__PORT", "bi-mat-quoc-gia"),
        ("EMAIL__SECURITY", "bi-mat-quoc-gia"),
        ("EMAIL__SENDER", "bi-mat-quoc-gia"),
        ("EMAIL__CA_FILE", "/bi-mat-quoc-gia"),
        ("SMS__URL", "bi-mat-quoc-gia"),
        ("SMS__METHOD", "bi-mat-quoc-gia"),
        ("SMS__FIELDS", '{"bi-mat-quoc-gia": "{phone}"}'),
        ("SMS__AUTHORIZATION", "bi-mật-quốc-gia"),
        ("SMS__SUCCESS", "bi-mat-quoc-gia"),
        ("SMS__PARTS", "bi-mat-quoc-gia"),
        ("WEB__PORT", "bi-mat-quoc-gia"),
        ("TRIAL_PORT", "99999"),
        ("CLOCK_URL", "bi-mat-quoc-gia"),
        ("LOG_LEVEL", "bi-mat-quoc-gia"),
    ],
)
def test_a_wrong_value_is_one_sentence_that_names_the_variable_and_not_the_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    [sentence] = sentences_with(monkeypatch, **{name: value})
    assert f"TRUCBAN_{name} " in sentence
    assert "bi-mat" not in sentence
    assert value not in sentence


def test_every_mistake_has_its_own_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = sentences_with(monkeypatch, TELEGRAM__TOKEN="sai", WEB__PORT="0x1", LOG_LEVEL="to", ROLES="lười,nhác")
    assert len(sentences) == len(set(sentences))
    for name in ("TELEGRAM__TOKEN", "WEB__PORT", "LOG_LEVEL", "ROLES"):
        assert sum(f"TRUCBAN_{name} " in sentence for sentence in sentences) == 1


def test_a_misspelt_telegram_setting_is_no_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    [sentence] = sentences_with(monkeypatch, TELEGRAM__TOKN=SECRET)
    assert "TRUCBAN_TELEGRAM__TOKN" in sentence
    assert SECRET not in sentence


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("TELEGRAM_TOKEN", "TELEGRAM__TOKEN"), ("BACKUP_FOLDER", "BACKUP__FOLDER"), ("DATABASE_URI", "DATABASE_URL")],
)
def test_a_name_that_nobody_reads_is_no_silence_and_the_right_one_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, slip: str, meant: str
) -> None:
    (tmp_path / ".env").write_text("TRUCBAN_DATABASE_PASSWORD=for-compose\nTRUCBAN_LOG_LEVEL=warning\n")
    assert read_settings().log_level == "warning"
    [sentence] = sentences_with(monkeypatch, **{slip: SECRET})
    assert f"TRUCBAN_{slip};" in sentence
    assert f"TRUCBAN_{meant}." in sentence
    assert SECRET not in sentence


def test_notepad_may_have_written_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("TRUCBAN_TELEGRAM__TOKEN=123456:ABC\r\n".encode("utf-8-sig"))
    assert read_settings().telegram.token is not None


def test_a_file_of_settings_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("TRUCBAN_LOG_LEVEL=info".encode("utf-16"))
    with pytest.raises(SettingsError, match=r"Không đọc được tệp \.env"):
        read_settings()


def test_a_mail_server_without_a_sender_is_no_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    [sentence] = sentences_with(monkeypatch, EMAIL__HOST="thu.so.gov.vn")
    assert "TRUCBAN_EMAIL__SENDER " in sentence


def test_an_official_account_needs_the_secret_of_its_app(monkeypatch: pytest.MonkeyPatch) -> None:
    [sentence] = sentences_with(monkeypatch, ZALO_OA__APP_ID="1234567890123")
    assert "TRUCBAN_ZALO_OA__APP_SECRET " in sentence


def test_fields_of_a_gateway_are_json_of_any_depth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUCBAN_SMS__URL", "https://sms.example.vn/send")
    monkeypatch.setenv("TRUCBAN_SMS__FIELDS", '{"to": ["{phone}"], "content": "{text}", "type": 2}')
    sms = read_settings().sms
    assert sms.fields == {"to": ["{phone}"], "content": "{text}", "type": 2}
    assert not read_settings().has_platform


def test_fields_that_are_no_json_are_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    [sentence] = sentences_with(monkeypatch, SMS__FIELDS="{phone}: bi-mat-quoc-gia {text}")
    assert "TRUCBAN_SMS__FIELDS " in sentence
    assert "bi-mat" not in sentence


def test_secrets_do_not_show_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUCBAN_TELEGRAM__TOKEN", SECRET)
    monkeypatch.setenv("TRUCBAN_TELEGRAM__WEBHOOK_SECRET", "webhook-secret")
    for name in (
        "ZALO_OA__APP_SECRET",
        "ZALO_OA__REFRESH_TOKEN",
        "ZALO_OA__WEBHOOK_KEY",
        "EMAIL__PASSWORD",
        "SMS__AUTHORIZATION",
        "SMS__SECRET",
    ):
        monkeypatch.setenv(f"TRUCBAN_{name}", "webhook-secret")
    settings = read_settings()
    assert settings.has_platform
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert SECRET not in shown
        assert "webhook-secret" not in shown


def test_what_was_read_cannot_shift(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.log_level = "debug"  # type: ignore[misc]


def test_the_usual_postgresql_address_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUCBAN_DATABASE_URL", "postgresql://a:b@c/d")
    assert read_settings().sqlalchemy_url == "postgresql+psycopg://a:b@c/d"


def test_roles_are_a_list_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUCBAN_ROLES", "receive, web")
    assert read_settings().roles == ("receive", "web")


def test_every_setting_that_can_be_wrong_has_its_hint() -> None:
    rooms = ("telegram", "zalo", "zalo_oa", "email", "sms", "web", "backup", "guard", "data_folder")
    names = {name for name in Settings.model_fields if name not in rooms}
    names |= {f"zalo_oa.{name}" for name in ZaloOa.model_fields}
    names |= {f"email.{name}" for name in Email.model_fields}
    names |= {f"sms.{name}" for name in Sms.model_fields}
    names |= {f"telegram.{name}" for name in Telegram.model_fields}
    names |= {f"zalo.{name}" for name in Zalo.model_fields if name != "bot_name"}
    names |= {f"web.{name}" for name in Web.model_fields if name != "host"}
    names |= {f"backup.{name}" for name in Backup.model_fields if name != "folder"}
    names |= {f"guard.{name}" for name in Guard.model_fields}
    assert names == set(HINTS)


def test_hints_are_short_and_in_vietnamese() -> None:
    for hint in HINTS.values():
        assert len(hint) < 100
        assert re.search(r"[ạ-ỹà-ư]", hint)

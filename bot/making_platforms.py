"""The platforms whose settings are present, each made by one function here.

Each is imported by its maker: a house pays, at its start and in memory, only for the ways it has.
"""

from __future__ import annotations

from collections.abc import Callable

from pydantic import SecretStr

from bot.clock import Clock
from bot.platform import Platform
from bot.settings import Settings
from storage.database import Database


def make_platforms(settings: Settings, clock: Clock, database: Database) -> tuple[Platform, ...]:
    """Those whose settings are present, the messengers first."""
    made = (make(settings, clock, database) for make in MAKERS)
    return tuple(platform for platform in made if platform is not None)


def _telegram(settings: Settings, clock: Clock, _database: Database) -> Platform | None:
    telegram = settings.telegram
    if telegram.token is None:
        return None
    from bot.platforms.telegram import TelegramPlatform

    return TelegramPlatform(
        token=telegram.token.get_secret_value(),
        now=clock.now,
        base_url=telegram.base_url,
        proxy=telegram.proxy,
        webhook_url=telegram.webhook_url,
        webhook_secret=_shown(telegram.webhook_secret),
        compare=clock.compare,
    )


def _zalo(settings: Settings, clock: Clock, _database: Database) -> Platform | None:
    zalo = settings.zalo
    if zalo.token is None:
        return None
    from bot.platforms.zalo import ZaloPlatform

    return ZaloPlatform(
        token=zalo.token.get_secret_value(),
        now=clock.now,
        base_url=zalo.base_url,
        bot_name=zalo.bot_name,
        bot_link=zalo.bot_link,
        webhook_url=zalo.webhook_url,
        webhook_secret=_shown(zalo.webhook_secret),
        public_url=zalo.public_url,
        pictures=settings.data_folder / "zalo-pictures",
        monthly_allowance=zalo.plan_messages,
        compare=clock.compare,
    )


def _zalo_oa(settings: Settings, clock: Clock, database: Database) -> Platform | None:
    account = settings.zalo_oa
    if account.app_id is None or account.app_secret is None:
        return None
    from bot.platforms.zalo_oa import ZaloOaPlatform
    from bot.platforms.zalo_oa.incoming import NAME
    from bot.token_store import DatabaseTokens

    return ZaloOaPlatform(
        app_id=account.app_id,
        app_secret=account.app_secret.get_secret_value(),
        store=DatabaseTokens(database, NAME, clock.now),
        now=clock.now,
        first_refresh_token=_shown(account.refresh_token),
        webhook_url=account.webhook_url,
        webhook_key=_shown(account.webhook_key),
        base_url=account.base_url,
        oauth_url=account.oauth_url,
    )


def _email(settings: Settings, clock: Clock, _database: Database) -> Platform | None:
    email = settings.email
    if email.host is None or email.sender is None:
        return None
    from bot.platforms.email import EmailPlatform
    from bot.platforms.email.post import Server

    server = Server(
        host=email.host,
        port=email.port,
        security=email.security,
        username=email.username,
        password=_shown(email.password),
        ca_file=None if email.ca_file is None else str(email.ca_file),
    )
    return EmailPlatform(server=server, sender=email.sender, sender_name=email.sender_name, now=clock.now)


def _sms(settings: Settings, clock: Clock, _database: Database) -> Platform | None:
    sms = settings.sms
    if sms.url is None:
        return None
    from bot.platforms.sms import SmsPlatform
    from bot.platforms.sms.gateway import Gateway

    gateway = Gateway(
        url=sms.url,
        method=sms.method,
        encoding=sms.encoding,
        fields=sms.fields,
        header=sms.header,
        authorization=_shown(sms.authorization),
        secret=_shown(sms.secret),
        sender=sms.sender,
        country_prefix=sms.country_prefix,
        success=sms.success,
        busy=sms.busy,
        id_field=sms.id_field,
    )
    return SmsPlatform(gateway=gateway, now=clock.now, keeps_diacritics=sms.keeps_diacritics, parts=sms.parts)


def _shown(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()


MAKERS: tuple[Callable[[Settings, Clock, Database], Platform | None], ...] = (_telegram, _zalo, _zalo_oa, _email, _sms)

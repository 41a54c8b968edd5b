"""How the bot gets its updates: by long poll or by webhook."""

import re

from sandbox.telegram.call import Call
from sandbox.telegram.errors import bad_request, too_many_requests
from sandbox.telegram.messages import Body

LONGEST_POLL = 50
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class RawJson(bytes):
    """An answer that is JSON already."""

    __slots__ = ()


async def get_updates(call: Call) -> RawJson:
    post, arguments = call.cloud.post_of(call.bot), call.arguments
    if not post.queue.webhook:
        post.queue.allow(arguments.json("allowed_updates"))
    return RawJson(
        await post.poll.take(
            offset=arguments.integer("offset"),
            limit=arguments.integer("limit", 100, low=1, high=100),
            timeout=arguments.integer("timeout", 0, low=0, high=LONGEST_POLL),
        )
    )


def set_webhook(call: Call) -> bool | tuple[bool, str]:
    url = call.arguments.text("url").strip()
    if not url:
        return delete_webhook(call)
    if not re.match(r"https?://[^\s/]+", url):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = call.arguments.text("secret_token")
    if secret and not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    post = call.cloud.post_of(call.bot)
    post.queue.allow(call.arguments.json("allowed_updates"))
    _drop_if_asked(call)
    setting = {
        "url": url,
        "secret_token": secret,
        "max_connections": call.arguments.integer("max_connections", 40, low=1, high=100),
    }
    if post.queue.webhook and {name: post.queue.webhook[name] for name in setting} == setting:
        return True, "Webhook is already set"
    _not_too_often(call)
    post.poll.end("terminated by setWebhook request")
    post.webhook.set(setting)
    return True, "Webhook was set"


def _not_too_often(call: Call) -> None:
    webhook = call.cloud.post_of(call.bot).webhook
    if call.now - webhook.last_set_at < 1:
        raise too_many_requests(1)
    webhook.last_set_at = call.now


def delete_webhook(call: Call) -> bool | tuple[bool, str]:
    post = call.cloud.post_of(call.bot)
    _drop_if_asked(call)
    if not post.queue.webhook:
        return True, "Webhook is already deleted"
    post.webhook.delete()
    return True, "Webhook was deleted"


def _drop_if_asked(call: Call) -> None:
    if call.arguments.flag("drop_pending_updates"):
        call.cloud.post_of(call.bot).queue.keep_last(0)


def get_webhook_info(call: Call) -> Body:
    queue = call.cloud.post_of(call.bot).queue
    setting = queue.webhook or {}
    info: Body = {
        "url": setting.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(queue.pending),
    }
    for name in ("max_connections", "last_error_date", "last_error_message"):
        if name in setting:
            info[name] = setting[name]
    if queue.allowed is not None:
        info["allowed_updates"] = queue.allowed
    return info


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}

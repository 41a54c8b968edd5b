"""The contract with a gateway of short messages: any HTTP service that takes a number and a text, told by settings.

One request a message. Its fields are a template; `{phone}`, `{text}`, `{sender}`, `{secret}` and `{id}` in it are filled
in at any depth. They travel as JSON, as a form, or in the address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

TIMEOUT = 20.0
FIELDS: Mapping[str, Any] = {"to": "{phone}", "text": "{text}"}
PLACE = re.compile(r"\{(phone|text|sender|secret|id)\}")

Encoding = Literal["json", "form", "query"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """Where short messages are handed in, and how its answers are read."""

    url: str
    method: Literal["POST", "GET", "PUT"] = "POST"
    encoding: Encoding = "json"
    fields: Mapping[str, Any] = field(default_factory=lambda: dict(FIELDS))
    header: str = "Authorization"
    authorization: str | None = field(default=None, repr=False)  # what stands in that header
    secret: str | None = field(default=None, repr=False)  # what `{secret}` in the fields stands for
    sender: str = ""
    country_prefix: str = "0"  # 0, 84 or +84 before the number
    success: str = ""  # "CodeResult=100": the answer's field and what it says; empty: any 2xx
    busy: str = ""  # "CodeResult=101,104": no fault of this message; it is kept and tried again
    id_field: str = ""  # where the answer tells its own number of the message
    timeout: float = TIMEOUT


def request_of(gateway: Gateway, *, phone: str, text: str, our_id: str) -> dict[str, Any]:
    """What aiohttp's `request` is given besides method and address."""
    values = {
        "phone": gateway.country_prefix + phone.removeprefix("0"),
        "text": text,
        "sender": gateway.sender,
        "secret": gateway.secret or "",
        "id": our_id,
    }
    filled = fill(gateway.fields, values)
    headers = {} if gateway.authorization is None else {gateway.header: gateway.authorization}
    if gateway.encoding == "json":
        body = json.dumps(filled, ensure_ascii=False).encode()
        return {"data": body, "headers": {**headers, "Content-Type": "application/json; charset=utf-8"}}
    name = "data" if gateway.encoding == "form" else "params"
    return {name: {key: str(value) for key, value in filled.items()}, "headers": headers}


def fill(template: Any, values: Mapping[str, str]) -> Any:
    """One pass: braces that stand in what is filled in mean nothing."""
    if isinstance(template, str):
        return PLACE.sub(lambda found: values[found[1]], template)
    if isinstance(template, Mapping):
        return {name: fill(part, values) for name, part in template.items()}
    if isinstance(template, Sequence):
        return [fill(part, values) for part in template]
    return template


def holds(answer: Any, test: str) -> bool:
    """Whether the answer says so: "status=ok", "data.code=0,00"; the values are compared as text."""
    path, _, wanted = test.partition("=")
    return told(answer, path) in {value.strip() for value in wanted.split(",")}


def told(answer: Any, path: str) -> str | None:
    """What stands at "data.0.id", as text; None where nothing does."""
    for step in path.strip().split("."):
        if isinstance(answer, Mapping):
            answer = answer.get(step)
        elif isinstance(answer, list) and step.isdecimal() and int(step) < len(answer):
            answer = answer[int(step)]
        else:
            return None
    if isinstance(answer, bool):
        return str(answer).lower()
    return str(answer) if isinstance(answer, str | int | float) else None

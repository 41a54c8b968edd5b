"""The secret that a webhook call must bring where the operator names none."""

from __future__ import annotations

import hashlib
import hmac


def secret_from(token: str) -> str:
    """The same in every process, and nothing that a webhook call could tell about the token."""
    return hmac.new(token.encode(), b"webhook secret", hashlib.sha256).hexdigest()

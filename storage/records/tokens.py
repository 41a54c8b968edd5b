"""Tokens of platforms that rotate them: the pair in force, the pair before it, and who is renewing it now."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from storage.record import Moment, metadata

platform_tokens = Table(
    "platform_tokens",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("access_token", Text, nullable=False),
    Column("refresh_token", Text, nullable=False),
    Column("expires_at", Moment(), nullable=False),  # of the access token
    Column("previous_access_token", Text),
    Column("previous_refresh_token", Text),
    Column("begun_with", String(64)),  # SHA-256 of the refresh token from the settings: a new one there begins anew
    Column("kept_at", Moment(), nullable=False),
    Column("holder", String(40)),  # who is renewing it
    Column("held_until", Moment()),
)

"""Telegram's Bot API as a bot meets it."""

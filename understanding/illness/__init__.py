"""Illness: what people feel, what they deny, and what is only a figure of speech."""

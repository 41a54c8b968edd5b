"""Presence: who is where at work, who is away, and until when."""

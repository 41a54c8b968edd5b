"""Incidents without a word for them, and whom they happened to."""

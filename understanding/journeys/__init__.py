"""Journeys: places, which of them somebody goes to, and from when to when."""

"""Counts: figures, what they are figures of, and of which unit."""

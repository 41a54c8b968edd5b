"""Backups: written from either database while it runs, brought back into either."""

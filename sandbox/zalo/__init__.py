"""Zalo's Bot Platform as a bot meets it: what is published of it, and what others have measured."""

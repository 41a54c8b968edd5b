"""The trial in a browser."""

from tests.browser import chromium, open_page  # noqa: F401 - fixtures are found by their name

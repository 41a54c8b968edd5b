"""`python -m bot`: runs it. With no token set it starts the messenger for trying beside itself, with an office in it."""

from __future__ import annotations

import sys


def main() -> None:
    """Only what reads the words of a command imports the library for that."""
    if len(sys.argv) > 1:
        from bot.shell.commands import run_command

        run_command()
    else:
        from bot.start.starting import start

        start()


if __name__ == "__main__":
    main()

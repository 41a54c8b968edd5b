"""`python -m sandbox` runs the messenger; `python -m sandbox say …` does the human side of a running one."""

import asyncio
import signal
import sys
from pathlib import Path

from sandbox.command_line import COMMANDS, read_command_line
from sandbox.refusal import Refusal


def main() -> int:
    options = read_command_line(sys.argv[1:])
    try:
        if options.command in COMMANDS:
            from sandbox.shell import act

            return asyncio.run(act(options))
        return asyncio.run(
            _serve(options.port, options.host, options.world, options.state, any_token=options.any_token)
        )
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
        return 2
    except (OSError, ValueError) as error:
        print(_explain(error, options.port), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0


def _explain(error: Exception, port: int) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"Không đọc được {error.filename}: {error.strerror}."
    if isinstance(error, ValueError):
        return f"Tệp thế giới không phải JSON đúng: {error}."
    return f"Không mở được cổng {port}: {error.strerror if isinstance(error, OSError) else error}."


async def _serve(port: int, host: str, world: Path | None, state: Path | None, *, any_token: bool) -> int:
    from sandbox import server

    sandbox = await server.start(port, host, world, state, any_token=any_token)
    print(f"Trang trò chuyện: {sandbox.url}/", flush=True)
    print(f"Bot API: {sandbox.url}/bot<token>/<method> · tệp: {sandbox.url}/file/bot<token>/<path>", flush=True)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
    await sandbox.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())

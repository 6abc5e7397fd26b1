"""The way in: `backdrop`, or `python -m backdrop_tui`."""

import gc
import os
import resource
import signal
import sys
from contextlib import suppress


def main() -> None:
    """Run the command line and leave with its exit status."""
    # Loading modules makes many objects that stay; looking through them again and again takes a fifth of the start.
    gc.set_threshold(100_000)
    # Memory that one thread gave back, another can then use again: a tenth less to be had from the system. Polars reads
    # this when it is loaded.
    os.environ.setdefault("_RJEM_MALLOC_CONF", "narenas:2")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold pupils' names
    _end_in_good_order()
    _occupy_closed_streams()
    try:
        from backdrop_tui.cli import run  # noqa: PLC0415 - keeps `import backdrop_tui` light
        from backdrop_tui.mail.password import take_from_environment  # noqa: PLC0415

        take_from_environment()
        status = run(sys.argv[1:])
    except KeyboardInterrupt:  # before or after the command itself, where nobody else hears it
        status = 130
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, AttributeError, ValueError):  # nobody listens
            stream.flush()
    # All is written and closed. Python would now free a million rows one by one; the system frees them at once.
    os._exit(status)


def _end_in_good_order() -> None:
    """When the system or a lost line ends the program, let it tidy up: half a file of people must not lie about."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:  # `nohup` has asked for something else
            signal.signal(number, _told_to_end)


def _occupy_closed_streams() -> None:
    """Keep the numbers of closed standard streams from going to our files: libraries would write messages into them."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(descriptor)


def _told_to_end(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    main()

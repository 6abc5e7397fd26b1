"""The way in: `backdrop`, or `python -m backdrop_tui`."""

import os
import sys
from contextlib import suppress


def main() -> None:
    """Run the command line and leave with its exit status."""
    from backdrop_tui.cli import run  # noqa: PLC0415 - keeps `import backdrop_tui` light

    status = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, AttributeError):  # nobody listens
            stream.flush()
    # All is written and closed. Python would now free a million rows one by one; the system frees them at once.
    os._exit(status)


if __name__ == "__main__":
    main()

"""The way in: `backdrop`, or `python -m backdrop_tui`."""

import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    from backdrop_tui.cli import run  # noqa: PLC0415 - keeps `import backdrop_tui` light

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()

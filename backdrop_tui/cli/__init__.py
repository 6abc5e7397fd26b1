"""The command line: a plain twin of every step, for screen readers, scripts and cron."""

from backdrop_tui.cli.main import run

__all__ = ["run"]

"""The audit log as text for people."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from backdrop_tui.printable import printable

_KNOWN = ("when", "user", "account", "event", "about")


def log_lines(entries: Iterable[Mapping[str, Any]]) -> list[str]:
    """A line for each entry: when, the user, the account, what happened and to what, and numbers."""
    return [_line(entry) for entry in entries]


def _line(entry: Mapping[str, Any]) -> str:
    numbers = (f"{key.replace('_', ' ')} {value}" for key, value in entry.items() if key not in _KNOWN)
    who = f"{entry.get('user') or '?'} ({entry.get('account') or 'no account'})"
    what = " ".join(str(entry[key]) for key in ("event", "about") if entry.get(key))
    return printable("  ".join([_when(entry), who, ", ".join([what, *numbers])]))


def moment_of(entry: Mapping[str, Any]) -> datetime | None:
    """The moment of an entry in this computer's time zone; None if it states none, because someone has changed it."""
    try:
        return datetime.fromisoformat(entry["when"]).astimezone()
    except (KeyError, TypeError, ValueError):
        return None


def _when(entry: Mapping[str, Any]) -> str:
    moment = moment_of(entry)
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else "?" * len("2026-03-02 09:30:00")

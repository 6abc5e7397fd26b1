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
    who = f"{user_of(entry)} ({entry.get('account') or 'no account'})"
    what = " ".join(str(entry[key]) for key in ("event", "about") if entry.get(key))
    return printable("  ".join([_when(entry), who, ", ".join([what, *numbers_of(entry)])]))


def user_of(entry: Mapping[str, Any]) -> str:
    """The operating system's user in an entry; a question mark if it states none."""
    return str(entry.get("user") or "?")


def event_in_words(entry: Mapping[str, Any]) -> str:
    """What happened, and to what: `Setting changed: mail server`."""
    event, about = (str(entry.get(key) or "").replace("-", " ") for key in ("event", "about"))
    return ": ".join(filter(None, (event.capitalize(), about)))


def numbers_of(entry: Mapping[str, Any], *, zeros: bool = True) -> list[str]:
    """The numbers that describe an entry, each with its name: `added 12`; on request only those that aren't 0."""
    numbers = {key: value for key, value in entry.items() if key not in _KNOWN and (zeros or value)}
    return [f"{key.replace('_', ' ')} {value}" for key, value in numbers.items()]


def moment_of(entry: Mapping[str, Any]) -> datetime | None:
    """The moment of an entry in this computer's time zone; None if it states none, because someone has changed it."""
    try:
        return datetime.fromisoformat(entry["when"]).astimezone()
    except (KeyError, TypeError, ValueError):
        return None


def _when(entry: Mapping[str, Any]) -> str:
    moment = moment_of(entry)
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else "?" * len("2026-03-02 09:30:00")

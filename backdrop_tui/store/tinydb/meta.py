"""The kinds of files, and the table `meta` of those that are TinyDB's, whose one document states the file's format."""

import re
from collections.abc import Mapping
from typing import Any

from backdrop_tui.store.formats import FORMAT, stated_format
from backdrop_tui.store.migrations import current_format

TINYDB_FILES = ("students.json", "staff.json", "setup.json")
"""The TinyDB files of a data folder."""
META = "meta"
"""The name of the table."""
START_LENGTH = 64
"""The number of bytes in which `format_at_start` looks."""
_START = re.compile(
    rb'\s*\{\s*"meta"\s*:\s*\{\s*"[0-9]+"\s*:\s*\{\s*"format"\s*:\s*([1-9][0-9]{0,8})\s*\}\s*\}\s*[,}]'
)


def kind_of(name: str) -> str:
    """The kind of a file in `migrations.STEPS`, by its path in the data folder."""
    if name.startswith("imports/"):
        return "undo"
    return "absent" if name.startswith("absent-") else name.removesuffix(".json")


def meta_table(kind: str) -> dict[str, dict[str, Any]]:
    """The table, as files are written now."""
    return {"1": {FORMAT: current_format(kind)}}


def format_of(tables: Mapping[str, Any]) -> int:
    """The format that a file's tables state: 1 if they have no table `meta`. Raises `ValueError` if that can't be a format."""
    if META not in tables:
        return 1
    match list(tables[META].values()) if isinstance(tables[META], dict) else []:
        case [{"format": _} as document]:
            return stated_format(document)
    raise ValueError(META)


def format_at_start(start: bytes) -> int | None:
    """The format that the start of a file states; None if only the whole file can tell."""
    stated = _START.match(start)
    return int(stated[1]) if stated else None

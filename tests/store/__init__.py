"""Tests of the store."""

from pathlib import Path
from typing import Any

import polars as pl
import tinydb

KEYS = {"students": ("first_name", "surname", "upn"), "staff": ("first_name", "surname", "email")}
"""Fewer keys than people really have."""
KEYS_AND_STATUS = {kind: (*keys, "status") for kind, keys in KEYS.items()}
"""The same, and the one that everyone in a file of an older format gets."""


def students(*surnames: str) -> pl.DataFrame:
    """New students."""
    return pl.DataFrame(
        {"first_name": ["Zoë"] * len(surnames), "surname": surnames, "upn": [None] * len(surnames)},
        schema=dict.fromkeys(KEYS["students"], pl.String),
    )


def stock(path: Path, table: str) -> list[dict[str, Any]]:
    """What TinyDB as it is published finds in a file."""
    with tinydb.TinyDB(path) as database:
        return [dict(document) for document in database.table(table)]


def contents(folder: Path) -> dict[str, bytes]:
    """The content of every file in a folder and its subfolders, by path, but for the locks and who has them."""
    files = [
        path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(("lock", ".owner"))
    ]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}

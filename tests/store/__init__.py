"""Tests of the store."""

from pathlib import Path
from typing import Any

import polars as pl
import tinydb

KEYS = {"students": ("first_name", "surname", "upn"), "staff": ("first_name", "surname", "email")}
"""Fewer keys than people really have."""


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
    """Every file in a folder, but for the locks."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".lock"}

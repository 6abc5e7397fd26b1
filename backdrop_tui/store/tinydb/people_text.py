"""A frame of people, to and from the text of a TinyDB file, without a Python object for each person."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.errors import damaged_file
from backdrop_tui.store.tinydb.documents import Document, Tables, read_tables
from backdrop_tui.store.tinydb.meta import META, meta_table

NUMBER = "_number"
"""The column that holds TinyDB's number of each document (Int64)."""
_END = b"\n}}\n"
"""What comes after the people."""


def people_schema(keys: Sequence[str]) -> pl.Schema:
    """The columns of people with these keys: TinyDB's number and the keys."""
    return pl.Schema({NUMBER: pl.Int64(), **dict.fromkeys(keys, pl.String())})


def to_text(table: str, people: pl.DataFrame) -> bytes:
    """Write people as a TinyDB file with the table `meta` and one of people, one person a line."""
    if people.is_empty():
        return _start(table) + b"}}\n"
    line = pl.format('"{}":{}', NUMBER, pl.struct(pl.exclude(NUMBER)).struct.json_encode())
    text = io.BytesIO()
    text.write(_start(table) + b"\n")
    # Unquoted "CSV" of one column is the quickest way to join lines: no big string is built.
    people.lazy().select(line).collect().write_csv(
        text, include_header=False, quote_style="never", line_terminator=",\n", separator="\0"
    )
    text.seek(-len(",\n"), io.SEEK_END)
    text.write(_END)
    text.truncate()
    return text.getvalue()


def from_text(path: Path, content: bytes | None, table: str, keys: Sequence[str]) -> pl.DataFrame:
    """Read the people in a TinyDB file.

    Returns `people_schema(keys)`, in the file's order. Raises `DataFolderError` if the file doesn't hold people with these keys.
    """
    if content is None:
        return people_schema(keys).to_frame()
    people = _lines_of_to_text(content, table, keys)
    # The layout of `to_text` is read fast, and believed only if the same bytes would be written again.
    if people is None or to_text(table, people) != content:
        return from_tables(path, read_tables(path, content), table, keys)
    return _with_unique_ids(path, people)


def from_tables(path: Path, tables: Tables, table: str, keys: Sequence[str]) -> pl.DataFrame:
    """The people in a TinyDB file's tables, whatever layout TinyDB or another program has given the file.

    Returns and raises the same as `from_text`.
    """
    if tables.keys() - {META, table}:
        raise damaged_file(path)
    people = tables.get(table, {})
    known = set(keys)
    for person in people.values():
        if person.keys() - known:
            raise DataFolderError(
                f"{path} has details in it that this version of Back:drop doesn't know. "
                "Use the version that stored them, or a newer one."
            )
        if not all(value is None or isinstance(value, str) for value in person.values()):
            raise damaged_file(path)
    frame = documents_frame({int(number): person for number, person in people.items()}, keys)
    return _with_unique_ids(path, frame)


def _with_unique_ids(path: Path, people: pl.DataFrame) -> pl.DataFrame:
    if people["id"].null_count() or people["id"].n_unique() < people.height:
        raise damaged_file(path)
    return people


def _start(table: str) -> bytes:
    """What comes before the people."""
    return orjson.dumps({META: meta_table(table), table: {}}).removesuffix(b"}}")


def _lines_of_to_text(content: bytes, table: str, keys: Sequence[str]) -> pl.DataFrame | None:
    """Read the layout of `to_text`, believing every line; None if it is certainly another one."""
    start = _start(table) + b"\n"
    if not content.startswith(start + b'"') or not content.endswith(_END):
        return None
    person = pl.Struct(dict.fromkeys(keys, pl.String()))
    number, text = (pl.col("line").str.splitn(":", 2).struct.field(f"field_{part}") for part in (0, 1))
    try:
        lines = pl.read_csv(
            content[len(start) : -len(_END)],
            has_header=False,
            separator="\0",
            quote_char=None,
            schema={"line": pl.String()},
        )
        return (
            lines.lazy()
            .select(
                number.str.strip_chars('"').cast(pl.Int64).alias(NUMBER),
                text.str.strip_suffix(",").str.json_decode(person).alias("person"),
            )
            .unnest("person")
            .collect()
        )
    except pl.exceptions.PolarsError:
        return None


def documents_frame(documents: dict[int, Document], keys: Sequence[str]) -> pl.DataFrame:
    """Documents by number as a frame with `people_schema(keys)`, in their order."""
    columns: dict[str, list[Any]] = {key: [person.get(key) for person in documents.values()] for key in keys}
    return pl.DataFrame({NUMBER: list(documents), **columns}, schema=people_schema(keys))

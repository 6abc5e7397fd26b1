"""A frame of people, to and from the text of a TinyDB file, without a Python object for each person."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.tinydb.documents import Document, damaged, read_tables

NUMBER = "_number"
"""The column that holds TinyDB's number of each document (Int64)."""


def people_schema(keys: Sequence[str]) -> pl.Schema:
    """The columns of people with these keys: TinyDB's number and the keys."""
    return pl.Schema({NUMBER: pl.Int64(), **dict.fromkeys(keys, pl.String())})


def to_text(table: str, people: pl.DataFrame) -> bytes:
    """Write people as a TinyDB file with one table, one person a line."""
    if people.is_empty():
        return b'{"%b":{}}\n' % table.encode()
    line = pl.format('"{}":{}', NUMBER, pl.struct(pl.exclude(NUMBER)).struct.json_encode())
    text = io.BytesIO()
    text.write(b'{"%b":{\n' % table.encode())
    # Unquoted "CSV" of one column is the quickest way to join lines: no big string is built.
    people.lazy().select(line).collect().write_csv(
        text, include_header=False, quote_style="never", line_terminator=",\n", separator="\0"
    )
    text.seek(-len(",\n"), io.SEEK_END)
    text.write(b"\n}}\n")
    text.truncate()
    return text.getvalue()


def from_text(path: Path, content: bytes | None, table: str, keys: Sequence[str]) -> pl.DataFrame:
    """Read the people in a TinyDB file's one table.

    Returns `people_schema(keys)`, in the file's order. Raises `DataFolderError` where the file isn't one of these people.
    """
    if content is None:
        return people_schema(keys).to_frame()
    people = _own_lines(content, table, keys)
    # Own layout is read fast and believed only if it would be written just so again.
    if people is None or to_text(table, people) != content:
        people = _any_layout(path, content, table, keys)
    if people["id"].null_count() or people["id"].n_unique() < people.height:
        raise damaged(path)
    return people


def _own_lines(content: bytes, table: str, keys: Sequence[str]) -> pl.DataFrame | None:
    """Read the layout of `to_text`, believing every line; None where it surely is another one."""
    start = b'{"%b":{\n' % table.encode()
    end = b"\n}}\n"
    if not content.startswith(start + b'"') or not content.endswith(end):
        return None
    person = pl.Struct(dict.fromkeys(keys, pl.String()))
    number, text = (pl.col("line").str.splitn(":", 2).struct.field(f"field_{part}") for part in (0, 1))
    try:
        lines = pl.read_csv(
            content[len(start) : -len(end)],
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


def _any_layout(path: Path, content: bytes, table: str, keys: Sequence[str]) -> pl.DataFrame:
    """Read whatever layout TinyDB or another program has given the file."""
    tables = read_tables(path, content)
    if tables.keys() - {table}:
        raise damaged(path)
    people = tables.get(table, {})
    known = set(keys)
    for person in people.values():
        if person.keys() - known:
            raise DataFolderError(
                f"{path} has details in it that this version of Back:drop doesn't know. Nothing was changed. "
                "Use the version that stored them, or a newer one."
            )
        if not all(value is None or isinstance(value, str) for value in person.values()):
            raise damaged(path)
    return documents_frame({int(number): person for number, person in people.items()}, keys)


def documents_frame(documents: dict[int, Document], keys: Sequence[str]) -> pl.DataFrame:
    """Documents by number as a frame with `people_schema(keys)`, in their order."""
    columns: dict[str, list[Any]] = {key: [person.get(key) for person in documents.values()] for key in keys}
    return pl.DataFrame({NUMBER: list(documents), **columns}, schema=people_schema(keys))

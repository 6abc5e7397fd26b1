"""A frame of people, to and from the text of a TinyDB file, without a Python object for each person."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import orjson
import polars as pl

from backdrop_tui.store.errors import damaged_file
from backdrop_tui.store.tinydb.meta import META, meta_table
from backdrop_tui.store.tinydb.tiny_file import Document, Tables, read_tables

NUMBER = "_number"
"""The column that holds TinyDB's number of each document (Int64)."""
_END = b"\n}}\n"
"""What comes after the people."""
_PART = 2_000_000
"""The number of bytes that are read at a time."""


def people_schema(keys: Sequence[str]) -> pl.Schema:
    """The columns of people with these keys: TinyDB's number and the keys."""
    return pl.Schema({NUMBER: pl.Int64(), **dict.fromkeys(keys, pl.String())})


def to_text(table: str, people: pl.DataFrame) -> bytes:
    """Write people as a TinyDB file with the table `meta` and one of people, one person a line."""
    if people.is_empty():
        return _start(table) + b"}}\n"
    return b"".join((_start(table), b"\n", memoryview(_lines(people))[: -len(",\n")], _END))


def _lines(people: pl.DataFrame) -> bytes:
    """One person a line, each with `,` at its end."""
    line = pl.format('"{}":{}', NUMBER, pl.struct(pl.exclude(NUMBER)).struct.json_encode())
    text = io.BytesIO()
    # Unquoted "CSV" of one column is the quickest way to join lines: no big string is built.
    people.lazy().select(line).collect().write_csv(
        text, include_header=False, quote_style="never", line_terminator=",\n", separator="\0"
    )
    return text.getvalue()


def from_text(path: Path, content: bytes, table: str, keys: Sequence[str]) -> pl.DataFrame:
    """Read the people in a TinyDB file.

    Returns `people_schema(keys)`, in the file's order. Raises `DataFolderError` if the file doesn't hold people with these keys.
    """
    people = _as_written(content, table, keys)
    if people is None:
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
            raise damaged_file(path)  # a newer version would have raised the format
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


def _as_written(content: bytes, table: str, keys: Sequence[str]) -> pl.DataFrame | None:
    """Read the layout of `to_text` fast, and believe it only if the same bytes would be written again; None if it is another.

    It is read in parts, because polars needs ten times their memory for a moment, and stays in as many pieces: making one of
    them needs memory too, which can wait until there is no text any more.
    """
    start = _start(table) + b"\n"
    if not content.startswith(start + b'"') or not content.endswith(_END):
        return None
    parts = []
    for lines in _parts(content, len(start), len(content) - len(_END)):
        people = _people_in(lines, keys)
        if people is None or _lines(people) != lines:
            return None
        parts.append(people)
    return pl.concat(parts, rechunk=False)


def _parts(content: bytes, start: int, end: int) -> Iterator[bytes]:
    """Parts of whole lines, each line with `,` at its end, which the last one of all doesn't have in the file."""
    while start < end:
        after = content.find(b"\n", min(start + _PART, end), end) + 1
        yield content[start:after] if after else content[start:end] + b",\n"
        start = after or end


def _people_in(lines: bytes, keys: Sequence[str]) -> pl.DataFrame | None:
    """Read lines as `to_text` writes them, believing each; None if they are certainly others."""
    number, text = (pl.col("line").str.splitn(":", 2).struct.field(f"field_{part}") for part in (0, 1))
    objects = io.BytesIO()
    try:
        numbered = pl.read_csv(
            lines, has_header=False, separator="\0", quote_char=None, schema={"line": pl.String()}, glob=False
        ).select(
            number.str.strip_chars('"').cast(pl.Int64).alias(NUMBER), text.str.strip_suffix(",").alias("text")
        )
        numbered.select("text").write_csv(objects, include_header=False, quote_style="never", separator="\0")
        # Twice as quick as `str.json_decode`.
        people = pl.read_ndjson(objects.getvalue(), schema=dict.fromkeys(keys, pl.String()))
    except pl.exceptions.PolarsError:
        return None
    return people.insert_column(0, numbered[NUMBER]) if people.height == numbered.height else None


def documents_frame(documents: dict[int, Document], keys: Sequence[str]) -> pl.DataFrame:
    """Documents by number as a frame with `people_schema(keys)`, in their order."""
    columns = (pl.Series(key, [person.get(key) for person in documents.values()], pl.String) for key in keys)
    return pl.DataFrame([pl.Series(NUMBER, list(documents), pl.Int64), *columns])

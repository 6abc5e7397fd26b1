"""What can still be read of a damaged file."""

import re
from collections.abc import Collection
from typing import Any

import orjson

from backdrop_tui.store.migrations import current_format, migrate
from backdrop_tui.store.tinydb.meta import START_LENGTH, TINYDB_FILES, format_at_start, kind_of
from backdrop_tui.store.tinydb.tiny_file import Tables, tables_to_text

_TABLE = re.compile(rb'[{}].*"(\w+)":\{')
_DOCUMENT = re.compile(rb'"(\d{1,18})":(\{.*\}),?')
_DOCUMENT_START = re.compile(rb'"\d{1,18}":\{')


def is_readable(name: str, data: bytes, keys: Collection[str] | None) -> bool:
    """Whether a file is JSON of the right shape, so that it can be read even if it isn't what was stored.

    Args:
        name: The file.
        data: What is in it.
        keys: What is stored of a person; None for a file without people.
    """
    try:
        content = orjson.loads(data)
    except ValueError:
        return False
    if not isinstance(content, dict):
        return False
    tables = content.values() if name in TINYDB_FILES else ()
    if not all(isinstance(table, dict) for table in tables):
        return False
    is_current = format_at_start(data[:START_LENGTH]) == current_format(kind_of(name))
    people = content.get(kind_of(name), {}).values() if keys is not None and is_current else ()
    return all(_has_only(person, keys) for person in people)


def _has_only(person: object, keys: Collection[str] | None) -> bool:
    return isinstance(person, dict) and (keys is None or person.keys() <= set(keys))


def rescued(name: str, data: bytes, keys: Collection[str] | None) -> tuple[bytes, int] | None:
    """The whole lines of a damaged TinyDB file as a new file, and how many documents they are; None for another kind of file.

    Its arguments are those of `is_readable`.
    """
    if name not in TINYDB_FILES:
        return None
    kind = kind_of(name)
    is_people = name != "setup.json"
    tables: Tables = {}
    table = kind if is_people else None
    for line in map(bytes.strip, data.splitlines()):
        if match := _DOCUMENT.fullmatch(line):
            document = _document(match[2], is_people=is_people)
            if document is not None and table is not None:
                tables.setdefault(table, {})[match[1].decode()] = document
        elif not is_people and not _DOCUMENT_START.match(line):
            heading = _TABLE.fullmatch(line)
            # Below a damaged heading, nothing shows which table the documents belong to.
            table = heading[1].decode() if heading else None
    tables = {name: _unique(documents, "id" if is_people else "key") for name, documents in tables.items()}
    tables = migrate(kind, tables, format_at_start(data[:START_LENGTH]) or current_format(kind))
    tables = {
        name: {number: each for number, each in documents.items() if _has_only(each, keys)}
        for name, documents in tables.items()
    }
    return tables_to_text(kind, tables)


def _document(text: bytes, *, is_people: bool) -> dict[str, Any] | None:
    """A document as a line has it; None if the line is damaged."""
    try:
        document: dict[str, Any] = orjson.loads(text)
    except ValueError:
        return None
    if not is_people:
        return document if isinstance(document.get("key"), str) else None
    are_texts = all(value is None or isinstance(value, str) for value in document.values())
    return document if are_texts and isinstance(document.get("id"), str) else None


def _unique(documents: dict[str, Any], key: str) -> dict[str, Any]:
    """Of documents with the same id, only the last one."""
    unique = {document[key]: number for number, document in documents.items()}
    return {number: documents[number] for number in unique.values()}

"""Items of what is stored, as a backup holds them: checking them, and bringing those of an older format up to date."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from backdrop_tui.store.migrations import STEPS, current_format, migrate
from backdrop_tui.store.port import StoredItem

_SET_UP = "setup"
_NAME = re.compile(r"[a-z][a-z_]{0,49}")
_KEY_OF_BIG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
"""The keys of big documents, which an engine may use as the names of files."""
_META = "meta"
_TEXT_OR_NONE = {str, type(None)}


def checked_items(items: Iterable[StoredItem], keys: Mapping[str, Sequence[str]]) -> Iterator[StoredItem]:
    """Pass items on one by one, each once it has been checked.

    Args:
        items: The items.
        keys: What is stored of a person, by kind.

    Raises:
        ValueError: See `Store.replace_all`.
    """
    known: set[tuple[str, str, str]] = set()
    allowed = {kind: {"id", *of_kind} for kind, of_kind in keys.items()}
    for item in items:
        key = ""
        if item.part == "people":
            key = _text(item.content.get("id"))
            are_texts = _TEXT_OR_NONE.issuperset(map(type, item.content.values()))
            if not are_texts or item.content.keys() - allowed.get(item.name, set()):
                raise ValueError(f"{item.name} have text under keys of their own and nothing else")
        elif item.part == "documents":
            key = _text(item.content.get("key"))
            is_big = item.name in STEPS
            if (
                not _NAME.fullmatch(item.name)
                or item.name == _META
                or (is_big and not _KEY_OF_BIG.fullmatch(key))
            ):
                raise ValueError("a table or a document can't have this name")
        if key and (item.part, item.name, key) in known:
            raise ValueError("the same item comes twice")
        known.add((item.part, item.name, key))
        yield item


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("an item has no id or key")
    return value


def current_formats() -> dict[str, int]:
    """The formats of items as this version gives them out, by kind."""
    return {kind: current_format(kind) for kind in STEPS}


def upgraded_items(items: Iterable[StoredItem], formats: Mapping[str, int]) -> Iterator[StoredItem]:
    """Items in the current formats. Those of the same kind are held in memory if they are older.

    Args:
        items: The items.
        formats: Their formats, by kind.
    """
    old = {kind for kind, number in formats.items() if kind in STEPS and number < current_format(kind)}
    waiting: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in old}
    log: list[StoredItem] = []
    for item in items:
        kind = _kind_of(item)
        if item.part == "log":
            log.append(item)
        elif kind not in old:
            yield item
        elif item.name == kind and item.part == "documents":
            content = {name: value for name, value in item.content.items() if name != "key"}
            migrated = migrate(kind, content, formats[kind])
            yield StoredItem(item.part, item.name, migrated | {"key": item.content["key"]})
        else:
            table = waiting[kind].setdefault(item.name, {})
            table[str(len(table) + 1)] = dict(item.content)
    for kind, tables in waiting.items():
        if not tables:  # the step of a kind whose documents have files of their own expects one of them
            continue
        for name, documents in migrate(kind, tables, formats[kind]).items():
            part: Any = "documents" if kind == _SET_UP else "people"
            yield from (StoredItem(part, name, document) for document in documents.values())
    yield from log


def _kind_of(item: StoredItem) -> str:
    """The kind of an item in `migrations.STEPS`: big documents have kinds of their own, as do people."""
    return item.name if item.name in STEPS else _SET_UP

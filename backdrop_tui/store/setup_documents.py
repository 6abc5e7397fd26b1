"""The small documents of set-up, whatever stores them: account, settings, groups, imports, mappings.

    with open_setup(folder) as setup, setup.transaction():
        setup.table("settings").put("phase", {"value": "primary"})

Every method raises `DataFolderError` if the file is in use, damaged, newer than this version, or can't be read or written, or if the
disk is full; what is stored is then as it was.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Protocol, Self


class DocumentTable(Protocol):
    """Documents of one kind, each known by its key."""

    def all(self) -> list[dict[str, Any]]:
        """All documents, in the order in which they were first put, each with its "key". The caller may change them."""
        ...

    def get(self, key: str) -> dict[str, Any] | None:
        """One document, with its "key"; None if there is none. The caller may change it."""
        ...

    def put(self, key: str, document: Mapping[str, Any]) -> None:
        """Store a whole document under a key, in place of any that is there. Its values are those that JSON has."""
        ...

    def remove(self, key: str) -> None:
        """Remove the document with this key, if there is one."""
        ...


class SetupDocuments(Protocol):
    """All tables of documents. A context manager; close it after use."""

    def table(self, name: str) -> DocumentTable:
        """The documents of one kind; there may be none yet."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """Store everything that the block puts and removes as one, or nothing if it raises.

        No other process writes meanwhile, so keep it short.
        """
        ...

    def close(self) -> None:
        """Put what is stored in its final form, and close the file."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

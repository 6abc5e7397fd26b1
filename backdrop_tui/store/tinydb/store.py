"""`Store` in a data folder: TinyDB files with one journal."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Self

from backdrop_tui.store.audit_chain import plain_entry
from backdrop_tui.store.errors import InUseError, read_only_error
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.locks import SignedLock
from backdrop_tui.store.port import DocumentTable, Fault, Owner
from backdrop_tui.store.tinydb.document_tables import FilePerDocument, TinyTable
from backdrop_tui.store.tinydb.documents import Documents
from backdrop_tui.store.tinydb.faults import accept, faults_of
from backdrop_tui.store.tinydb.journaled_folder import JournaledFolder
from backdrop_tui.store.tinydb.log_file import log_faults, read_log
from backdrop_tui.store.tinydb.people import TinyPeople

_BIG = {"undo": "imports/{}.json", "absent": "absent-{}.json"}
"""The tables whose documents are so big that each has a file of its own."""


class TinyStore:
    """`Store` in the files of a data folder."""

    def __init__(
        self, folder: DataFolder, keys: Mapping[str, Sequence[str]], *, read_only: bool = False
    ) -> None:
        self._folder = folder
        self._read_only = read_only
        self._journaled = JournaledFolder(folder, read_only=read_only)
        self._people = {kind: TinyPeople(self._journaled, kind, of_kind) for kind, of_kind in keys.items()}
        self._documents = Documents(self._journaled, "setup.json", "setup")
        self._lease = SignedLock(folder.path / "import.lock")
        self._journaled.settle()

    @property
    def where(self) -> str:
        """See `Store.where`."""
        return f"the data folder {self._folder.path}"

    def people(self, kind: str) -> TinyPeople:
        """See `Store.people`."""
        return self._people[kind]

    def table(self, name: str) -> DocumentTable:
        """See `Store.table`."""
        if name in _BIG:
            return FilePerDocument(self._journaled, name, _BIG[name])
        return TinyTable(self._documents.table(name), self._documents.journal_storage)

    def log(self, entry: Mapping[str, Any]) -> None:
        """See `Store.log`."""
        with self.transaction():
            self._journaled.add_to_log(dict(entry))

    def logged(self) -> list[dict[str, Any]]:
        """See `Store.logged`."""
        with self._journaled.reading():
            lines = read_log(self._folder.path, self._journaled.journal.contents.log_state)
        return [plain_entry(line) for line in lines if line is not None]

    def log_faults(self) -> list[str]:
        """See `Store.log_faults`."""
        with self._journaled.reading():
            return log_faults(self._folder.path, self._journaled.journal.contents)

    def transaction(self) -> AbstractContextManager[None]:
        """See `Store.transaction`."""
        return self._journaled.transaction()

    def lease(self, seconds: float | None = None) -> AbstractContextManager[None]:
        """See `Store.lease`."""
        if self._read_only:
            raise read_only_error()
        return self._lease.held(_leased, seconds)

    def who(self) -> Owner | None:
        """See `Store.who`."""
        return self._lease.owner()

    def faults(self, *, thorough: bool = False) -> list[Fault]:
        """See `Store.faults`."""
        return faults_of(self._journaled, thorough=thorough)

    def accept(self) -> None:
        """See `Store.accept`."""
        accept(self._journaled)

    def warnings(self) -> list[str]:
        """See `Store.warnings`."""
        warnings, self._journaled.warnings = self._journaled.warnings, []
        return warnings

    def close(self) -> None:
        """See `Store.close`."""
        self._journaled.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _leased(by: str) -> InUseError:
    return InUseError(
        f"Another import is running{by and f', started {by}'}. Wait until it has finished, then try again."
    )

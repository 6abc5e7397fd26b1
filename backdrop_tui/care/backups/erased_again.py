"""Whom a backup would bring back although they have been erased since it was made, and its items without them.

They are erased from the backup's items before these take the place of what is stored, so they are never stored again, not even
for a moment. That is done in a data folder of its own, by the same code that erases people anywhere else.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from backdrop_tui.care.backups.backup_file import Backup
from backdrop_tui.care.backups.letters import letters, put_letters_back
from backdrop_tui.care.backups.restore_marks import PARTIAL
from backdrop_tui.care.erase import Receipt, UnfinishedErasureError, erase
from backdrop_tui.care.erase_texts import undo_lost_text
from backdrop_tui.errors import DataFolderError
from backdrop_tui.school.audit_log import Event, entry_of
from backdrop_tui.school.erased_people import TABLE, ErasedPeople, erased_people
from backdrop_tui.school.school import School
from backdrop_tui.store.errors import InUseError, NewerFormatError, UnknownOutcomeError
from backdrop_tui.store.files import translating_os_errors
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.port import StoredItem
from backdrop_tui.wording import counted

_UNFINISHED = (
    "Erasing someone had been interrupted and could not be finished, so what is kept of what was stored may still have something about "
    "them. Delete it once you no longer need it."
)
_UNKNOWN = "Who has been erased since this backup was made can't be read, so they may be stored again. If anyone has been, erase them again."


@dataclass(frozen=True)
class WithoutErased:
    """The items of a backup without the people who have been erased since it was made."""

    items: Iterable[StoredItem]
    """The items, with a note of everyone who has been erased according to what is stored or to the backup."""
    number: int = 0
    """The number of people who were erased again."""
    remarks: tuple[str, ...] = ()
    """What the user should know besides, a sentence each."""


def erased_since(school: School, backup: Backup) -> str:
    """How many people in a backup have been erased since it was made, in a sentence; empty if nobody has, or it can't be read."""
    number = 0
    with suppress(DataFolderError):
        if not school.is_new:
            number = len(erased_people(school).among(backup.ids))
    if not number:
        return ""
    have = "has" if number == 1 else "have"
    return f"{counted(number, 'person', 'people')} in the backup {have} been erased since. They will be erased again."


def without_erased(school: School, backup: Backup) -> WithoutErased:
    """Erase from a backup's items whoever has been erased since it was made. What is stored stays.

    Args:
        school: The school in which the backup is to be restored. Its lease must be held, so that nobody else is erased meanwhile.
        backup: The backup.

    Raises:
        ValueError: The items make no sense; see `Store.replace_all`.
        NewerFormatError: A newer version has saved what is stored.
        DataFolderError: It can't be done.
    """
    stored, remarks = _erased_by_now(school)
    in_backup = ErasedPeople.of(item.content for item in backup.items() if _notes_erased(item))
    erased = stored.with_others(in_backup)
    ids = erased.among(backup.ids)
    if not ids:
        return WithoutErased(_with_note(backup.items(), erased), remarks=remarks)
    items, receipt = _cleaned(school.folder, [*_with_note(backup.items(), erased)], ids)
    remarks += undo_lost_text(receipt)
    return WithoutErased(items, receipt.people, remarks)


def _erased_by_now(school: School) -> tuple[ErasedPeople, tuple[str, ...]]:
    """Who has been erased according to what is stored, and what the user should know of that.

    Raises:
        NewerFormatError: A newer version has saved what is stored.
        DataFolderError: It can't be read now, but perhaps later; people would come back who are known to have been erased.
    """
    try:
        stored = erased_people(school)
    except (NewerFormatError, InUseError):
        raise
    except DataFolderError as error:  # what is stored may be damaged: that is what a backup is for
        if isinstance(error.__cause__, OSError):
            raise
        return ErasedPeople(), (_UNKNOWN,)
    if stored.has_unfinished:  # what is replaced is kept, and may have what is left of them
        try:
            school.store.compact()
        except DataFolderError:
            return stored, (_UNFINISHED,)
    return stored, ()


def _notes_erased(item: StoredItem) -> bool:
    return item.part == "documents" and item.name == TABLE


def _with_note(items: Iterable[StoredItem], erased: ErasedPeople) -> Iterator[StoredItem]:
    """Items in which the note of who has been erased is another one."""
    yield from (StoredItem("documents", TABLE, document) for document in erased.documents())
    yield from (item for item in items if not _notes_erased(item))


def _cleaned(
    folder: DataFolder, items: Sequence[StoredItem], ids: Collection[str]
) -> tuple[list[StoredItem], Receipt]:
    """Items without some people, and what was erased. They are stored for that in a folder of their own inside a data folder."""
    log = [item for item in items if item.part == "log"]
    with _partial_folder(folder) as partial, School(partial) as scratch:
        scratch.store.replace_all(
            (item for item in items if item.part != "log"), entry_of(None, Event.RESTORED), ""
        )
        put_letters_back(scratch)
        try:
            receipt = erase(scratch, ids)
        except (
            UnfinishedErasureError,
            UnknownOutcomeError,
        ) as error:  # of the copy: nothing else was changed
            raise DataFolderError(str(error.__cause__ or error)) from error
        return [
            *(item for item in scratch.store.items() if item.part != "log"),
            *letters(scratch),
            *log,
        ], receipt


@contextmanager
def _partial_folder(folder: DataFolder) -> Iterator[DataFolder]:
    """A data folder for a while. What is left of it if this is cut off is removed by the next start."""
    place = folder.subfolder(folder.replaced)
    with translating_os_errors(place):
        path = Path(mkdtemp(prefix=".", suffix=PARTIAL, dir=place))
    try:
        yield DataFolder(path)
    finally:
        rmtree(path, ignore_errors=True)

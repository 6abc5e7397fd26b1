"""What is noted in the store about restoring a backup, so that the next start and other windows can say what has happened."""

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from shutil import rmtree

from backdrop_tui.care.backups.letters import put_letters_back
from backdrop_tui.school.import_history import date_time_in_words
from backdrop_tui.school.school import School
from backdrop_tui.store.errors import InUseError
from backdrop_tui.store.files import translating_os_errors
from backdrop_tui.store.port import StoredItem
from backdrop_tui.wording import counted

TABLE = "restores"
"""The table of the mark; it isn't part of a backup."""
PARTIAL = ".partial"
"""How the names of hidden folders end in which a restore prepares something. They are beside what restores have replaced."""
_KEY = "last"


@dataclass(frozen=True)
class RestoreMark:
    """A backup that was restored, or that was to be."""

    kept_as: str
    """The name under which what it replaced is kept. No two restores have the same one."""
    made: str
    """When the backup was made, as an ISO date and time."""
    when: str
    """When it was restored, as an ISO date and time."""
    by: str
    """The name of the user who did it."""
    is_first: bool
    """Whether nothing was stored before."""
    erased: int = 0
    """The number of people in it who had been erased since it was made, and were erased again."""
    is_done: bool = False
    """Whether everything has been replaced."""
    is_told: bool = False
    """Whether the user has been told."""

    @classmethod
    def last(cls, school: School) -> "RestoreMark | None":
        """The last one of a school; None if there is none. Raises `DataFolderError` if it can't be read."""
        document = school.store.table(TABLE).get(_KEY) or {}
        try:
            return cls(**{key: value for key, value in document.items() if key != "key"})
        except TypeError:  # there is none, or someone has edited the file
            return None

    @property
    def item(self) -> StoredItem:
        """The mark as an item of what is stored."""
        return StoredItem("documents", TABLE, asdict(self) | {"key": _KEY})

    def put(self, school: School) -> None:
        """Store the mark in place of the last one. Raises `DataFolderError` if it can't be stored."""
        school.store.table(TABLE).put(_KEY, asdict(self))

    def in_words(self, school: School) -> str:
        """What has happened, in sentences."""
        if not self.is_done:
            return (
                f"Restoring a backup, begun on {date_time_in_words(self.when)} by {self.by}, was interrupted before anything "
                "was replaced. Everything is as it was before. Restore it again if you still want it."
            )
        return (
            f"The backup made on {date_time_in_words(self.made)} was restored on {date_time_in_words(self.when)} by {self.by}. "
            f"{self.outcome(school)}"
        )

    def outcome(self, school: School) -> str:
        """Whom it has not brought back, and where what was replaced is, in sentences."""
        if not self.erased:
            return self.kept_in_words(school)
        people = counted(self.erased, "person", "people")
        was, were = ("was", "is") if self.erased == 1 else ("were", "are")
        return (
            f"{people} in the backup who had been erased since {was} erased again, and {were}n't stored. "
            f"{self.kept_in_words(school)}"
        )

    def kept_in_words(self, school: School) -> str:
        """Where what was replaced is, in sentences."""
        if self.is_first:
            return "Nothing was stored before."
        place = school.store.kept_at(self.kept_as)
        return f"What was stored before is kept in {place}. Delete it once you no longer need it."


def forget_mark(school: School) -> None:
    """Remove the mark, because what it says isn't so. Raises `DataFolderError` if that can't be stored."""
    school.store.table(TABLE).remove(_KEY)


def remove_partial_folders(school: School) -> None:
    """Remove what restores that were cut off had prepared. Only while the lease is held.

    Raises:
        DataFolderError: It can't be removed.
    """
    for partial in _partial_folders(school):
        with translating_os_errors(partial):
            rmtree(partial)


def _partial_folders(school: School) -> list[Path]:
    return [*school.folder.replaced.glob(f".*{PARTIAL}")]


def needs_telling(school: School) -> bool:
    """Whether the user is yet to be told of a restore, or something is left of it to do. Another process may be restoring just now."""
    mark = RestoreMark.last(school)
    return (mark is not None and not mark.is_told) or bool(_partial_folders(school))


def finish_restore(school: School) -> str:
    """Finish what a restore that was cut off has left to do. To be called at every start.

    Returns:
        What has happened, in sentences, if the user hasn't been told yet; otherwise nothing.

    Raises:
        DataFolderError: What is stored can't be read or written. The next start tries again.
    """
    if not needs_telling(school):
        return ""
    try:
        with school.store.lease(0):
            remove_partial_folders(school)
            mark = RestoreMark.last(school)
            if mark is None or mark.is_told:
                return ""
            put_letters_back(school)
            if mark.is_done:
                replace(mark, is_told=True).put(school)
            else:
                forget_mark(school)
            return mark.in_words(school)
    except InUseError:
        return ""

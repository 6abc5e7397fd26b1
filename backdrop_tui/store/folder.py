"""The data folder: where it is, what is in it, and who may look inside."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.files import PRIVATE_FILE, PRIVATE_FOLDER, translating_os_errors


@dataclass(frozen=True)
class DataFolder:
    """A folder that keeps one school's data. Naming one makes nothing; `create` does."""

    path: Path
    """Where it is. It need not be there yet: reading from a missing folder finds nothing."""

    @classmethod
    def default(cls) -> Self:
        """The user's own data folder on this system."""
        import platformdirs  # noqa: PLC0415 - not needed where a folder is named

        return cls(platformdirs.user_data_path("backdrop", appauthor=False))

    @property
    def students(self) -> Path:
        """The students, a TinyDB file."""
        return self.people("students")

    @property
    def staff(self) -> Path:
        """The staff, a TinyDB file."""
        return self.people("staff")

    @property
    def setup(self) -> Path:
        """Account, settings, groups, imports, mappings, a TinyDB file."""
        return self.path / "setup.json"

    @property
    def drafts(self) -> Path:
        """Files being put right."""
        return self.path / "drafts"

    @property
    def imports(self) -> Path:
        """What is needed to take imports back."""
        return self.path / "imports"

    def absent(self, kind: str) -> Path:
        """The ids of those of one kind who were not in the last whole file."""
        return self.path / f"absent-{kind}.json"

    @property
    def outbox(self) -> Path:
        """Messages written as files where no mail server is set."""
        return self.path / "outbox"

    @property
    def log(self) -> Path:
        """Who did what and when."""
        return self.path / "log"

    def people(self, kind: str) -> Path:
        """The file that keeps the people of one kind."""
        return self.path / f"{kind}.json"

    def create(self) -> None:
        """Make the folder, or make the one that is there private to its user.

        Raises `DataFolderError` where it can't be made or written, isn't a folder, or is shared by everybody.
        """
        with translating_os_errors(self.path):
            try:
                _make_private(self.path)
            except FileExistsError:
                raise DataFolderError(
                    f"{self.path} is not a folder. Choose another data folder, or move that file away."
                ) from None
            for path in (*self.path.glob("*.json*"), self.log):
                _hide(path)
        if not os.access(self.path, os.R_OK | os.W_OK | os.X_OK):
            raise DataFolderError(
                f"You have no right to write in {self.path}. Ask for that right, or choose another data folder."
            )

    def subfolder(self, path: Path) -> Path:
        """Make a folder inside this one, such as `drafts`, and give it back.

        Raises `DataFolderError` as `create` does.
        """
        self.create()
        with translating_os_errors(path):
            _make_private(path)
        return path


def _make_private(path: Path) -> None:
    """Make a folder with mode 0700 whatever the umask, or take others' rights away from one that is there."""
    path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    status = path.stat()
    mode = stat.S_IMODE(status.st_mode)
    if mode == PRIVATE_FOLDER:
        return
    if mode & stat.S_ISVTX:
        raise DataFolderError(
            f"{path} is shared by everybody on this computer. Choose a folder inside it instead."
        )
    # Files are 0600 in any case: somebody else's folder is left as they want it.
    if status.st_uid == os.getuid():
        path.chmod(PRIVATE_FOLDER)


def _hide(path: Path) -> None:
    """Take others' rights away from a file that a backup or another program has put here."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return
    if stat.S_ISREG(status.st_mode) and status.st_mode & 0o077 and status.st_uid == os.getuid():
        path.chmod(PRIVATE_FILE)

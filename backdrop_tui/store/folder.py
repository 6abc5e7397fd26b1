"""The data folder: where it is, what is in it, and who may look inside."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.access import require_own_folder
from backdrop_tui.store.files import PRIVATE_FILE, make_private_folder, translating_os_errors


@dataclass(frozen=True)
class DataFolder:
    """The folder that holds one school's data. It is only created by `create`."""

    path: Path
    """Where it is. It need not exist yet: nothing is stored in a missing folder."""

    @classmethod
    def default(cls) -> Self:
        """The user's own data folder on this system."""
        import platformdirs  # noqa: PLC0415 - not needed if the user names a folder

        return cls(platformdirs.user_data_path("backdrop", appauthor=False))

    @property
    def students(self) -> Path:
        """The TinyDB file of the students."""
        return self.people("students")

    @property
    def staff(self) -> Path:
        """The TinyDB file of the staff."""
        return self.people("staff")

    @property
    def setup(self) -> Path:
        """The TinyDB file of set-up: account, settings, groups, imports, mappings."""
        return self.path / "setup.json"

    @property
    def drafts(self) -> Path:
        """The folder of drafts: files that are being fixed."""
        return self.path / "drafts"

    @property
    def unsaved(self) -> Path:
        """The folder of what was being typed in when the terminal was lost; drafts keep what belongs to them themselves."""
        return self.path / "unsaved"

    @property
    def imports(self) -> Path:
        """The folder of undo data, a file for each import."""
        return self.path / "imports"

    @property
    def outbox(self) -> Path:
        """The folder of messages that were written to files because no mail server is set."""
        return self.path / "outbox"

    @property
    def replaced(self) -> Path:
        """The folder of what restoring backups has replaced, in a folder for each time."""
        return self.path / "replaced"

    @property
    def log(self) -> Path:
        """The file of the audit log."""
        return self.path / "log"

    def people(self, kind: str) -> Path:
        """The TinyDB file of one kind of people, such as `students`."""
        return self.path / f"{kind}.json"

    def create(self) -> None:
        """Create the folder, or make the one that is there private to its user.

        Raises `DataFolderError` if it can't be created or written, isn't a folder, or isn't the user's own.
        """
        with translating_os_errors(self.path):
            try:
                require_own_folder(self.path)
                make_private_folder(self.path)
            except FileExistsError:
                raise DataFolderError(
                    f"{self.path} is not a folder. Choose another data folder, or move that file away."
                ) from None
            for path in (*self.path.glob("*.json*"), self.path / "journal", self.log):
                _make_file_private(path)
        if not os.access(self.path, os.R_OK | os.W_OK | os.X_OK):
            raise DataFolderError(
                f"You don't have permission to write in {self.path}. Ask for permission, or choose another data folder."
            )

    def subfolder(self, path: Path) -> Path:
        """Create a folder inside this one, such as `drafts`, unless it is there. Returns `path`.

        Raises `DataFolderError` in the same cases as `create`.
        """
        self.create()
        with translating_os_errors(path):
            make_private_folder(path)
        return path


def _make_file_private(path: Path) -> None:
    """Give mode 0600 to a file that a backup or another program may have put here with another one."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return
    if stat.S_ISREG(status.st_mode) and status.st_mode & 0o077 and status.st_uid == os.getuid():
        path.chmod(PRIVATE_FILE)

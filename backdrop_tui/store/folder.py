"""The data folder: where it is, what is in it, and who may look inside."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.files import PRIVATE_FILE, PRIVATE_FOLDER, sync_folder, translating_os_errors


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

    def absent(self, kind: str) -> Path:
        """The file with the ids of stored people of one kind who were missing from the last file of the whole school."""
        return self.path / f"absent-{kind}.json"

    @property
    def outbox(self) -> Path:
        """The folder of messages that were written to files because no mail server is set."""
        return self.path / "outbox"

    @property
    def log(self) -> Path:
        """The file of the audit log."""
        return self.path / "log"

    def people(self, kind: str) -> Path:
        """The TinyDB file of one kind of people, such as `students`."""
        return self.path / f"{kind}.json"

    def create(self) -> None:
        """Create the folder, or make the one that is there private to its user.

        Raises `DataFolderError` if it can't be created or written, isn't a folder, or is shared by everyone.
        """
        with translating_os_errors(self.path):
            try:
                _make_folder_private(self.path)
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
            _make_folder_private(path)
        return path


def _make_folder_private(path: Path) -> None:
    """Create a folder with mode 0700 whatever the umask, or give that mode to one that is there."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    for folder in missing:  # a power cut would take the whole folder away again
        sync_folder(folder.parent)
    status = path.stat()
    mode = stat.S_IMODE(status.st_mode)
    if mode == PRIVATE_FOLDER:
        return
    if mode & stat.S_ISVTX:
        raise DataFolderError(
            f"{path} is shared by everyone on this computer. Choose a folder inside it instead."
        )
    # The files in it are 0600 in any case: another user's folder is left as they want it.
    if status.st_uid == os.getuid():
        path.chmod(PRIVATE_FOLDER)


def _make_file_private(path: Path) -> None:
    """Give mode 0600 to a file that a backup or another program may have put here with another one."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return
    if stat.S_ISREG(status.st_mode) and status.st_mode & 0o077 and status.st_uid == os.getuid():
        path.chmod(PRIVATE_FILE)

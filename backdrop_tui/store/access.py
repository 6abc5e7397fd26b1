"""Who else on this computer can read or change a file or a folder."""

import grp
import os
import pwd
import stat
from pathlib import Path

from backdrop_tui.errors import DataFolderError, UnusableFileError
from backdrop_tui.store.files import PRIVATE_FILE

_ROOT = 0
_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def require_own_folder(path: Path) -> None:
    """Refuse a data folder in which another user could replace what is stored. One that doesn't exist yet is fine.

    Raises:
        DataFolderError: It or something in it belongs to another user, or others can write to it.
        OSError: It can't be looked at.
    """
    try:
        link, folder = path.lstat(), path.stat()  # whoever owns a link decides where it leads
    except FileNotFoundError:
        return
    mode, me = folder.st_mode, os.geteuid()
    if not stat.S_ISDIR(mode):
        return  # that it is no folder is said when something is read from it
    strangers = {folder.st_uid} - {me} or {link.st_uid} - {me, _ROOT}
    if strangers:
        owner = user_name(min(strangers))
        if me == _ROOT:
            raise DataFolderError(
                f"{path} belongs to {owner}, and you are root. Run backdrop as {owner}, or choose another data folder."
            )
        raise DataFolderError(
            f"{path} belongs to {owner}, who could change what is stored in it. Choose a data folder of your own."
        )
    if mode & stat.S_ISVTX:
        raise DataFolderError(
            f"{path} is shared by everyone on this computer. Choose a folder inside it instead."
        )
    if mode & _WRITABLE_BY_OTHERS:
        raise DataFolderError(
            f"Other users of this computer can write to {path}, so they could change what is stored in it. "
            f"Check that its files are yours, then make it private with: chmod 700 {path}"
        )
    _require_own_files(path, me)


def _require_own_files(folder: Path, me: int) -> None:
    """Refuse a folder if a file or folder in it belongs to another user, apart from root.

    Its owner could change what is read from it, however private the folder is now.

    Raises:
        DataFolderError: Something in it does.
        OSError: It can't be looked at.
    """
    for path in sorted(folder.iterdir()):
        try:
            status = path.lstat()
        except FileNotFoundError:  # another process has just removed it
            continue
        if status.st_uid not in {me, _ROOT}:
            raise DataFolderError(
                f"{path} belongs to {user_name(status.st_uid)}, who could change what is stored in it. Move it away, "
                f"or if it should be there, make it yours with: sudo chown {user_name(me)} {path}"
            )
        if stat.S_ISDIR(status.st_mode):
            _require_own_files(path, me)


def others_can_read(path: Path) -> bool:
    """Whether other users of this computer, apart from root, can read a file; false if that can't be found out."""
    try:
        real = path.resolve(strict=True)
        status = real.stat()
        folders = [folder.stat() for folder in real.parents]
    except (OSError, RuntimeError):
        return False
    everyone = stat.S_IROTH & status.st_mode and all(folder.st_mode & stat.S_IXOTH for folder in folders)
    group = stat.S_IRGRP & status.st_mode and all(
        folder.st_mode & stat.S_IXOTH or (folder.st_mode & stat.S_IXGRP and folder.st_gid == status.st_gid)
        for folder in folders
    )
    return bool(everyone or (group and not _is_private_group(status.st_gid, status.st_uid)))


def make_private(path: Path) -> None:
    """Take away everyone else's access to a file.

    Raises:
        UnusableFileError: It can't be done, for example because the file belongs to someone else.
    """
    try:
        path.chmod(PRIVATE_FILE)
    except OSError:
        raise UnusableFileError(
            f"{path} can't be made private, because it isn't yours. Ask its owner to do so, or copy it and delete the original."
        ) from None


def user_name(uid: int) -> str:
    """The name of a user of this computer, or the number if it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _is_private_group(gid: int, uid: int) -> bool:
    """Whether a group is the one that many systems create for each user, with the user's own name and no other member."""
    try:
        group, user = grp.getgrgid(gid), pwd.getpwuid(uid)
    except KeyError:
        return False
    return group.gr_name == user.pw_name and gid == user.pw_gid and not set(group.gr_mem) - {user.pw_name}

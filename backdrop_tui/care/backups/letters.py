"""The messages in the outbox as items of a backup, and putting those of a backup back.

A backup has them as documents of a table. Restoring stores them with everything else in one step; after that, each becomes a file again.
"""

import re
from collections.abc import Iterator

from backdrop_tui.school.school import School
from backdrop_tui.store.files import atomic_write, translating_os_errors
from backdrop_tui.store.port import StoredItem

TABLE = "outbox"
"""The table that has the messages of a backup until each is a file again."""
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,99}\.eml")
_ENCODING = "latin-1"
"""Any bytes are a text in it, and stay the same."""


def letters(school: School) -> Iterator[StoredItem]:
    """The messages in the outbox. Raises `DataFolderError` if one can't be read."""
    with translating_os_errors(school.folder.outbox):
        for path in sorted(school.folder.outbox.glob("*.eml")):
            if _NAME.fullmatch(path.name):
                yield StoredItem(
                    "documents", TABLE, {"key": path.name, "text": path.read_bytes().decode(_ENCODING)}
                )


def put_letters_back(school: School) -> None:
    """Write the messages of a backup that was restored into the outbox, unless they are there.

    Raises:
        DataFolderError: One can't be written. The rest is written the next time.
    """
    table = school.store.table(TABLE)
    for letter in table.all():
        name, text = letter["key"], letter.get("text")
        path = school.folder.outbox / name
        if _NAME.fullmatch(name) and isinstance(text, str) and not path.exists():
            school.folder.subfolder(school.folder.outbox)
            atomic_write(path, text.encode(_ENCODING, errors="replace"))
        table.remove(name)

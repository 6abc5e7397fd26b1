"""Who has been erased, so that nothing brings them back: setup.json, table `erased`, by a salted digest of the person's id.

It names nobody: an id can't be worked out from its digest, only recognised.
"""

import hashlib
import secrets
from collections.abc import Collection

from backdrop_tui.school.school import School

_TABLE = "erased"
_SALT = "salt"
_SALT_BYTES = 32


def erased_among(school: School, ids: Collection[str]) -> set[str]:
    """Those of some ids whose people have been erased. Raises `DataFolderError` if what is stored can't be read."""
    salt = _salt(school)
    digests = {document["key"] for document in school.store.table(_TABLE).all()} if salt else set()
    return {each for each in ids if digests and _digest(salt, each) in digests}


def note_erased(school: School, ids: Collection[str], *, is_finished: bool) -> None:
    """Note that people have been erased.

    Args:
        school: The school.
        ids: Their ids.
        is_finished: Whether nothing of them is left on the disk, as far as that is in this program's hands.

    Raises:
        DataFolderError: It can't be stored.
    """
    table = school.store.table(_TABLE)
    with school.store.transaction():
        salt = _salt(school)
        if not salt:
            salt = secrets.token_hex(_SALT_BYTES)
            table.put(_SALT, {"salt": salt})
        for person_id in ids:
            table.put(_digest(salt, person_id), {"finished": is_finished})


def is_erasure_unfinished(school: School, person_id: str) -> bool:
    """Whether someone's erasure was interrupted after they were removed from what is stored."""
    salt = _salt(school)
    document = school.store.table(_TABLE).get(_digest(salt, person_id)) if salt else None
    return document is not None and not document.get("finished")


def _salt(school: School) -> str:
    """What makes the digests of this school different from any other's; empty if nobody has been erased yet."""
    document = school.store.table(_TABLE).get(_SALT)
    return str(document.get("salt", "")) if document else ""


def _digest(salt: str, person_id: str) -> str:
    return hashlib.blake2b(person_id.encode(), key=bytes.fromhex(salt), digest_size=16).hexdigest()

"""Who has been erased, so that nothing brings them back: setup.json, table `erased`, by a salted digest of the person's id.

It names nobody: an id can't be worked out from its digest, only recognised. Each school has a salt of its own; once a backup of
another data folder has been restored, there are the salts of both.
"""

import hashlib
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from backdrop_tui.school.school import School

TABLE = "erased"
"""The table of digests and salts."""
_SALT = "salt"
_SALT_BYTES = 32


@dataclass(frozen=True)
class ErasedPeople:
    """Who has been erased, recognised by their ids."""

    salts: tuple[str, ...] = ()
    """What makes the digests of a school different from any other's, the school's own first."""
    digests: Mapping[str, bool] = field(default_factory=dict)
    """The people's digests, each with whether nothing of the person is left on the disk, as far as that is in this program's hands."""

    @classmethod
    def of(cls, documents: Iterable[Mapping[str, Any]]) -> "ErasedPeople":
        """Those of the documents of the table."""
        salts: dict[str, str] = {}
        digests: dict[str, bool] = {}
        for document in documents:
            if _SALT in document:
                salts[document["key"]] = str(document[_SALT])
            else:
                digests[document["key"]] = bool(document.get("finished"))
        own = salts.pop(_SALT, None)
        return cls(tuple(filter(None, (own, *salts.values()))), digests)

    @property
    def has_unfinished(self) -> bool:
        """Whether anyone's erasure was interrupted after they were removed from what is stored."""
        return not all(self.digests.values())

    def __bool__(self) -> bool:
        return bool(self.digests)

    def among(self, ids: Collection[str]) -> set[str]:
        """Those of some ids whose people have been erased."""
        return {each for each in ids if self.digest_of(each)} if self else set()

    def is_unfinished(self, person_id: str) -> bool:
        """Whether someone's erasure was interrupted after they were removed from what is stored."""
        digest = self.digest_of(person_id)
        return digest is not None and not self.digests[digest]

    def with_others(self, others: "ErasedPeople") -> "ErasedPeople":
        """These people and others. What is known about whoever is among both is what these say."""
        return ErasedPeople(
            tuple(dict.fromkeys((*self.salts, *others.salts))), {**others.digests, **self.digests}
        )

    def documents(self) -> Iterator[dict[str, Any]]:
        """The documents of the table."""
        for number, salt in enumerate(self.salts, 1):
            yield {"key": _SALT if number == 1 else f"{_SALT}-{number}", _SALT: salt}
        for digest, is_finished in self.digests.items():
            yield {"key": digest, "finished": is_finished}

    def digest_of(self, person_id: str) -> str | None:
        """The digest under which a person is among them; None if they aren't."""
        digests = (_digest(salt, person_id) for salt in self.salts)
        return next((digest for digest in digests if digest in self.digests), None)


def erased_people(school: School) -> ErasedPeople:
    """Everyone who has been erased. Raises `DataFolderError` if what is stored can't be read."""
    return ErasedPeople.of(school.store.table(TABLE).all())


def note_erased(school: School, ids: Collection[str], *, is_finished: bool) -> None:
    """Note that people have been erased.

    Args:
        school: The school.
        ids: Their ids.
        is_finished: Whether nothing of them is left on the disk, as far as that is in this program's hands.

    Raises:
        DataFolderError: It can't be stored.
    """
    table = school.store.table(TABLE)
    with school.store.transaction():
        erased = erased_people(school)
        salt = next(iter(erased.salts), "")
        if not salt:
            salt = secrets.token_hex(_SALT_BYTES)
            table.put(_SALT, {_SALT: salt})
        for person_id in ids:
            table.put(erased.digest_of(person_id) or _digest(salt, person_id), {"finished": is_finished})


def _digest(salt: str, person_id: str) -> str:
    return hashlib.blake2b(person_id.encode(), key=bytes.fromhex(salt), digest_size=16).hexdigest()

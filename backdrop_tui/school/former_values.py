"""What people who are stored were called before: names, dates of birth, UPNs and e-mail addresses that were changed since.

Drafts, errors files and notes may still have these, so whoever is erased is looked for by them, too. As long as an import can be
undone, its undo data has what it changed; all else is here.

setup.json, table `former_values`: `versions` of the people whose ids end with the same two characters, which are the key. So there are
never more than 256 documents, and neither one edit nor a large import takes long.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from backdrop_tui.school.school import School
from backdrop_tui.store.port import DocumentTable

TABLE = "former_values"
"""The table of former values."""
IDENTIFYING = ("first_name", "surname", "date_of_birth", "upn", "email")
"""The keys of the values that say who someone is."""
Version = Mapping[str, str | None]
"""A person's `id`, and what was stored under the keys in `IDENTIFYING` that their kind has."""


def keep_former_values(school: School, before: pl.DataFrame, after: pl.DataFrame) -> None:
    """Keep the values that identified people before they were changed. People who are only in one frame are skipped.

    Args:
        school: The school.
        before: The people before: `id` and the kind's `stored_keys` (String).
        after: The people after, with the same columns.

    Raises:
        DataFolderError: It can't be stored.
    """
    keys = [key for key in IDENTIFYING if key in before.columns and key in after.columns]
    both = before.select("id", *keys).join(after.select("id", *keys), on="id", suffix=" now")
    is_former = (pl.col(key).is_not_null() & pl.col(key).ne_missing(pl.col(f"{key} now")) for key in keys)
    former = both.filter(pl.any_horizontal(is_former)) if keys else both.clear()
    put_back_former_values(school, former.select("id", *keys).iter_rows(named=True))


def put_back_former_values(school: School, versions: Iterable[Version]) -> None:
    """Store former values, such as those that `forget_former_values` has removed; none is stored twice.

    Raises:
        DataFolderError: It can't be stored.
    """
    new: dict[str, list[Version]] = {}
    for version in versions:
        new.setdefault(_place(str(version["id"])), []).append(version)
    table = school.store.table(TABLE)
    with school.store.transaction():
        for place, latest in new.items():
            stored = _versions_in(table, table.get(place))
            all_versions = {_values(version): version for version in [*stored, *latest]}
            if len(all_versions) > len(stored):
                table.put(place, {"versions": [*all_versions.values()]})


def former_values(school: School) -> Iterator[Version]:
    """Everyone's former values.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    table = school.store.table(TABLE)
    for document in table.all():
        yield from _versions_in(table, document)


def forget_former_values(school: School, ids: Collection[str]) -> list[Version]:
    """Remove the former values of people who are removed.

    Returns:
        What was removed.

    Raises:
        DataFolderError: It can't be stored.
    """
    table = school.store.table(TABLE)
    unwanted, forgotten = set(ids), list[Version]()
    with school.store.transaction():
        for place in {_place(person_id) for person_id in unwanted}:
            stored = _versions_in(table, table.get(place))
            kept = [version for version in stored if version["id"] not in unwanted]
            forgotten += (version for version in stored if version["id"] in unwanted)
            if kept and len(kept) < len(stored):
                table.put(place, {"versions": kept})
            elif stored and not kept:
                table.remove(place)
    return forgotten


def _place(person_id: str) -> str:
    """The key of the document that has someone's former values."""
    return person_id[-2:]


def _versions_in(table: DocumentTable, document: Mapping[str, Any] | None) -> list[Version]:
    """The versions in a document, if there is one. Raises `DataFolderError` if it can't be understood."""
    match document:
        case None:
            return []
        case {"versions": [*versions]} if all(map(_is_version, versions)):
            return versions
    raise table.damaged()


def _is_version(version: object) -> bool:
    match version:
        case {"id": str(), "first_name": str() | None, "surname": str() | None, **others}:
            return all(value is None or isinstance(value, str) for value in others.values())
    return False


def _values(version: Version) -> tuple[str | None, ...]:
    return tuple(map(version.get, ("id", *IDENTIFYING)))

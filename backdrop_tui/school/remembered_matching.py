"""How the columns of earlier files were matched, so that the next file with the same headings is matched in the same way.

Stored in setup.json, table `mappings`, under a hash of the headings: neither the headings themselves nor any values are
stored.
"""

from collections.abc import Sequence

from backdrop_tui.intake.matching.full_name import FULL_NAME
from backdrop_tui.intake.matching.headings_key import headings_key
from backdrop_tui.intake.reading.headings import errors_columns
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.school import School

_TABLE = "mappings"


def remembered_targets(
    school: School, kind: RecordKind, headings: Sequence[str]
) -> tuple[str | None, ...] | None:
    """The field's key for each column of the last file with these headings, or None for a column that wasn't used.

    The column that an errors file adds is ignored, so that an errors file is matched like the file it comes from.

    Returns:
        The keys in the order of the headings; None if there was no such file, or this file has no headings.
    """
    key = headings_key(kind, headings)
    if not key or school.is_new:
        return None
    document = school.setup.table(_TABLE).get(key)
    targets = document.get("targets") if document else None
    possible = {*kind.keys, FULL_NAME, None}
    if not isinstance(targets, list) or not possible.issuperset(targets):
        return None
    added = errors_columns(headings)
    if len(targets) != len(headings) - len(added):
        return None
    remaining = iter(targets)
    return tuple(None if n in added else next(remaining) for n in range(len(headings)))


def remember_targets(
    school: School, kind: RecordKind, headings: Sequence[str], targets: Sequence[str | None]
) -> None:
    """Remember the field's key for each column of a file, or None for a column that isn't used."""
    key = headings_key(kind, headings)
    if not key:
        return
    added = errors_columns(headings)
    document = {"targets": [target for n, target in enumerate(targets) if n not in added]}
    school.setup.table(_TABLE).put(key, document)


def forget_targets(school: School, kind: RecordKind, headings: Sequence[str]) -> None:
    """Forget how the columns of files with these headings were matched."""
    school.setup.table(_TABLE).remove(headings_key(kind, headings))

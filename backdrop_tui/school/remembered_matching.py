"""How the columns of earlier files were matched, so that the next file with the same headings is matched in the same way.

Stored in setup.json, table `mappings`, under a hash of the headings. Neither the headings themselves nor any values of the
file are stored; a value that every row was given is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from backdrop_tui.intake.matching.fills import Fill, fills_from_json, fills_to_json
from backdrop_tui.intake.matching.full_name import FULL_NAME
from backdrop_tui.intake.matching.headings_key import headings_key
from backdrop_tui.intake.reading.headings import errors_columns
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.school import School

_TABLE = "mappings"


@dataclass(frozen=True)
class RememberedMatching:
    """How a file was matched."""

    targets: tuple[str | None, ...]
    """The field's key for each column; None for one that wasn't used."""
    fills: Mapping[str, Fill] = field(default_factory=dict)
    """What every row got in fields that no column went to, by the field's key."""


def remembered_matching(
    school: School, kind: RecordKind, headings: Sequence[str]
) -> RememberedMatching | None:
    """How the last file with these headings was matched; None if there was no such file, or this one has no headings.

    The column that an errors file adds is ignored, so that an errors file is matched like the file it comes from.
    """
    key = headings_key(kind, headings)
    if not key or school.is_new:
        return None
    document = school.store.table(_TABLE).get(key)
    targets = document.get("targets") if document else None
    possible = {*kind.file_keys, FULL_NAME, None}
    if document is None or not isinstance(targets, list) or not possible.issuperset(targets):
        return None
    added = errors_columns(headings)
    if len(targets) != len(headings) - len(added):
        return None
    remaining = iter(targets)
    return RememberedMatching(
        tuple(None if n in added else next(remaining) for n in range(len(headings))),
        fills_from_json(kind, document.get("fills")),
    )


def remember_matching(
    school: School,
    kind: RecordKind,
    headings: Sequence[str],
    targets: Sequence[str | None],
    fills: Mapping[str, Fill] | None = None,
) -> None:
    """Remember how a file was matched.

    Args:
        school: The school.
        kind: What the rows of the file are.
        headings: Its headings.
        targets: The field's key for each column; None for one that isn't used.
        fills: What every row gets in fields that no column goes to, by the field's key.
    """
    key = headings_key(kind, headings)
    if not key:
        return
    added = errors_columns(headings)
    document = {
        "targets": [target for n, target in enumerate(targets) if n not in added],
        "fills": fills_to_json(fills or {}),
    }
    school.store.table(_TABLE).put(key, document)


def forget_matching(school: School, kind: RecordKind, headings: Sequence[str]) -> None:
    """Forget how files with these headings were matched."""
    school.store.table(_TABLE).remove(headings_key(kind, headings))

"""A key for a file's headings, by which the next file like it is known."""

import hashlib
from collections.abc import Sequence

from backdrop_tui.intake.reading.headings import without_errors_columns
from backdrop_tui.records.schema.kind import RecordKind


def headings_key(kind: RecordKind, headings: Sequence[str]) -> str:
    """A short key for all headings of a file in their order, without the column that an errors file adds.

    It is a hash, so that the headings themselves need not be stored. Files without any headings have no key: it is empty.
    """
    known = without_errors_columns(headings)
    if not any(known):
        return ""
    return f"{kind.name}:{hashlib.sha256(chr(0x1F).join(known).encode()).hexdigest()[:24]}"

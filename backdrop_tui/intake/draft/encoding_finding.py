"""The finding `encoding-guessed`: the names by which a file's encoding was told, to be looked at."""

import polars as pl

from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.broken_bytes import REPLACEMENT
from backdrop_tui.records.schema.findings import Finding, FindingType
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.wording import listed

ENCODING_GUESSED = FindingType(
    "encoding-guessed", "Check that accented letters are right", "note", is_remembered=False
)

_ACCENTED = r"[\p{L}--\p{ascii}]"


def asks_about_encoding(finding: Finding | None) -> bool:
    """Whether a finding is answered by choosing how the file is read."""
    return finding is not None and finding.type is ENCODING_GUESSED


def encoding_finding(kind: RecordKind, sheet: Sheet, texts: pl.DataFrame) -> Finding | None:
    """The finding of a sheet whose encoding was guessed; None if it wasn't, or if no row depends on it.

    Args:
        kind: What its rows are.
        sheet: The file as it was read.
        texts: Its rows: `row` (UInt32) and raw text (String) by key.
    """
    if sheet.guess is None:
        return None
    columns = [field.key for field in kind.fields if field.can_be_garbled and field.key in texts.columns]
    rows = _rows_with_accents(texts.select("row", *columns))
    if not len(rows):
        return None
    names = listed(_shown(name) for name, _ in sheet.guess.names)
    otherwise = listed(_shown(name) for _, name in sheet.guess.names)
    message = (
        f"Read as {sheet.encoding.label}: {names} (as {sheet.guess.runner_up.label}: {otherwise}). Check these names. "
        "If they are wrong, choose another encoding."
    )
    return Finding(ENCODING_GUESSED, message, rows)


def _rows_with_accents(texts: pl.DataFrame) -> pl.Series:
    """The rows with a letter that isn't ASCII (UInt32)."""
    cells = pl.col(pl.String).str
    # Lengths are compared much faster than patterns, and leave few rows in most files.
    suspects = texts.lazy().filter(pl.any_horizontal(cells.len_bytes() != cells.len_chars()))
    return suspects.filter(pl.any_horizontal(cells.contains(_ACCENTED))).select("row").collect()["row"]


def _shown(name: str) -> str:
    """A name without characters that can't be shown, which a wrong encoding may give it."""
    return "".join(character if character.isprintable() else REPLACEMENT for character in name)

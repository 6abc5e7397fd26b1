"""What rows are checked with: the file and the user's edits, and the school."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from backdrop_tui.intake.checking.repeated_rows import NO_REPEATS
from backdrop_tui.intake.draft.edits import Edits
from backdrop_tui.intake.draft.recipe import Recipe
from backdrop_tui.intake.linking.answers import KeptAnswers
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.kind import RecordKind


@dataclass(frozen=True)
class Intake:
    """Rows on their way to the store, at one moment: a file as it was read and matched, and the edits made so far."""

    path: Path | None
    """The path of the file; None if people are typed in by hand."""
    sheet: Sheet
    """The file as it was read."""
    matching: Matching
    """Which column of the file belongs to which field."""
    texts: pl.DataFrame
    """The rows without the edits: `row` (UInt32, ascending) and raw text (String) by the fields' keys. Rows that repeat
    another are not among them."""
    edits: Edits
    """What the user has changed."""
    repeated: pl.DataFrame = field(default_factory=lambda: NO_REPEATS)
    """The rows that repeat another in every matched column (see `without_repeats`)."""
    academic_year: int | None = None
    """The year in which the file's academic year starts; None for the school's own academic year."""

    @property
    def kind(self) -> RecordKind:
        """Whether the rows are students or staff."""
        return self.matching.kind

    @property
    def file(self) -> str:
        """The file's name; empty if people are typed in by hand."""
        return self.sheet.file


@dataclass(frozen=True)
class Basis:
    """What rows are checked against: the school as it was stored at one moment."""

    context: Context
    """What the rules need to know about the school and the date."""
    stored: pl.DataFrame
    """The students or staff stored: `id` and the fields' keys (String)."""
    version: Hashable = None
    """The store's version of these people; None if nothing has been stored yet."""
    kept_answers: KeptAnswers = field(default_factory=KeptAnswers)
    """What users have said about who the rows of earlier files were."""
    recipes: Mapping[str, Recipe] = field(default_factory=dict)
    """How earlier files were fixed, by the key of their headings (see `headings_key`)."""

"""Rows of tables that are about people who are looked for, and tables without them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import polars as pl

from backdrop_tui.care.traces.data_subject import (
    BORN,
    FIRST,
    LAST,
    ROW_IDENTIFIERS,
    DataSubject,
    fold,
)
from backdrop_tui.care.traces.mentions import compact, word_in
from backdrop_tui.care.traces.searching import possible, redacted
from backdrop_tui.care.traces.written_dates import dates_in
from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.matching.known_headings import vocabulary
from backdrop_tui.intake.matching.sheet_reading import read_sheet
from backdrop_tui.intake.reading.rewriting import rewritten
from backdrop_tui.intake.reading.sheet import ReadOptions, Sheet
from backdrop_tui.records.schema.folded_names import folded
from backdrop_tui.records.schema.kind import RecordKind

CellTexts = Mapping[int, Mapping[str, Collection[str]]]
"""Texts that cells have had besides those of the file, by row and by the field's key."""


def rows_about(
    subjects: Sequence[DataSubject], texts: pl.DataFrame, edited: CellTexts | None = None
) -> set[int]:
    """The rows that are about one of some people.

    Args:
        subjects: The people.
        texts: `row` (UInt32) and raw text (String) by the fields' keys.
        edited: Other texts that cells have had; also of rows that aren't in `texts`.
    """
    edited = edited or {}
    rows: set[int] = set()
    by_key = _by_surname_identifier_and_birth_date(subjects)
    candidates = texts.filter(_may_be_about(subjects, texts) | pl.col("row").is_in(list(edited)))
    values = {row.pop("row"): row for row in candidates.iter_rows(named=True)}
    for row in values.keys() | edited.keys():
        written = values.get(row, {})
        others = edited.get(row, {})
        texts_of_row = {
            key: {str(written.get(key) or ""), *others.get(key, ())} for key in written.keys() | others.keys()
        }
        if any(subject.is_row(texts_of_row) for subject in _possible(texts_of_row, by_key).values()):
            rows.add(row)
    return rows


def _may_be_about(subjects: Sequence[DataSubject], texts: pl.DataFrame) -> pl.Series:
    """Whether a row has a surname, an identifier or a date of birth of one of the people (Boolean)."""
    lasts = {last for subject in subjects for _, last in subject.names}
    candidates = has_identifier(subjects, texts)
    if LAST in texts.columns:
        candidates |= folded(texts[LAST].fill_null("")).is_in(list(lasts))
    if BORN in texts.columns:
        days = {day for subject in subjects for day in subject.birth_dates}
        written = texts[BORN].drop_nulls().unique()
        candidates |= texts[BORN].is_in([text for text in written if dates_in(text) & days])
    return candidates


def has_identifier(subjects: Sequence[DataSubject], texts: pl.DataFrame) -> pl.Series:
    """Whether a row has an identifier of one of the people (Boolean).

    Args:
        subjects: The people.
        texts: Raw text (String) by the fields' keys.
    """
    identifiers = [text for subject in subjects for text in subject.row_identifiers]
    has_any = pl.repeat(False, texts.height, dtype=pl.Boolean, eager=True)
    for key in ROW_IDENTIFIERS:
        if key in texts.columns:
            written = texts[key].fill_null("").str.strip_chars().str.to_lowercase()
            has_any |= written.is_in(identifiers)
    return has_any


def _by_surname_identifier_and_birth_date(
    subjects: Sequence[DataSubject],
) -> dict[str | date, list[DataSubject]]:
    """The people by each surname, folded, each identifier, in lower case, and each date of birth."""
    by_key: dict[str | date, list[DataSubject]] = {}
    for subject in subjects:
        for key in {last for _, last in subject.names} | subject.row_identifiers | subject.birth_dates:
            by_key.setdefault(key, []).append(subject)
    return by_key


def _possible(
    values: Mapping[str, Collection[str]], by_key: Mapping[str | date, list[DataSubject]]
) -> dict[str, DataSubject]:
    """The people whom a row can be about, by their ids: those with its surname, its date of birth, or an identifier of theirs."""
    keys: set[str | date] = {fold(text) for text in values.get(LAST, ())}
    keys |= {day for text in values.get(BORN, ()) for day in dates_in(text)}
    keys |= {text.strip().casefold() for key in ROW_IDENTIFIERS for text in values.get(key, ())}
    return {subject.id: subject for key in keys for subject in by_key.get(key, ())}


class TableCleaner:
    """Takes people out of CSV files.

    The name of whoever a row is about stays as it is if the row shows that it is someone else, although one of their names is in it.
    """

    def __init__(
        self,
        subjects: Sequence[DataSubject],
        kind: RecordKind,
        texts: pl.DataFrame,
        others: Collection[int] = (),
    ) -> None:
        """Take the rows.

        Args:
            subjects: The people to take out.
            kind: What the rows are.
            texts: `row` (UInt32) and raw text (String) by the fields' keys.
            others: Rows of which the user has said that they are about other people.
        """
        self._subjects = subjects
        self._kind = kind
        self._texts = texts
        self._others = others

    def without(self, data: bytes, options: ReadOptions, rows: Collection[int], offset: int = 0) -> bytes:
        """A file with some rows blank, and in which the people are named nowhere else. Its other rows keep their numbers.

        Args:
            data: The whole file.
            options: How it is read.
            rows: The rows that are about the people, as a spreadsheet numbers them.
            offset: What is added to these numbers in `texts` and `others`.

        Raises:
            UnusableFileError: The file can't be read, or not as before, so that its other rows could not be relied on.
        """

        def replaced(row: int, cell: str) -> str:
            shorter = redacted(cell, self._subjects, "")
            return self._replaced(row + offset, cell) if shorter != cell else cell

        def unchanged(_row: int, cell: str) -> str:
            return cell

        words = vocabulary(self._kind)
        after = rewritten(data, options, words, rows, replaced)
        if after != data and not rows and after == rewritten(data, options, words, rows, unchanged):
            return data  # only its line ends are others
        before_sheet, sheet = (read_sheet(self._kind, each, "", options) for each in (data, after))
        if not _are_others_same(before_sheet, sheet, rows, self._subjects):
            raise UnusableFileError("The file could not be read without these rows.")
        return after

    def _replaced(self, row: int, cell: str) -> str:
        """A cell, or a whole line, without the people's names, but for those that are of whomever its row is about."""
        values = next(self._texts.filter(pl.col("row") == row).iter_rows(named=True), {})
        if self._is_own_name(row, cell, values):
            return cell
        texts = {compact(str(text or "")) for key, text in values.items() if key != "row"}
        own = " ".join(str(values.get(key) or "") for key in (FIRST, LAST))
        for subject in possible(cell, self._subjects):
            is_value = compact(cell) in texts | {compact(name) for name in subject.lone_names.names}
            is_own = any(word_in(name, own) for name in subject.lone_names.names)
            cell = subject.redacted(cell, "", "value" if is_value or is_own else "text")
        return cell

    def _is_own_name(self, row: int, cell: str, values: Mapping[str, object]) -> bool:
        """Whether a cell is the whole name of whoever its row is about, and that is someone else."""
        first, last = (str(values.get(key) or "") for key in (FIRST, LAST))
        if compact(cell) not in {compact(f"{first} {last}"), compact(f"{last} {first}")}:
            return False
        return row in self._others or all(
            subject.kind is not self._kind or subject.is_row_of_someone_else(values)
            for subject in possible(cell, self._subjects)
        )


def _are_others_same(
    before: Sheet, after: Sheet, rows: Collection[int], subjects: Sequence[DataSubject]
) -> bool:
    """Whether a file has the same rows as before apart from some, except for cells that named one of the people."""
    others = before.cells.filter(~pl.col("row").is_in(list(rows)))
    if len(before.headings) != len(after.headings) or not others["row"].equals(after.cells["row"]):
        return False
    for name in before.columns:
        old, new = (frame[name].fill_null("") for frame in (others, after.cells))
        for text, written in zip(old.filter(old != new), new.filter(old != new), strict=True):
            named = redacted(text, subjects, "") != text
            still = any(_is_named(subject, written) for subject in possible(written, subjects))
            if still or not named:
                return False
    return True


def _is_named(subject: DataSubject, text: str) -> bool:
    return subject.mentions.identified_in(text) or subject.mentions.named_in(text)


def cells_by_heading(sheet: Sheet, row: int) -> dict[str, str]:
    """The cells of one row that have something in them, by the names of their columns."""
    found = sheet.cells.filter(pl.col("row") == row)
    if found.is_empty():
        return {}
    values = found.row(0)[1:]
    return {name: text for name, text in zip(sheet.column_names, values, strict=True) if text}

"""Which column of a file goes to which field: found out on arrival, shown, and changed by the user."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.matching.full_name import (
    FULL_NAME,
    FULL_NAME_HEADINGS,
    FULL_NAME_LABEL,
    split_full_name,
)
from backdrop_tui.intake.matching.known_headings import LOOKED_AT, targets_by_heading
from backdrop_tui.intake.matching.value_shapes import Guess, near_misses
from backdrop_tui.intake.reading.headings import errors_columns
from backdrop_tui.intake.reading.read import read_bytes
from backdrop_tui.intake.reading.sheet import ReadOptions, Sheet
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import clean, cleaned, fold_heading

How = Literal["remembered", "heading", "likeness", "chosen", "none"]
"""Why a column goes where it goes."""

_SAMPLES = 3


@dataclass(frozen=True)
class Column:
    """One column of the file, and where it goes."""

    heading: str
    """Its heading in the file; `Column 3` where that is empty."""
    samples: tuple[str, ...]
    """Up to three of its values, cleaned."""
    target: str | None = None
    """The key of the field that it goes to, `full_name`, or None where it is not used."""
    how: How = "none"
    """Why it goes there."""
    guess: Guess | None = None
    """Where it could go, where that is not sure enough to be taken."""
    note: str = ""
    """What the user should know about it."""


@dataclass(frozen=True)
class Matching:
    """Where each column of a file goes."""

    kind: RecordKind
    """What the rows are."""
    columns: tuple[Column, ...]
    """One a column of the file, in its order."""

    def label(self, target: str | None) -> str:
        """What a target is called on screen."""
        if target is None:
            return "not used"
        return FULL_NAME_LABEL if target == FULL_NAME else self.kind.label(target)

    @property
    def targets(self) -> tuple[str | None, ...]:
        """Where the columns go, in order."""
        return tuple(column.target for column in self.columns)

    @property
    def missing(self) -> tuple[Field, ...]:
        """Needed fields that no column goes to."""
        found = set(self.targets)
        if FULL_NAME in found:
            found |= {"first_name", "surname"}
        return tuple(field for field in self.kind.fields if field.needed and field.key not in found)

    @property
    def doubled(self) -> dict[str, tuple[Column, ...]]:
        """Columns that go to one and the same target, by target."""
        by_target: dict[str, list[Column]] = {}
        for column in self.columns:
            if column.target:
                by_target.setdefault(column.target, []).append(column)
        return {target: tuple(columns) for target, columns in by_target.items() if len(columns) > 1}

    def obstacles(self) -> tuple[str, ...]:
        """Why the file can't be imported as it is matched, a sentence each; empty where it can."""
        sentences = [
            f"{'Two' if len(columns) == 2 else len(columns)} columns go to {self.label(target)}: "
            f"{_listed(c.heading for c in columns)}. Keep one of them."
            for target, columns in self.doubled.items()
        ]
        if {FULL_NAME, "first_name", "surname"} <= set(self.targets):
            sentences.append("First Name and Surname have columns of their own, so none can go to Full Name.")
        for field in self.missing:
            near = [c for c in self.columns if c.guess and c.guess.target == field.key and not c.target]
            hint = f" “{near[0].heading}” could be it." if near else ""
            sentences.append(f"No column goes to {field.label}, which every {self.kind.one} needs.{hint}")
        return tuple(sentences)

    def with_target(self, place: int, target: str | None) -> "Matching":
        """The same, with one column going elsewhere."""
        column = replace(self.columns[place], target=target, how="chosen", note="")
        return replace(self, columns=(*self.columns[:place], column, *self.columns[place + 1 :]))

    def with_targets(self, targets: Sequence[str | None], how: How) -> "Matching":
        """The same, with all columns going where they are told to."""
        return replace(
            self,
            columns=tuple(
                replace(column, target=target, how=how if target else "none", note="")
                for column, target in zip(self.columns, targets, strict=True)
            ),
        )

    def as_chosen(self, targets: Sequence[str | None]) -> "Matching":
        """The same, with columns going where the user has put them; those that go there anyway stay as they are."""
        return replace(
            self,
            columns=tuple(
                column if column.target == target else replace(column, target=target, how="chosen", note="")
                for column, target in zip(self.columns, targets, strict=True)
            ),
        )

    def with_map(self, chosen: Iterable[tuple[str, str]]) -> "Matching":
        """The same, with columns going where the user said, by heading and field label.

        What was found out gives way to what the user said, and of two sayings about one column the last counts.

        Raises:
            UnusableChoiceError: There is no such heading or field.
        """
        wanted = {
            place: self._target_named(label)
            for heading, label in chosen
            for place in self._places_of(heading)
        }
        settled = set(wanted.values())
        if FULL_NAME in settled:
            settled |= {"first_name", "surname"}
        if settled >= {"first_name", "surname"}:
            settled.add(FULL_NAME)
        matching = self
        for place, column in enumerate(self.columns):
            if place in wanted:
                matching = matching.with_target(place, wanted[place])
            elif column.target and column.target in settled:
                matching = matching.with_target(place, None)
        return matching

    def _target_named(self, label: str) -> str | None:
        folded = fold_heading(label)
        if folded == "notused" or label.strip() in {"", "-"}:
            return None
        if folded == fold_heading(FULL_NAME_LABEL):
            return FULL_NAME
        return field_named(self.kind, label).key

    def _places_of(self, heading: str) -> list[int]:
        """The columns that a user means: by heading, or by place as `Column 3`."""
        wanted, folded = clean(heading), fold_heading(heading)
        exact = [n for n, column in enumerate(self.columns) if column.heading == wanted]
        alike = [n for n, c in enumerate(self.columns) if folded and fold_heading(c.heading) == folded]
        if exact or alike:
            return exact or alike
        by_place = re.fullmatch(r"column(\d{1,5})", folded)
        if by_place and 1 <= int(by_place[1]) <= len(self.columns):
            return [int(by_place[1]) - 1]
        raise UnusableChoiceError(f"The file has no column “{heading}”. Look at its headings again.")

    def people(self, sheet: Sheet) -> pl.DataFrame:
        """The file's rows under our names: `row` (UInt32) and raw text (String) for each field that a column goes to."""
        chosen: dict[str, pl.Expr] = {}
        for name, target in zip(sheet.columns, self.targets, strict=True):
            if target == FULL_NAME:
                first, last = split_full_name(pl.col(name))
                chosen = {"first_name": first, "surname": last} | chosen
        chosen |= {
            target: pl.col(name)
            for name, target in zip(sheet.columns, self.targets, strict=True)
            if target and target != FULL_NAME
        }
        ours = {key: chosen[key] for key in self.kind.keys if key in chosen}
        # Lazily, because an eager `select` would copy every column into one piece.
        return sheet.cells.lazy().select("row", **ours).collect()


def known_headings(kind: RecordKind) -> frozenset[str]:
    """All folded headings by which a row of headings can be told from others."""
    own = {fold_heading(field.label) for field in kind.fields}
    return frozenset(own).union(FULL_NAME_HEADINGS, *(field.known_headings for field in kind.fields))


def read_sheet(kind: RecordKind, data: bytes, file: str, options: ReadOptions | None = None) -> Sheet:
    """Read a file's bytes as a table of text, whose row of headings is told by those that such exports have.

    Args:
        kind: What the rows are.
        data: The whole file.
        file: Its name.
        options: What the user says about it; all of it is found out where there are none.

    Raises:
        UnusableFileError: The file can't be read, or has no rows; the message says what to do.
    """
    return read_bytes(data, file, options or ReadOptions(), known_headings(kind))


def field_named(kind: RecordKind, name: str) -> Field:
    """The field that a user names, by its label or key, in any case.

    Raises:
        UnusableChoiceError: There is no such field.
    """
    folded = fold_heading(name)
    for field in kind.fields:
        if folded in (fold_heading(field.label), fold_heading(field.key)):
            return field
    labels = _listed(field.label for field in kind.fields)
    raise UnusableChoiceError(f"“{name}” is not a field of {kind.many}. The fields are {labels}.")


def match_columns(sheet: Sheet, kind: RecordKind, remembered: Sequence[str | None] | None = None) -> Matching:
    """Find out where each column goes.

    Args:
        sheet: The file.
        kind: What its rows are.
        remembered: Where the columns of the last file with the same headings went.
    """
    values = _some_values(sheet)
    columns = tuple(
        Column(name, tuple(samples[:_SAMPLES]))
        for name, samples in zip(sheet.column_names, values, strict=True)
    )
    matching = Matching(kind, columns)
    if remembered is not None and len(remembered) == len(columns):
        return matching.with_targets(remembered, "remembered")
    found = targets_by_heading(kind, sheet, values)
    targets = {f.target for f in found}
    if FULL_NAME in targets:
        targets |= {"first_name", "surname"}
    added = errors_columns(sheet.headings)
    open_ = {n: sheet.headings[n] for n, f in enumerate(found) if not (f.target or f.note or n in added)}
    free = [field for field in kind.fields if field.key not in targets]
    taken, possible = near_misses(free, open_, values)
    done = []
    for n, (column, by_heading) in enumerate(zip(columns, found, strict=True)):
        if guess := taken.get(n):
            done.append(replace(column, target=guess.target, how="likeness", guess=guess))
        elif by_heading.target:
            done.append(replace(column, target=by_heading.target, how="heading"))
        else:
            done.append(replace(column, note=by_heading.note, guess=possible.get(n)))
    return Matching(kind, tuple(done))


def _some_values(sheet: Sheet) -> list[list[str]]:
    """Different values of each column, cleaned, from its first rows."""
    first = sheet.cells.lazy().head(LOOKED_AT).select(cleaned(pl.col(sheet.columns))).collect()
    return [[text[:60] for text in some.unique(maintain_order=True) if text] for some in first]


def _listed(names: Iterable[str]) -> str:
    """Names in a sentence: `“A”, “B” and “C”`."""
    quoted = [f"“{name}”" for name in names]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)

"""Where each column of a file goes, as it is shown and as the user changes it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import polars as pl

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.matching.fills import Fill
from backdrop_tui.intake.matching.full_name import FULL_NAME, FULL_NAME_LABEL
from backdrop_tui.intake.matching.near_misses import NearMiss
from backdrop_tui.intake.matching.wrapping import unwrapped
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import clean, fold_heading
from backdrop_tui.records.texts.full_names import split_full_name
from backdrop_tui.wording import listed

How = Literal["remembered", "heading", "similarity", "chosen", "none"]
"""Why a column goes where it goes: as last time, by its heading, by a similar heading, by the user's choice."""


@dataclass(frozen=True)
class Column:
    """One column of a file, and where it goes."""

    heading: str
    """Its heading in the file; `Column 3` without one."""
    samples: tuple[str, ...]
    """Up to three of its values, cleaned."""
    target: str | None = None
    """The key of the field that it goes to, `full_name`, or None if it isn't used."""
    how: How = "none"
    """Why it goes there."""
    near_miss: NearMiss | None = None
    """Where it could go, if that isn't sure enough to be used without asking."""
    note: str = ""
    """What the user should know about it."""

    @property
    def suggestion(self) -> NearMiss | None:
        """Where it could go, if it goes nowhere and the user hasn't said so."""
        return None if self.target or self.how == "chosen" else self.near_miss


@dataclass(frozen=True)
class Matching:
    """Where each column of a file goes."""

    kind: RecordKind
    """What the rows are."""
    columns: tuple[Column, ...]
    """The columns of the file, in order."""
    fills: Mapping[str, Fill] = field(default_factory=dict)
    """What every row gets in fields that no column goes to, by the field's key."""
    offered: Mapping[str, Fill] = field(default_factory=dict)
    """What every row got the last time in such fields, by the field's key, to be confirmed for this file."""
    sectioned: frozenset[str] = frozenset()
    """The keys of the fields whose values are in headings between the rows; rows can get them once they are checked."""

    def label(self, target: str | None) -> str:
        """The name of a target on screen."""
        if target is None:
            return "not used"
        return FULL_NAME_LABEL if target == FULL_NAME else self.kind.label(target)

    @property
    def targets(self) -> tuple[str | None, ...]:
        """Where the columns go, in order."""
        return tuple(column.target for column in self.columns)

    @property
    def missing(self) -> tuple[Field, ...]:
        """Needed fields for which the file has neither a column nor a value for every row.

        A field whose value each row can ask for is only among them if a column could be its own and the user hasn't said no.
        """
        possible = {c.suggestion.target for c in self.columns if c.suggestion}
        return tuple(
            needed
            for needed in self.without_column
            if needed.needed
            and needed.key not in self.fills
            and needed.key not in self.sectioned
            and (needed.column_needed or needed.key in possible)
        )

    @property
    def without_column(self) -> tuple[Field, ...]:
        """The fields that no column goes to."""
        matched = with_names(self.targets)
        return tuple(field for field in self.kind.fields if field.key not in matched)

    @property
    def worked_out(self) -> frozenset[str]:
        """The keys of the fields whose values are worked out from the other fields of the row."""
        return frozenset(key for key, fill in self.fills.items() if fill.is_worked_out)

    @property
    def duplicates(self) -> dict[str, tuple[Column, ...]]:
        """Columns that go to the same target, by target."""
        by_target: dict[str, list[Column]] = {}
        for column in self.columns:
            if column.target:
                by_target.setdefault(column.target, []).append(column)
        return {target: tuple(columns) for target, columns in by_target.items() if len(columns) > 1}

    def obstacles(self) -> tuple[str, ...]:
        """Why the file can't be imported as it is matched, a sentence or two each; empty if it can."""
        sentences = [
            f"{'Two' if len(columns) == 2 else len(columns)} columns go to {self.label(target)}: "
            f"{listed(f'“{column.heading}”' for column in columns)}. Keep one of them."
            for target, columns in self.duplicates.items()
        ]
        if {FULL_NAME, "first_name", "surname"} <= set(self.targets):
            sentences.append("First Name and Surname have columns of their own, so none can go to Full Name.")
        for needed in self.missing:
            near = [c for c in self.columns if c.suggestion and c.suggestion.target == needed.key]
            hint = f" “{near[0].heading}” could be it." if near else ""
            if fill := self.offered.get(needed.key):
                hint += f" Last time it was {fill.in_words(needed)}."
            sentences.append(
                f"No column goes to {needed.label}, which every {self.kind.singular} needs.{hint}"
            )
        whole_names = [c for c in self.columns if c.suggestion and c.suggestion.target == FULL_NAME]
        if whole_names and with_names([FULL_NAME]) & {needed.key for needed in self.missing}:
            heading = whole_names[0].heading
            sentences.insert(
                0, f"“{heading}” seems to have whole names. If so, match it with {FULL_NAME_LABEL}."
            )
        return tuple(sentences)

    def with_target(self, index: int, target: str | None) -> "Matching":
        """The matching with one column going where the user has chosen.

        Args:
            index: The index of the column.
            target: Its new target; None if it isn't to be used.
        """
        column = replace(self.columns[index], target=target, how="chosen", note="")
        fills = {key: fill for key, fill in self.fills.items() if key not in with_names([target])}
        return replace(self, columns=(*self.columns[:index], column, *self.columns[index + 1 :]), fills=fills)

    def with_only(self, index: int, target: str | None) -> "Matching":
        """The matching with one column going to another target, which no other column goes to any more.

        Args:
            index: The index of the column.
            target: Its new target; None if it isn't to be used.
        """
        matching = self
        for other, column in enumerate(self.columns):
            if target is not None and other != index and column.target == target:
                matching = matching.with_target(other, None)
        return matching.with_target(index, target)

    def with_fill(self, key: str, fill: Fill | None) -> "Matching":
        """The matching with every row getting something in a field, to which no column goes any more.

        Args:
            key: The key of the field.
            fill: What every row gets; None to leave it blank.
        """
        matching = self
        for index, column in enumerate(self.columns):
            if column.target == key:
                matching = matching.with_target(index, None)
        others = {other: filled for other, filled in matching.fills.items() if other != key}
        return replace(matching, fills=others if fill is None else {**others, key: fill})

    def with_remembered_fills(self, fills: Mapping[str, Fill]) -> "Matching":
        """The matching with what rows of the last such file got in fields that no column goes to: taken again, or offered."""
        by_key = self.kind.by_key
        return self.with_fills({key: f for key, f in fills.items() if f.is_taken_again(by_key[key])}, fills)

    def with_fills(self, fills: Mapping[str, Fill], offered: Mapping[str, Fill]) -> "Matching":
        """The matching with these fills, and these offers, for fields that no column goes to."""
        without = {field.key for field in self.without_column}
        return replace(
            self,
            fills={key: fill for key, fill in fills.items() if key in without},
            offered={key: fill for key, fill in offered.items() if key in without},
        )

    @property
    def suggestions(self) -> dict[int, str]:
        """Where unused columns could go, by their index: the nearest one for each field that has no column yet."""
        near = [(c.suggestion, n) for n, c in enumerate(self.columns) if c.suggestion]
        nearest: dict[str, int] = {}
        for miss, _ in near:
            nearest[miss.target] = max(miss.similarity, nearest.get(miss.target, 0))
        best = [(n, miss.target) for miss, n in near if miss.similarity == nearest[miss.target]]
        suggested = Counter(target for _, target in best)
        taken = with_names(self.targets)
        return {n: target for n, target in best if suggested[target] == 1 and target not in taken}

    @property
    def open_offers(self) -> dict[str, Fill]:
        """What is offered, for fields that still have neither a column nor a value, by the field's key."""
        open_fields = {field.key for field in self.without_column} - self.fills.keys()
        return {key: fill for key, fill in self.offered.items() if key in open_fields}

    def with_suggestions(self) -> "Matching":
        """The matching with every suggestion taken, and with the same values in every row as the last time."""
        uniform = {key: fill for key, fill in self.open_offers.items() if not fill.is_worked_out}
        matching = replace(self, fills={**self.fills, **uniform})
        for index, target in self.suggestions.items():
            matching = matching.with_target(index, target)
        return matching

    def with_remembered(self, targets: Sequence[str | None]) -> "Matching":
        """The matching with every column going where that of the last such file went."""
        columns = (
            replace(column, target=target, how="remembered" if target else "none", note="")
            for column, target in zip(self.columns, targets, strict=True)
        )
        return replace(self, columns=tuple(columns))

    def with_chosen(self, targets: Sequence[str | None]) -> "Matching":
        """The matching with every column going where the user has chosen; those that go there anyway are left alone."""
        columns = (
            column if column.target == target else replace(column, target=target, how="chosen", note="")
            for column, target in zip(self.columns, targets, strict=True)
        )
        return replace(self, columns=tuple(columns))

    def with_map(self, chosen: Iterable[tuple[str, str]]) -> "Matching":
        """The matching with columns going where `--map` says, by heading and field label.

        Other columns that went to the same fields aren't used. If a column is named twice, the last one counts.

        Raises:
            UnusableChoiceError: There is no such heading or field.
        """
        wanted = {
            index: self._target_named(label)
            for heading, label in chosen
            for index in self._columns_named(heading)
        }
        settled = with_names(wanted.values())
        if settled >= {"first_name", "surname"}:
            settled.add(FULL_NAME)
        matching = self
        for index, column in enumerate(self.columns):
            if index in wanted:
                matching = matching.with_target(index, wanted[index])
            elif column.target and column.target in settled:
                matching = matching.with_target(index, None)
        return matching

    def _target_named(self, label: str) -> str | None:
        """The target that a user names; None for `not used`."""
        folded = fold_heading(label)
        if folded == "notused" or label.strip() in {"", "-"}:
            return None
        if folded == fold_heading(FULL_NAME_LABEL):
            return FULL_NAME
        return field_named(self.kind, label).key

    def _columns_named(self, heading: str) -> list[int]:
        """The indices of the columns that a user names, by heading or by number (`Column 3`)."""
        wanted, folded = clean(heading), fold_heading(heading)
        exact = [n for n, column in enumerate(self.columns) if column.heading == wanted]
        similar = [n for n, c in enumerate(self.columns) if folded and fold_heading(c.heading) == folded]
        if exact or similar:
            return exact or similar
        number = re.fullmatch(r"column(\d{1,5})", folded)
        if number and 1 <= int(number[1]) <= len(self.columns):
            return [int(number[1]) - 1]
        raise UnusableChoiceError(f"The file has no column “{heading}”. Check its headings.")

    def texts(self, sheet: Sheet) -> pl.DataFrame:
        """The rows of the file under the fields' keys: `row` (UInt32), and raw text (String) for each field that has some.

        What is round the values of a whole column is removed (see `unwrapped`).
        Fields that are worked out or in headings between the rows are blank, and so are needed fields that each row asks for.
        """
        asked = (field.key for field in self.kind.fields if field.needed and not field.column_needed)
        blank = [*self.worked_out, *self.sectioned, *asked]
        matched: dict[str, pl.Expr] = dict.fromkeys(blank, pl.lit(""))
        matched |= {key: pl.lit(fill.value) for key, fill in self.fills.items() if fill.value}
        for name, target in zip(sheet.columns, self.targets, strict=True):
            if target == FULL_NAME:
                first_name, surname = split_full_name(unwrapped(sheet.cells, name))
                matched = {"first_name": first_name, "surname": surname} | matched
            elif target:
                matched[target] = unwrapped(sheet.cells, name)
        in_order = {key: matched[key] for key in self.kind.file_keys if key in matched}
        # Lazily, because an eager `select` would copy every column into one piece.
        return sheet.cells.lazy().select("row", **in_order).collect()


def with_names(targets: Iterable[str | None]) -> set[str | None]:
    """Targets, with first name and surname among them if a column of full names gives both."""
    targets = set(targets)
    return targets | {"first_name", "surname"} if FULL_NAME in targets else targets


def field_named(kind: RecordKind, name: str) -> Field:
    """The field that a user names, by its label or key, in any case.

    Raises:
        UnusableChoiceError: There is no such field.
    """
    folded = fold_heading(name)
    for candidate in kind.file_fields:
        if folded in (fold_heading(candidate.label), fold_heading(candidate.key)):
            return candidate
    labels = listed(f"“{candidate.label}”" for candidate in kind.file_fields)
    raise UnusableChoiceError(f"“{name}” is not a field of {kind.plural}. The fields are {labels}.")

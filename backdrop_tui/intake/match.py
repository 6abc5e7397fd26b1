"""Which column of a file goes to which field: found out on arrival, shown, and changed by the user."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.full_name import FULL_NAME, FULL_NAME_HEADINGS, FULL_NAME_LABEL, split_full_name
from backdrop_tui.intake.likeness import Guess, guess_by_heading, guess_by_values, values_contradict
from backdrop_tui.intake.sheet import Sheet
from backdrop_tui.records.field import Field
from backdrop_tui.records.kind import RecordKind
from backdrop_tui.records.text import cleaned, fold_heading

How = Literal["remembered", "heading", "likeness", "chosen", "none"]
"""Why a column goes where it goes."""

OWN_COLUMNS = frozenset({"errors", "extracells"})
"""Folded headings of the columns that an errors file has besides the file's own; they are never used."""

_SAMPLES = 3
_LOOKED_AT = 500


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
            f"Two columns go to {self.label(target)}: {_listed(c.heading for c in columns)}. Keep one of them."
            for target, columns in self.doubled.items()
        ]
        for field in self.missing:
            near = next((c for c in self.columns if c.guess and c.guess.target == field.key and not c.target), None)
            hint = f" “{near.heading}” could be it." if near else ""
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

    def with_map(self, chosen: Mapping[str, str]) -> "Matching":
        """The same, with columns going where the user said, by heading and field label.

        Raises:
            UnusableChoiceError: There is no such heading or field.
        """
        matching = self
        for heading, label in chosen.items():
            target = self._target_named(label)
            places = self._places_of(heading)
            matching = replace(
                matching,
                columns=tuple(
                    replace(c, target=None, how="none") if target and c.target == target and c.how != "chosen" else c
                    for c in matching.columns
                ),
            )
            for place in places:
                matching = matching.with_target(place, target)
        return matching

    def _target_named(self, label: str) -> str | None:
        folded = fold_heading(label)
        if folded in ("notused", ""):
            return None
        if folded == fold_heading(FULL_NAME_LABEL):
            return FULL_NAME
        for field in self.kind.fields:
            if folded in (fold_heading(field.label), fold_heading(field.key)):
                return field.key
        labels = _listed(field.label for field in self.kind.fields)
        raise UnusableChoiceError(f"“{label}” is not a field of {self.kind.many}. The fields are {labels}.")

    def _places_of(self, heading: str) -> list[int]:
        exact = [n for n, column in enumerate(self.columns) if column.heading == heading.strip()]
        folded = [n for n, column in enumerate(self.columns) if fold_heading(column.heading) == fold_heading(heading)]
        if not (exact or folded):
            raise UnusableChoiceError(f"The file has no column “{heading}”. Look at its headings again.")
        return exact or folded

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
        return sheet.cells.select("row", **{key: chosen[key] for key in self.kind.keys if key in chosen})


def known_headings(kind: RecordKind) -> frozenset[str]:
    """All folded headings by which a row of headings can be told from others."""
    own = {fold_heading(field.label) for field in kind.fields}
    return frozenset(own).union(FULL_NAME_HEADINGS, *(field.known_headings for field in kind.fields))


def match_columns(sheet: Sheet, kind: RecordKind, remembered: Sequence[str | None] | None = None) -> Matching:
    """Find out where each column goes.

    Args:
        sheet: The file.
        kind: What its rows are.
        remembered: Where the columns of the last file with the same headings went.
    """
    values = [_some_values(sheet, name) for name in sheet.columns]
    columns = tuple(
        Column(heading=heading or f"Column {n}", samples=tuple(values[n - 1][:_SAMPLES]))
        for n, heading in enumerate(sheet.headings, start=1)
    )
    matching = Matching(kind, columns)
    if remembered is not None and len(remembered) == len(columns):
        return matching.with_targets(remembered, "remembered")
    by_heading = _by_known_headings(kind, sheet.headings, values)
    columns = tuple(
        replace(column, target=target, how="heading" if target else "none", note=note)
        for column, (target, note) in zip(columns, by_heading, strict=True)
    )
    return replace(matching, columns=_with_guesses(kind, columns, sheet.headings, values))


def _some_values(sheet: Sheet, name: str) -> list[str]:
    """Different values of a column, cleaned, from its first rows."""
    some = sheet.cells.lazy().select(pl.col(name).head(_LOOKED_AT)).select(cleaned(pl.col(name))).collect().to_series()
    return [text[:60] for text in some.filter(some != "").unique(maintain_order=True).to_list()]


def _by_known_headings(
    kind: RecordKind, headings: Sequence[str], values: Sequence[list[str]]
) -> list[tuple[str | None, str]]:
    """Targets by known headings, and notes on columns that were passed over."""
    found: list[tuple[str | None, str]] = [(None, "")] * len(headings)
    folded = [fold_heading(heading) for heading in headings]
    for field in kind.fields:
        places = [n for n, name in enumerate(folded) if _tier(field, name) is not None]
        for n in list(places):
            if contradiction := values_contradict(field, values[n]):
                found[n] = (None, contradiction)
                places.remove(n)
        taken = _best(field, places, folded, values)
        for n in places:
            if n in taken:
                found[n] = (field.key, "")
            else:
                found[n] = (None, f"{field.label} is taken from “{headings[taken[0]]}”.")
    targets = {target for target, _ in found}
    if not {"first_name", "surname"} <= targets:
        for n, name in enumerate(folded):
            if name in FULL_NAME_HEADINGS and found[n][0] is None:
                alone = "surname" in targets and not any("," in v or " " in v for v in values[n][:20])
                found[n] = ("first_name", "") if alone else (FULL_NAME, "")
                break
    return found


def _tier(field: Field, folded: str) -> int | None:
    """How surely a heading is a field's: the lower the surer; None where it isn't known."""
    if folded in OWN_COLUMNS:
        return None
    if folded in field.lesser_headings:
        return 3
    if folded in field.headings or folded == fold_heading(field.label):
        return 0 if folded.startswith("legal") else 1 if folded == fold_heading(field.label) else 2
    return None


def _best(field: Field, places: list[int], folded: list[str], values: Sequence[list[str]]) -> list[int]:
    """Of the columns that could be a field's, the ones of the surest heading; without empty ones, and copies."""
    if not places:
        return []
    filled = [n for n in places if values[n]] or places
    tiers = {n: _tier(field, folded[n]) or 0 for n in filled}
    best = [n for n in filled if tiers[n] == min(tiers.values())]
    return best[:1] if all(values[n] == values[best[0]] for n in best) else best


def _with_guesses(
    kind: RecordKind, columns: tuple[Column, ...], headings: Sequence[str], values: Sequence[list[str]]
) -> tuple[Column, ...]:
    """The same columns, with near misses taken where that is safe, and guesses where it isn't."""
    done = list(columns)
    for n, column in enumerate(done):
        if column.target or column.note or fold_heading(headings[n]) in OWN_COLUMNS:
            continue
        taken = {c.target for c in done}
        if FULL_NAME in taken:
            taken |= {"first_name", "surname"}
        free = [field for field in kind.fields if field.key not in taken]
        guess = guess_by_heading(free, headings[n])
        if guess and guess.safe and not values_contradict(kind.by_key[guess.target], values[n]):
            done[n] = replace(column, target=guess.target, how="likeness", guess=guess)
            continue
        by_values = guess_by_values(free, values[n])
        done[n] = replace(column, guess=guess or by_values)
    return tuple(done)


def _listed(names: Iterable[str]) -> str:
    """Names in a sentence: `“A”, “B” and “C”`."""
    quoted = [f"“{name}”" for name in names]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)

"""A move to a new school year with a made-up file and made-up people stored, without a data folder."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import polars as pl

from backdrop_tui.imports.pipeline import from_file
from backdrop_tui.imports.turn.movements import Movement, Turn
from backdrop_tui.imports.turn.with_file import plan_turn
from backdrop_tui.intake.draft.inputs import Basis
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.intake.linking.plan import Existing, plan_import
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.kind import RecordKind
from tests.support.made_up import CONTEXT, STUDENTS, read, stored, table

Values = Mapping[str, str | None]
NAMES = (
    "Ada",
    "Bilal",
    "Cerys",
    "Dylan",
    "Elin",
    "Farid",
    "Gwen",
    "Hanna",
    "Idris",
    "Jonas",
    "Kasia",
    "Lowri",
    "Megan",
    "Nia",
    "Omar",
)


def pupil(number: int, year: int, academic_year: int = 2025, **changes: str) -> dict[str, str]:
    """A made-up student by the fields' keys, of the usual age for a year group; each number is somebody else."""
    return {
        "first_name": NAMES[number % len(NAMES)],
        "surname": f"Abbott{chr(97 + number // 26 % 26)}{chr(97 + number % 26)}",
        "date_of_birth": f"{academic_year - year - 5}-{9 + number % 4:02}-{1 + number % 28:02}",
        "gender": "F",
        "year_group": str(year) if year else "R",
        "registration_group": f"{year}A" if year else "Oak",
    } | changes


def older(person: Mapping[str, str]) -> dict[str, str]:
    """A student a year later."""
    year = int(person["year_group"].replace("R", "0")) + 1
    return {**person, "year_group": str(year), "registration_group": f"{year}A"}


def checked(
    rows: Iterable[Values], people: pl.DataFrame, kind: RecordKind = STUDENTS, context: Context = CONTEXT
) -> Review:
    """The check of a file with these rows, by the fields' keys, beside these people stored."""
    labels = {field.key: field.label for field in kind.fields}
    sheet = read(table([{labels[key]: value or "" for key, value in row.items()} for row in rows]), kind)
    intake = from_file(None, sheet, match_columns(sheet, kind))
    return review(intake, Basis(context, people))


def turned(
    rows: Iterable[Values],
    *people: Values,
    kind: RecordKind = STUDENTS,
    context: Context = CONTEXT,
    existing: Existing = "update",
    part_may_leave: bool = False,
    left_out: Iterable[int] = (),
) -> Turn:
    """What a turn with these rows would do with these people."""
    seen = checked(rows, stored(kind, *people), kind, context)
    if left_out:
        edits = seen.intake.edits.copy()
        edits.left_out |= set(left_out)
        seen = review(replace(seen.intake, edits=edits), seen.basis)
    plan = plan_import(kind, seen.ready, seen.linkage, seen.basis.stored, existing)
    return plan_turn(seen, plan, part_may_leave=part_may_leave)


def counts(turn: Turn) -> dict[str, int]:
    """The movements that happen, with their numbers."""
    return {str(movement): number for movement, number in turn.counts.items() if number}


def names(turn: Turn, movement: Movement) -> list[str]:
    """The surnames of the people of one movement."""
    return turn.moved(movement)["surname"].to_list()

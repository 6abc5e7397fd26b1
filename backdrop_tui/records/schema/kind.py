"""A kind of record, students or staff: its fields, and the rules that look at more than one cell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.findings import FindingRule, FindingType
from backdrop_tui.records.schema.problems import OF_ANY_ROW_OR_CELL, ProblemType
from backdrop_tui.records.schema.rules import NO_SUGGESTION, POSSIBLE
from backdrop_tui.wording import counted


@dataclass(frozen=True)
class AcrossRule:
    """What can be wrong with a cell or a row, judged beside other cells, other rows, or the people stored."""

    problem: ProblemType
    """What it reports."""
    field: Field | None
    """The field whose cells it reports; None if it reports whole rows."""
    find: Callable[[FilePeople, pl.DataFrame, Context], pl.DataFrame]
    """Finds the rows that break the rule, given the file's people, the people stored and the context.

    The people stored have `id` and the kind's `stored_keys` (String). It returns `breaches`.
    """


@dataclass(frozen=True)
class SuggestionRule:
    """What to use instead of a faulty cell, judged by other cells, other rows, or the people stored."""

    field: Field
    """The field whose cells it suggests values for."""
    problems: frozenset[ProblemType]
    """The problems for which it suggests a value, or judges the suggestion of the problem's own rule."""
    suggest: Callable[[pl.DataFrame, FilePeople, pl.DataFrame, Context], pl.DataFrame]
    """Suggests values, given those problems (see `records.schema.problems.SCHEMA`), the file's people, the people stored and
    the context. It is only called if there are such problems.

    It returns `row` (UInt32), `suggestion` (String) and `sure` (Boolean), for some of the rows.
    """


@dataclass(frozen=True, eq=False)
class NotAPersonRule:
    """When a row with some warning isn't a person."""

    warning: ProblemType
    """The warning that such a row has."""
    is_no_person: pl.Expr
    """Boolean over the fields' texts, cleaned (String), by key."""


def breaches(
    rows: pl.DataFrame, message: pl.Expr, suggestion: pl.Expr = NO_SUGGESTION, sure: pl.Expr = POSSIBLE
) -> pl.DataFrame:
    """What a rule across rows returns: `row` (UInt32), `message` and `suggestion` (String), `sure` (Boolean)."""
    return rows.select("row", message=message, suggestion=suggestion.cast(pl.String), sure=sure)


def no_breaches() -> pl.DataFrame:
    """What a rule across rows returns if no row breaks it."""
    return pl.DataFrame(
        schema={"row": pl.UInt32, "message": pl.String, "suggestion": pl.String, "sure": pl.Boolean}
    )


@dataclass(frozen=True)
class RecordKind:
    """One kind of people, declared once: everything else in the program follows from its declaration."""

    name: str
    """`students` or `staff`: the table's name in the store, and the word on the command line."""
    singular: str
    """The noun for one of them: `member of staff`."""
    plural: str
    """The noun for several of them: `staff`."""
    fields: tuple[Field, ...]
    """Its fields, in the order of template, forms, tables and exports."""
    across: tuple[AcrossRule, ...]
    """Its rules that look at more than one cell."""
    identifier: Field
    """The field whose value no two of them share."""
    identity: tuple[Field, ...]
    """The fields that only one of them is likely to have all the same, ignoring case."""
    file_only: tuple[Field, ...] = ()
    """Fields that only a file has, by which people already stored are recognised. They are never stored, nor shown in forms."""
    is_linked_within_file: bool = False
    """Whether its rows are compared with each other even while nobody is stored, because a name alone tells people apart."""
    linkage_problems: tuple[ProblemType, ...] = ()
    """What comparing its rows with the people stored can report."""
    owner_words: frozenset[str] = frozenset()
    """Words of headings, in lower case, that only say whose column it is: `pupil`, `child`."""
    findings: tuple[FindingRule, ...] = ()
    """Its rules that look at the whole file, in the order in which findings of one level are listed."""
    suggestions: tuple[SuggestionRule, ...] = ()
    """Its rules that suggest values for faulty cells, or judge how sure suggestions are."""
    not_a_person: tuple[NotAPersonRule, ...] = ()
    """Its rules by which a row of a file is found to be no person, besides those for every kind."""
    state_keys: tuple[str, ...] = ()
    """The keys of what is stored of them besides their fields, such as whether they have left; see `records.leaving`."""

    def __post_init__(self) -> None:
        """Refuse a rule or an identity that looks at another kind's field.

        Raises:
            ValueError: There is one.
        """
        of_rules = [rule.field for rule in self.across if rule.field is not None]
        of_rules += [rule.field for rule in self.suggestions]
        if foreign := {
            field.label
            for field in (*of_rules, self.identifier, *self.identity)
            if field.key not in self.keys
        }:
            raise ValueError(f"{self.name} have no field {', '.join(sorted(foreign))}")

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the fields that are stored, in order."""
        return tuple(field.key for field in self.fields)

    @cached_property
    def file_fields(self) -> tuple[Field, ...]:
        """The fields that a column of a file can go to, in order."""
        return (*self.fields, *self.file_only)

    @cached_property
    def file_keys(self) -> tuple[str, ...]:
        """The keys of the fields that a column of a file can go to, in order."""
        return tuple(field.key for field in self.file_fields)

    @cached_property
    def stored_keys(self) -> tuple[str, ...]:
        """The keys under which values are stored, besides `id`: those of the fields, then `state_keys`."""
        return (*self.keys, *self.state_keys)

    @cached_property
    def template_fields(self) -> tuple[Field, ...]:
        """The fields that templates have, and that are shown whether or not anyone has a value."""
        return tuple(field for field in self.fields if field.in_template)

    def fields_in(self, *people: pl.DataFrame) -> tuple[Field, ...]:
        """The fields to show for people: those of the template, and others in which someone has a value.

        Args:
            people: Frames with any of the fields' keys (String).
        """
        return tuple(
            field
            for field in self.fields
            if field.in_template
            or any((frame[field.key] != "").any() for frame in people if field.key in frame.columns)
        )

    @cached_property
    def by_key(self) -> dict[str, Field]:
        """The fields that a file can have, by key."""
        return {field.key: field for field in self.file_fields}

    def counted(self, number: int) -> str:
        """A number of them in words: `1 student`, `1,200 students`."""
        return counted(number, self.singular, self.plural)

    @cached_property
    def problem_types(self) -> Mapping[str, ProblemType]:
        """Every type of problem that checking these people can report, by code."""
        # Which rules a field has doesn't depend on the context, only how they judge.
        context = Context.of(date(2000, 1, 1))
        of_cells = [rule.problem for field in self.file_fields for rule in field.checks(context).rules]
        of_rows = [*(rule.problem for rule in self.across), *self.linkage_problems]
        return {problem.code: problem for problem in (*of_cells, *of_rows, *OF_ANY_ROW_OR_CELL)}

    @property
    def finding_types(self) -> Mapping[str, FindingType]:
        """Every type of finding that its rules can report, by code."""
        return {finding.code: finding for rule in self.findings for finding in rule.types}

    def problem_title(self, key: str | None, code: str) -> str:
        """The heading of the problems of one code in one field, given its key, or in whole rows (None)."""
        return self.problem_types[code].title_for(self.label(key))

    def label(self, key: str | None) -> str:
        """The label of a field by its key; empty for the whole row."""
        return self.by_key[key].label if key else ""

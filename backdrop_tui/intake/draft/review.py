"""Checking rows with the edits applied: the rows of a draft, or of a file given to a command."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from backdrop_tui.intake.checking.check import Checked, Counts, check, in_order
from backdrop_tui.intake.checking.examine import examine
from backdrop_tui.intake.checking.not_people import (
    NOT_PEOPLE,
    find_not_people,
    not_people_finding,
    with_not_people,
)
from backdrop_tui.intake.checking.sections import find_section_headings, section_rows
from backdrop_tui.intake.checking.worked_out import with_worked_out
from backdrop_tui.intake.draft.edited_texts import apply_edits
from backdrop_tui.intake.draft.edits import Edits, ProblemKey
from backdrop_tui.intake.draft.file_findings import file_findings
from backdrop_tui.intake.draft.inputs import Basis, Intake
from backdrop_tui.intake.draft.recipe import SAME_AS_LAST_TIME, Recipe, fixed_values, same_again
from backdrop_tui.intake.linking.linkage import NOTHING_LINKED, Linkage
from backdrop_tui.intake.matching.headings_key import headings_key
from backdrop_tui.intake.matching.row_lengths import faults_of_rows
from backdrop_tui.records.fields.user_group import GROUP_NEAR
from backdrop_tui.records.linkage_problems import DUPLICATE_IN_FILE
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.findings import Finding, by_level
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.problems import CELL_COUNT, NOT_A_PERSON, STRAY_QUOTE
from backdrop_tui.records.schema.text import cell_text, cell_text_of

_NAMES = ("first_name", "surname")
ACCEPTABLE_ERRORS = (CELL_COUNT.code, STRAY_QUOTE.code, GROUP_NEAR.code, NOT_A_PERSON.code)
"""Codes of errors that can be accepted like warnings: the user has checked the row, it is a person, or the
group really is a new one."""


@dataclass(frozen=True)
class ProblemKind:
    """All open problems with one code in one field."""

    field: str | None
    """The field's key; None for the whole row."""
    code: str
    """The problem's code."""
    level: str
    """`error` or `warning`."""
    title: str
    """The name of such problems in a list."""
    count: int
    """The number of open problems."""
    suggestions: int
    """The number of these that have a suggestion."""
    sure: int
    """The number of these whose suggestion is sure."""

    @property
    def can_be_accepted(self) -> bool:
        """Whether the user may accept such problems as correct."""
        return self.level == "warning" or self.code in ACCEPTABLE_ERRORS


@dataclass(frozen=True)
class Review:
    """The result of checking an intake."""

    intake: Intake
    """The rows and edits that were checked."""
    basis: Basis
    """What they were checked against."""
    context: Context
    """The context of the basis, with what the intake itself says about dates, the academic year and new user groups."""
    texts: pl.DataFrame
    """Every row with the edits applied: `row` (UInt32, ascending) and raw text (String) by key; left-out rows included."""
    checked: Checked
    """The check of all rows that are not left out."""
    problems: pl.DataFrame
    """The problems that are open, in order of rows: all but the accepted ones. See `records.schema.problems.SCHEMA`."""
    linkage: Linkage
    """The people stored whom the rows are about, and the rows that someone has to settle."""
    left_out: frozenset[int]
    """Rows that will not be imported."""
    findings: tuple[Finding, ...]
    """What the whole file says and the user has not answered yet: errors, then warnings, then notes."""

    @property
    def unanswered(self) -> tuple[Finding, ...]:
        """The findings that stop the import until they are answered."""
        return tuple(finding for finding in self.findings if finding.is_error)

    @property
    def kind(self) -> RecordKind:
        """Whether the rows are students or staff."""
        return self.intake.kind

    @property
    def extra(self) -> Mapping[int, tuple[str, ...]]:
        """Cells beyond the file's last column, by row."""
        return self.intake.sheet.extra

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields to show: those of the template, and any others in which the file has a value.

        If people are typed in by hand, the fields that people stored have count too.
        """
        if self.intake.path is None:
            return self.kind.fields_in(self.texts, self.basis.stored)
        return self.kind.fields_in(self.texts)

    @cached_property
    def problem_rows(self) -> pl.Series:
        """Rows with an open problem (UInt32, ascending)."""
        return self.problems["row"].unique().sort()

    @cached_property
    def error_rows(self) -> pl.Series:
        """Rows with an open error (UInt32, ascending)."""
        return self.problems.filter(pl.col("level") == "error")["row"].unique().sort()

    @cached_property
    def ready(self) -> pl.DataFrame:
        """The people whom Complete imports: `row` (UInt32) and stored forms (String) by key."""
        if not len(self.error_rows):
            return self.checked.people
        return self.checked.people.filter(~pl.col("row").is_in(self.error_rows.implode()))

    @cached_property
    def unready(self) -> pl.DataFrame:
        """The rows that Complete leaves out: `row` (UInt32) and raw text (String) by key, edits included."""
        return self.texts.filter(~pl.col("row").is_in(self.ready["row"].implode()))

    @cached_property
    def to_fix_later(self) -> pl.DataFrame:
        """The rows of `unready` that an errors file is for: those that may be people."""
        not_people = self.problems.filter(pl.col("code") == NOT_A_PERSON.code)["row"]
        left_out = pl.Series(sorted(self.intake.edits.left_out_by(NOT_PEOPLE.code)), dtype=pl.UInt32)
        return self.unready.filter(~pl.col("row").is_in(pl.concat([not_people, left_out]).implode()))

    @cached_property
    def counts(self) -> Counts:
        """Counts of rows by state."""
        errors = len(self.error_rows)
        return Counts(
            ready=self.checked.row_count - errors,
            errors=errors,
            warnings=len(self.problem_rows) - errors,
            repeated=self.intake.repeated.height,
            left_out=self.texts.height - self.checked.row_count,
        )

    @cached_property
    def problem_kinds(self) -> tuple[ProblemKind, ...]:
        """The kinds of open problems: errors first, then by descending count."""
        counts = (
            self.problems.group_by("field", "code", "level", maintain_order=True)
            .agg(
                pl.len().alias("count"),
                pl.col("suggestion").is_not_null().sum().alias("suggestions"),
                pl.col("sure").sum(),
            )
            .sort("level", "count", descending=[False, True], maintain_order=True)
        )
        return tuple(
            ProblemKind(title=self.kind.problem_title(row["field"], row["code"]), **row)
            for row in counts.iter_rows(named=True)
        )

    def problems_of(self, problem_kind: ProblemKind | None) -> pl.DataFrame:
        """The open problems of one kind, or all of them if it is None."""
        if problem_kind is None:
            return self.problems
        return self.problems.filter(
            pl.col("field").eq_missing(problem_kind.field), pl.col("code") == problem_kind.code
        )

    def problems_in(self, rows: Iterable[int]) -> pl.DataFrame:
        """The open problems in the given rows."""
        return self.problems.filter(pl.col("row").is_in(list(rows)))

    def rows_to_fix(self, problem_kind: ProblemKind | None) -> pl.Series:
        """Rows to list for fixing (UInt32, ascending).

        Args:
            problem_kind: List only rows with a problem of this kind. If it is None, list every row with a problem and
                every left-out row.
        """
        if problem_kind is not None:
            return self.problems_of(problem_kind)["row"].unique().sort()
        left_out = pl.Series("row", sorted(self.left_out), dtype=pl.UInt32)
        return pl.concat([self.problem_rows, left_out]).unique().sort()

    def rows_of(self, finding: Finding) -> pl.Series:
        """Rows to list for a finding (UInt32, ascending): its own, but the row that is kept in place of one that repeats it."""
        repeated = self.intake.repeated
        kept = finding.rows.replace(repeated["row"], repeated["repeats"])
        return kept.unique().sort()

    def text_to_edit(self, row: int, key: str) -> str:
        """The text of a cell as a person would type it; empty if the file has no column for the field."""
        if key not in self.texts.columns:
            return ""
        place = int(self.texts["row"].search_sorted(row))
        text = pl.Series([cell_text_of(self.texts[key][place] or "")])
        return self.kind.by_key[key].to_show(str(self.as_typed(key, text).item()))

    def reads_as_typed(self, field: Field) -> bool:
        """Whether the file's cells of a field are read as what the user types is: typed dates are always day first."""
        return self.context.date_order == "dmy" or field.typed is str

    def as_typed(self, key: str, texts: pl.Series) -> pl.Series:
        """Rewrite a field's texts (String) as the user would type them: dates in the file's own order become day first.

        A text that can't be read stays as it is.
        """
        field = self.kind.by_key[key]
        if self.reads_as_typed(field):
            return texts
        stored = examine(field, texts, self.context).stored
        return pl.Series(
            [
                text if value is None else field.to_show(value)
                for text, value in zip(texts, stored, strict=True)
            ],
            dtype=pl.String,
        )


def review(intake: Intake, basis: Basis) -> Review:
    """Check rows with their edits applied; takes about as long as checking the whole file."""
    kind, sheet, edits = intake.kind, intake.sheet, intake.edits
    texts = apply_edits(kind, intake.texts, edits.cells, edits.added)
    context = _context(intake, basis.context, texts)
    texts = with_worked_out(kind, texts, context)
    left_out = pl.Series(sorted(edits.left_out), dtype=pl.UInt32)
    is_included = ~pl.col("row").is_in(left_out.implode())
    included = texts.filter(is_included) if len(left_out) else texts
    before_changes = _before_changes(intake)
    if before_changes is not None:
        before_changes = before_changes.filter(is_included).drop("row")
    faults = faults_of_rows(sheet, intake.matching).filter(
        is_included, ~pl.col("row").is_in(intake.repeated["row"].implode())
    )
    linked: list[Linkage] = []
    checked = check(
        kind,
        included,
        context,
        basis.stored,
        faults,
        sheet.width,
        before_changes,
        alongside=lambda people: linked.append(_linkage(people, context, intake, basis)),
    )
    headings = find_section_headings(sheet, intake.matching, _people(edits))
    ignored = _people(edits) | edits.left_out
    not_people = find_not_people(sheet, intake.matching, checked.problems, section_rows(headings), ignored)
    if NOT_PEOPLE.code in context.dismissed:
        not_people = not_people.clear()
    linkage = _open_questions(linked[0], checked, not_people["row"])
    problems = _with_linkage(kind, with_not_people(checked.problems, not_people), linkage)
    problems = _without(problems, edits.accepted)
    people = (
        included.filter(~pl.col("row").is_in(not_people["row"].implode())) if not_people.height else included
    )
    # Before the others of the same level, because another encoding changes the names that these are about.
    repeated = intake.repeated
    if repeated.height:
        repeated = repeated.filter(pl.col("repeats").is_in(people["row"].implode()))
    of_file = [
        *not_people_finding(not_people),
        *file_findings(intake.matching, sheet, people, repeated, headings),
    ]
    unanswered = [
        finding for finding in (*of_file, *checked.findings) if not context.has_answered(finding.code)
    ]
    findings = by_level([*unanswered, *linkage.findings])
    return Review(
        intake=intake,
        basis=basis,
        context=context,
        texts=texts,
        checked=checked,
        problems=problems,
        linkage=linkage,
        left_out=frozenset(edits.left_out),
        findings=_with_recipe(intake, basis, checked, problems, findings),
    )


def _linkage(people: FilePeople, context: Context, intake: Intake, basis: Basis) -> Linkage:
    """Link the rows with the people stored."""
    if basis.stored.is_empty() and not intake.kind.is_linked_within_file:
        return NOTHING_LINKED
    from backdrop_tui.intake.linking.link import link  # noqa: PLC0415 - not needed while nobody is stored

    return link(intake.kind, people, basis.stored, context, intake.edits.answers, basis.kept_answers)


def _open_questions(linkage: Linkage, checked: Checked, not_people: pl.Series) -> Linkage:
    """The linkage without questions that can wait: about cells with an error, rows that are no people, and what a finding explains."""
    linkage = linkage.without_faulty_cells(checked.problems.filter(pl.col("level") == "error"))
    explained = [finding.rows for finding in checked.findings if finding.type.comes_first]
    return linkage.without_questions([not_people, *explained])


def _with_linkage(kind: RecordKind, problems: pl.DataFrame, linkage: Linkage) -> pl.DataFrame:
    """Problems with what linking reports. That two rows have one name is only a warning if nobody of that name is stored."""
    in_file = (pl.col("code") == DUPLICATE_IN_FILE.code) & pl.col("row").is_in(linkage.namesakes.implode())
    if not linkage.problems.height:
        return problems.filter(~in_file) if len(linkage.namesakes) else problems
    return in_order(kind, pl.concat([problems.filter(~in_file), linkage.problems]))


def _with_recipe(
    intake: Intake, basis: Basis, checked: Checked, problems: pl.DataFrame, findings: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """The open findings, after what could be done as last time."""
    recipe = basis.recipes.get(headings_key(intake.kind, intake.sheet.headings))
    if recipe is None or checked.columns.context.has_answered(SAME_AS_LAST_TIME.code):
        return findings
    same = same_again(recipe, intake.kind, checked.columns, problems, findings)
    return (same, *findings) if same else findings


def recipe_of(seen: Review) -> Recipe:
    """How rows were fixed, in so far as that can be done again with another file."""
    edits = seen.intake.edits
    remembered = {code for code, finding in seen.kind.finding_types.items() if finding.is_remembered}
    return Recipe(
        values=fixed_values(seen.kind, seen.intake.texts, seen.ready, edits.cells),
        date_order=edits.date_order,
        applied=edits.applied & remembered,
    )


def _people(edits: Edits) -> set[int]:
    """Rows that are people because the user says so: by typing a name, or by accepting them."""
    named = {row for row, key in edits.cells if key in _NAMES}
    return named | {row for row, _, code in edits.accepted if code == NOT_A_PERSON.code}


def _before_changes(intake: Intake) -> pl.DataFrame | None:
    """Fields that are evidence and that were changed or worked out, as the file has them; None if there are none.

    Returns:
        `row` (UInt32) and raw text (String) by key, left-out rows included.
    """
    by_key, edits = intake.kind.by_key, intake.edits
    keys = {key for _, key in edits.cells} | intake.matching.worked_out
    changed = sorted(key for key in keys if by_key[key].is_evidence)
    if not changed:
        return None
    texts = apply_edits(intake.kind, intake.texts, {}, edits.added)
    blank = pl.lit("").alias
    return texts.select("row", *(pl.col(key) if key in texts.columns else blank(key) for key in changed))


def _context(intake: Intake, school: Context, texts: pl.DataFrame) -> Context:
    """Add to the school's context what the file and the user say about dates, the academic year, findings and new groups."""
    return replace(
        school,
        academic_year=intake.edits.academic_year or intake.academic_year or school.academic_year,
        date_order=intake.edits.date_order,
        row_names=intake.sheet.row_names,
        worked_out=intake.matching.worked_out,
        applied=intake.edits.applied,
        dismissed=intake.edits.dismissed,
        new_groups=_new_groups(texts, intake.edits.accepted),
    )


def _new_groups(texts: pl.DataFrame, accepted: set[ProblemKey]) -> frozenset[str]:
    """User groups that resemble an existing one and that the user has accepted as new."""
    rows = [row for row, key, code in accepted if key == "user_group" and code == GROUP_NEAR.code]
    if not rows or "user_group" not in texts.columns:
        return frozenset()
    names = texts.filter(pl.col("row").is_in(rows)).select(cell_text(pl.col("user_group")))
    return frozenset(names.to_series().to_list())


def _without(problems: pl.DataFrame, accepted: Collection[ProblemKey]) -> pl.DataFrame:
    """Drop the accepted problems from a table of problems."""
    if not accepted:
        return problems
    rows, fields, codes = zip(*accepted, strict=True)
    accepted_problems = pl.DataFrame(
        {"row": rows, "field": fields, "code": codes},
        schema={"row": pl.UInt32, "field": pl.String, "code": pl.String},
    )
    return problems.join(
        accepted_problems, on=["row", "field", "code"], how="anti", nulls_equal=True, maintain_order="left"
    )

"""Link the rows of a file with the people stored: who is who, what someone has to settle, and what isn't to be stored."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from backdrop_tui.intake.linking.answers import DIGESTED, Answers, KeptAnswers
from backdrop_tui.intake.linking.decide import Decided, decide, holders_of
from backdrop_tui.intake.linking.duplicates import duplicate_rows
from backdrop_tui.intake.linking.finding_types import RIGHTS_RAISED
from backdrop_tui.intake.linking.identities import IDENTITIES, Identity
from backdrop_tui.intake.linking.rights_raised import RAISED, raised_rights, rights_finding
from backdrop_tui.intake.linking.row_problems import (
    change_problems,
    duplicate_problems,
    problems_of,
    question_problems,
)
from backdrop_tui.intake.linking.spelling import keeps_stored
from backdrop_tui.intake.linking.whole_file import whole_file_findings
from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.linkage_problems import EMAIL_KEPT, UPN_KEPT
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.problems import no_problems
from backdrop_tui.records.schema.rules import sentence
from backdrop_tui.records.staff import USER_GROUP

_WITHHELD = pl.Schema({"row": pl.UInt32(), "field": pl.String()})


@dataclass(frozen=True)
class Linkage:
    """Who the rows of a file are about."""

    links: pl.DataFrame
    """`row` (UInt32, ascending) and `id` (String) of the rows about someone stored. Rows that someone has to settle aren't among
    them; all others are about someone new."""
    offered: pl.DataFrame
    """The rows that someone has to settle, with the people whom they could be about: `row` (UInt32), `id`, `code` (String) and
    `line` (UInt8: of the decision table); the likeliest person of a row comes first."""
    duplicates: pl.DataFrame
    """Rows that seem to be one person: `row` (UInt32) and `rows` (List of UInt32: all rows of that person)."""
    withheld: pl.DataFrame
    """Cells that are not stored, because what is stored is better: `row` (UInt32) and `field` (String: the key)."""
    problems: pl.DataFrame
    """What is reported about single rows; see `records.schema.problems.SCHEMA`."""
    findings: tuple[Finding, ...]
    """What comparing the whole file with the people stored shows."""
    namesakes: pl.Series
    """The rows with the name and birth date of someone stored (UInt32)."""
    answered: pl.DataFrame
    """What the rows that the user has settled are recognised by: `row` (UInt32) and the columns of `answers.DIGESTED`."""
    raised: pl.DataFrame
    """The rows that would give someone stored more rights; see `rights_raised.RAISED`."""

    def without_questions(self, explained: Sequence[pl.Series]) -> "Linkage":
        """The linkage without problems of single rows, in rows that something else explains (UInt32)."""
        is_open = ~pl.col("row").is_in(pl.concat(explained).unique().implode())
        return replace(
            self,
            offered=self.offered.filter(is_open),
            duplicates=self.duplicates.filter(is_open),
            problems=self.problems.filter(is_open),
        )

    def people_offered(self, row: int) -> list[str]:
        """The ids of the people whom a row could be about, the likeliest first; empty if nobody has to settle that."""
        return self.offered.filter(pl.col("row") == row)["id"].to_list()


NOTHING_LINKED = Linkage(
    links=pl.DataFrame(schema={"row": pl.UInt32, "id": pl.String}),
    offered=pl.DataFrame(schema={"row": pl.UInt32, "id": pl.String, "code": pl.String, "line": pl.UInt8}),
    duplicates=pl.DataFrame(schema={"row": pl.UInt32, "rows": pl.List(pl.UInt32)}),
    withheld=pl.DataFrame(schema=_WITHHELD),
    problems=no_problems(),
    findings=(),
    namesakes=pl.Series([], dtype=pl.UInt32),
    answered=pl.DataFrame(schema={"row": pl.UInt32, **dict.fromkeys(DIGESTED, pl.String)}),
    raised=pl.DataFrame(schema=RAISED),
)
"""The linkage where nobody is stored."""


def link(  # noqa: PLR0913, PLR0917 - the file, the people stored, and what the user has said about both
    kind: RecordKind,
    people: FilePeople,
    stored: pl.DataFrame,
    context: Context,
    answers: Answers,
    kept: KeptAnswers,
) -> Linkage:
    """Link the rows of a file with the people stored.

    Args:
        kind: Whether they are students or staff.
        people: The file's people, checked. Rows without a valid name or birth date are linked with nobody.
        stored: Everyone stored, including those who have left: `id` and the fields' keys (String).
        context: How rows are named, and which findings have been answered.
        answers: What the user has said about rows.
        kept: What users have said about rows of earlier files.
    """
    identity = IDENTITIES[kind.name]
    if stored.is_empty() and identity.birth_date is not None:
        return NOTHING_LINKED
    rows, known = identity.rows(people), identity.people(stored)
    decided = decide(identity, rows, known, answers)
    remembered = kept.answers_to(rows.join(decided.offered, on="row", how="semi"))
    if remembered:
        answers = replace(answers, same={**remembered, **answers.same})
        decided = decide(identity, rows, known, answers)
    duplicates = duplicate_rows(identity, rows, decided, answers.new)
    answered = frozenset(answers.same) | answers.new
    foreign, temporary = _withheld_identifiers(identity, decided, answers)
    problems = [
        question_problems(identity, decided),
        change_problems(identity, decided, answered),
        duplicate_problems(identity, duplicates, context.row_names),
        *_kept_identifiers(identity, foreign, temporary),
    ]
    spellings = _withheld_spellings(decided)
    raised, kept_groups = _raised_rights(identity, people, decided, stored, context, answers)
    identifiers = pl.concat([foreign, temporary]).select("row", field=pl.lit(identity.identifier.key))
    findings = [
        finding
        for finding in whole_file_findings(identity, people, rows, known, decided, spellings)
        if not context.has_answered(finding.code)
    ]
    to_agree = raised.filter(~pl.col("row").is_in(sorted(answers.rights_given)))
    linkage = Linkage(
        links=decided.links,
        offered=decided.offered,
        duplicates=duplicates,
        withheld=pl.concat(
            [cells.cast(_WITHHELD) for cells in (identifiers, spellings, kept_groups)]
        ).unique(),
        problems=pl.concat(problems),
        findings=(*findings, *rights_finding(to_agree, context)),
        namesakes=pl.concat([decided.unchanged, decided.pairs.filter("is_exact")["row"].unique()]),
        answered=rows.filter(pl.col("row").is_in(sorted(answered))).select("row", *DIGESTED),
        raised=raised,
    )
    if any(finding.type.comes_first for finding in findings):
        return linkage.without_questions([rows["row"]])
    return linkage


def _withheld_identifiers(
    identity: Identity, decided: Decided, answers: Answers
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows whose identifier isn't stored: because someone else has it, or because it is temporary and theirs is permanent.

    Returns:
        For each reason `row` (UInt32), and `identifier` and `identifier.stored` (String).
    """
    columns = ["row", "identifier", "identifier.stored"]
    holders = holders_of(decided.pairs)
    linked = decided.links.join(holders, on="row", suffix=".holder").filter(
        pl.col("id") != pl.col("id.holder")
    )
    new = holders.filter(pl.col("row").is_in(sorted(answers.new)))
    of_holders = decided.pairs.filter(pl.col("identifier") == pl.col("identifier.stored"))
    foreign = of_holders.join(pl.concat([linked["row"], new["row"]]).to_frame(), on="row", how="semi")
    of_links = decided.pairs.join(decided.links, on=["row", "id"], how="semi")
    is_kept = identity.is_temporary("identifier") & ~identity.is_temporary("identifier.stored")
    temporary = of_links.filter(is_kept).join(foreign, on="row", how="anti")
    return foreign.select(columns), temporary.select(columns)


def _raised_rights(  # noqa: PLR0913, PLR0917 - what linking gets, and what it has decided
    identity: Identity,
    people: FilePeople,
    decided: Decided,
    stored: pl.DataFrame,
    context: Context,
    answers: Answers,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that give someone stored more rights, and those whose user group isn't stored because the user has said no.

    Returns:
        What `Linkage.raised` and `Linkage.withheld` are made of.
    """
    if USER_GROUP not in identity.kind.fields:
        return pl.DataFrame(schema=RAISED), pl.DataFrame(schema=_WITHHELD)
    raised = raised_rights(people, decided.links, stored, context)
    if RIGHTS_RAISED.code not in context.dismissed:
        return raised, pl.DataFrame(schema=_WITHHELD)
    is_given = pl.col("row").is_in(sorted(answers.rights_given))
    return raised.filter(is_given), raised.filter(~is_given).select("row", field=pl.lit(USER_GROUP.key))


def _kept_identifiers(
    identity: Identity, foreign: pl.DataFrame, temporary: pl.DataFrame
) -> list[pl.DataFrame]:
    """What is reported about rows whose identifier isn't stored."""
    field, singular = identity.identifier, identity.kind.singular
    problem = UPN_KEPT if field.key == "upn" else EMAIL_KEPT
    key, value = pl.lit(field.key), pl.col("identifier")
    of_another = (
        f"This {field.label} is stored for another {singular}, so it will not be stored for this one."
    )
    is_permanent = sentence(
        f"This UPN is temporary. It will not be stored, because the {singular} has the permanent one {{}}.",
        pl.col("identifier.stored"),
    )
    return [
        problems_of(foreign.unique("row", maintain_order=True), problem, pl.lit(of_another), key, value),
        problems_of(temporary, problem, is_permanent, key, value),
    ]


def _withheld_spellings(decided: Decided) -> pl.DataFrame:
    """The names whose stored spelling stays: `row` (UInt32) and `field` (String)."""
    linked = decided.pairs.join(decided.links, on=["row", "id"], how="semi", maintain_order="left")
    names = ((FIRST_NAME.key, "first"), (SURNAME.key, "last"))
    return pl.concat(
        linked.filter(pl.col(folded) == pl.col(f"{folded}.stored"), pl.col(key) != pl.col(f"{key}.stored"))
        .filter(keeps_stored(key, f"{key}.stored"))
        .select("row", field=pl.lit(key))
        for key, folded in names
    )

"""Link the rows of a file with the people stored: who is who, what someone has to settle, and what isn't to be stored."""

from dataclasses import replace

import polars as pl

from backdrop_tui.intake.linking.answers import DIGESTED, Answers, KeptAnswers, identity_checksums
from backdrop_tui.intake.linking.decide import Decided, decide, holders_of
from backdrop_tui.intake.linking.duplicates import duplicate_rows
from backdrop_tui.intake.linking.finding_types import RIGHTS_RAISED
from backdrop_tui.intake.linking.findings.rights_raised import raised_rights, rights_finding
from backdrop_tui.intake.linking.findings.whole_file import whole_file_findings
from backdrop_tui.intake.linking.identities import IDENTITIES, Identity, with_folded_names
from backdrop_tui.intake.linking.linkage import RAISED, WITHHELD, Linkage
from backdrop_tui.intake.linking.row_problems import (
    change_problems,
    duplicate_problems,
    problems_of,
    question_problems,
)
from backdrop_tui.intake.linking.sieve import may_be_stored
from backdrop_tui.intake.linking.spelling import keeps_stored
from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.linkage_problems import EMAIL_KEPT, UPN_KEPT
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.rules import sentence
from backdrop_tui.records.staff import USER_GROUP


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
    known = identity.people(stored)
    likely = may_be_stored(identity, people, known)
    rows = identity.rows(people, likely)
    decided = decide(identity, rows, known, answers)
    remembered = kept.answers_to(with_folded_names(rows.join(decided.offered, on="row", how="semi")))
    if remembered:
        answers = replace(answers, same={**remembered, **answers.same})
        decided = decide(identity, rows, known, answers)
    duplicates = duplicate_rows(identity, rows, decided, answers.new)
    answered = frozenset(answers.same) | answers.new
    foreign, temporary = withheld_identifiers(identity, decided, answers)
    problems = [
        question_problems(identity, decided),
        change_problems(identity, decided, answered),
        duplicate_problems(identity, duplicates, context.row_names),
        *_kept_identifiers(identity, foreign, temporary),
    ]
    spellings = withheld_spellings(decided)
    raised, kept_groups = _raised_rights(identity, people, decided, stored, context, answers)
    identifiers = pl.concat([foreign, temporary]).select("row", field=pl.lit(identity.identifier.key))
    findings = [
        finding
        for finding in whole_file_findings(
            identity, people, rows, known, decided, spellings, is_whole=likely is None
        )
        if not context.has_answered(finding.code)
    ]
    to_agree = raised.filter(~pl.col("row").is_in(sorted(answers.rights_given)))
    linkage = Linkage(
        links=decided.links,
        offered=decided.offered,
        compared=_compared(known, decided, duplicates),
        duplicates=duplicates,
        withheld=pl.concat(
            [cells.cast(WITHHELD) for cells in (identifiers, spellings, kept_groups)]
        ).unique(),
        problems=pl.concat(problems),
        findings=(*findings, *rights_finding(to_agree, context)),
        namesakes=pl.concat([decided.unchanged, decided.pairs.filter("is_exact")["row"].unique()]),
        answered=with_folded_names(rows.filter(pl.col("row").is_in(sorted(answered)))).select(
            "row", *DIGESTED
        ),
        raised=raised,
    )
    if any(finding.type.comes_first for finding in findings):
        return linkage.without_questions([rows["row"]])
    return linkage


def withheld_identifiers(
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
    new = holders.filter(pl.col("row").is_in(sorted(answers.new))).join(decided.links, on="row", how="anti")
    of_holders = decided.pairs.filter(pl.col("identifier") == pl.col("identifier.stored"))
    foreign = of_holders.join(pl.concat([linked["row"], new["row"]]).to_frame(), on="row", how="semi")
    of_links = decided.pairs.join(decided.links, on=["row", "id"], how="semi")
    is_kept = identity.is_temporary("identifier") & ~identity.is_temporary("identifier.stored")
    temporary = of_links.filter(is_kept).join(foreign, on="row", how="anti")
    return foreign.select(columns), temporary.select(columns)


def _compared(known: pl.DataFrame, decided: Decided, duplicates: pl.DataFrame) -> pl.DataFrame:
    """What `Linkage.compared` is, given the people stored (see `Identity.people`)."""
    to_settle = pl.concat([decided.offered["row"], duplicates["row"]]).unique()
    pairs = pl.concat([decided.pairs.select("row", "id"), decided.links])
    compared = pairs.filter(pl.col("row").is_in(to_settle.implode())).unique(maintain_order=True)
    checksums = identity_checksums(known.join(compared, on="id", how="semi"))
    return compared.join(checksums, on="id", how="left", maintain_order="left")


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
        return pl.DataFrame(schema=RAISED), pl.DataFrame(schema=WITHHELD)
    raised = raised_rights(people, decided.links, stored, context)
    if RIGHTS_RAISED.code not in context.dismissed:
        return raised, pl.DataFrame(schema=WITHHELD)
    is_given = pl.col("row").is_in(sorted(answers.rights_given))
    return raised.filter(is_given), raised.filter(~is_given).select("row", field=pl.lit(USER_GROUP.key))


def _kept_identifiers(
    identity: Identity, foreign: pl.DataFrame, temporary: pl.DataFrame
) -> list[pl.DataFrame]:
    """What is reported about rows whose identifier isn't stored."""
    field, singular = identity.identifier, identity.kind.singular
    problem = UPN_KEPT if field.key == "upn" else EMAIL_KEPT
    key, value = pl.lit(field.key), pl.col("identifier")
    of_another = f"This {identity.identifier_in_words} is stored for another {singular}, so it will not be stored for this one."
    is_permanent = sentence(
        f"This UPN is temporary. It will not be stored, because the {singular} has the permanent one {{}}.",
        pl.col("identifier.stored"),
    )
    return [
        problems_of(foreign.unique("row", maintain_order=True), problem, pl.lit(of_another), key, value),
        problems_of(temporary, problem, is_permanent, key, value),
    ]


def withheld_spellings(decided: Decided) -> pl.DataFrame:
    """The names whose stored spelling stays: `row` (UInt32) and `field` (String)."""
    linked = decided.pairs.join(decided.links, on=["row", "id"], how="semi", maintain_order="left")
    names = ((FIRST_NAME.key, "first"), (SURNAME.key, "last"))
    return pl.concat(
        linked.filter(pl.col(folded) == pl.col(f"{folded}.stored"), pl.col(key) != pl.col(f"{key}.stored"))
        .filter(keeps_stored(key, f"{key}.stored"))
        .select("row", field=pl.lit(key))
        for key, folded in names
    )

"""Link the rows of a file with the people stored: who is who, what someone has to settle, and what isn't to be stored."""

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import polars as pl

from backdrop_tui.intake.linking.answers import DIGESTED, Answers, KeptAnswers, identity_checksums
from backdrop_tui.intake.linking.decide import Decided, decide
from backdrop_tui.intake.linking.duplicates import duplicate_rows
from backdrop_tui.intake.linking.finding_types import RIGHTS_RAISED
from backdrop_tui.intake.linking.findings.rights_raised import raised_rights, rights_finding
from backdrop_tui.intake.linking.findings.whole_file import whole_file_findings
from backdrop_tui.intake.linking.identities import IDENTITIES, Identity, with_folded_names
from backdrop_tui.intake.linking.linkage import RAISED, WITHHELD, Linkage
from backdrop_tui.intake.linking.row_problems import (
    change_problems,
    duplicate_problems,
    question_problems,
)
from backdrop_tui.intake.linking.sieve import may_be_stored
from backdrop_tui.intake.linking.withheld import kept_identifiers, withheld_identifiers, withheld_spellings
from backdrop_tui.records.linkage_problems import PERSON_AMBIGUOUS
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.kind import RecordKind
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
    decided, answers = _decided_as_before(identity, rows, known, answers, kept)
    spellings = withheld_spellings(decided)
    answered = frozenset(answers.same) | answers.new
    with ThreadPoolExecutor(1) as pool:
        of_file = pool.submit(
            whole_file_findings, identity, people, rows, known, decided, spellings, is_whole=likely is None
        )
        duplicates = duplicate_rows(identity, rows, decided, answers.new)
        foreign, temporary = withheld_identifiers(identity, decided, answers)
        changed = change_problems(identity, decided, answered)
        problems = [
            question_problems(identity, decided),
            changed,
            duplicate_problems(identity, duplicates, context.row_names),
            *kept_identifiers(identity, foreign, temporary),
        ]
    raised, kept_groups = _raised_rights(identity, people, decided, stored, context, answers)
    identifiers = pl.concat([foreign, temporary]).select("row", field=pl.lit(identity.identifier.key))
    findings = [finding for finding in of_file.result() if not context.has_answered(finding.code)]
    to_agree = raised.filter(~pl.col("row").is_in(sorted(answers.rights_given)))
    withheld = [cells.cast(WITHHELD) for cells in (identifiers, spellings, kept_groups)]
    linkage = Linkage(
        links=decided.links,
        offered=decided.offered,
        compared=_compared(known, decided, [duplicates["row"], changed["row"]]),
        duplicates=duplicates,
        withheld=pl.concat(withheld).unique(),
        problems=pl.concat(problems),
        findings=(*findings, *rights_finding(to_agree, context)),
        namesakes=pl.concat([decided.unchanged, decided.pairs.filter("is_exact")["row"].unique()]),
        answered=_of_rows(rows, answered).select("row", *DIGESTED),
        raised=raised,
    )
    if any(finding.type.comes_first for finding in findings):
        return linkage.without_questions([rows["row"]])
    return linkage


def _decided_as_before(
    identity: Identity, rows: pl.DataFrame, known: pl.DataFrame, answers: Answers, kept: KeptAnswers
) -> tuple[Decided, Answers]:
    """Who the rows are about, and the user's answers together with those to the same questions about earlier files."""
    decided = decide(identity, rows, known, answers)
    if not kept.people:
        return decided, answers
    # Of namesakes with the same birth date, only an identifier says which of them was asked about.
    is_any_of_them = pl.col("code") == PERSON_AMBIGUOUS.code
    ambiguous = rows.filter(pl.col("identifier").is_null(), pl.col("second").is_null()).join(
        decided.offered.filter(is_any_of_them), on="row", how="semi"
    )
    offered = decided.offered.join(ambiguous, on="row", how="anti")
    remembered = kept.answers_to(with_folded_names(rows.join(offered, on="row", how="semi")))
    if not remembered:
        return decided, answers
    answers = replace(answers, same={**remembered, **answers.same})
    return decide(identity, rows, known, answers), answers


def _of_rows(rows: pl.DataFrame, numbers: Collection[int]) -> pl.DataFrame:
    """Some rows, by their numbers, with folded names."""
    return with_folded_names(rows.filter(pl.col("row").is_in(sorted(numbers))))


def _compared(known: pl.DataFrame, decided: Decided, doubtful: Sequence[pl.Series]) -> pl.DataFrame:
    """What `Linkage.compared` is, given the people stored (see `Identity.people`), and rows that someone may look at (UInt32)."""
    to_settle = pl.concat([decided.offered["row"], *doubtful]).unique()
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

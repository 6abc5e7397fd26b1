"""Record linkage: for each row of a file, the person stored whom it is about, or the question that someone has to answer.

    pairs = likely_pairs(…)       who shares an identifier, or a name and a birth date     (pairs.py)
    line = line_of(…)             which line of the decision table fits each pair          (decision_table.py)
    decided = decide(…)           what that means, all rows and all people considered

Nothing here knows about files, screens or the store.
"""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from backdrop_tui.intake.linking.answers import Answers, identity_checksums
from backdrop_tui.intake.linking.decision_table import Decision, numbers_deciding
from backdrop_tui.intake.linking.identities import Identity, with_folded_names
from backdrop_tui.intake.linking.likeness import FirstNames
from backdrop_tui.intake.linking.pairs import likely_pairs, similar_pairs, unchanged_people
from backdrop_tui.records.linkage_problems import PERSON_AMBIGUOUS, PERSON_NEAR, UPN_CHANGED

_LINKS = pl.Schema({"row": pl.UInt32(), "id": pl.String()})


@dataclass(frozen=True)
class Decided:
    """Who the rows are about."""

    links: pl.DataFrame
    """`row` (UInt32) and `id` (String) of the rows about someone stored; several rows can be about one person."""
    unchanged: pl.Series
    """Those of these rows that are so plainly about their person that they were compared with nobody else (UInt32)."""
    offered: pl.DataFrame
    """The rows that someone has to look at, with the people whom they could be about: `row` (UInt32), `id` (String), `code`
    (String: the problem's) and `line` (UInt8: of the decision table, 0 if none); the likeliest person of a row comes first."""
    pairs: pl.DataFrame
    """The pairs that were compared, of all other rows (see `likely_pairs`)."""

    @cached_property
    def linked_pairs(self) -> pl.DataFrame:
        """Those of `pairs` that are links."""
        links = self.links.select("row", linked="id")
        pairs = self.pairs.join(links, on="row", how="inner", maintain_order="left")
        return pairs.filter(pl.col("id") == pl.col("linked")).drop("linked")


def decide(identity: Identity, rows: pl.DataFrame, people: pl.DataFrame, answers: Answers) -> Decided:
    """Decide who the rows of a file are about.

    Args:
        identity: What people are recognised by.
        rows: What `Identity.rows` returns.
        people: What `Identity.people` returns.
        answers: What the user has said; an answer about someone who isn't stored any more doesn't count.
    """
    answered = _answered(rows, people, answers)
    rejected = _rejected(people, answers)
    new = answers.new - {row for row, *_ in answers.rejected}
    settled = pl.concat([answered["row"], pl.Series(sorted(new), dtype=pl.UInt32)])
    unchanged = unchanged_people(rows.filter(~pl.col("row").is_in(settled.implode())), people)
    unchanged = unchanged.join(rejected, on=["row", "id"], how="anti", maintain_order="left")
    others = with_folded_names(rows.join(unchanged, on="row", how="anti", maintain_order="left"))
    pairs = likely_pairs(identity, others, people, answered)
    possible = pairs.join(rejected, on=["row", "id"], how="anti", maintain_order="left")
    recognised, asked = _by_identifier(identity, possible.filter(~pl.col("row").is_in(settled.implode())))
    links = pl.concat([answered, unchanged, recognised])
    settled = pl.concat([settled, recognised["row"], asked["row"]])
    rest = ~pl.col("row").is_in(settled.implode())
    unlinked = people.join(links, on="id", how="anti", maintain_order="left")
    more = similar_pairs(identity, others.filter(rest), unlinked)
    more = more.join(
        pl.concat([pairs.select("row", "id"), rejected]), on=["row", "id"], how="anti", maintain_order="left"
    )
    by_name, near = _by_names(identity, pl.concat([possible.filter(rest), more]), links)
    return Decided(
        links=pl.concat([links, by_name]).sort("row"),
        unchanged=unchanged["row"],
        offered=pl.concat([asked, near]).sort("row", "line", maintain_order=True),
        pairs=pl.concat([pairs, more]),
    )


def _answered(rows: pl.DataFrame, people: pl.DataFrame, answers: Answers) -> pl.DataFrame:
    """The links that the user has made."""
    if not answers.same:
        return pl.DataFrame(schema=_LINKS)
    same = pl.DataFrame(
        {"row": list(answers.same), "id": list(answers.same.values())}, schema=_LINKS, strict=True
    )
    return same.join(rows, on="row", how="semi").join(people, on="id", how="semi")


def _rejected(people: pl.DataFrame, answers: Answers) -> pl.DataFrame:
    """The pairs of a row and a person that the user has said to be two people: `row` and `id`."""
    schema = {**_LINKS, "checksum": pl.UInt32()}
    rejected = pl.DataFrame(sorted(answers.rejected), schema=schema, orient="row")
    if rejected.is_empty():
        return rejected.select(_LINKS.names())
    checksums = identity_checksums(people.join(rejected, on="id", how="semi"))
    return rejected.join(checksums, on=["id", "checksum"], how="semi", maintain_order="left").select(
        _LINKS.names()
    )


def _by_identifier(identity: Identity, pairs: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The links and the questions that don't depend on what other rows are about: lines 1 to 12 for students.

    A row's Back:drop ID comes first, unless the row is exactly about someone else; then two people stored with its name and birth
    date, then someone of that name and birth date whose identifier isn't the row's, then the table.
    """
    is_elsewhere = ~pl.col("is_exact") & pl.col("is_exact").any().over("row")
    is_by_id = pl.col("same_id") & ~_contradicts_id(identity)
    misplaced = pairs.filter(is_by_id & is_elsewhere)
    if identity.birth_date is None:
        # A name alone says less than an ID and an address together.
        misplaced = misplaced.filter(pl.col("identifiers") != "agrees")
    of_export = pairs.filter(is_by_id).join(misplaced, on="row", how="anti", maintain_order="left")
    others = pairs.join(of_export, on="row", how="anti", maintain_order="left")
    agrees = pl.col("identifiers") == "agrees"
    exact = others.filter("is_exact")
    unnamed = exact.filter(~agrees.any().over("row"))
    ambiguous = unnamed.filter(pl.len().over("row") > 1)
    if identity.birth_date is None:
        doubtful = others.join(misplaced, on="row", how="semi", maintain_order="left")
        ambiguous = pl.concat([ambiguous, doubtful.filter(pl.col("same_id") | pl.col("is_exact"))]).unique(
            ["row", "id"], maintain_order=True
        )
    single = unnamed.join(ambiguous, on="row", how="anti", maintain_order="left")
    holders = others.filter(agrees)
    of_another = single.join(holders, on="row", how="semi", maintain_order="left")
    questions = [_asking(ambiguous, PERSON_AMBIGUOUS.code), _asking(of_another, identity.taken.code)]
    others = others.join(pl.concat(questions), on="row", how="anti", maintain_order="left")
    first = others.filter(pl.col("line") > 0).filter(pl.col("line") == pl.col("line").min().over("row"))
    taken = first.filter(pl.col("line").is_in(numbers_deciding(identity.lines, Decision.TAKEN)))
    recognised = first.filter(pl.col("line").is_in(numbers_deciding(identity.lines, Decision.RECOGNISED)))
    links = pl.concat([of_export, recognised]).unique("row", keep="first", maintain_order=True)
    foreign = _with_anothers_identifier(links, holders_of(pairs))
    questions += [_asking(taken, identity.taken.code), _asking(foreign, identity.taken.code)]
    links = links.join(foreign, on="row", how="anti", maintain_order="left")
    return links.select(_LINKS.names()), pl.concat(questions)


def _contradicts_id(identity: Identity) -> pl.Expr:
    """Whether the row is about someone else than the person with its Back:drop ID (Boolean): nothing else agrees.

    A row of an export may have been overwritten with someone else's data.
    """
    other_name = (pl.col("first_names") != FirstNames.SAME) | ~pl.col("same_surname")
    nothing_alike = (pl.col("first_names") == FirstNames.UNLIKE) & ~pl.col("same_surname")
    if identity.birth_date is not None:
        nothing_alike &= pl.col("birth_dates") != "same"
    is_differing, is_open = pl.col("identifiers") == "differs", pl.col("identifiers") == "open"
    return (is_differing & other_name) | (is_open & nothing_alike)


def holders_of(pairs: pl.DataFrame) -> pl.DataFrame:
    """The people stored with the very identifier of a row: `row` (UInt32) and `id` (String)."""
    return pairs.filter(pl.col("identifier") == pl.col("identifier.stored")).select(_LINKS.names())


def _with_anothers_identifier(links: pl.DataFrame, holders: pl.DataFrame) -> pl.DataFrame:
    """The links of rows whose identifier is stored for someone else."""
    held = links.join(holders, on="row", suffix=".holder").filter(pl.col("id") != pl.col("id.holder"))
    return links.join(held, on="row", how="semi", maintain_order="left")


def _by_names(
    identity: Identity, pairs: pl.DataFrame, links: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The links and the questions about people whom no other row is about: lines 13 to 18, and 22, for students.

    Args:
        identity: What people are recognised by.
        pairs: The pairs of the rows that are left.
        links: The links made so far.
    """
    near = numbers_deciding(identity.lines, Decision.IF_ONLY, Decision.NEAR, Decision.CHANGED)
    changed = numbers_deciding(identity.lines, Decision.CHANGED)
    same_name = pl.col("line").is_in(changed) & (pl.col("first_names") == FirstNames.SAME)
    possible = pairs.filter(pl.col("line").is_in(near))
    taken = links["id"].filter(links["id"].is_in(possible["id"].implode()))
    possible = possible.filter(same_name | ~pl.col("id").is_in(taken.implode()))
    is_only = (pl.len().over("row") == 1) & (pl.len().over("id") == 1) & ~pl.col("genders_differ")
    if_only = possible.filter(pl.col("line").is_in(numbers_deciding(identity.lines, Decision.IF_ONLY)))
    by_name = if_only.filter(is_only).select(_LINKS.names())
    others = possible.join(by_name, on="row", how="anti", maintain_order="left")
    others = others.filter(same_name | ~pl.col("id").is_in(by_name["id"].implode()))
    is_changed = pl.col("line").min().over("row").is_in(changed)
    code = pl.when(is_changed).then(pl.lit(UPN_CHANGED.code)).otherwise(pl.lit(PERSON_NEAR.code))
    return by_name, others.select("row", "id", code.alias("code"), "line")


def _asking(pairs: pl.DataFrame, code: str) -> pl.DataFrame:
    """The questions whether rows are about these people."""
    return pairs.select("row", "id", pl.lit(code).alias("code"), "line")

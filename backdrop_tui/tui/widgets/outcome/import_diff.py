"""What an import would change about people who are stored already, as text."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

import polars as pl
from textual.content import Content

from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.linking.plan import Plan
from backdrop_tui.printable import printable
from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.linkage_problems import EMAIL_KEPT, PERSON_CHANGED, UPN_KEPT
from backdrop_tui.records.schema.field import Field
from backdrop_tui.tui.widgets.plain import plain, shortened
from backdrop_tui.wording import and_more, listed

_MOST_PEOPLE = 500
_LONGEST = 40
_NAMED = 3
"""The most people who are named in one line."""


def describe_changes(review: Review, plan: Plan) -> Content:
    """List who would change, with old and new values: first those who need a look, and whose identifiers aren't stored."""
    renamed, returned = _renamed(review, plan), plan.returned
    singular = review.kind.singular
    others = ~(renamed | returned)
    parts = [
        _section(
            review, plan, renamed, f"Another name or date of birth. Check that each is the same {singular}:"
        ),
        _section(review, plan, returned & ~renamed, "Had left, and would come back:"),
        _not_stored(review),
        _section(review, plan, others, "Others:" if not others.all() else ""),
    ]
    return Content("\n\n").join(part for part in parts if part.plain)


def change_notes(review: Review, plan: Plan) -> Iterator[str]:
    """Sentences that name who would be someone of another name or birth date, who would be back, and what isn't stored."""
    renamed, returned = _renamed(review, plan), plan.returned
    if renamed.any():
        yield f"Another name or date of birth: {_names(plan, renamed)}."
    if returned.any():
        yield f"Had left, and would come back: {_names(plan, returned)}."
    kept = _kept_identifiers(review)
    if kept.height:
        yield f"{review.kind.identifier.label} not stored: {_rows(review, kept, _NAMED)}."


def _renamed(review: Review, plan: Plan) -> pl.Series:
    """Boolean, one for each row of `plan.changed`: whether the person was recognised with another name or birth date.

    Whoever the user has said is the same counts too.
    """
    linkage = review.linkage
    reported = linkage.problems.filter(pl.col("code") == PERSON_CHANGED.code)["row"]
    rows = pl.concat([reported, linkage.answered["row"]])
    people = linkage.links.filter(pl.col("row").is_in(rows.implode()))["id"]
    differs = [plan.changed[field.key].ne_missing(plan.before[field.key]) for field in review.kind.identity]
    return plan.changed["id"].is_in(people.implode()) & reduce(or_, differs)


def _names(plan: Plan, mask: pl.Series) -> str:
    """The names of some of those who would change, as they are stored and as they would be."""
    old, new = plan.before.filter(mask), plan.changed.filter(mask)
    pairs = zip(old.iter_rows(named=True), new.iter_rows(named=True), strict=True)
    return listed((_name_change(before, after) for before, after in pairs), at_most=_NAMED)


def _name_change(old: dict[str, str | None], new: dict[str, str | None]) -> str:
    before, after = _name(old), _name(new)
    return before if before == after else f"{before} → {after}"


def _name(person: dict[str, str | None]) -> str:
    name = f"{person[FIRST_NAME.key] or ''} {person[SURNAME.key] or ''}".strip()
    return shortened(printable(name), _LONGEST)


def _kept_identifiers(review: Review) -> pl.DataFrame:
    """The problems of rows that are imported without their identifier."""
    codes = [UPN_KEPT.code, EMAIL_KEPT.code]
    kept = review.linkage.problems.filter(pl.col("code").is_in(codes))
    return kept.join(review.ready, on="row", how="semi", maintain_order="left")


def _rows(review: Review, problems: pl.DataFrame, at_most: int) -> str:
    names = (
        f"{value} (row {review.context.row_names.name(row)})"
        for row, value in problems.select("row", "value").iter_rows()
    )
    return listed(names, at_most=at_most)


def _not_stored(review: Review) -> Content:
    """List the identifiers that aren't stored, with the reason for each; empty if there are none."""
    kept = _kept_identifiers(review)
    if kept.is_empty():
        return Content("")
    lines = [
        plain(f"Row {review.context.row_names.name(row)}, {value}: {message}")
        for row, value, message in kept.select("row", "value", "message").head(_MOST_PEOPLE).iter_rows()
    ]
    heading = Content.styled(f"{review.kind.identifier.label} not stored:", "bold")
    return Content("\n").join([heading, *lines])


def _section(review: Review, plan: Plan, mask: pl.Series, heading: str) -> Content:
    """List some of the people who would change below a heading; empty if there are none."""
    before, after = plan.before.filter(mask), plan.changed.filter(mask)
    pairs = zip(
        before.head(_MOST_PEOPLE).iter_rows(named=True),
        after.head(_MOST_PEOPLE).iter_rows(named=True),
        strict=True,
    )
    lines = [_line(review, old, new) for old, new in pairs]
    if heading and lines:
        lines.insert(0, Content.styled(heading, "bold"))
    if before.height > _MOST_PEOPLE:
        lines.append(Content(and_more(before.height - _MOST_PEOPLE)))
    return Content("\n").join(lines)


def _line(review: Review, old: dict[str, str | None], new: dict[str, str | None]) -> Content:
    changes = [
        f"{field.label} {_value(field, old)} → {_value(field, new)}"
        for field in review.kind.fields
        if old[field.key] != new[field.key]
    ]
    return Content.assemble((_name(old), "bold"), ": ", plain(" · ".join(changes) or "nothing else changes"))


def _value(field: Field, person: dict[str, str | None]) -> str:
    text = field.to_show(person[field.key] or "")
    return shortened(printable(text), _LONGEST) or "nothing"

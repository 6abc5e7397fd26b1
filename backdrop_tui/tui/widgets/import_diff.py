"""What an import would change about people who are stored already, as text."""

import polars as pl
from textual.content import Content

from backdrop_tui.intake.linking.plan import Plan
from backdrop_tui.printable import printable
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.tui.widgets.plain import plain, shortened
from backdrop_tui.wording import and_more

_MOST_PEOPLE = 500
_LONGEST = 40


def describe_changes(kind: RecordKind, plan: Plan) -> Content:
    """List who would change, with old and new values; people whose first name would change come first."""
    renamed = plan.changes_first_name
    parts = [
        _section(kind, plan, renamed, f"Another first name. Check that each is the same {kind.singular}:"),
        _section(kind, plan, ~renamed, "Others:" if renamed.any() else ""),
    ]
    return Content("\n\n").join(part for part in parts if part.plain)


def _section(kind: RecordKind, plan: Plan, mask: pl.Series, heading: str) -> Content:
    """List some of the people who would change below a heading; empty if there are none."""
    before, after = plan.before.filter(mask), plan.changed.filter(mask)
    pairs = zip(
        before.head(_MOST_PEOPLE).iter_rows(named=True),
        after.head(_MOST_PEOPLE).iter_rows(named=True),
        strict=True,
    )
    lines = [_line(kind, old, new) for old, new in pairs]
    if heading and lines:
        lines.insert(0, Content.styled(heading, "bold"))
    if before.height > _MOST_PEOPLE:
        lines.append(Content(and_more(before.height - _MOST_PEOPLE)))
    return Content("\n").join(lines)


def _line(kind: RecordKind, old: dict[str, str | None], new: dict[str, str | None]) -> Content:
    name = plain(f"{old['first_name'] or ''} {old['surname'] or ''}".strip(), _LONGEST)
    changes = [
        f"{field.label} {_value(field, old)} → {_value(field, new)}"
        for field in kind.fields
        if old[field.key] != new[field.key]
    ]
    return Content.assemble((name.plain, "bold"), ": ", plain(" · ".join(changes)))


def _value(field: Field, person: dict[str, str | None]) -> str:
    text = field.to_show(person[field.key] or "")
    return shortened(printable(text), _LONGEST) or "nothing"

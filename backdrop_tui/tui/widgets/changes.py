"""What an import would change of people who are stored already, as text."""

import polars as pl
from textual.content import Content

from backdrop_tui.intake.linking.plan import Plan
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.tui.widgets.plain import plain, printable, shortened

_MOST = 500
_LONGEST = 40


def changes_of(kind: RecordKind, plan: Plan) -> Content:
    """Who changes, and from what to what; those who get another first name come first."""
    another = plan.changes_first_name
    parts = [_part(kind, plan, another, f"Another first name. Look whether each is the same {kind.one}:")]
    parts.append(_part(kind, plan, ~another, "Others:" if another.any() else ""))
    return Content("\n\n").join(part for part in parts if part.plain)


def _part(kind: RecordKind, plan: Plan, which: pl.Series, heading: str) -> Content:
    """Some of those who change, below a heading; empty where there are none."""
    before, after = plan.before.filter(which), plan.changed.filter(which)
    some = (frame.head(_MOST).iter_rows(named=True) for frame in (before, after))
    lines = [_line(kind, old, new) for old, new in zip(*some, strict=True)]
    if heading and lines:
        lines.insert(0, Content.styled(heading, "bold"))
    if before.height > _MOST:
        lines.append(Content(f"… and {before.height - _MOST:,} more"))
    return Content("\n").join(lines)


def _line(kind: RecordKind, old: dict[str, str | None], new: dict[str, str | None]) -> Content:
    name = plain(f"{old['first_name'] or ''} {old['surname'] or ''}".strip(), _LONGEST)
    changed = [
        f"{field.label} {_said(field.to_show(old[field.key] or ''))} → {_said(field.to_show(new[field.key] or ''))}"
        for field in kind.fields
        if old[field.key] != new[field.key]
    ]
    return Content.assemble((name.plain, "bold"), ": ", plain(" · ".join(changed)))


def _said(value: str) -> str:
    return shortened(printable(value), _LONGEST) or "nothing"

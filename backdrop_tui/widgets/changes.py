"""What an import would change of people who are stored already, as text."""

import polars as pl
from textual.content import Content

from backdrop_tui.intake.recognise import Plan
from backdrop_tui.records.kind import RecordKind
from backdrop_tui.widgets.plain import plain, printable, shortened

_MOST = 500
_LONGEST = 40


def other_first_name(plan: Plan) -> pl.Series:
    """Boolean, one for each of the people that a plan changes: whether they get another first name.

    It may be that: or the file has somebody else's UPN or e-mail address in their row.
    """
    before, after = (some["first_name"].str.to_lowercase() for some in (plan.before, plan.changed))
    return (before != after).fill_null(value=False)


def changes_of(kind: RecordKind, plan: Plan) -> Content:
    """Who changes, and from what to what; those who get another first name come first."""
    another = other_first_name(plan)
    lines: list[Content] = []
    for which, heading in (
        (another, f"Another first name. Look whether each is the same {kind.one}:"),
        (~another, "Others:" if another.any() else ""),
    ):
        before, after = plan.before.filter(which), plan.changed.filter(which)
        if not before.height:
            continue
        if heading:
            lines.append(Content.styled(heading, "bold $text-warning" if which is another else "bold"))
        people = zip(
            before.head(_MOST).iter_rows(named=True), after.head(_MOST).iter_rows(named=True), strict=True
        )
        lines += [_line(kind, old, new) for old, new in people]
        if before.height > _MOST:
            lines.append(Content(f"… and {before.height - _MOST:,} more"))
        lines.append(Content(""))
    return Content("\n").join(lines[:-1])


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

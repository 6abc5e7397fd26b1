"""The fields and rules as a page of documentation: `python -m backdrop_tui.records.describe > docs/fields.md`."""

import sys
from datetime import date

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Rule
from backdrop_tui.records.schema.kind import AcrossRule, RecordKind
from backdrop_tui.records.schema.problems import TITLES_OF_ROWS

_HEAD = """# Fields and rules

This page is written by the program from its own declarations. An *error* keeps a row out until it is put right or left out;
a *warning* is worth a look. In fields other than names, `N/A`, `none`, `nil`, `null`, `-` and `?` alone count as blank.
"""


def page() -> str:
    """The whole page, as Markdown."""
    rows = "\n".join(f"- `{code}`: {title}" for code, title in TITLES_OF_ROWS.items())
    parts = [_HEAD, *(_described(kind) for kind in KINDS.values()), f"## Any row or cell\n\n{rows}\n"]
    return "\n".join(parts)


def _described(kind: RecordKind) -> str:
    context = Context.of(date(2026, 9, 1))
    lines = [f"## {kind.many.capitalize()}\n"]
    for field in kind.fields:
        lines.append(f"### {field.label}\n")
        needed = "needed" if field.needed else "can be blank"
        lines.append(f"{field.hint[0].upper()}{field.hint[1:]}; {needed}. Stored as `{field.key}`.\n")
        lines.append(f"Known headings: {', '.join(sorted(field.known_headings))}.\n")
        lines += [_rule(rule) for rule in field.checks(context).rules]
        lines += [_rule(rule) for rule in kind.across if rule.field == field.key]
        lines.append("")
    of_rows = [_rule(rule) for rule in kind.across if rule.field is None]
    if of_rows:
        lines += ["### The whole row\n", *of_rows, ""]
    return "\n".join(lines)


def _rule(rule: Rule | AcrossRule) -> str:
    return f"- `{rule.code}` ({rule.level}): {rule.title}"


if __name__ == "__main__":
    sys.stdout.write(page())

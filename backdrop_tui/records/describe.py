"""Documentation of the fields and rules: `python -m backdrop_tui.records.describe > docs/fields.md`."""

import sys
from datetime import date

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.problems import OF_ANY_ROW_OR_CELL, ProblemType

_HEAD = """# Fields and rules

The program writes this page from its own declarations. An *error* keeps a row out until it is fixed or the row is left out;
a *warning* is worth a look. In fields other than names, words such as `N/A`, `none`, `TBC`, `unknown`, `-` and `?` on their own
count as blank; in every field, error values of a spreadsheet such as `#N/A` and `#REF!` do.
"""


def page() -> str:
    """The whole page, as Markdown."""
    of_any = [_rule(problem, "Cell") for problem in OF_ANY_ROW_OR_CELL]
    sections = [_HEAD, *map(_kind, KINDS.values()), "\n".join(["## Any row or cell\n", *of_any, ""])]
    return "\n".join(sections)


def _kind(kind: RecordKind) -> str:
    words = ", ".join(sorted(kind.owner_words))
    lines = [
        f"## {kind.plural.capitalize()}\n",
        f"Words of headings that only say whose column it is: {words}.\n",
    ]
    for field in kind.file_fields:
        lines += [*_field(kind, field), ""]
    of_rows = [_rule(rule.problem, "") for rule in kind.across if rule.field is None]
    if of_rows:
        lines += ["### The whole row\n", *of_rows, ""]
    return "\n".join(lines)


def _field(kind: RecordKind, field: Field) -> list[str]:
    needed = "; needed" if field.needed else ""  # the hint of any other field says that it can be blank
    template = "" if field.in_template else ", not in the template"
    stored = (
        f"Stored as `{field.key}`" if field in kind.fields else "Never stored; people are recognised by it"
    )
    of_cells = [rule.problem for rule in field.checks(Context.of(date(2026, 9, 1))).rules]
    across = [rule.problem for rule in kind.across if rule.field is field]
    return [
        f"### {field.label}\n",
        f"{field.hint[0].upper()}{field.hint[1:]}{needed}{template}. {stored}.\n",
        f"Known headings: {', '.join(sorted(field.known_headings))}.\n",
        *(_rule(problem, field.label) for problem in dict.fromkeys((*of_cells, *across))),
    ]


def _rule(problem: ProblemType, label: str) -> str:
    return f"- `{problem.code}` ({problem.level}): {problem.title_for(label)}"


if __name__ == "__main__":
    sys.stdout.write(page())

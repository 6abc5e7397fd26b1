"""Back:drop's own ids, by which an exported file is recognised when it is imported again."""

from backdrop_tui.records.schema.field import Field, folded_headings
from backdrop_tui.records.schema.rules import TEXT, FastPath

BACKDROP_ID = Field(
    key="backdrop_id",
    label="Back:drop ID",
    headings=folded_headings("backdropid"),
    hint="as an export has it, or blank",
    example="bd-0123456789abcdef",
    needed=False,
    in_template=False,
    recognised_by_values=False,
    fast_path=FastPath(sure=TEXT.str.contains("^bd-[0-9a-f]{16}$"), covers=frozenset()),
)

from dataclasses import replace

import pytest

from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from tests.support.made_up import read


@pytest.mark.parametrize(
    ("kind", "field"),
    [(kind, field) for kind in KINDS.values() for field in kind.file_fields],
    ids=lambda declared: declared.name if isinstance(declared, RecordKind) else declared.key,
)
def test_a_known_heading_is_declared_in_its_field_and_nowhere_else(kind: RecordKind, field: Field) -> None:
    """The digits keep the reader from taking the row for headings unless it knows one of them."""
    source = "List\nOur Heading 1,Notes 2\nAnn,x\nBo,y\n"
    assert read(source, kind).header_row is None

    more = replace(field, headings=field.headings | {"ourheading1"})
    fields = tuple(more if each is field else each for each in kind.fields)
    file_only = tuple(more if each is field else each for each in kind.file_only)
    extended = replace(kind, fields=fields, file_only=file_only, across=(), suggestions=())
    sheet = read(source, extended)
    column = match_columns(sheet, extended).columns[0]
    assert sheet.header_row == 2
    assert (column.target, column.how) == (field.key, "heading")

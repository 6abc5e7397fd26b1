"""A field's fast path is only sure of texts that all of its rules would accept unchanged."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.field import Field
from tests.support.cells import SCHOOL, column

FIELDS = {field.key: field for kind in KINDS.values() for field in kind.fields if field.fast_path}
every_fast_field = pytest.mark.parametrize("field", FIELDS.values(), ids=list(FIELDS))

CHARACTERS = "aZzéÉßİı05I’'`´-–.,@_=+/\\?%()[] \u00a0\u200b\ufeff\u0301\ufffd\uefe9\x00\x1b\x9b\u202e\n\t٣０ＡمжаΑ李🙂Ãœ"
TEXTS = (
    "", "none", "N/A", "-", "?", "Mary  Jane", "Mary- Jane", "Mary Jane ", "Mr Jane", "Dr", "Jane Dr", "Jane Revd", "TBC", "Pupil A", "no name",
    "Jane Mr.", "Jane Dos", "Jane Prof", "JesÃºs", "Åžahin", "Zo&euml;",
)  # fmt: skip
LENGTHS = st.sampled_from([1, 1, 1, 2, 30, 100])


@st.composite
def edited(draw: st.DrawFn, example: str) -> str:
    """An example with a few characters replaced, inserted or removed."""
    text = draw(st.sampled_from([example, example.upper(), example.lower(), *TEXTS]))
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(start + 2, len(text))))
        character = draw(st.sampled_from(CHARACTERS + example))
        text = text[:start] + character * draw(LENGTHS) + text[end:]
    return text


@every_fast_field
def test_a_fast_path_covers_only_problems_that_the_field_has(field: Field) -> None:
    assert field.fast_path
    assert field.fast_path.covers <= {rule.problem for rule in field.checks(SCHOOL).rules}


@every_fast_field
def test_a_fast_path_is_sure_of_the_fields_example(field: Field) -> None:
    assert field.fast_path
    assert pl.DataFrame({"text": [field.example]}).select(field.fast_path.sure).item()


@every_fast_field
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_text_that_a_fast_path_is_sure_of_is_stored_unchanged_without_a_covered_problem(
    field: Field, data: st.DataObject
) -> None:
    assert field.fast_path
    covered = {problem.code for problem in field.fast_path.covers} | {"control-character", "letter-lost"}
    texts = data.draw(st.lists(edited(field.example), min_size=10, max_size=30))
    sure = pl.DataFrame({"text": texts}).select(field.fast_path.sure.fill_null(value=False)).to_series()
    for text, cell in zip(texts, column(field, texts), strict=True):
        if sure[texts.index(text)]:
            assert cell.stored == text
            assert not covered & {problem["code"] for problem in cell.problems}


@pytest.mark.parametrize(
    "name",
    ["Smith", "O'Neill-Smith", "van der Berg", "St John", "de la Cruz", "Zoë", "Anna Jane", "Le Grice"],
)
def test_the_fast_path_of_names_is_sure_of_usual_names(name: str) -> None:
    fast_path = FIELDS["surname"].fast_path
    assert fast_path
    assert pl.DataFrame({"text": [name]}).select(fast_path.sure).item()

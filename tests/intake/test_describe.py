"""The page of files that are understood says what the program does."""

import pytest

from backdrop_tui.intake.describe import ACCEPTED, ASKED
from backdrop_tui.records.schema.field import Field
from tests.support.cells import cell


@pytest.mark.parametrize(
    ("field", "text"), [(field, text) for field, texts in ACCEPTED.items() for text in texts]
)
def test_a_value_that_is_said_to_be_accepted_has_no_problem(field: Field, text: str) -> None:
    result = cell(field, text)
    assert not result.problems
    assert result.stored is not None


@pytest.mark.parametrize(
    ("field", "text"), [(field, text) for field, texts in ASKED.items() for text in texts]
)
def test_a_value_that_is_said_to_be_asked_about_is_an_error(field: Field, text: str) -> None:
    assert cell(field, text).errors

"""A date that is edited and saved as it is stays the same day, in whatever order the file's dates are read."""

import pytest

from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.inputs import Basis
from backdrop_tui.intake.draft.review import review
from backdrop_tui.records.schema.context import DATE_ORDERS, DateOrder
from tests.intake.conftest import Begin
from tests.support.made_up import CONTEXT, STUDENTS, stored, student, table

BASIS = Basis(CONTEXT, stored(STUDENTS))
FORMS = ["03/04/2014", "3/4/2014", "03/04/14", "03.04.2014", "03-04-2014", "2014-04-03", "3 Apr 2014", "3rd April 2014", "41732", "2014-04-03 00:00:00"]  # fmt: skip


@pytest.mark.parametrize("order", DATE_ORDERS)
@pytest.mark.parametrize("form", FORMS)
def test_saving_an_unchanged_date_leaves_the_day_as_it_was(begin: Begin, order: DateOrder, form: str) -> None:
    draft = begin(table([student(0, date_of_birth=form), student(1)]))
    draft.do(fixes.read_dates(order))
    before = review(draft.intake(), BASIS)
    day = before.checked.people["date_of_birth"][0]
    draft.do(fixes.set_cell(before, 2, "date_of_birth", before.text_to_edit(2, "date_of_birth")))
    assert review(draft.intake(), BASIS).checked.people["date_of_birth"][0] == day is not None

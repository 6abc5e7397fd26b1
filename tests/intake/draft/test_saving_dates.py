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
def test_saving_unchanged_dates_leaves_the_days_as_they_were(begin: Begin, order: DateOrder) -> None:
    draft = begin(table(student(n, date_of_birth=form) for n, form in enumerate(FORMS)))
    draft.do(fixes.read_dates(order))
    before = review(draft.intake(), BASIS)
    days = before.checked.people["date_of_birth"].to_list()
    assert None not in days
    for row in before.checked.people["row"]:
        draft.do(fixes.set_cell(before, row, "date_of_birth", before.text_to_edit(row, "date_of_birth")))
    assert review(draft.intake(), BASIS).checked.people["date_of_birth"].to_list() == days
